"""``contact``: the people at a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage
from salesflow.names import label

if TYPE_CHECKING:
    from salesflow.actions.work import Work
    from salesflow.models import Contact


def contact_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's people."""
    from salesflow.reports import people

    app: App = ctx.obj
    picked = common.pick(app, lead)
    with app.read() as connection:
        others = app.for_others(fmt, as_json, personal)
        report = people.build(connection, picked.id, app.lang, others=others)
    app.show(report, fmt, as_json, personal=personal)


def contact_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    words: options.ContactWords = None,
    role: options.Role = None,
    phone: options.PersonPhone = None,
    wechat: options.Wechat = None,
    email: options.Email = None,
    attitude: options.Attitude = None,
    character: options.Character = None,
    hobbies: options.Hobbies = None,
    birthday: options.Birthday = None,
    title: options.Title = None,
    as_json: options.Json = False,
) -> None:
    """A person added."""
    from salesflow.actions import contacts

    app: App = ctx.obj
    picked = common.pick(app, lead)
    values = _values(wechat, email, attitude, character, hobbies, birthday, title)
    with common.working(app, "contact") as work:
        process = work.process(work.lead(picked.id).process)
        person = contacts.parse_person(process, _words(words), role or ())
        person.phones += _phones(phone)
        person.values |= values
        done = contacts.add(work, picked.id, person)
        told = _told(app, work, done, "contact.added")
    _say(app, told, as_json)


def contact_edit(
    ctx: typer.Context,
    lead: options.Lead = None,
    name: options.ContactName = None,
    new_name: options.Name = None,
    role: options.Role = None,
    phone: options.PersonPhone = None,
    wechat: options.Wechat = None,
    email: options.Email = None,
    attitude: options.Attitude = None,
    character: options.Character = None,
    hobbies: options.Hobbies = None,
    birthday: options.Birthday = None,
    title: options.Title = None,
    as_json: options.Json = False,
) -> None:
    """A person changed: roles and phones are added to those known."""
    from salesflow.actions import contacts
    from salesflow.actions.contacts import Person
    from salesflow.names import clean_line

    app: App = ctx.obj
    picked = common.pick(app, lead)
    values = _values(wechat, email, attitude, character, hobbies, birthday, title)
    renamed = clean_line(new_name, "name")[0] if new_name else ""
    person = Person(renamed, _phones(phone), list(role or ()), values)
    if not (renamed or person.phones or person.roles or values):
        raise Usage("contact.nothing")
    with common.working(app, "contact edit") as work:
        found = contacts.pick(work, picked.id, name or "")
        told = _told(app, work, contacts.edit(work, found, person), "contact.edited")
    _say(app, told, as_json)


def contact_remove(
    ctx: typer.Context,
    lead: options.Lead = None,
    name: options.ContactName = None,
    as_json: options.Json = False,
) -> None:
    """A person removed from the lead."""
    from salesflow.actions import contacts

    app: App = ctx.obj
    picked = common.pick(app, lead)
    if not name:
        raise Usage("contact.no_name")
    with common.working(app, "contact remove") as work:
        found = contacts.pick(work, picked.id, name)
        contacts.remove(work, found)
        told = _told(app, work, found, "contact.removed")
    _say(app, told, as_json)


def _words(words: list[str] | None) -> list[str]:
    from salesflow.names import clean_line

    return [clean_line(word, "name")[0] for text in words or () for word in text.split()]


def _phones(texts: list[str] | None) -> list[str]:
    from salesflow.commands.fields import read_phone

    return [phone for text in texts or () for phone in read_phone(text).split(" / ")]


def _values(
    wechat: str | None,
    email: str | None,
    attitude: str | None,
    character: str | None,
    hobbies: str | None,
    birthday: str | None,
    title: str | None,
) -> dict[str, Any]:
    from salesflow.names import clean_line

    said = {
        "wechat": wechat,
        "email": email,
        "attitude": attitude,
        "character": character,
        "hobbies": hobbies,
        "birthday": birthday_of(birthday) if birthday else None,
        "title": title,
    }
    return {name: clean_line(value, name)[0] for name, value in said.items() if value is not None}


def birthday_of(text: str) -> str:
    """A birthday, YYYY-MM-DD, or MM-DD where the year is not known. Raises Usage for a day that is none."""
    import datetime

    plain = text.strip()
    for mark in ("年", "月", "/", "."):
        plain = plain.replace(mark, "-")
    parts = plain.removesuffix("日").removesuffix("号").split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 2:
            datetime.date(2000, *numbers)
            return f"{numbers[0]:02}-{numbers[1]:02}"
        return datetime.date(*numbers).isoformat()
    except (ValueError, TypeError):
        raise Usage("contact.bad_birthday", text=text[:40]) from None


def _told(app: App, work: Work, contact: Contact, key: str) -> tuple[dict[str, Any], str]:
    from salesflow.processes import short_title
    from salesflow.reports.records import contact_record

    lead = work.lead(contact.lead_id)
    process = work.process(lead.process)
    roles = [short_title(process.known("role", role), app.lang) for role in contact.roles]
    details = "  ".join((*roles, *contact.phones))
    line = app.t(key, lead_id=lead.id, lead=label(lead), name=contact.name, details=details)
    return contact_record(contact), line.rstrip()


def _say(app: App, told: tuple[dict[str, Any], str], as_json: bool) -> None:
    if as_json:
        app.emit_json(told[0])
    else:
        app.write_lines(told[1])
