"""Changes of stage, status and of the fields whose past matters to reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.models import Move
from salesflow.store.rows import Connection, insert, new_uid

_MOVE = (
    "id, lead_id, at, from_stage, to_stage, from_status, to_status, reason, competitor, until, why, forced, by,"
    " process, from_process"
)


def _move(row: Sequence[Any]) -> Move:
    return Move._make((*row[:11], bool(row[11]), *row[12:]))


def insert_move(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new move."""
    return insert(connection, "move", {"uid": new_uid(), **values})


def list_moves(connection: Connection, lead_id: int) -> list[Move]:
    """The lead's moves, oldest first; a row of a sheet by which it stood where it was is none."""
    leads = "(from_stage, from_status) <> (to_stage, to_status) OR from_process IS NOT NULL"
    sql = f"SELECT {_MOVE} FROM move WHERE lead_id = ? AND ({leads}) ORDER BY at, id"
    rows = connection.execute(sql, (lead_id,))
    return [_move(row) for row in rows]


def moves_between(connection: Connection, first: str, last: str) -> list[Move]:
    """The moves from ``first`` to ``last`` (instants, both included), oldest first."""
    rows = connection.execute(
        f"SELECT {_MOVE} FROM move WHERE at BETWEEN ? AND ? ORDER BY at, id", (first, last)
    )
    return [_move(row) for row in rows]


def closing_between(connection: Connection, first: str, last: str, won: Sequence[str]) -> list[Move]:
    """Of the moves of some months those that lost a lead, and those into one of the stages ``won``."""
    into = ", ".join("?" * len(won))
    # so many are read in the order in which they lie
    sql = f"""SELECT {_MOVE} FROM move NOT INDEXED WHERE at BETWEEN ? AND ?
AND (to_status = 'lost' AND from_status <> 'lost' OR to_stage IN ({into})) ORDER BY at, id"""
    return [_move(row) for row in connection.execute(sql, (first, last, *won))]


def settle_process(connection: Connection, lead_id: int, code: str) -> None:
    """The lead's moves so far with the process that they were made in, now that it follows another one."""
    connection.execute("UPDATE move SET process = ? WHERE lead_id = ? AND process IS NULL", (code, lead_id))


def insert_change(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new field change."""
    return insert(connection, "field_change", values)
