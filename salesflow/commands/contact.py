"""``contact``: the people at a lead."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, consent, options
from salesflow.context import App
from salesflow.errors import Refused, Usage
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
    personal = consent.whole(app, [picked.id], personal, fmt, as_json)
    with app.read() as connection:
        others = app.for_others(fmt, as_json, personal)
        report = people.build(connection, picked.id, app.lang, app.today, others=others)
    app.show(report, fmt, as_json, personal=personal)


def _details(
    role: options.Role = None,
    phone: options.PersonPhone = None,
    wechat: options.Wechat = None,
    email: options.Email = None,
    title: options.Title = None,
    department: options.Department = None,
    attitude: options.Attitude = None,
    weight: options.Weight = None,
    chain: options.Chain = None,
    character: options.Character = None,
    hobbies: options.Hobbies = None,
    family: options.Family = None,
    friends: options.Friends = None,
    birthday: options.Birthday = None,
    as_json: options.Json = False,
) -> None:
    """Nothing; its signature is what may be said of a person."""


def _with_details(run: Callable[..., None]) -> Callable[..., None]:
    # the options of `_details` in the place of **details
    own, shared = signature(run), signature(_details)
    kept = [one for one in own.parameters.values() if one.name != "details"]
    run.__signature__ = own.replace(parameters=[*kept, *shared.parameters.values()])  # type: ignore[attr-defined]
    run.__annotations__ = {**_details.__annotations__, **run.__annotations__}
    return run


@_with_details
def contact_add(
    ctx: typer.Context, lead: options.Lead = None, words: options.ContactWords = None, **details: Any
) -> None:
    """A person added; what is said of one who is there is added to them."""
    from salesflow.actions import contacts

    app: App = ctx.obj
    picked = common.pick(app, lead)
    values = _values(details)
    words = common.typed(app, words)
    with common.working(app, "contact") as work:
        process = work.process(work.lead(picked.id).process)
        person = contacts.parse_person(process, _words(words), details["role"] or ())
        person.phones += _phones(details["phone"])
        person.values |= values
        done, known = contacts.put(work, picked.id, person)
        if done == known:
            lead = label(work.lead(picked.id))
            raise Refused("contact.exists", name=done.name, lead=lead, id=picked.id)
        told = _told(app, work, done, "contact.known" if known else "contact.added")
    _say(app, told, details["as_json"])
    if known and known.phones and done.phones != known.phones:
        app.warn("contact.more_phones", name=known.name)


@_with_details
def contact_edit(
    ctx: typer.Context,
    lead: options.Lead = None,
    name: options.ContactName = None,
    new_name: options.Name = None,
    **details: Any,
) -> None:
    """A person changed: roles and phones are added to those known."""
    from salesflow.actions import contacts
    from salesflow.actions.contacts import Person
    from salesflow.names import clean_line

    app: App = ctx.obj
    picked = common.pick(app, lead)
    values = _values(details)
    renamed = clean_line(new_name, "name")[0] if new_name else ""
    person = Person(renamed, _phones(details["phone"]), list(details["role"] or ()), values)
    if not (renamed or person.phones or person.roles or values):
        raise Usage("contact.nothing")
    with common.working(app, "contact edit") as work:
        found = contacts.pick(work, picked.id, name or "")
        told = _told(app, work, contacts.edit(work, found, person), "contact.edited")
    _say(app, told, details["as_json"])


def contact_chain(
    ctx: typer.Context,
    lead: options.Lead = None,
    names: options.ChainNames = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The decision chain; its order set by the names given."""
    from salesflow.actions import contacts
    from salesflow.reports import chain

    app: App = ctx.obj
    picked = common.pick(app, lead)
    if names:
        with common.working(app, "contact chain") as work:
            contacts.order(work, picked.id, names)
    personal = consent.whole(app, [picked.id], personal, fmt, as_json)
    with app.read() as connection:
        others = app.for_others(fmt, as_json, personal)
        report = chain.build(connection, picked.id, app.lang, app.today, others=others)
    app.show(report, fmt, as_json, personal=personal)


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


def contact_forget(
    ctx: typer.Context,
    who: options.Forgotten = None,
    all_: options.All = False,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """A person gone from the book and its history for good."""
    from salesflow.commands.forget import forget

    forget(ctx, who, all_, dry_run, yes, as_json)


def _words(words: list[str] | None) -> list[str]:
    from salesflow.names import clean_line

    return [clean_line(word, "name")[0] for text in words or () for word in text.split()]


def _phones(texts: list[str] | None) -> list[str]:
    from salesflow.commands.fields import read_phone

    return [phone for text in texts or () for phone in read_phone(text).split(" / ")]


_LINES = ("wechat", "email", "title", "department", "attitude", "character", "hobbies", "family", "friends")


def _values(details: dict[str, Any]) -> dict[str, Any]:
    from salesflow.names import clean_line

    said = {name: details[name] for name in _LINES if details[name] is not None}
    values: dict[str, Any] = {name: clean_line(text, name)[0] for name, text in said.items()}
    if details["birthday"] is not None:
        from salesflow.dates.birthday import read_birthday

        values["birthday"] = read_birthday(details["birthday"])
    if details["weight"] is not None:
        values["weight"] = details["weight"]
    if details["chain"] is not None:
        values["chain"] = details["chain"] or None  # 0: in no chain
    return values


def _told(app: App, work: Work, contact: Contact, key: str) -> tuple[dict[str, Any], str]:
    from salesflow.processes import short_title
    from salesflow.reports.records import contact_record
    from salesflow.store.contacts import last_met

    lead = work.lead(contact.lead_id)
    process = work.process(lead.process)
    roles = [short_title(process.known("role", role), app.lang) for role in contact.roles]
    details = "  ".join((*roles, *contact.phones))
    line = app.t(key, lead_id=lead.id, lead=label(lead), name=contact.name, details=details)
    met = last_met(work.connection, lead.id).get(contact.id)
    return contact_record(contact, met), line.rstrip()


def _say(app: App, told: tuple[dict[str, Any], str], as_json: bool) -> None:
    if as_json:
        app.emit_json(told[0])
    else:
        app.write_lines(told[1])
