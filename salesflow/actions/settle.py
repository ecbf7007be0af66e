"""Two claims on one lead: linked as a conflict, or made one, by whoever decides (F9)."""

from __future__ import annotations

from salesflow.actions.work import Work
from salesflow.errors import NotFound, Refused
from salesflow.models import Lead
from salesflow.store import conflicts, leads, merging
from salesflow.store.conflicts import Conflict


def registered(lead: Lead) -> tuple[str, str, int]:
    """When the lead was registered, to be compared: when it came to be known, when it was recorded, its id."""
    return (lead.received_at or lead.created_at, lead.created_at, lead.id)


def link(work: Work, one: Lead, two: Lead) -> Conflict:
    """The conflict that links the two from now on; the first to register stands first."""
    first, other = sorted((one, two), key=registered)
    values = {"lead_id": first.id, "other_id": other.id, "found_at": work.at, "by": work.by}
    found = conflicts.find_conflict(work.connection, conflicts.insert_conflict(work.connection, values))
    assert found is not None
    return found


def unite(work: Work, keep_id: int, gone_id: int, owner: str | None, why: str | None = None) -> Lead:
    """The one lead that two claims become: ``owner``'s, registered as the first of them was."""
    from salesflow.actions.merge import merge

    for lead_id in (keep_id, gone_id):  # whose it is was decided: no word of the other is to be kept
        if work.lead(lead_id).owner != owner:
            leads.update_lead(work.connection, lead_id, {"owner": owner, "updated_at": work.at})
    return merge(work, keep_id, gone_id, why=why).lead


def settle(work: Work, conflict_id: int, to: str, why: str) -> tuple[Conflict, Lead]:
    """The conflict settled: its two leads are one, and it is ``to``'s; why, when and by whom is kept.

    The lead that was registered first stays. Raises NotFound, Refused where it is settled already.
    """
    found = conflicts.find_conflict(work.connection, conflict_id)
    if found is None:
        raise NotFound("conflicts.none_such", id=conflict_id)
    if found.settled_at or found.other_id is None:
        raise Refused(
            "conflicts.settled_already",
            id=conflict_id,
            rep=found.settled_to or found.by,
            at=(found.settled_at or found.found_at)[:10],
        )
    if merging.not_same(work.connection, found.lead_id, found.other_id):
        raise Refused("conflicts.parted", id=conflict_id, lead_id=found.lead_id, other_id=found.other_id)
    values = {"settled_at": work.at, "settled_to": to, "why": why, "by": work.by}
    conflicts.update_conflict(work.connection, conflict_id, values)
    lead = unite(work, found.lead_id, found.other_id, to, why)
    settled = conflicts.find_conflict(work.connection, conflict_id)
    assert settled is not None
    return settled, lead
