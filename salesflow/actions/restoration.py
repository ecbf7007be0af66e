"""A whole book taken in as it is: ids, uids, times and operations, and nothing is added."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from salesflow import schema
from salesflow.errors import Refused, Unusable
from salesflow.store import whole
from salesflow.store.rows import Connection

_OFTEN = 1000  # records between two words of progress


class Record(Protocol):
    """One record of the file: its line and its columns."""

    @property
    def line(self) -> int:
        """The number of its line."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The columns that hold something."""


class Restoration:
    """One file's way into an empty book; ``counts`` tells the records of each table. Call it in ``db.replacing``."""

    def __init__(self, connection: Connection, file: str, advance: Callable[[int], None]) -> None:
        self.counts: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._connection = connection
        self._file = file
        self._advance = advance
        self._line = 1

    def take(
        self, version: int, tables: Iterable[tuple[str, Iterator[Record]]], counters: Mapping[str, int]
    ) -> None:
        """All the tables in the place of what the empty book holds.

        Raises Refused where the book holds a lead, Unusable for a file of a newer version or with
        a record that is none of a book.
        """
        if not 1 <= version <= schema.VERSION:
            raise Unusable("whole.newer", file=self._file, version=version, known=schema.VERSION)
        if count := whole.leads(self._connection):
            raise Refused("whole.not_empty", file=self._file, count=count)
        whole.empty(self._connection)
        for table, records in tables:
            self._put(table, records)
        try:
            whole.finish(self._connection, counters)
        except (sqlite3.IntegrityError, OverflowError):  # two records are the same one
            raise Unusable("whole.changed", file=self._file) from None

    def _put(self, table: str, records: Iterator[Record]) -> None:
        known = whole.columns(table)
        if not known:
            line = next(records).line
            raise Unusable("whole.no_such_type", file=self._file, line=line, type=table[:40])
        try:
            whole.put(self._connection, table, self._values(table, known, records))
        except (
            sqlite3.IntegrityError,
            sqlite3.InterfaceError,
            sqlite3.ProgrammingError,
            OverflowError,
        ) as error:
            raise Unusable("whole.refused", file=self._file, line=self._line, why=str(error)) from None

    def _values(
        self, table: str, known: frozenset[str], records: Iterator[Record]
    ) -> Iterator[Mapping[str, Any]]:
        # SQLite asks for one row after the other, so that the line last read is the one refused
        count = self.counts.get(table, 0)
        for record in records:
            self._line = record.line
            self._first.setdefault(table, record.line)
            if not known.issuperset(record.values):
                column = min(name for name in record.values if name not in known)
                raise Unusable("whole.no_such_column", file=self._file, line=record.line, column=column[:40])
            count += 1
            if self._line % _OFTEN == 0:
                self._advance(self._line)
            yield record.values
        self.counts[table] = count

    def line_of(self, where: str) -> int | None:
        """The line of the record that a check names (``followup 12: note``), if it names one."""
        table, _, rest = where.partition(" ")
        row_id = rest.partition(":")[0].partition(" ")[0]
        if table not in self._first or not row_id.isdecimal():
            return None
        return self._first[table] + whole.rows_before(self._connection, table, int(row_id))
