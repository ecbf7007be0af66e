"""Changes of stage, status and of the fields whose past matters to reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.models import Move
from salesflow.store.rows import Connection, insert, is_long, new_uid

_MOVE = (
    "id, lead_id, at, from_stage, to_stage, from_status, to_status, reason, competitor, until, why, forced, by,"
    " process, from_process"
)
_FIRST, _MORE = 100, 5000  # moves read at a time


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


def parts_between(connection: Connection, first: str, last: str) -> Iterator[list[Move]]:
    """The same, some at a time: who wants the first alone reads no more of them."""
    rows = connection.execute(
        f"SELECT {_MOVE} FROM move WHERE at BETWEEN ? AND ? ORDER BY at, id", (first, last)
    )
    size = _FIRST
    while some := rows.fetchmany(size):
        yield [_move(row) for row in some]
        size = _MORE


def lost_between(connection: Connection, first: str, last: str) -> list[Move]:
    """Those of the moves from ``first`` to ``last`` that lost a lead, oldest first."""
    table = "move NOT INDEXED" if is_long(first, last) else "move"
    sql = f"""SELECT {_MOVE} FROM {table} WHERE at BETWEEN ? AND ?
AND to_status = 'lost' AND from_status <> 'lost' ORDER BY at, id"""
    return [_move(row) for row in connection.execute(sql, (first, last))]


def into_between(connection: Connection, first: str, last: str, stages: Sequence[str]) -> list[Move]:
    """The moves of some months that led to one of these stages, oldest first."""
    # so many are read in the order in which they lie
    sql = f"""SELECT {_MOVE} FROM move NOT INDEXED WHERE at BETWEEN ? AND ?
AND to_stage IN ({", ".join("?" * len(stages))}) ORDER BY at, id"""
    return [_move(row) for row in connection.execute(sql, (first, last, *stages))]


class Lost(NamedTuple):
    """So many moves lost a lead of the process for the reason; whether they told why, and to whom."""

    process: str
    reason: str
    why: bool
    to: bool
    cases: int


def count_lost(
    connection: Connection, spans: Sequence[tuple[str, str]], followed: Sequence[str]
) -> list[list[Lost]]:
    """The moves of each span that lost a lead, by what they told of it; ``followed`` are the processes of leads."""
    some = ", ".join(["(?, ?, ?)"] * len(spans))
    # a process that all follow is asked of nobody
    one = followed if len(followed) == 1 else ()
    process = "?" if one else "(SELECT process FROM lead WHERE lead.id = lead_id)"
    sql = f"""
WITH span (place, first, last) AS (VALUES {some})
SELECT place, coalesce(process, {process}) AS of, coalesce(reason, ''),
  coalesce(why, '') <> '', coalesce(competitor, '') <> '', count(*)
FROM move NOT INDEXED CROSS JOIN span ON at BETWEEN first AND last
WHERE to_status = 'lost' AND from_status <> 'lost' GROUP BY 1, 2, 3, 4, 5"""
    found: list[list[Lost]] = [[] for _ in spans]
    values = [value for place, span in enumerate(spans) for value in (place, *span)]
    for place, of, reason, why, to, cases in connection.execute(sql, (*values, *one)):
        found[place].append(Lost(of, reason, bool(why), bool(to), cases))
    return found


def settle_process(connection: Connection, lead_id: int, code: str) -> None:
    """The lead's moves so far with the process that they were made in, now that it follows another one."""
    connection.execute("UPDATE move SET process = ? WHERE lead_id = ? AND process IS NULL", (code, lead_id))


def insert_change(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new field change."""
    return insert(connection, "field_change", values)
