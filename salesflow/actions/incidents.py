"""Incidents: opened, followed, solved (M9)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from salesflow.actions.work import Work, instant
from salesflow.errors import NotFound, Refused
from salesflow.models import Incident, Lead
from salesflow.names import label
from salesflow.store import care


class Target(NamedTuple):
    """An incident, and the lead whose it is."""

    lead: Lead
    incident: Incident


def open_new(
    work: Work, lead_id: int, text: str, *, at: datetime | None = None, due: date | None = None
) -> Incident:
    """The incident opened. Raises Refused for a day to come, or one due before it was opened."""
    work.lead(lead_id)
    opened = _moment(work, at)
    if due and due.isoformat() < opened[:10]:
        raise Refused("incident.due_before", due=due.isoformat(), opened=opened[:10])
    row = {
        "lead_id": lead_id,
        "opened_at": opened,
        "text": text,
        "due_on": due.isoformat() if due else None,
        "by": work.by,
        "recorded_at": work.at,
    }
    return get(work, lead_id, care.insert_incident(work.connection, row)).incident


def follow(work: Work, lead_id: int, incident_id: int, text: str, *, at: datetime | None = None) -> Incident:
    """The incident with what was done or said about it. Raises Refused once it is solved."""
    when = _during(work, get(work, lead_id, incident_id), at)
    row = {"lead_id": lead_id, "incident_id": incident_id, "at": when, "text": text, "by": work.by}
    care.insert_incident_note(work.connection, row)
    return get(work, lead_id, incident_id).incident


def solve(work: Work, lead_id: int, incident_id: int, text: str, *, at: datetime | None = None) -> Incident:
    """The incident solved. Raises Refused where it is solved already, or would be before it was opened."""
    when = _during(work, get(work, lead_id, incident_id), at)
    care.update_incident(work.connection, incident_id, {"solved_at": when, "solution": text})
    return get(work, lead_id, incident_id).incident


def get(work: Work, lead_id: int, incident_id: int) -> Target:
    """The lead's incident of this id; NotFound with those that it has."""
    lead = work.lead(lead_id)
    found = care.find_incident(work.connection, lead_id, incident_id)
    if found is None:
        known = ", ".join(str(one.id) for one in care.list_incidents(work.connection, lead_id))
        raise NotFound("incident.none", lead_id=lead_id, lead=label(lead), id=incident_id, known=known or "-")
    return Target(lead, found)


def _moment(work: Work, at: datetime | None) -> str:
    when = instant(at or work.now)
    if when > work.at:
        raise Refused("incident.in_future", at=when.replace("T", " "))
    return when


def _during(work: Work, target: Target, at: datetime | None) -> str:
    # an incident that is solved is closed for good: what comes back is a new one
    lead, incident = target
    when = _moment(work, at)
    if incident.solved_at:
        solved = incident.solved_at.replace("T", " ")
        raise Refused("incident.solved_already", id=incident.id, at=solved, lead_id=lead.id)
    if when < incident.opened_at:
        opened = incident.opened_at.replace("T", " ")
        raise Refused("incident.before_opened", at=when.replace("T", " "), opened=opened)
    return when
