"""What the day is reminded of: birthdays, incidents, appointments, conflicts; what promises are planned with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.store.conflicts import OPEN
from salesflow.store.rows import Connection, batches, marks

# the lead of each: its names, and what today's list is filtered by
_LEAD = "l.id, l.name, l.short, l.city, l.area, l.grade, l.process"


def birthdays(connection: Connection, days: Sequence[str]) -> list[tuple[Any, ...]]:
    """Lead, then name, title and birthday, of the people at leads not lost born on one of ``days`` (MM-DD)."""
    sql = f"""SELECT {_LEAD}, c.name, c.title, c.birthday FROM contact c CROSS JOIN lead l ON l.id = c.lead_id
WHERE substr(c.birthday, -5) IN ({marks(days)}) AND c.birthday IS NOT NULL AND l.status <> 'lost' ORDER BY c.id"""
    return list(connection.execute(sql, days))


def incidents(connection: Connection, day: str) -> list[tuple[Any, ...]]:
    """Lead, then day of opening, text and day due, of what is open on ``day`` at leads not lost."""
    sql = f"""SELECT {_LEAD}, substr(i.opened_at, 1, 10), i.text, i.due_on
FROM incident i CROSS JOIN lead l ON l.id = i.lead_id
WHERE i.solved_at IS NULL AND i.opened_at <= ? AND l.status <> 'lost' ORDER BY coalesce(i.due_on, i.opened_at), i.id"""
    return list(connection.execute(sql, (f"{day}T23:59",)))


def appointments(connection: Connection, first: str, last: str) -> list[tuple[Any, ...]]:
    """Lead, then the promise's columns, of what is promised with a time from ``first`` to ``last``."""
    sql = f"""SELECT {_LEAD}, p.date, p.time, p.reason, p.purpose, p.place, p.booked_by, p.keeper
FROM promise p CROSS JOIN lead l ON l.id = p.lead_id
WHERE p.date BETWEEN ? AND ? AND p.ended_at IS NULL AND p.time IS NOT NULL AND l.status <> 'lost'
ORDER BY p.date, p.time, p.id"""
    return list(connection.execute(sql, (first, last)))


def conflicts(connection: Connection, lead_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Lead, then day found, conflict, the other lead and its owner, of those of the leads that another rep claims."""
    # most books have none: one look at an index says so
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM conflict INDEXED BY conflict_lead)").fetchone()[
        0
    ]:
        return []
    found: list[tuple[Any, ...]] = []
    for part in batches(lead_ids):
        for mine, theirs in (("lead_id", "other_id"), ("other_id", "lead_id")):
            sql = f"""SELECT {_LEAD}, substr(k.found_at, 1, 10), k.id, o.id, o.owner
FROM conflict k CROSS JOIN lead l ON l.id = k.{mine} CROSS JOIN lead o ON o.id = k.{theirs}
WHERE k.{mine} IN ({marks(part)}) AND {OPEN}"""
            found += connection.execute(sql, part)
    return sorted(found, key=lambda row: (row[8], row[0]))


def has_actions(connection: Connection, day: str) -> bool:
    """Whether an action of the improvement plan is due by the day and neither done nor dropped."""
    sql = """SELECT EXISTS (SELECT 1 FROM action
WHERE due_on <= ? AND done_on IS NULL AND dropped_on IS NULL)"""
    return bool(connection.execute(sql, (day,)).fetchone()[0])


def planned(connection: Connection, lead_ids: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
    """The purpose and the place of each lead's promise that stands, where it has one of them."""
    found: dict[int, tuple[str | None, str | None]] = {}
    for part in batches(lead_ids):
        sql = (
            f"SELECT lead_id, purpose, place FROM promise WHERE lead_id IN ({marks(part)}) AND ended_at IS NULL"
            " AND (purpose IS NOT NULL OR place IS NOT NULL)"
        )
        found.update((lead_id, (purpose, place)) for lead_id, purpose, place in connection.execute(sql, part))
    return found
