"""A new lead out of the options of ``add``, which ``log --new`` takes too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salesflow.commands import common
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.contacts import Person
    from salesflow.actions.leads import NewLead
    from salesflow.actions.work import Work
    from salesflow.processes import Process


@dataclass
class LeadOptions:
    """What was said of a new lead on the command line, unread."""

    short: str | None = None
    kind: str | None = None
    brand: list[str] | None = None
    area: str | None = None
    address: str | None = None
    phone: str | None = None
    source: str | None = None
    referrer: str | None = None
    need: str | None = None
    grade: str | None = None
    received: str | None = None
    contact: list[str] | None = None
    role: list[str] | None = None
    process: str | None = None
    set: list[str] | None = None
    anyway: bool = False
    referrer_id: int | None = None


def read(app: App, work: Work, name: str, said: LeadOptions) -> NewLead:
    """The new lead that the options describe. Raises Usage for what cannot be read."""
    from salesflow.actions.leads import NewLead, default_process
    from salesflow.commands.fields import read_fields

    cleaned = common.line(app, name, "name") or ""
    process = default_process(work, said.process)
    given = read_fields(app, process, said.set or [])
    values: dict[str, Any] = {**given.values, **_options(app, said)}
    if given.custom:
        values["custom"] = {key: value for key, value in given.custom.items() if value}
    if said.referrer_id is not None:
        values["referrer_id"] = said.referrer_id
    return NewLead(
        cleaned,
        values,
        people(process, said),
        received_at=common.moment(app, said.received),
        process=said.process,
        anyway=said.anyway,
    )


def people(process: Process, said: LeadOptions) -> list[Person]:
    """The people that ``--contact`` and ``--role`` name. Raises Usage for what cannot be read."""
    from salesflow.actions.contacts import parse_person

    if said.role and not said.contact:
        raise Usage("contact.role_without_person")
    return [parse_person(process, words_of(text), said.role or ()) for text in said.contact or ()]


def _options(app: App, said: LeadOptions) -> dict[str, Any]:
    from salesflow.commands.fields import read_need, read_phone

    lines = {"short": said.short, "area": said.area, "address": said.address}
    values: dict[str, Any] = {
        name: common.line(app, text, name) for name, text in lines.items() if text is not None
    }
    codes = {"kind": said.kind, "source": said.source, "grade": said.grade}
    values |= {name: code for name, code in codes.items() if code is not None}
    if said.need is not None:
        values["need"] = read_need(said.need)
    if said.phone is not None:
        values["phone"] = read_phone(said.phone)
    if said.brand:
        values["brands"] = [common.line(app, brand, "brands") for brand in said.brand]
    return values


def words_of(text: str) -> list[str]:
    """The words of a person as ``--contact`` takes one: 王经理，13900001234，精品部 as well as with spaces."""
    for mark in "，,、;；":
        text = text.replace(mark, " ")
    return text.split()
