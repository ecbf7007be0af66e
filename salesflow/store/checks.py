"""What must hold in a sound book; each look gives a line for every place where it does not."""

from __future__ import annotations

from collections.abc import Iterator

from salesflow.store.rows import Connection


def integrity(connection: Connection) -> Iterator[str]:
    """SQLite's own check of every page and index."""
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield str(line)


def broken_references(connection: Connection) -> Iterator[str]:
    """Rows that point at rows that are not there."""
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row_id} -> {parent}"


def open_operations(connection: Connection) -> Iterator[str]:
    """Operations that were never closed, and images of none."""
    for (operation_id,) in connection.execute("SELECT id FROM operation WHERE open IS NOT NULL"):
        yield f"operation {operation_id}"
    sql = "SELECT id FROM history h WHERE NOT EXISTS (SELECT 1 FROM operation o WHERE o.id = h.operation_id)"
    for (image_id,) in connection.execute(sql):
        yield f"history {image_id}"


def counts_that_differ(connection: Connection) -> Iterator[str]:
    """Leads whose counts and times are not those of their follow-ups, and of the dates that were moved.

    Each moved date is a promise of its own, and each promise has its images in the history: so the count is theirs.
    """
    sql = """
SELECT l.id FROM lead l LEFT JOIN (
  SELECT lead_id, count(*) AS n, sum(answered) AS a, sum(visit) AS v, min(at) AS first, max(at) AS last
  FROM followup GROUP BY lead_id
) f ON f.lead_id = l.id LEFT JOIN (
  SELECT lead_id, count(*) AS n FROM promise WHERE moved_from IS NOT NULL GROUP BY lead_id
) m ON m.lead_id = l.id
WHERE l.reschedules <> coalesce(m.n, 0) OR l.followups <> coalesce(f.n, 0) OR l.answered <> coalesce(f.a, 0)
  OR l.visits <> coalesce(f.v, 0)
  OR l.first_followup_at IS NOT f.first OR l.last_followup_at IS NOT f.last"""
    for (lead_id,) in connection.execute(sql):
        yield f"lead {lead_id}"


def promises_that_differ(connection: Connection) -> Iterator[str]:
    """Leads whose next date is not the promise that stands, or with two that stand."""
    sql = """
SELECT l.id FROM lead l LEFT JOIN promise p ON p.lead_id = l.id AND p.ended_at IS NULL
WHERE l.next_date IS NOT p.date OR l.next_time IS NOT p.time OR l.next_reason IS NOT p.reason
  OR l.next_via IS NOT p.via
UNION
SELECT lead_id FROM promise WHERE ended_at IS NULL GROUP BY lead_id HAVING count(*) > 1"""
    for (lead_id,) in connection.execute(sql):
        yield f"lead {lead_id}"


def unknown_stages(connection: Connection) -> Iterator[str]:
    """Leads in a process that the book does not have, or in a stage that the process does not have."""
    for process, stage, count in staged_nowhere(connection):
        yield f"{process} {stage}: {count}"


def staged_nowhere(connection: Connection) -> list[tuple[str, str, int]]:
    """The same as (process, stage, how many leads)."""
    sql = """
SELECT process, stage, count(*) FROM lead GROUP BY process, stage
HAVING NOT EXISTS (
  SELECT 1 FROM process p, json_each(CASE WHEN json_valid(p.data) THEN p.data ELSE '{}' END, '$.stages') s
  WHERE p.code = lead.process AND json_extract(s.value, '$.code') = lead.stage)"""
    return connection.execute(sql).fetchall()
