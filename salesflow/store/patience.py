"""The visits of leads by their moments, and who was set aside when (L4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from salesflow.store.rows import Connection, marks
from salesflow.store.settings import processes_followed


class SetAside(NamedTuple):
    """The last change of status of a lead that was parked or lost by then; ``stage`` is where it stood."""

    lead_id: int
    process: str
    stage: str
    status: str
    at: str
    reason: str | None


def visits(connection: Connection, moment: str) -> dict[int, list[str]]:
    """When each lead was visited up to the moment, the first first."""
    found: dict[int, list[str]] = defaultdict(list)
    sql = "SELECT lead_id, at FROM followup INDEXED BY followup_at WHERE visit AND at <= ? ORDER BY at"
    for lead_id, at in connection.execute(sql, (moment,)):
        found[lead_id].append(at)
    return found


def tried(connection: Connection, ways: Sequence[str], moment: str) -> Counter[tuple[str, str, int]]:
    """How often somebody went (``ways`` are those of visits) on each day at each hour, by whether somebody was met.

    The hour of midnight itself is not known: it stands where the day alone was told.
    """
    sql = f"""SELECT substr(at, 1, 10), CASE substr(at, 12) WHEN '00:00' THEN '' ELSE substr(at, 12, 2) END, visit
FROM followup INDEXED BY followup_at WHERE at <= ? AND (visit OR NOT answered AND via IN ({marks(ways)}))"""
    return Counter(connection.execute(sql, (moment, *ways)))


def moved_into(connection: Connection, stages: Sequence[str], moment: str) -> list[int]:
    """The leads that a move up to the moment led to one of these stages, by id."""
    # so many are read in the order in which they lie
    sql = f"""SELECT DISTINCT lead_id FROM move NOT INDEXED
WHERE at <= ? AND to_stage IN ({marks(stages)}) ORDER BY lead_id"""
    return [row[0] for row in connection.execute(sql, (moment, *stages))]


def set_aside(connection: Connection, moment: str) -> list[SetAside]:
    """The leads that stood parked or lost at the moment."""
    # the last of each lead stays; a process that all follow is asked of nobody
    followed = processes_followed(connection)
    process = "?" if len(followed) == 1 else "(SELECT process FROM lead WHERE lead.id = lead_id)"
    sql = f"""SELECT lead_id, coalesce(process, {process}), to_stage, to_status, at, reason FROM move NOT INDEXED
WHERE from_status <> to_status AND at <= ? ORDER BY at, id"""
    rows = connection.execute(sql, (*(followed if len(followed) == 1 else ()), moment))
    last = {row[0]: row for row in rows}
    return [SetAside._make(row) for row in last.values() if row[3] != "open"]
