"""Writing in the book: waiting for its lock so that a person can stop it, a command's transaction, what errors mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from salesflow import schema_seal
from salesflow.errors import NotShown, SalesflowError, Unusable

WAIT_SECONDS = 30
_TELL_AFTER = 1.0
_LOOK_EVERY_MS = 100


class BookConnection(sqlite3.Connection):
    """A connection that tells when it has to wait: ``waiting`` is called once, after the first second."""

    waiting: Callable[[], None] | None = None


@dataclass
class Operation:
    """The step being written: its id, and the one lead that it is about, if one."""

    id: int
    lead_id: int | None = None
    changed: bool = False
    sealed: schema_seal.Begun | None = None  # of a long one, so far

    def seal(self, connection: sqlite3.Connection) -> None:
        """Nothing; what the step wrote so far is counted into the seal, which its end then has less to do with."""
        self.sealed = self.sealed or schema_seal.begun(connection)
        self.sealed.go_on(connection)


def patiently(connection: sqlite3.Connection, call: Callable[[], None]) -> None:
    """Nothing; ``call`` went through, tried again for up to half a minute where another program holds the book.

    SQLite itself would sleep through Ctrl-C.
    """
    begun = time.monotonic()
    told = False
    connection.execute(f"PRAGMA busy_timeout = {_LOOK_EVERY_MS}")
    try:
        while True:
            try:
                return call()
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - begun
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or waited >= WAIT_SECONDS:
                    raise
            waiting = connection.waiting if isinstance(connection, BookConnection) else None
            if waiting and not told and waited >= _TELL_AFTER:
                told = True
                waiting()
    finally:
        with suppress(sqlite3.Error):
            connection.execute(f"PRAGMA busy_timeout = {int(WAIT_SECONDS * 1000)}")


def begin(connection: sqlite3.Connection) -> None:
    """Nothing; the book is this connection's to write in, until ``commit`` or ROLLBACK."""
    patiently(connection, lambda: _execute(connection, "BEGIN IMMEDIATE"))


def commit(connection: sqlite3.Connection, operation: Operation | None = None) -> None:
    """Nothing; all that was written is in the book for good, and sealed."""
    schema_seal.extend(connection, operation.sealed if operation else None)
    patiently(connection, lambda: _execute(connection, "COMMIT"))


def _execute(connection: sqlite3.Connection, sql: str) -> None:
    connection.execute(sql)


@contextmanager
def replacing(connection: sqlite3.Connection, path: Path) -> Iterator[Operation]:
    """A block in which the open book's tables may be made anew, committed at its end; nothing is kept on any error.

    References are looked at once, at the end. No step of ``undo`` is written.
    """
    # a table that is rebuilt must keep its name in references
    connection.execute("PRAGMA foreign_keys = OFF")
    done = Operation(0)
    try:
        begin(connection)
        try:
            yield done
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise Unusable("book.damaged", path=path, why="foreign key")
            schema_seal.anew(connection)
            done.changed = True  # known before it is in the book: a signal may come right after
            commit(connection)
        except BaseException as error:
            done.changed = (
                done.changed and not connection.in_transaction and not isinstance(error, sqlite3.Error)
            )
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        raise translate(error, path) from None
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """A block in which the open book is read as it stood at the first look, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def transaction(
    connection: sqlite3.Connection,
    operation: Operation | None = None,
    *,
    command: str,
    at: str,
    by: str,
    reason: str | None = None,
    kind: str = "step",
    target: int | None = None,
    path: Path | None = None,
) -> Iterator[Operation]:
    """One command's changes as one transaction and one step of ``undo``; nothing is kept on any error.

    ``at`` is the wall clock (``YYYY-MM-DDTHH:MM``). A command that changed nothing leaves no step. Inside a
    transaction that is open already (``db_whole``) it is a part of that one. ``operation.changed`` says, after an
    interruption too, whether the step is in the book; who gives one can ask it.
    """
    part = connection.in_transaction
    operation = operation or Operation(0)
    try:
        if part:
            connection.execute("SAVEPOINT step")
        else:
            begin(connection)
        try:
            _look_daily(connection, at[:10], path)
            row = connection.execute(
                "INSERT INTO operation (at, command, reason, by, kind, target, open) VALUES (?, ?, ?, ?, ?, ?, 1)",
                (at, command, reason, by, kind, target),
            )
            operation.id = row.lastrowid or 0
            yield operation
            # known before it is in the book: a signal may come right after
            operation.changed = _close(connection, operation)
            if not operation.changed:
                _leave(connection, part)
            elif part:
                connection.execute("RELEASE step")
            else:
                commit(connection, operation)
        except BaseException:
            if connection.in_transaction:
                operation.changed = False
                _leave(connection, part)
            raise
    except sqlite3.Error as error:
        if operation.changed:
            operation.changed = _landed(connection, operation, command, at)
        raise _failed(error, path, operation.changed) from None


def _look_daily(connection: sqlite3.Connection, day: str, path: Path | None) -> None:
    # what a disk has damaged is not written on: the first step of a day looks at every page
    row = connection.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (schema_seal.LOOKED,)
    ).fetchone()
    if row and row[0] == day:
        return
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise Unusable("book.damaged", path=path or "", why=str(found).rpartition("\n")[2])
    if row:
        connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (day, schema_seal.LOOKED))
    else:
        schema_seal.begin(connection)
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (schema_seal.LOOKED, day))


def _leave(connection: sqlite3.Connection, part: bool) -> None:
    for sql in ("ROLLBACK TO step", "RELEASE step") if part else ("ROLLBACK",):
        connection.execute(sql)


def _landed(connection: sqlite3.Connection, operation: Operation, command: str, at: str) -> bool:
    # a disk may fail after the moment from which a step counts: what stands in the book says whether it did
    with suppress(sqlite3.Error):
        query = "SELECT 1 FROM operation WHERE id = ? AND open IS NULL AND command = ? AND at = ?"
        return connection.execute(query, (operation.id, command, at)).fetchone() is not None
    return False


def _failed(error: sqlite3.Error, path: Path | None, saved: bool) -> SalesflowError:
    if saved:
        return NotShown("book.saved_unsure", path=path or "", why=str(error))
    return translate(error, path)


def _close(connection: sqlite3.Connection, operation: Operation) -> bool:
    changed = connection.execute(
        "SELECT 1 FROM history WHERE operation_id = ? AND before IS NOT after LIMIT 1", (operation.id,)
    ).fetchone()
    if not changed:
        return False
    connection.execute(
        "UPDATE operation SET open = NULL, lead_id = ? WHERE id = ?", (operation.lead_id, operation.id)
    )
    # a new step ends what could be redone: 2 is taken back for good
    connection.execute(
        "UPDATE operation SET undone = 2 WHERE kind = 'step' AND undone = 1"
        " AND EXISTS (SELECT 1 FROM operation WHERE id = ? AND kind = 'step')",
        (operation.id,),
    )
    return True


def translate(error: sqlite3.Error, path: Path | None) -> SalesflowError:
    """What ``error`` means to a person, as the error to raise."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    key = {
        sqlite3.SQLITE_BUSY: "book.locked",
        sqlite3.SQLITE_LOCKED: "book.locked",
        sqlite3.SQLITE_READONLY: "book.read_only",
        sqlite3.SQLITE_PERM: "book.read_only",
        sqlite3.SQLITE_CANTOPEN: "book.read_only",
        sqlite3.SQLITE_FULL: "book.disk_full",
        sqlite3.SQLITE_IOERR: "book.disk_full",
        sqlite3.SQLITE_NOMEM: "book.no_memory",
    }.get(code, "book.damaged")
    return Unusable(key, path=path or "", why=str(error))
