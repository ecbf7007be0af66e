"""What was tried with leads before they were lost: how long, how often, what they might have brought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesflow.store.rows import Connection, batches, marks


class Tried(NamedTuple):
    """A lead's goal as it was when it was lost, days from its receiving (None: not known), visits by then."""

    goal_fen: int | None
    days: int | None
    visits: int


def tried(connection: Connection, moves: Sequence[tuple[int, int, str]]) -> list[Tried]:
    """Of each (move, lead, instant) what was tried by the end of that day."""
    found: dict[int, Tried] = {}
    for part in batches(moves):
        # the goal is what the first change after the move replaced
        sql = f"""
SELECT m.id, coalesce((SELECT CAST(coalesce(c.old, -1) AS INTEGER) FROM field_change c
    WHERE c.lead_id = m.lead_id AND c.field = 'goal_value' AND c.at > m.at ORDER BY c.at, c.id LIMIT 1), l.goal_fen),
  CAST(julianday(substr(m.at, 1, 10)) - julianday(substr(l.received_at, 1, 10)) AS INTEGER),
  (SELECT count(*) FROM followup f WHERE f.lead_id = m.lead_id AND f.visit AND f.at <= substr(m.at, 1, 10) || 'U')
FROM move m JOIN lead l ON l.id = m.lead_id WHERE m.id IN ({marks(part)})"""
        for move, goal, days, visits in connection.execute(sql, [one[0] for one in part]):
            known = None if goal is None or goal < 0 else goal
            found[move] = Tried(known, None if days is None or days < 0 else days, visits)
    return [found[one[0]] for one in moves]
