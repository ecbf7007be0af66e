"""The pool given out fairly: by area first, then evenly; passive leads to whoever had the first contact (F10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from salesflow.actions.work import Work
from salesflow.models import Lead
from salesflow.store import assigning, leads


class Given(NamedTuple):
    """A lead of the pool, to whom it goes ('' where it stays) and why.

    ``why`` is ``first_contact`` (``at``), ``area_of`` (somebody said whose area it is), ``area`` (most
    leads there: ``held``), ``evenly`` (fewest open leads: ``held``) or ``nobody``.
    """

    lead: Lead
    to: str
    why: str
    held: int = 0
    at: str = ""


class Team(NamedTuple):
    """Whom leads may go to, with their open leads; whose areas are, as somebody said and by their leads."""

    open: Mapping[str, int]
    said: Mapping[str, Sequence[str]]
    areas: Mapping[str, Mapping[str, int]]
    first: Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """How to give out: to whom (empty: whoever owns leads), whose areas are (area: reps), by area alone."""

    to: Sequence[str] = ()
    said: Mapping[str, Sequence[str]] | None = None
    only_area: bool = False


def team(work: Work, wanted: Wanted, pool: Sequence[Lead]) -> Team:
    """Whom the leads of the pool may go to; whoever has an area by word is one of them."""
    owned = assigning.open_leads(work.connection)
    said = wanted.said or {}
    named = [rep for reps in said.values() for rep in reps]
    reps = dict.fromkeys((*(wanted.to or owned), *named))
    passive = [lead.id for lead in pool if lead.passive]
    return Team(
        {rep: owned.get(rep, 0) for rep in reps},
        said,
        assigning.by_area(work.connection),
        assigning.first_contacts(work.connection, passive),
    )


def plan(pool: Sequence[Lead], team: Team, *, only_area: bool = False) -> list[Given]:
    """To whom each lead goes and why; passive ones first, for they asked us."""
    counts = dict(team.open)
    given = []
    for lead in sorted(pool, key=lambda lead: (not lead.passive, lead.id)):
        one = _one(lead, team, counts, only_area)
        if one.to:
            counts[one.to] += lead.status == "open"
        given.append(one)
    return given


def _one(lead: Lead, team: Team, counts: Mapping[str, int], only_area: bool) -> Given:
    first = team.first.get(lead.id)
    if first and first[0] in counts:
        return Given(lead, first[0], "first_contact", at=first[1])
    said = [rep for rep in team.said.get(lead.area or "", ()) if rep in counts]
    if said:
        return Given(lead, _fewest(said, counts), "area_of")
    there = {rep: count for rep, count in team.areas.get(lead.area or "", {}).items() if rep in counts}
    if there:
        most = max(there.values())
        to = _fewest([rep for rep, count in there.items() if count == most], counts)
        return Given(lead, to, "area", most)
    if only_area or not counts:
        return Given(lead, "", "nobody")
    to = _fewest(list(counts), counts)
    return Given(lead, to, "evenly", counts[to])


def _fewest(reps: Sequence[str], counts: Mapping[str, int]) -> str:
    # of equals the one who stands first
    return min(reps, key=lambda rep: counts[rep])


def assign(work: Work, given: Sequence[Given]) -> None:
    """Every lead is whose the plan says."""
    for one in given:
        if one.to:
            leads.update_lead(work.connection, one.lead.id, {"owner": one.to, "updated_at": work.at})
    moved = [one.lead.id for one in given if one.to]
    work.operation.lead_id = moved[0] if len(moved) == 1 else None
