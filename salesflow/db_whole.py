"""One transaction about a whole command: what it writes, what it reads of it, and the answer that is kept of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from salesflow import db
from salesflow.errors import NotShown, SalesflowError


class Whole:
    """The book inside one transaction, from the first look at it until ``keep`` or ``drop``.

    ``look`` is called with the connection as soon as the transaction is open, when nobody else can write any more.
    ``steps`` are the parts that were gone through to their end, whether they changed anything or not.
    """

    def __init__(self, look: Callable[[sqlite3.Connection], None]) -> None:
        self.steps: list[db.Operation] = []
        self.kept = False
        self._look = look
        self._connection: sqlite3.Connection | None = None

    def opened(
        self, path: Path, *, write: bool = True, now: str = "", waiting: Callable[[], None] | None = None
    ) -> sqlite3.Connection:
        """The connection in its transaction, to read too. Raises NotFound, Unusable, and what ``look`` raises."""
        if self._connection is None:
            connection = db.open_book(path, write=True, now=now, waiting=waiting)
            try:
                db.begin(connection)
                self._look(connection)
            except BaseException:
                connection.close()  # which ends the transaction: nothing is kept
                raise
            self._connection = connection
        return self._connection

    @property
    def changed(self) -> bool:
        """Whether any of the parts changed anything."""
        return any(step.changed for step in self.steps)

    def keep(self, path: Path) -> None:
        """Nothing; all that was written is in the book for good. Raises Unusable where it cannot be."""
        connection = self._connection
        if connection is None:
            return
        try:
            self.kept = self.changed  # known before it is in the book: a signal may come right after
            db.commit(connection)
        except BaseException as error:
            self.kept = self.kept and not connection.in_transaction and not isinstance(error, sqlite3.Error)
            if isinstance(error, sqlite3.Error):
                raise self._failed(connection, error, path) from None
            raise

    def _failed(self, connection: sqlite3.Connection, error: sqlite3.Error, path: Path) -> SalesflowError:
        # a disk may fail after the moment from which a change counts: what stands in the book says whether it did
        changed = [step.id for step in self.steps if step.changed]
        if changed and not connection.in_transaction:
            with suppress(sqlite3.Error):
                query = "SELECT 1 FROM operation WHERE id = ? AND open IS NULL"
                self.kept = connection.execute(query, changed[-1:]).fetchone() is not None
        return (
            NotShown("book.saved_unsure", path=path, why=str(error))
            if self.kept
            else db.translate(error, path)
        )

    def drop(self) -> None:
        """Nothing; the book is closed, and what was not kept is as if it had not been."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
