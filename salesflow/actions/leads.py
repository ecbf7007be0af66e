"""Leads added and changed (F1, F3, F6, F9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from salesflow.actions import contacts, processes, promises
from salesflow.actions.circles import refuse_circle
from salesflow.actions.contacts import Person
from salesflow.actions.keys import lead_keys, lead_with_phone, same_lead
from salesflow.actions.promises import Plan
from salesflow.actions.work import Work, instant
from salesflow.errors import Refused
from salesflow.models import Lead
from salesflow.phones import split_phones
from salesflow.processes import Process
from salesflow.store import leads, moves
from salesflow.store.rows import as_json


class AlreadyThere(Refused):
    """The lead, or its phone, is in the book: ``existing`` is its id."""

    def __init__(self, key: str, existing: Lead, **values: object) -> None:
        super().__init__(key, (), id=existing.id, name=existing.name, **values)
        self.existing = existing


@dataclass(frozen=True)
class NewLead:
    """What is known of a new lead: ``values`` are columns, codes checked; lists are tuples."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    people: Sequence[Person] = ()
    received_at: datetime | None = None
    plan: Plan | None = None
    process: str | None = None
    anyway: bool = False


def default_process(work: Work, word: str | None = None) -> Process:
    """The process that ``word`` names, taken in where it is a built-in one; else the one that the book uses."""
    return processes.taken_in(work, word) if word is not None else processes.default(work)


def checked(process: Process, values: dict[str, Any]) -> dict[str, Any]:
    """``values`` with every code checked against the process (titles become codes). Raises Usage."""
    done = dict(values)
    if done.get("grade"):
        done["grade"] = process.grade(done["grade"]).code
    if done.get("kind"):
        done["kind"] = process.kind(done["kind"]).code
    if done.get("source"):
        source = process.source(done["source"])
        done["source"], done["passive"] = source.code, int(source.passive)
    elif "source" in done:
        done["source"], done["passive"] = None, 0
    for noun in _CHOICES:
        if done.get(noun):
            done[noun] = process.choice(noun, done[noun]).code
    return done


# what a process may list, or leave to the rep's own words (E3, E5, L3, L9)
_CHOICES = ("industry", "size", "side", "approach", "buying_step", "credit", "customer_class")


def _credited(work: Work, values: dict[str, Any]) -> dict[str, Any]:
    # a credit grade stands with who gave it and when (L3); money is risked on it
    if "credit" not in values:
        return values
    if not values["credit"]:
        return {**values, "credit_by": None, "credit_on": None}
    given = {
        "credit_by": values.get("credit_by") or work.by,
        "credit_on": values.get("credit_on") or work.today.isoformat(),
    }
    return values | given


def stored(values: dict[str, Any]) -> dict[str, Any]:
    """``values`` as columns hold them: lists and objects as JSON."""
    return {
        name: as_json(list(value))
        if name in ("brands", "tags")
        else as_json(value)
        if name == "custom"
        else value
        for name, value in values.items()
    }


def add(work: Work, new: NewLead) -> Lead:
    """The lead added; it came to be known as one that may buy now, or when ``received_at`` says.

    Raises AlreadyThere where it, or one of its phones, is in the book (F9), unless ``anyway``.
    """
    process = default_process(work, new.process)
    said = new.values
    if said.get("referrer_id") and not said.get("source") and process.referral_source:
        said = {**said, "source": process.referral_source}  # whoever was brought came by referral (E5)
    given = _credited(work, checked(process, said))
    # what is said to be blank is what is not said, but for the owner: the lead may be nobody's
    values = {name: value for name, value in given.items() if value is not None or name == "owner"}
    _refuse_to_come(work, values)
    if not new.anyway:
        _refuse_known(work, new, values)
    received = instant(new.received_at or work.now)
    if received > work.at:
        raise Refused("lead.received_in_future", at=received.replace("T", " "))
    if values.get("grade"):
        values["graded_at"] = received
    row = {
        "name": new.name,
        "process": process.code,
        "stage": process.first_stage.code,
        "owner": work.by,
        "registered_by": work.by,
        "received_at": received,
        "created_at": work.at,
        "updated_at": work.at,
        **stored(values),
    }
    lead_id = leads.insert_lead(work.connection, {**row, **lead_keys(row)})
    for person in new.people:
        contacts.add(work, lead_id, person)
    if new.plan:
        promises.refuse_past(new.plan, work.today, new.anyway)
        promises.make(work, lead_id, new.plan, work.now)
    return work.lead(lead_id)


def _refuse_to_come(work: Work, values: dict[str, Any]) -> None:
    if (values.get("credit_on") or "") > work.today.isoformat():
        raise Refused("lead.credit_to_come", date=values["credit_on"])


def _refuse_known(work: Work, new: NewLead, values: dict[str, Any]) -> None:
    same = same_lead(work.connection, new.name, values.get("city"), values.get("address"))
    if same is not None:
        raise AlreadyThere("lead.exists", work.lead(same))
    phones = split_phones(values.get("phone") or "")
    for person in new.people:
        phones += person.phones
    held = lead_with_phone(work.connection, phones)
    if held is not None:
        raise AlreadyThere("lead.phone_exists", work.lead(held), new=new.name)


@dataclass(frozen=True)
class Changes:
    """What ``edit`` changes: columns (None empties), tags, custom fields, the goal with its reason."""

    values: dict[str, Any] = field(default_factory=dict)
    tag: Sequence[str] = ()
    untag: Sequence[str] = ()
    custom: dict[str, str | None] = field(default_factory=dict)
    why: str | None = None


_TRACKED = {"grade": "grade", "goal_fen": "goal_value", "goal_on": "goal_on", "credit": "credit"}
_AGAIN = ("grade", "credit")  # the same one given again is news: somebody looked once more


def edit(work: Work, lead_id: int, changes: Changes) -> Lead:
    """The lead with the changes; a grade given again counts as given today.

    Raises Refused where its referrer or head office would be the lead itself or stand below it.
    """
    lead = work.lead(lead_id)
    values = _credited(work, checked(work.process(lead.process), changes.values))
    _refuse_to_come(work, values)
    for column in ("referrer_id", "parent_id"):
        if values.get(column):
            refuse_circle(work.connection, lead_id, values[column], column)
    for column, name in _TRACKED.items():
        if column in values:
            _track(work, lead, column, name, values[column], changes.why)
    if values.get("grade"):
        values["graded_at"] = work.at
    if changes.tag or changes.untag:
        kept = [tag for tag in (*lead.tags, *changes.tag) if tag not in changes.untag]
        values["tags"] = list(dict.fromkeys(kept))
    if changes.custom:
        merged = {**lead.custom, **changes.custom}
        values["custom"] = {name: value for name, value in merged.items() if value}
    row = stored(values)
    if any(row[column] != present for column, present in stored(_present(lead, values)).items()):
        leads.update_lead(
            work.connection, lead_id, {**row, **lead_keys(_named(lead, row)), "updated_at": work.at}
        )
    return work.lead(lead_id)


def _named(lead: Lead, row: dict[str, Any]) -> dict[str, Any]:
    # the keys of a name are made of the whole and the short one together
    if "name" in row or "short" in row:
        return {"name": lead.name, "short": lead.short, **row}
    return row


def _present(lead: Lead, values: dict[str, Any]) -> dict[str, Any]:
    present = {column: getattr(lead, column) for column in values}
    # a flag is 1 or nothing in the book
    return {column: value or None if value is False else value for column, value in present.items()}


def _track(work: Work, lead: Lead, column: str, name: str, value: Any, why: str | None) -> None:
    old = getattr(lead, column)
    if old == value and (column not in _AGAIN or value is None):
        return
    moves.insert_change(
        work.connection,
        {
            "lead_id": lead.id,
            "field": name,
            "at": work.at,
            "old": None if old is None else str(old),
            "new": None if value is None else str(value),
            "why": why,
            "by": work.by,
        },
    )
