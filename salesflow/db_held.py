"""The book kept open between the looks of one command: reading its tables in is half the work of a short one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from salesflow import db
from salesflow.db_step import BookConnection, patiently

if TYPE_CHECKING:
    from salesflow.db_whole import Whole

_SQLITE_CACHE_KB = 2_000  # what SQLite itself gives a connection that says nothing
_STATE = ("user_version", "schema_version")
_STAYS = os.name != "nt"  # a file that is open cannot be replaced there
# what tells the file at the path from one that takes its place, and the schema in it from another
State = tuple[tuple[int, int], tuple[int, ...]]


class Held:
    """The connection of the last look, at rest: it holds no lock, and no statement of it is under way."""

    def __init__(self) -> None:
        self._resting: Connection | None = None
        self._process = os.getpid()  # SQLite's connections are of no use to a process that was split off
        self._states: dict[Connection, State] = {}  # of those that are open

    @contextmanager
    def look(
        self,
        path: Path,
        whole: Whole | None = None,
        *,
        write: bool = False,
        now: str = "",
        told: Callable[[], None] | None = None,
    ) -> Iterator[Connection]:
        """A block with the book as ``db.open_book`` gives it, or as ``whole`` does: a transaction that goes on.

        ``told`` is called where another program holds the book for more than a second.
        """
        connection, done = None, False
        try:
            opened = whole.opened if whole else self._opened
            connection = opened(path, write=write, now=now, waiting=told)
            yield connection
            done = True
        except sqlite3.Error as error:
            raise db.translate(error, path) from None
        finally:
            if connection and not whole:
                self._leave(connection, done)

    def _opened(self, path: Path, *, write: bool, now: str, waiting: Callable[[], None] | None) -> Connection:
        connection, self._resting = self._resting, None
        if connection:
            if self._process == os.getpid() and self._goes_on(connection, path, write):
                return connection
            self._close(connection)
        file = _file(path)  # one that comes in before it is open is then taken for another
        connection = db.open_book(path, write=write, now=now, waiting=waiting)
        if _STAYS and isinstance(connection, BookConnection):
            try:
                self._states[connection] = file, _schema(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _goes_on(self, connection: Connection, path: Path, write: bool) -> bool:
        # whatever is the matter, opening the book anew says it
        try:
            if (_file(path), _schema(connection)) != self._states[connection]:
                return False
            connection.execute(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
            connection.execute(f"PRAGMA cache_size = -{_SQLITE_CACHE_KB if write else db.READ_CACHE_KB}")
        except (sqlite3.Error, MemoryError):
            return False
        return True

    def _leave(self, connection: Connection, done: bool) -> None:
        if done and connection in self._states and not self._resting and not _busy(connection):
            self._resting = connection
        else:
            self._close(connection)

    def _close(self, connection: Connection) -> None:
        self._states.pop(connection, None)
        connection.close()

    def close(self) -> None:
        """Nothing; no connection is at rest any more."""
        if self._resting:
            self._close(self._resting)
            self._resting = None


def _busy(connection: Connection) -> bool:
    # a statement that was not read to its end keeps a lock; after this call it fails, and so does every other
    connection.interrupt()
    try:
        connection.execute("SELECT 1").fetchone()
    except (sqlite3.Error, MemoryError):  # what was read or written is so all the same
        return True
    return connection.in_transaction


def _file(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def _schema(connection: Connection) -> tuple[int, ...]:
    found: list[int] = []

    def look() -> None:
        found[:] = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _STATE]

    patiently(connection, look)
    return tuple(found)
