"""The forms of many leads: the table of a week's or a month's new ones (F8), and the H list (K5)."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any, NamedTuple

from salesflow.dates import month_label, month_of, week_label, week_of
from salesflow.models import Contact, Lead, Signoff
from salesflow.money import yuan
from salesflow.names import label
from salesflow.processes import Process, short_title
from salesflow.reports import forms, hot
from salesflow.reports.forms import Asked
from salesflow.reports.processes import Processes
from salesflow.store import competitors, contacts, followups, leads, signing
from salesflow.store.rows import Connection
from salesflow.tables import Form, FormRow
from salesflow.texts import t


class Span(NamedTuple):
    """A week or a month: its first and last day, and what it is called."""

    first: date
    last: date
    label: str
    month: bool


def span_of(day: date, *, month: bool) -> Span:
    """The week, or the month, that the day is in."""
    first, last = month_of(day) if month else week_of(day)
    return Span(first, last, month_label(day) if month else week_label(day), month)


class _Listed(NamedTuple):
    """A lead of a list with what its row tells."""

    lead: Lead
    process: Process
    person: Contact | None


_NEW = (
    ("no", 4, "int"), ("lead", 24, "text"), ("area", 9, "text"), ("kind", 9, "text"), ("source", 11, "text"),
    ("brands", 10, "text"), ("supplier", 10, "text"), ("person", 10, "text"), ("phone", 15, "text"),
    ("need", 9, "text"), ("stage", 9, "text"), ("received", 11, "date"), ("rep", 8, "text"),
)  # fmt: skip
_SIGNED_WIDTH = 11
_LEAST = 10  # rows of a sheet that is to be handed in


def new_ids(connection: Connection, span: Span, within: Container[int] | None) -> list[int]:
    """The leads received in the span, the oldest first; those alone that are ``within``."""
    cards = signing.cards(connection, f"{span.first}T00:00", f"{span.last}T23:59")
    return [card.id for card in cards if within is None or card.id in within]


def new_leads(connection: Connection, span: Span, ids: list[int], asked: Asked) -> Form:
    """These new leads with who verified, reviewed and archived each, and places to sign."""
    rows = _listed(connection, ids)
    signed = signing.signoffs_of(connection, ids)
    processes = Processes(connection)
    kinds = forms.kinds_of([one.process for one in rows] or [processes.default], asked.lang)
    names = [asked.t(f"new_{key}") for key, _, _ in _NEW] + list(kinds.values())
    holds = [kind for _, _, kind in _NEW] + ["text"] * len(kinds)
    width = len(names)
    spans = [1] * width
    title = "new_month" if span.month else "new_week"
    about = [
        asked.t("period", label=span.label, first=span.first.isoformat(), last=span.last.isoformat()),
        asked.t("count", count=len(rows)),
        asked.t("printed", on=asked.today.isoformat()),
    ]
    table = [
        forms.cells(
            [number, *_new(one, asked), *_signed(signed.get(one.lead.id, []), kinds)], spans, holds, 2
        )
        for number, one in enumerate(rows, 1)
    ]
    places: list[tuple[str, str | None, str | None]] = [(asked.t("filled_in"), asked.rep, None)]
    places += [(name, None, None) for name in kinds.values()]
    page = (
        forms.title(asked.t(title), width),
        forms.notes(about, width),
        forms.head(names, spans),
        *table,
        *forms.blanks(_LEAST - len(table), spans),
        *forms.signatures(places, width, asked),
    )
    widths = tuple([float(each) for _, each, _ in _NEW] + [float(_SIGNED_WIDTH)] * len(kinds))
    return Form(span.label, widths, page, True, 3)


def _listed(connection: Connection, ids: list[int]) -> list[_Listed]:
    known = leads.leads_by_id(connection, ids)
    people = contacts.contacts_of(connection, ids)
    processes = Processes(connection)
    found = []
    for lead_id in ids:
        process = processes[known[lead_id].process]
        found.append(_Listed(known[lead_id], process, forms.foremost(process, people.get(lead_id, []))))
    return found


def _person(one: _Listed, asked: Asked) -> tuple[str | None, str | None]:
    """The person's name, and how to reach them, or the shop."""
    person, lead = one.person, one.lead
    if person and person.phones:
        return person.name, "\n".join(asked.seen(lead.id, list(person.phones), "phone"))
    return person.name if person else None, asked.seen(lead.id, lead.phone, "phone", shop=True)


def _new(one: _Listed, asked: Asked) -> list[Any]:
    lead, process, lang = one.lead, one.process, asked.lang
    name, phone = _person(one, asked)
    received = lead.received_at or lead.created_at
    return [
        lead.name,
        lead.area or lead.city,
        short_title(process.known("kind", lead.kind), lang) if lead.kind else None,
        short_title(process.known("source", lead.source), lang) if lead.source else None,
        t("show.comma", lang).join(lead.brands) or None,
        asked.seen(lead.id, lead.supplier),
        name,
        phone,
        asked.t(f"need_{lead.need}"),
        short_title(process.known("stage", lead.stage), lang),
        received[:10],
        lead.registered_by,
    ]


def _signed(made: list[Signoff], kinds: dict[str, str]) -> list[str | None]:
    by_kind = {one.kind: f"{one.name}\n{one.at[:10]}" for one in reversed(made)}
    return [by_kind.get(kind) for kind in kinds]


_HOT = (
    ("no", 4, "int"), ("lead", 24, "text"), ("area", 9, "text"), ("person", 10, "text"), ("phone", 15, "text"),
    ("value", 12, "money"), ("on", 11, "date"), ("rival", 14, "text"), ("last", 30, "text"), ("next", 18, "text"),
    ("rep", 8, "text"), ("measure", 18, "text"), ("outcome", 10, "text"),
)  # fmt: skip


def hot_ids(connection: Connection, day: date, within: Container[int] | None) -> list[int]:
    """The open leads of their process's hottest grade, as ``report hot`` ranks them; only those ``within``."""
    return [lead_id for lead_id in hot.ranked_ids(connection, day) if within is None or lead_id in within]


def hot_list(connection: Connection, span: Span, ids: list[int], asked: Asked) -> Form:
    """These leads, who are most likely to close next: what was said last, what is next, what is to be done."""
    processes = Processes(connection)
    rows = _listed(connection, ids)
    said = followups.last_ones(connection, ids)
    width = len(_HOT)
    spans, kinds = [1] * width, [kind for _, _, kind in _HOT]
    total = sum(one.lead.goal_fen or 0 for one in rows)
    about = [
        asked.t("period", label=span.label, first=span.first.isoformat(), last=span.last.isoformat()),
        asked.t("count_value", count=len(rows), value=f"{yuan(total):,}"),
        asked.t("printed", on=asked.today.isoformat()),
    ]
    table: list[FormRow] = [
        forms.cells(
            [number, *_hot(one, said.get(one.lead.id, (None, None))[0], connection, asked)], spans, kinds, 2
        )
        for number, one in enumerate(rows, 1)
    ]
    grades = dict.fromkeys(
        process.known("grade", process.hottest).title(asked.lang) for process in processes if process.hottest
    )
    page = (
        forms.title(asked.t("hot", grade="/".join(grades)), width),
        forms.notes(about, width),
        forms.head([asked.t(f"hot_{key}") for key, _, _ in _HOT], spans),
        *table,
        *forms.blanks(_LEAST - len(table), spans, 2),
        *forms.signatures(
            [(asked.t("filled_in"), asked.rep, None), (asked.t("read_by"), None, None)], width, asked
        ),
    )
    return Form(span.label, tuple(float(each) for _, each, _ in _HOT), page, True, 3)


def _hot(one: _Listed, note: str | None, connection: Connection, asked: Asked) -> list[Any]:
    lead = one.lead
    name, phone = _person(one, asked)
    rivals = [each.name for each in competitors.list_competitors(connection, lead.id)]
    rivals += [lead.supplier] if lead.supplier and lead.supplier not in rivals else []
    last = " ".join(part for part in ((lead.last_followup_at or "")[:10], note) if part)
    ahead = " ".join(part for part in (lead.next_date, lead.next_reason) if part)
    return [
        label(lead),
        lead.area or lead.city,
        name,
        phone,
        None if lead.goal_fen is None else yuan(lead.goal_fen),
        lead.goal_on,
        t("show.comma", asked.lang).join(rivals) or None,
        asked.seen(lead.id, last) or None,
        asked.seen(lead.id, ahead) or None,
        lead.owner,
        None,
        None,
    ]
