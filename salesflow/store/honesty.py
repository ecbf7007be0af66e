"""What does not look honest: dates moved, and contacts written down another day (K3, K4)."""

from __future__ import annotations

from typing import NamedTuple

from salesflow.store import merging
from salesflow.store.rows import Connection


class Moved(NamedTuple):
    """A promise moved: from which day to which, when, why."""

    lead_id: int
    at: str
    from_date: str
    to_date: str
    why: str | None
    by: str


class Late(NamedTuple):
    """A follow-up that was recorded on a later day than it took place."""

    id: int
    lead_id: int
    at: str
    recorded_at: str
    via: str
    by: str


def moved(connection: Connection, first: str, last: str) -> list[Moved]:
    """The promises that were moved in the span, in the order of that."""
    sql = """
SELECT p.lead_id, p.made_at, q.date, p.date, p.why, p.by FROM promise p JOIN promise q ON q.id = p.moved_from
WHERE p.moved_from IS NOT NULL AND p.made_at BETWEEN ? AND ? ORDER BY p.made_at, p.id"""
    return [Moved._make(row) for row in connection.execute(sql, (first, last))]


def moved_more(connection: Connection) -> list[tuple[int, int, int]]:
    """(lead, moves, follow-ups) of each lead that is not lost and was moved oftener than followed up."""
    sql = """
SELECT id, reschedules, followups FROM lead WHERE reschedules > followups AND status <> 'lost'
ORDER BY reschedules - followups DESC, id"""
    return [(row[0], row[1], row[2]) for row in connection.execute(sql)]


def recorded_late(connection: Connection, first: str, last: str) -> list[Late]:
    """The follow-ups that took place or were written down in the span, not both on one day; imported ones never were.

    Whoever looks at the end of each week sees Friday's visit that was written down on Monday.
    """
    # nearly all took place before the span's end: they are read as they lie
    sql = f"""
SELECT id, lead_id, at, recorded_at, via, by FROM followup f NOT INDEXED
WHERE at <= ? AND recorded_at >= ? AND (at >= ? OR recorded_at <= ?)
  AND source_key IS NULL AND substr(recorded_at, 1, 10) > substr(at, 1, 10)
  AND NOT EXISTS (SELECT 1 FROM history h JOIN operation o ON o.id = h.operation_id
    WHERE h.lead_id IN ({merging.owners("f", "followup")}) AND h.table_name = 'followup'
      AND h.row_id = f.id AND h.before IS NULL
      AND o.command = 'import')
ORDER BY at, id"""  # a sheet of leads has no key for the follow-up that its row tells of
    return [Late._make(row) for row in connection.execute(sql, (last, first, first, last))]
