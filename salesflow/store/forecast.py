"""What a forecast reckons from: leads, moves, visits and grades of the whole book, orders, goals.

Everything is read once and in order, as plain rows; instants stand as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, batches, marks

Row = tuple[Any, ...]


class Sold(NamedTuple):
    """An order with a sum."""

    lead: int
    signed_on: str
    amount_fen: int
    cancelled_on: str | None


def leads(connection: Connection) -> Iterator[Row]:
    """(id, process, stage, status, grade, graded at, received at, created at) of every lead, by id."""
    sql = "SELECT id, process, stage, status, grade, graded_at, received_at, created_at FROM lead ORDER BY id"
    return connection.execute(sql)


def moves(connection: Connection) -> Iterator[Row]:
    """(lead, at, stages and statuses before and after, process after, process left, reason) of every move.

    Lead by lead by id, each in the order of its days.
    """
    sql = """SELECT lead_id, at, from_stage, to_stage, from_status, to_status, process, from_process, reason
FROM move ORDER BY lead_id, at, id"""
    return connection.execute(sql)


def visits(connection: Connection) -> Iterator[tuple[int, str]]:
    """(lead, when) of every visit, in the order of their days."""
    return connection.execute(
        "SELECT lead_id, at FROM followup INDEXED BY followup_at WHERE visit ORDER BY at"
    )


def grades(connection: Connection) -> Iterator[tuple[int, str, str | None, str | None]]:
    """(lead, when, the grade before, the grade since) of every change, lead by lead in the order of their days."""
    sql = "SELECT lead_id, at, old, new FROM field_change WHERE field = 'grade' ORDER BY lead_id, at, id"
    return connection.execute(sql)


def orders(connection: Connection) -> list[Sold]:
    """Every order with a sum, in the order of their days."""
    sql = f"""SELECT lead_id, {", ".join(Sold._fields[1:])} FROM sales_order
WHERE amount_fen IS NOT NULL ORDER BY signed_on, id"""
    return list(map(Sold._make, connection.execute(sql)))


def goals(connection: Connection, lead_ids: Sequence[int]) -> dict[int, tuple[int | None, str | None, str]]:
    """(goal in fen, its day, when the lead was recorded) of each of these leads that has a goal."""
    found = {}
    for part in batches(lead_ids):
        sql = f"""SELECT id, goal_fen, goal_on, created_at FROM lead
WHERE (goal_fen IS NOT NULL OR goal_on IS NOT NULL) AND id IN ({marks(part)})"""
        for lead_id, fen, on, made in connection.execute(sql, part):
            found[lead_id] = (fen, on, made)
    return found


def goals_before(connection: Connection, moment: str) -> dict[tuple[int, str], str | None]:
    """What a goal or its day was at the moment, where either has been changed since: by lead and field."""
    sql = """SELECT lead_id, field, old, min(at || printf('%012d', id)) FROM field_change
WHERE field IN ('goal_value', 'goal_on') AND at > ? GROUP BY lead_id, field"""
    return {(lead_id, field): old for lead_id, field, old, _ in connection.execute(sql, (moment,))}
