"""What is read out of a file: one table, its rows, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_CELL = 64 * 1024


class Fault(NamedTuple):
    """Why one row is not taken: a text key and the values that fill it."""

    key: str
    values: Mapping[str, object]


class RawRow(NamedTuple):
    """A row before its cells are held against the header: line, cells, fault."""

    number: int
    cells: list[str]
    fault: Fault | None = None


class TableRow(NamedTuple):
    """One row as it stands in the file.

    ``number`` is the line (of a workbook the row, of a JSON list the place) on which it
    begins, from 1. Without a ``fault`` there are as many cells as header names; with one
    the cells are those of the file.
    """

    number: int
    cells: tuple[str, ...]
    fault: Fault | None = None


@dataclass(frozen=True)
class Table:
    """A file as text cells.

    ``rows`` reads the file while it is walked, once; it may raise ``Unusable`` on the way.
    ``encoding`` and ``sheet`` are '' where the file has none; ``header_row`` is the line of
    the header, 0 where the columns have no names in the file's text; ``other_sheets`` have rows
    too, and were not read. ``alone`` are the people whose cards name no firm.
    """

    header: tuple[str, ...]
    rows: Iterator[TableRow]
    format: str
    encoding: str
    sheet: str
    header_row: int
    other_sheets: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
