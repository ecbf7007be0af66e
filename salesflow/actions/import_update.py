"""A row whose lead is in the book: filled cells replace, blank ones never do, what is new is added."""

from __future__ import annotations

import json
from typing import Any

from salesflow.actions import contacts, leads, promises, stages
from salesflow.actions.contacts import Person
from salesflow.actions.import_lead import LeadIn, Past, PersonIn
from salesflow.actions.leads import Changes
from salesflow.actions.promises import Plan
from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.models import Lead
from salesflow.names import elsewhere, label
from salesflow.phones import digits
from salesflow.store import contacts as people
from salesflow.store import followups, merging, stored
from salesflow.store import leads as store_leads

# what a row may replace; the rest is added to, or has a history of its own
_REPLACED = (
    "name", "short", "grade", "kind", "source", "area", "city", "province", "address", "lat", "lng", "phone",
    "supplier", "volume_month", "ownership", "goal_fen", "goal_on", "note", "referrer_id",
    "shareholders", "industry", "size", "side", "helped_by", "credit", "credit_by", "credit_on", "approach",
    "from_list", "buying_step", "customer_class", "reference", "key_target",
)  # fmt: skip
_NAMES = {"goal_fen": "goal_value", "referrer_id": "referrer"}


def update(work: Work, lead_id: int, row: LeadIn, why: str) -> list[str]:
    """The fields of the lead that the row changed; follow-ups and the promise are left to others.

    ``why`` is kept with a move to another stage. Raises Refused for a status, or a stage, that no sheet can set.
    """
    if _of_former(work, lead_id, row):
        return complete(work, lead_id, row)
    lead = work.lead(lead_id)
    status = row.columns.get("status") or lead.status
    if status != lead.status:
        raise Refused("imports.other_status", id=lead.id, name=label(lead), status=status)
    changed = _stage(work, lead, row, why)
    changed += _fields(work, lead, row)
    return [*changed, *_people(work, lead_id, row)]


def _of_former(work: Work, lead_id: int, row: LeadIn) -> bool:
    # an old list tells of a lead that is part of this one by now: what it filled was taken when they were merged
    known = merging.formers(work.connection, lead_id)
    if row.uid or not known:
        return any(uid == row.uid for uid, _ in known)
    lead, said = stored.row(work.connection, "lead", lead_id) or {}, row.columns
    places = [one[name] or "" for one in (said, lead) for name in ("city_key", "address_key")]
    own = said["name_key"] == lead["name_key"] and not elsewhere(*places)
    return not own and any(key == said["name_key"] for _, key in known)


def fresh(work: Work, lead_id: int, row: LeadIn) -> list[Past]:
    """The row's follow-ups that the lead does not have yet."""
    known = {(one.at[:10], one.note) for one in followups.list_followups(work.connection, lead_id)}
    days = {day for day, _ in known}
    # a day alone (上次跟进 without a note) says nothing about a day that has a follow-up
    return [p for p in row.past if (p.at[:10], p.note) not in known and (p.note or p.at[:10] not in days)]


def promise(work: Work, lead_id: int, row: LeadIn, followup_id: int | None) -> list[str]:
    """``["next_date"]`` where the row promises otherwise: after a new follow-up the next one, else a reschedule."""
    if row.next is None or _of_former(work, lead_id, row):
        return []
    lead = work.lead(lead_id)
    wanted = (row.next.date.isoformat(), row.next.time, row.next_reason or lead.next_reason)
    if wanted == (lead.next_date, lead.next_time, lead.next_reason) or lead.status == "lost":
        return []
    plan = Plan(row.next.date, row.next.time, wanted[2], row.next_via or lead.next_via)
    standing = followups.open_promise(work.connection, lead_id)
    last = row.past[-1].at if followup_id else None
    if last != lead.last_followup_at:  # a follow-up older than the newest makes no promise
        last = followup_id = None
    moved = standing if standing and last is None and wanted[0] != lead.next_date else None
    made_at = last or work.at
    if standing:
        followups.end_promise(work.connection, standing.id, made_at, "moved" if moved else "followup")
    if moved:
        store_leads.update_lead(work.connection, lead_id, {"reschedules": lead.reschedules + 1})
    from_id = moved.id if moved else None
    promises.make(work, lead_id, plan, made_at, followup_id=followup_id, moved_from=from_id)
    return ["next_date"]


def _stage(work: Work, lead: Lead, row: LeadIn, why: str) -> list[str]:
    stage = row.columns.get("stage")
    if stage is None or stage == lead.stage:
        return []
    stages.advance(work, stages.look(work, lead.id, stage), force=True, why=why)
    return ["stage"]


def _fields(work: Work, lead: Lead, row: LeadIn) -> list[str]:
    present = stored.row(work.connection, "lead", lead.id) or {}
    said = {name: row.columns.get(name) for name in _REPLACED}
    for name in row.found:  # what an address says fills a blank, and replaces nothing
        said[name] = None if present[name] else said[name]
    values: dict[str, Any] = {
        name: value for name, value in said.items() if value is not None and value != present[name]
    }
    if row.columns.get("need") not in (None, "unknown", lead.need):
        values["need"] = row.columns["need"]
    if lead.received_at is None and row.columns["received_at"]:
        values["received_at"] = row.columns["received_at"]
    brands = _listed(row.columns["brands"])
    if brands and brands != list(lead.brands):
        values["brands"] = brands
    tags = [tag for tag in _listed(row.columns["tags"]) if tag not in lead.tags]
    own: dict[str, str] = json.loads(row.columns["custom"] or "{}")
    custom: dict[str, str | None] = {
        name: text for name, text in own.items() if lead.custom.get(name) != text
    }
    if values or tags or custom:
        leads.edit(work, lead.id, Changes(values, tag=tags, custom=custom))
    changed = [_NAMES.get(name, name) for name in values]
    return [*changed, *(["tags"] if tags else []), *custom]


def _listed(text: str | None) -> list[str]:
    return list(json.loads(text)) if text else []


def complete(work: Work, lead_id: int, row: LeadIn) -> list[str]:
    """What the lead lacked of the row's people and phones, and has now: of a row that is the lead once more."""
    added = _people(work, lead_id, row)
    lead = work.lead(lead_id)
    held = lead.phone.split(" / ") if lead.phone else []
    found = row.columns["phone"].split(" / ") if row.columns["phone"] else []
    known = {digits(phone) for one in (held, *(p.phones for p in work.people(lead_id))) for phone in one}
    fresh = [phone for phone in found if digits(phone) not in known]
    if fresh:
        leads.edit(work, lead_id, Changes({"phone": " / ".join([*held, *fresh])}))
    return [*added, *(["phone"] if fresh else [])]


def _people(work: Work, lead_id: int, row: LeadIn) -> list[str]:
    changed = [_person(work, lead_id, said) for said in row.people]
    return ["contact"] if any(changed) else []


def _person(work: Work, lead_id: int, said: PersonIn) -> bool:
    fields = ("title", "wechat", "email", "department", "birthday")
    values = {name: getattr(said, name) for name in fields if getattr(said, name)}
    person = Person(said.name, list(said.phones), list(said.roles), values)
    known = next(
        (one for one in people.list_contacts(work.connection, lead_id) if one.name == said.name), None
    )
    if known is None:
        contacts.add(work, lead_id, person)
        return True
    same = {*said.phones} <= {*known.phones} and {*said.roles} <= {*known.roles}
    if same and all(getattr(known, name) == text for name, text in values.items()):
        return False
    contacts.edit(work, known, person)
    return True
