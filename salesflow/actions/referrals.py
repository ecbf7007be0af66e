"""Leads that another lead brought: made or linked, with what each is to the other (E5, E7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from salesflow.actions import leads
from salesflow.actions.circles import refuse_circle
from salesflow.actions.contacts import Person
from salesflow.actions.leads import Changes, NewLead
from salesflow.actions.work import Work
from salesflow.errors import Ambiguous, NotFound, Refused
from salesflow.models import Lead
from salesflow.names import label, name_key
from salesflow.processes import Process
from salesflow.store import care, find
from salesflow.store.leads import find_lead


@dataclass(frozen=True)
class Party:
    """A lead that was brought: by its name, or by its id where ``lead_id`` is given; and its people."""

    name: str
    people: Sequence[Person] = field(default_factory=tuple)
    lead_id: int | None = None


@dataclass(frozen=True)
class Brought:
    """One lead after it was linked.

    ``made``: it is new. ``changed``: something of the link is new. ``other_referrer``: who brought it
    before, and stays its referrer.
    """

    lead: Lead
    made: bool
    changed: bool
    other_referrer: int | None = None


def bring(
    work: Work, lead_id: int, parties: Sequence[Party], relation: str | None, *, anyway: bool = False
) -> list[Brought]:
    """Each party as a lead that this one brought; one that is known by that very name is linked.

    Raises Refused for a lead that would have brought itself, AlreadyThere where a phone is known.
    """
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    code = process.choice("relation", relation).code if relation else None
    done = [_bring(work, lead, process, party, code, anyway) for party in parties]
    work.operation.lead_id = done[0].lead.id if len(done) == 1 else None
    return done


def _bring(
    work: Work, lead: Lead, process: Process, party: Party, relation: str | None, anyway: bool
) -> Brought:
    known = _known(work, party)
    if known is None:
        values: dict[str, Any] = {"referrer_id": lead.id, "source": process.referral_source or None}
        new = NewLead(party.name, values, party.people, process=process.code, anyway=anyway)
        made = leads.add(work, new)
        _link(work, lead.id, made.id, relation)
        return Brought(made, True, True)
    return _adopt(work, lead, process, known, relation)


def _known(work: Work, party: Party) -> Lead | None:
    if party.lead_id is not None:
        found = find_lead(work.connection, party.lead_id)
        if found is None:
            raise NotFound("lead.none", text=f"#{party.lead_id}")
        return found
    ids = find.by_whole_name(work.connection, name_key(party.name))
    if len(ids) > 1:
        raise Ambiguous(
            "referral.several", (), tuple(ids), text=party.name, ids=" ".join(f"#{id}" for id in ids)
        )
    return find_lead(work.connection, ids[0]) if ids else None


def _adopt(work: Work, lead: Lead, process: Process, known: Lead, relation: str | None) -> Brought:
    if known.id == lead.id:
        refuse_circle(work.connection, known.id, lead.id, "referrer_id")
    if known.referrer_id not in (None, lead.id):
        # who brought it first stays; that it is related is said all the same
        if relation is None:
            other = work.lead(known.referrer_id or 0)
            raise Refused(
                "referral.other_referrer",
                id=known.id,
                name=label(known),
                other_id=other.id,
                other=label(other),
            )
        return Brought(known, False, _link(work, lead.id, known.id, relation), known.referrer_id)
    refuse_circle(work.connection, known.id, lead.id, "referrer_id")
    values: dict[str, Any] = {}
    if known.referrer_id is None:
        values["referrer_id"] = lead.id
        same_process = known.process == process.code
        if process.referral_source and same_process and not known.source:
            values["source"] = process.referral_source
        leads.edit(work, known.id, Changes(values))
    linked = _link(work, lead.id, known.id, relation)
    return Brought(work.lead(known.id), False, bool(values) or linked)


def _link(work: Work, lead_id: int, other_id: int, relation: str | None) -> bool:
    if relation is None:
        return False
    for link in care.list_links(work.connection, lead_id):
        if (link.lead_id, link.other_id) == (lead_id, other_id):
            care.update_link(work.connection, link.id, {"relation": relation})
            return link.relation != relation
    row = {
        "lead_id": lead_id,
        "other_id": other_id,
        "relation": relation,
        "by": work.by,
        "created_at": work.at,
    }
    care.insert_link(work.connection, row)
    return True
