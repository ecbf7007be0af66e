"""Since when leads have stood where they stand: the last effective follow-up, the stage's beginning, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesflow.store.rows import Connection, batches, is_long, marks


def last_effective(connection: Connection, lead_ids: Sequence[int], moment: str) -> dict[int, str]:
    """When somebody last answered a follow-up of each of these leads by the moment, where anybody has."""
    sql = """SELECT value, (SELECT at FROM followup f INDEXED BY followup_lead
  WHERE f.lead_id = value AND f.at <= ? AND answered ORDER BY f.at DESC LIMIT 1) AS last
FROM json_each(?) WHERE last IS NOT NULL"""
    return dict(connection.execute(sql, (moment, str(list(lead_ids)))))


def stage_since(connection: Connection, lead_ids: Sequence[int], moment: str) -> dict[int, str]:
    """When each lead entered the stage in which it stood at the moment, of those that have moved."""
    found: dict[int, str] = {}
    for part in batches(lead_ids):
        sql = f"""SELECT lead_id, at, max(id) FROM move WHERE lead_id IN ({marks(part)}) AND at <= ?
  AND (from_stage <> to_stage OR from_process IS NOT NULL) GROUP BY lead_id"""
        found.update((lead, at) for lead, at, _ in connection.execute(sql, (*part, moment)))
    return found


def tries(connection: Connection, lead_ids: Sequence[int], moment: str) -> dict[int, tuple[int, int]]:
    """(follow-ups, visits) of each lead by the moment, where it has had any."""
    found: dict[int, tuple[int, int]] = {}
    for part in batches(lead_ids):
        sql = (
            f"SELECT lead_id, count(*), sum(visit) FROM followup WHERE lead_id IN ({marks(part)}) AND at <= ?"
            " GROUP BY lead_id"
        )
        found.update(
            (lead, (count, visits)) for lead, count, visits in connection.execute(sql, (*part, moment))
        )
    return found


def promised(connection: Connection, moment: str) -> dict[int, tuple[str, str | None]]:
    """(day, what for) of the promise that stood at the moment, by lead."""
    sql = """SELECT lead_id, date, reason FROM promise NOT INDEXED
WHERE made_at <= ? AND (ended_at IS NULL OR ended_at > ?) ORDER BY id"""
    rows = connection.execute(sql, (moment, moment))
    return {lead: (day, reason) for lead, day, reason in rows}


class Told(NamedTuple):
    """What was done with a lead in a span: follow-ups, visits, when the newest was and what it says."""

    followups: int
    visits: int
    at: str
    note: str | None


def told(connection: Connection, first: str, last: str) -> dict[int, Told]:
    """What was done with each lead that was followed up in the span."""
    # of some months they are gone through lead by lead
    index = "followup_lead" if is_long(first, last) else "followup_at"
    sql = f"""SELECT lead_id, followups, visits, newest,
  (SELECT note FROM followup f INDEXED BY followup_lead
    WHERE f.lead_id = done.lead_id AND f.at = newest ORDER BY f.id DESC LIMIT 1)
FROM (SELECT lead_id, count(*) AS followups, sum(visit) AS visits, max(at) AS newest
  FROM followup INDEXED BY {index} WHERE at BETWEEN ? AND ? GROUP BY lead_id) done"""
    return {lead: Told._make(row) for lead, *row in connection.execute(sql, (first, last))}
