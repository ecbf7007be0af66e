"""What a forecast reckons from: leads, moves, visits and grades of the whole book, orders, goals.

Everything is read once and in order, as plain rows; instants stand as they are written. Of very many
leads the past of a part tells as much as that of all (``Part``).
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


class Part(NamedTuple):
    """Of whom the past is read: every so many-th lead by its id, and all that are under way or made a deal.

    ``won`` are the won stages (process, stage). Where ``every`` is 1, it is everybody.
    """

    every: int = 1
    won: tuple[tuple[str, str], ...] = ()

    def under_way(self, column: str) -> tuple[str, list[str]]:
        """The condition that keeps these leads, those with a deal left out, and its values."""
        if self.every == 1:
            return "1", []
        pairs = ", ".join("(?, ?)" for _ in self.won) or "('', '')"
        still = f"SELECT id FROM lead WHERE status = 'open' AND (process, stage) NOT IN (VALUES {pairs})"
        return f"({column} % {self.every} = 0 OR {column} IN ({still}))", [
            code for one in self.won for code in one
        ]

    def dealt(self) -> tuple[str, list[str]]:
        """The condition that a move is a deal, and its values."""
        codes = sorted({stage for _, stage in self.won})
        return f"to_stage IN ({marks(codes)})", codes


def count_leads(connection: Connection) -> int:
    """How many leads there are."""
    return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])


def leads(connection: Connection, part: Part) -> Iterator[Row]:
    """(id, process, stage, status, grade, graded at, received at, created at) of the leads, by id."""
    which, values = part.under_way("id")
    deal, codes = part.dealt()
    sql = f"""SELECT id, process, stage, status, grade, graded_at, received_at, created_at FROM lead
WHERE {which} OR id IN (SELECT lead_id FROM move WHERE {deal}) ORDER BY id"""
    return connection.execute(sql, (*values, *codes))


def moves(connection: Connection, part: Part) -> Iterator[Row]:
    """(lead, at, stages and statuses before and after, process after, process left, reason) of the moves.

    Lead by lead by id, each in the order of its days.
    """
    which, values = part.under_way("lead_id")
    deal, codes = part.dealt()
    sql = f"""SELECT lead_id, at, from_stage, to_stage, from_status, to_status, process, from_process, reason
FROM move WHERE {which} OR {deal} ORDER BY lead_id, at, id"""
    return connection.execute(sql, (*values, *codes))


def visits(connection: Connection, part: Part) -> Iterator[tuple[int, str]]:
    """(lead, when) of the visits, in the order of their days."""
    which, values = part.under_way("lead_id")
    sql = f"SELECT lead_id, at FROM followup INDEXED BY followup_at WHERE visit AND {which} ORDER BY at"
    return connection.execute(sql, values)


def grades(connection: Connection, part: Part) -> Iterator[tuple[int, str, str | None, str | None]]:
    """(lead, when, the grade before, the grade since) of the changes, lead by lead in the order of their days."""
    which, values = part.under_way("lead_id")
    sql = f"""SELECT lead_id, at, old, new FROM field_change WHERE field = 'grade' AND {which}
ORDER BY lead_id, at, id"""
    return connection.execute(sql, values)


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
