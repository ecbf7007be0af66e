"""The visits of leads by their moments, and who was set aside when (L4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesflow.store.rows import Connection, batches, marks


class SetAside(NamedTuple):
    """The last change of status of a lead that was parked or lost by then; ``stage`` is where it stood."""

    lead_id: int
    process: str
    stage: str
    status: str
    at: str
    reason: str | None


_MANY = 2000  # leads from which on one reading of all visits is sooner done


def visits_of(connection: Connection, lead_ids: Sequence[int], moment: str) -> dict[int, list[str]]:
    """When each of these leads was visited up to the moment, the first first."""
    found: dict[int, list[str]] = {}
    if len(lead_ids) > _MANY:
        wanted = set(lead_ids)
        sql = "SELECT lead_id, at FROM followup INDEXED BY followup_at WHERE visit AND at <= ? ORDER BY at"
        for lead_id, at in connection.execute(sql, (moment,)):
            if lead_id in wanted:
                found.setdefault(lead_id, []).append(at)
        return found
    for part in batches(lead_ids):
        sql = f"""SELECT lead_id, at FROM followup
WHERE visit AND at <= ? AND lead_id IN ({marks(part)}) ORDER BY at, id"""
        for lead_id, at in connection.execute(sql, (moment, *part)):
            found.setdefault(lead_id, []).append(at)
    return found


def visited_oftener(connection: Connection, least: int, moment: str) -> list[int]:
    """The leads that had more than ``least`` visits up to the moment, by id."""
    sql = """SELECT lead_id FROM followup WHERE visit AND at <= ?
GROUP BY lead_id HAVING count(*) > ? ORDER BY lead_id"""
    return [row[0] for row in connection.execute(sql, (moment, least))]


def set_aside(connection: Connection, moment: str) -> list[SetAside]:
    """The leads that stood parked or lost at the moment."""
    sql = """
SELECT m.lead_id, coalesce(m.process, l.process), m.to_stage, m.to_status, m.at, m.reason
FROM move m JOIN lead l ON l.id = m.lead_id
WHERE m.from_status <> m.to_status AND m.at <= ? ORDER BY m.at, m.id"""
    last = {row[0]: SetAside._make(row) for row in connection.execute(sql, (moment,))}
    return [one for one in last.values() if one.status != "open"]
