"""Leads that somebody looked at and that are not the same: remembered, and taken back (F9)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.names import label
from salesflow.store import likeness


def part(work: Work, lead_ids: Sequence[int], why: str | None) -> list[tuple[int, int]]:
    """The pairs of these leads that were not marked yet; none of the leads are the same from now on."""
    known = likeness.marked(work.connection)
    made = []
    for first, second in _pairs(work, lead_ids):
        if (first, second) not in known:
            likeness.mark(work.connection, first, second, why, work.by, work.at)
            made.append((first, second))
    return made


def reunite(work: Work, lead_ids: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of these leads whose mark was taken back. Raises Refused where none had one."""
    known = likeness.marked(work.connection)
    gone = [pair for pair in _pairs(work, lead_ids) if pair in known]
    if not gone:
        raise Refused("dupes.not_marked", ids=" ".join(f"#{one}" for one in lead_ids))
    for pair in gone:
        likeness.unmark(work.connection, known[pair].id)
    return gone


def _pairs(work: Work, lead_ids: Sequence[int]) -> list[tuple[int, int]]:
    leads = [work.lead(one) for one in lead_ids]
    work.operation.lead_id = None  # a step about two leads is about none
    for first, second in combinations(leads, 2):
        if first.id == second.id:
            raise Refused("dupes.same", id=first.id, name=label(first))
    return sorted((min(pair), max(pair)) for pair in combinations(lead_ids, 2))
