"""A new lead out of the options of ``add``, which ``log --new`` takes too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salesflow.commands import common
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.leads import NewLead
    from salesflow.actions.work import Work


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
    from salesflow.actions.contacts import parse_person
    from salesflow.actions.leads import NewLead, default_process
    from salesflow.commands.fields import read_fields
    from salesflow.names import clean_line

    cleaned, dropped = clean_line(name, "name")
    if dropped:
        app.warn("names.dropped", what=cleaned)
    process = default_process(work, said.process)
    given = read_fields(app, process, said.set or [])
    values: dict[str, Any] = {**given.values, **_options(app, said)}
    if given.custom:
        values["custom"] = {key: value for key, value in given.custom.items() if value}
    if said.referrer_id is not None:
        values["referrer_id"] = said.referrer_id
    people = [parse_person(process, text.split(), said.role or ()) for text in said.contact or ()]
    if said.role and not people:
        raise Usage("contact.role_without_person")
    return NewLead(
        cleaned,
        values,
        people,
        received_at=common.moment(app, said.received),
        process=said.process,
        anyway=said.anyway,
    )


def _options(app: App, said: LeadOptions) -> dict[str, Any]:
    from salesflow.commands.fields import read_need, read_phone
    from salesflow.names import clean_line

    lines = {"short": said.short, "area": said.area, "address": said.address}
    values: dict[str, Any] = {
        name: clean_line(text, name)[0] for name, text in lines.items() if text is not None
    }
    codes = {"kind": said.kind, "source": said.source, "grade": said.grade}
    values |= {name: code for name, code in codes.items() if code is not None}
    if said.need is not None:
        values["need"] = read_need(said.need)
    if said.phone is not None:
        values["phone"] = read_phone(said.phone)
    if said.brand:
        values["brands"] = [clean_line(brand, "brands")[0] for brand in said.brand]
    return values
