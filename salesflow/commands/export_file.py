"""Leads written out: csv for Excel, tsv, json, jsonl; to a file (0600) or to stdout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesflow.commands import lists
from salesflow.commands.files import write_file
from salesflow.context import App

if TYPE_CHECKING:
    from salesflow.commands.export_asked import Asked
    from salesflow.models import Contact

FORMATS = ("csv", "tsv", "json", "jsonl")
_SHEETS = ("csv", "tsv")
_PERSON = ("contact", "title", "role", "contact_phone", "wechat", "email")
_PERSONAL = ("wechat", "email")


def write(app: App, asked: Asked) -> None:
    """The leads that the filters choose, in the format of ``-f`` or of the file's ending."""
    from salesflow import render
    from salesflow.commands.export_asked import format_of
    from salesflow.reports import lists as reports
    from salesflow.store import contacts
    from salesflow.tables import Report

    chosen = format_of(asked, FORMATS, "csv")
    output, mask = asked.output, asked.mask
    parent_id = lists.parent_of(app, asked.filters)
    with app.read() as connection:
        wanted = lists.wanted_of(connection, asked.filters, parent_id)
        records = reports.build_list(connection, wanted, app.lang, app.today).data
        if chosen in _SHEETS:
            people = contacts.contacts_of(connection, [record["id"] for record in records])
    if mask:
        records = [{**record, "phone": _masked(record["phone"])} for record in records]
    fields = list(reports.FIELDS)
    if chosen in _SHEETS:
        records = [_flat(record, people.get(record["id"], ()), mask) for record in records]
        # fields of one's own stand in columns of their own, so that the sheet can be imported again
        fields += _PERSON
        fields += dict.fromkeys(name for record in records for name in record if name.startswith("custom."))
    text = render.render(Report(data=records, fields=tuple(fields)), chosen, app.lang)
    if output is None or output == "-":
        app.stdout.write(text)
        return
    write_file(Path(output), text.encode())
    app.warn("imports.exported", count=len(records), file=output)
    left = sum(len(found) - 1 for found in people.values() if found) if chosen in _SHEETS else 0
    if left:
        app.warn("imports.people_left", count=left)


def _masked(phones: str | None) -> str | None:
    from salesflow.phones import masked

    return masked(phones) if phones else None


def _flat(record: dict[str, Any], people: Sequence[Contact], mask: bool) -> dict[str, Any]:
    flat = {name: value for name, value in record.items() if name != "custom"}
    if people:
        flat |= _person(people[0], mask)
    return flat | {f"custom.{name}": value for name, value in record["custom"].items()}


def _person(one: Contact, mask: bool) -> dict[str, Any]:
    phones = " / ".join(one.phones)
    values = (
        one.name,
        one.title,
        list(one.roles),
        _masked(phones) if mask else phones,
        one.wechat,
        one.email,
    )
    found = dict(zip(_PERSON, values, strict=True))
    return {name: value for name, value in found.items() if not (mask and name in _PERSONAL)}
