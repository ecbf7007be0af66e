"""Rows as they are stored, column: value, whichever table they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salesflow import schema
from salesflow.store.rows import Connection

Row = dict[str, Any]


def row(connection: Connection, table: str, row_id: int) -> Row | None:
    """The row of this id, or None."""
    return next(_rows(connection, table, "WHERE id = ?", row_id), None)


def rows(connection: Connection, table: str) -> Iterator[Row]:
    """Every row of the table, by id."""
    return _rows(connection, table, "ORDER BY id")


def rows_of(connection: Connection, table: str, lead_id: int) -> list[Row]:
    """The lead's rows in the table, by id."""
    return list(_rows(connection, table, "WHERE lead_id = ? ORDER BY id", lead_id))


def pairs(connection: Connection, table: str, lead_id: int) -> list[Row]:
    """The rows of a table of pairs that name the lead on either side, by id."""
    return list(_rows(connection, table, "WHERE lead_id = ? OR other_id = ? ORDER BY id", lead_id, lead_id))


def drop(connection: Connection, table: str, row_id: int) -> None:
    """The row is gone; nothing may refer to it any more."""
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))


def _rows(connection: Connection, table: str, which: str, *values: int) -> Iterator[Row]:
    names = schema.columns(table)
    for found in connection.execute(f"SELECT {', '.join(names)} FROM {table} {which}", values):
        yield dict(zip(names, found, strict=True))
