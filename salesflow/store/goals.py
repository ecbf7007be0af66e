"""How a lead's goal was set and changed (E8)."""

from __future__ import annotations

from typing import NamedTuple

from salesflow.store.rows import Connection


class Change(NamedTuple):
    """One field of the goal (``goal_value`` in fen, ``goal_on``) changed."""

    field: str
    at: str
    old: str | None
    new: str | None
    why: str | None
    by: str


def changes(connection: Connection, lead_id: int) -> list[Change]:
    """Every change of the lead's goal, the oldest first."""
    sql = """SELECT field, at, old, new, why, by FROM field_change
WHERE lead_id = ? AND field IN ('goal_value', 'goal_on') ORDER BY at, id"""
    return [Change._make(row) for row in connection.execute(sql, (lead_id,))]
