"""What reports count: leads, follow-ups, moves, promises and orders of a period, as then known.

Instants are ``YYYY-MM-DDTHH:MM`` and both ends of a span are in it. A lead is known from the
day received or recorded, whichever is first; its stage, status, grade and goal at a past moment
are what the first change after that moment replaced, else what they are now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from salesflow.store.rows import Connection, marks


def _one(connection: Connection, sql: str, values: Sequence[Any] | dict[str, Any]) -> tuple[Any, ...]:
    return tuple(connection.execute(sql, values).fetchone())


def followup_counts(connection: Connection, first: str, last: str) -> tuple[int, int, int]:
    """(follow-ups, visits, leads touched) in the span."""
    sql = (
        "SELECT count(*), coalesce(sum(visit), 0), count(DISTINCT lead_id) FROM followup"
        " WHERE at BETWEEN ? AND ?"
    )
    count, visits, leads = _one(connection, sql, (first, last))
    return count, visits, leads


def count_reschedules(connection: Connection, first: str, last: str) -> int:
    """How many promises were moved in the span."""
    sql = "SELECT count(*) FROM promise WHERE moved_from IS NOT NULL AND made_at BETWEEN ? AND ?"
    return int(_one(connection, sql, (first, last))[0])


def order_sums(connection: Connection, first_day: str, last_day: str) -> tuple[int, int, int | None]:
    """(orders signed, their amounts, their margin) from day to day; the margin of those whose cost is known."""
    sql = (
        "SELECT count(*), coalesce(sum(amount_fen), 0), sum(amount_fen - cost_fen) FROM sales_order"
        " WHERE signed_on BETWEEN ? AND ?"
    )
    count, amount, margin = _one(connection, sql, (first_day, last_day))
    return count, amount, margin


def new_leads(connection: Connection, first: str, last: str) -> list[dict[str, Any]]:
    """The leads received in the span, in the order of that."""
    names = ("id", "name", "short", "process", "received_at", "source", "passive", "owner", "area")
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM lead WHERE received_at BETWEEN ? AND ? ORDER BY received_at, id",
        (first, last),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def names_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """id, name, short, process and the promise of each of these leads."""
    names = ("id", "name", "short", "process", "next_date", "next_reason")
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(lead_ids), 500):
        part = lead_ids[start : start + 500]
        sql = f"SELECT {', '.join(names)} FROM lead WHERE id IN ({marks(part)})"
        for row in connection.execute(sql, part):
            found[row[0]] = dict(zip(names, row, strict=True))
    return found


@dataclass(frozen=True, slots=True)
class Entering:
    """A lead entering a stage: ``origin`` is the one left, None for its first; ``order`` orders one minute's."""

    lead_id: int
    process: str
    origin: str | None
    stage: str
    at: str
    order: int


# a lead's first stage is entered on the day received; it is what its first move left, else where it stands
_FIRST_STAGE = (
    "coalesce((SELECT from_stage FROM move m WHERE m.lead_id = l.id ORDER BY m.at, m.id LIMIT 1), l.stage)"
)


def entries(connection: Connection, first: str, last: str) -> list[Entering]:
    """Every entering of a stage in the span, first stages included, in order."""
    sql = f"""
SELECT l.id, l.process, NULL, {_FIRST_STAGE}, l.received_at, 0
FROM lead l WHERE l.received_at BETWEEN :first AND :last
UNION ALL
SELECT m.lead_id, l.process, m.from_stage, m.to_stage, m.at, m.id
FROM move m JOIN lead l ON l.id = m.lead_id
WHERE m.at BETWEEN :first AND :last AND m.from_stage <> m.to_stage
ORDER BY 5, 6"""
    return [Entering(*row) for row in connection.execute(sql, {"first": first, "last": last})]


def entered_before(
    connection: Connection, lead_ids: Sequence[int], stages: Sequence[str], before: str
) -> set[int]:
    """Which of these leads had entered one of the stages before the instant."""
    found: set[int] = set()
    for start in range(0, len(lead_ids), 400):
        part = lead_ids[start : start + 400]
        sql = (
            f"SELECT lead_id FROM move WHERE lead_id IN ({marks(part)}) AND to_stage IN ({marks(stages)})"
            " AND from_stage <> to_stage AND at < ?"
        )
        found.update(row[0] for row in connection.execute(sql, (*part, *stages, before)))
        sql = (
            f"SELECT l.id FROM lead l WHERE l.id IN ({marks(part)}) AND l.received_at < ?"
            f" AND {_FIRST_STAGE} IN ({marks(stages)})"
        )
        found.update(row[0] for row in connection.execute(sql, (*part, before, *stages)))
    return found


def entered_at(connection: Connection, lead_id: int, stage: str, before: str, order: int) -> str | None:
    """When the lead last entered the stage before a moment (an instant and the move's id), or None."""
    row = connection.execute(
        "SELECT at FROM move WHERE lead_id = ? AND to_stage = ? AND from_stage <> to_stage"
        " AND (at < ? OR (at = ? AND id < ?)) ORDER BY at DESC, id DESC LIMIT 1",
        (lead_id, stage, before, before, order),
    ).fetchone()
    if row:
        return str(row[0])
    sql = f"SELECT received_at FROM lead l WHERE id = ? AND {_FIRST_STAGE} = ?"
    row = connection.execute(sql, (lead_id, stage)).fetchone()
    return str(row[0]) if row and row[0] else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a lead stood at a moment."""

    lead_id: int
    process: str
    stage: str
    grade: str | None
    graded_at: str
    goal_fen: int | None


_AS_OF = """
WITH moved AS (
  SELECT lead_id, from_stage, from_status, min(at || printf('%012d', id)) FROM move WHERE at > :moment
  GROUP BY lead_id
), graded AS (
  SELECT lead_id, old, min(at || printf('%012d', id)) FROM field_change
  WHERE field = 'grade' AND at > :moment GROUP BY lead_id
), goals AS (
  SELECT lead_id, old, min(at || printf('%012d', id)) FROM field_change
  WHERE field = 'goal_value' AND at > :moment GROUP BY lead_id
)
SELECT {columns}
FROM lead l LEFT JOIN moved ON moved.lead_id = l.id LEFT JOIN graded ON graded.lead_id = l.id
  LEFT JOIN goals ON goals.lead_id = l.id
WHERE coalesce(moved.from_status, l.status) = 'open' AND min(coalesce(l.received_at, '9'), l.created_at) <= :moment
{more}"""

_STAGE = "coalesce(moved.from_stage, l.stage)"
_GRADE = "CASE WHEN graded.lead_id IS NULL THEN l.grade ELSE graded.old END"
_GOAL = "CASE WHEN goals.lead_id IS NULL THEN l.goal_fen ELSE CAST(goals.old AS INTEGER) END"
_GRADED_AT = (
    "coalesce((SELECT max(c.at) FROM field_change c WHERE c.lead_id = l.id AND c.field = 'grade'"
    " AND c.at <= :moment), CASE WHEN l.graded_at <= :moment THEN l.graded_at END, l.received_at, l.created_at)"
)


def open_by_stage(connection: Connection, moment: str) -> dict[tuple[str, str], tuple[int, int]]:
    """(process, stage): how many open leads stood there at the moment, and the sum of their goals (fen)."""
    columns = f"l.process, {_STAGE}, count(*), coalesce(sum({_GOAL}), 0)"
    sql = _AS_OF.format(columns=columns, more="GROUP BY 1, 2")
    return {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(sql, {"moment": moment})}


def open_with_grades(connection: Connection, moment: str, grades: Sequence[str]) -> list[Standing]:
    """The leads that were open at the moment with one of these grades, by id."""
    names = {f"grade{place}": grade for place, grade in enumerate(grades)}
    wanted = ", ".join(f":{name}" for name in names)
    columns = f"l.id, l.process, {_STAGE}, {_GRADE}, {_GRADED_AT}, {_GOAL}"
    sql = _AS_OF.format(columns=columns, more=f"AND {_GRADE} IN ({wanted}) ORDER BY l.id")
    return [Standing(*row) for row in connection.execute(sql, {"moment": moment, **names})]


def statuses_at(connection: Connection, lead_ids: Sequence[int], moment: str) -> dict[int, str]:
    """The status of each of these leads at the moment."""
    found: dict[int, str] = {}
    for start in range(0, len(lead_ids), 500):
        part = lead_ids[start : start + 500]
        sql = (
            "SELECT l.id, coalesce((SELECT from_status FROM move m WHERE m.lead_id = l.id AND m.at > ?"
            f" ORDER BY m.at, m.id LIMIT 1), l.status) FROM lead l WHERE l.id IN ({marks(part)})"
        )
        found.update(connection.execute(sql, (moment, *part)).fetchall())
    return found


def first_contacts(
    connection: Connection, process: str, hours: int, first: str, last: str
) -> list[tuple[str, str | None]]:
    """(deadline, first follow-up) of the process's leads whose first-contact deadline falls in the span."""
    shift, back = f"+{hours} hours", f"-{hours} hours"
    clock = "'%Y-%m-%dT%H:%M'"
    sql = (
        f"SELECT strftime({clock}, received_at, ?), first_followup_at FROM lead"
        f" WHERE process = ? AND received_at BETWEEN strftime({clock}, ?, ?) AND strftime({clock}, ?, ?)"
    )
    return connection.execute(sql, (shift, process, first, back, last, back)).fetchall()


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that named a day of the period: made, ended, and the reason of the move that ended it."""

    id: int
    lead_id: int
    date: str
    made_at: str
    after_followup: int
    ended_at: str | None
    ended: str | None
    moved_why: str | None
    moved_after: int | None


def promises(connection: Connection, first_day: str, last_day: str) -> list[Promised]:
    """Every promise for a day of the span."""
    sql = """
SELECT p.id, p.lead_id, p.date, p.made_at, p.after_followup, p.ended_at, p.ended, n.why, n.after_followup
FROM promise p LEFT JOIN promise n ON n.moved_from = p.id
WHERE p.date BETWEEN ? AND ? ORDER BY p.id"""
    return [Promised(*row) for row in connection.execute(sql, (first_day, last_day))]


def followups_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """(at, id) of every follow-up of these leads, in order."""
    found: dict[int, list[tuple[str, int]]] = {}
    for start in range(0, len(lead_ids), 500):
        part = lead_ids[start : start + 500]
        sql = f"SELECT lead_id, at, id FROM followup WHERE lead_id IN ({marks(part)}) ORDER BY at, id"
        for lead_id, at, followup_id in connection.execute(sql, part):
            found.setdefault(lead_id, []).append((at, followup_id))
    return found


def overdue_at(connection: Connection, moment: str, day: str) -> int:
    """How many leads open at the moment had a next date on or before the day and no follow-up since it was made."""
    more = """AND EXISTS (
  SELECT 1 FROM promise p WHERE p.lead_id = l.id AND p.date <= :day AND p.made_at <= :moment
    AND (p.ended_at IS NULL OR p.ended_at > :moment)
    AND NOT EXISTS (SELECT 1 FROM followup f WHERE f.lead_id = l.id AND f.at <= :moment
      AND (f.at > p.made_at OR (f.at = p.made_at AND f.id > p.after_followup))))"""
    sql = _AS_OF.format(columns="count(*)", more=more)
    return int(_one(connection, sql, {"moment": moment, "day": day})[0])
