"""A customer's whole file on one screen: the record, people, the next gate, the promise, follow-ups (F4, F7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from salesflow import funnel
from salesflow.dates import weekday_name
from salesflow.models import Contact, Followup, Lead
from salesflow.money import show_money
from salesflow.names import label, surname
from salesflow.phones import masked
from salesflow.processes import Process, short_title, way_title
from salesflow.reports import records
from salesflow.reports.facts import People
from salesflow.reports.processes import Processes
from salesflow.store import followups, leads, moves
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

SHOWN = 5


class Room(Protocol):
    """What hangs on a lead beyond its record: a module of reports with these two functions."""

    def records(self, connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
        """Its keys of ``show --json``."""

    def section(self, data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
        """Its part of the screen, empty where there is nothing, out of the keys of the whole file."""


ROOMS: tuple[Room, ...] = ()


@dataclass(frozen=True)
class File:
    """All that the screen is drawn from."""

    lead: Lead
    process: Process
    facts: funnel.Facts
    people: list[Contact]
    followups: list[Followup]
    data: dict[str, Any]


def build(
    connection: Connection, lead_id: int, lang: str, today: date, *, all: bool = False, others: bool = False
) -> Report:
    """The lead's file; ``all`` lists every follow-up, ``others`` leaves out what is not for other people."""
    file = read(connection, lead_id, lang)
    if others:
        file = _shared(file)
    process = file.process
    sections = (
        _head(file, lang),
        _promise(file, lang, today),
        _gate(file, lang),
        _people(file, lang),
        _orders(file, lang),
        *(room.section(file.data, lead_id, process, lang) for room in ROOMS),
        _followups(file, lang, today, all),
    )
    shown = tuple(section for section in sections if section.rows or section.before or section.heading)
    return Report(data=file.data, sections=shown)


def read(connection: Connection, lead_id: int, lang: str) -> File:
    """The lead's file as ``show --json`` promises it."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    processes = Processes(connection)
    process = processes[lead.process]
    people = People(connection, [lead], processes)
    facts = people.facts(lead)
    contacts = people.of.get(lead_id, [])
    done = followups.list_followups(connection, lead_id)
    moved = moves.list_moves(connection, lead_id)
    data = records.lead_record(lead, process, facts, lang) | {
        "contacts": [records.contact_record(one) for one in contacts],
        "followup_list": [records.followup_record(one) for one in done],
        "moves": [records.move_record(move) for move in moved if move.from_stage != move.to_stage],
        "status_moves": [records.status_record(move) for move in moved if move.from_status != move.to_status],
        "reschedule_list": followups.list_reschedules(connection, lead_id),
        "next_gate": records.gate_record(process, facts, lang),
        "orders": [records.order_record(one) for one in moves.list_orders(connection, lead_id)],
    }
    for room in ROOMS:
        data |= room.records(connection, lead, process, lang)
    return File(lead, process, facts, contacts, done, data)


def _shared(file: File) -> File:
    people = [
        one._replace(
            name=surname(one.name), wechat=None, email=None, character=None, hobbies=None, birthday=None
        )
        for one in file.people
    ]
    done = [one._replace(contact=surname(one.contact) or None) for one in file.followups]
    lead = file.lead._replace(phone=masked(file.lead.phone) if file.lead.phone else None)
    return replace(file, lead=lead, people=people, followups=done)


def day_text(day: str, lang: str, today: date | None = None) -> str:
    """``11-27 周五``; with the year where it is not today's."""
    found = date.fromisoformat(day[:10])
    shown = f"{found:%m-%d}" if today is None or found.year == today.year else found.isoformat()
    return f"{shown} {weekday_name(found, lang)}"


def _head(file: File, lang: str) -> Section:
    lead, process = file.lead, file.process
    share, missing = file.data["completeness"], file.data["missing"]
    grade = t("log.graded", lang, grade=lead.grade) if lead.grade else t("show.no_grade", lang)
    total = len(process.required)
    top = [
        f"#{lead.id} {label(lead)}",
        grade,
        process.stage(lead.stage).title(lang),
        t(f"show.status_{lead.status}", lang) if lead.status != "open" else "",
        t("show.file", lang, done=total - len(missing), total=total, percent=round(share * 100)),
    ]
    lines = ["   ".join(part for part in top if part)]
    if label(lead) != lead.name:
        lines.append(lead.name)
    lines += [line for line in (_line(_where(file, lang)), _line(_business(file, lang))) if line]
    if missing:
        names = t("show.comma", lang).join(funnel.point_name(process, point, lang) for point in missing)
        lines.append(t("show.missing", lang, names=names))
    lines += _extras(lead, lang)
    return Section(before=tuple(lines))


def _line(parts: list[str]) -> str:
    return "   ".join(part for part in parts if part)


def _where(file: File, lang: str) -> list[str]:
    lead, process = file.lead, file.process
    source = process.source(lead.source).title(lang) if lead.source else ""
    since = (lead.received_at or lead.created_at)[:10]
    return [
        process.kind(lead.kind).title(lang) if lead.kind else "",
        t("show.comma", lang).join(lead.brands),
        " ".join(part for part in (lead.area or lead.city, lead.address) if part),
        lead.phone or "",
        f"{source} {since}".strip(),
        t("show.owner", lang, name=lead.owner) if lead.owner else "",
    ]


def _business(file: File, lang: str) -> list[str]:
    lead, process = file.lead, file.process
    answers = [
        (process.field_title(name, lang), getattr(lead, name))
        for name in ("supplier", "volume_month", "ownership")
    ]
    parts = [f"{title} {value}" for title, value in answers if value is not None]
    parts.append(t(f"show.need_{lead.need}", lang))
    if lead.goal_fen is not None:
        goal = show_money(lead.goal_fen, lang)
        dated = "show.goal" if lead.goal_on else "show.goal_undated"
        parts.append(t(dated, lang, value=goal, on=lead.goal_on))
    return parts


def _extras(lead: Lead, lang: str) -> list[str]:
    lines = []
    if lead.tags:
        lines.append(t("show.tags", lang, tags=t("show.comma", lang).join(lead.tags)))
    if lead.custom:
        lines.append("   ".join(f"{name} {value}" for name, value in lead.custom.items()))
    if lead.note:
        lines.append(t("show.note", lang, note=lead.note.replace("\n", " ")))
    return lines


def _promise(file: File, lang: str, today: date) -> Section:
    lead, process = file.lead, file.process
    lines = []
    if lead.next_date:
        away = (date.fromisoformat(lead.next_date) - today).days
        when = " ".join(part for part in (day_text(lead.next_date, lang, today), lead.next_time) if part)
        ahead = "show.today" if away == 0 else "show.days_ahead" if away > 0 else "show.days_late"
        via = short_title(process.via(lead.next_via), lang) if lead.next_via else ""
        lines.append(
            _line(
                [t("show.next", lang, when=when), t(ahead, lang, days=abs(away)), via, lead.next_reason or ""]
            )
            + t("show.moved", lang, count=lead.reschedules)
        )
    elif lead.status == "open" and lead.received_at:
        lines.append(t("show.no_next", lang, id=lead.id))
    lines.append(t("show.counts", lang, visits=lead.visits, followups=lead.followups))
    return Section(before=tuple(lines))


def _gate(file: File, lang: str) -> Section:
    gate = funnel.next_gate(file.process, file.facts)
    if gate is None or file.lead.status != "open":
        return Section()
    stage, missing = gate
    if not missing:
        return Section(before=(t("show.gate_open", lang, stage=stage.title(lang), id=file.lead.id),))
    rows = tuple(
        Row((funnel.want_title(want, lang), funnel.supply_command(want, file.lead.id, lang)))
        for want in missing
    )
    columns = (
        Column("missing", t("show.gate_missing", lang, stage=stage.title(lang), count=len(missing))),
        Column("command", t("show.gate_command", lang)),
    )
    return Section(columns=columns, rows=rows)


def _people(file: File, lang: str) -> Section:
    keys = ("name", "roles", "attitude", "phone", "wechat", "known")
    columns = tuple(
        Column(
            key,
            t(f"show.person_{key}", lang),
            "phone" if key == "phone" else "text",
            drop=int(key == "known"),
        )
        for key in keys
    )
    rows = tuple(_person(one, file.process, lang) for one in file.people)
    return Section(columns=columns, rows=rows, heading=t("show.people", lang) if rows else "")


def _person(one: Contact, process: Process, lang: str) -> Row:
    roles = t("show.comma", lang).join(short_title(process.role(role), lang) for role in one.roles)
    personal = (one.character, one.hobbies, one.birthday)
    return Row(
        (
            f"{one.name} {one.title}" if one.title else one.name,
            roles or None,
            process.attitude(one.attitude).title(lang) if one.attitude else None,
            " ".join(one.phones) or None,
            one.wechat or one.email,
            t("show.comma", lang).join(part for part in personal if part) or None,
        )
    )


def _orders(file: File, lang: str) -> Section:
    rows = tuple(
        Row((order["signed_on"], _amount(order, lang), order["product"], order["note"]))
        for order in file.data["orders"]
    )
    keys = ("signed_on", "amount", "product", "note")
    columns = tuple(Column(key, t(f"show.order_{key}", lang)) for key in keys)
    return Section(columns=columns, rows=rows, heading=t("show.orders", lang) if rows else "")


def _amount(order: dict[str, Any], lang: str) -> str:
    if order["amount"] is None:
        return t("show.framework", lang)
    return show_money(round(order["amount"] * 100), lang)


def _followups(file: File, lang: str, today: date, all: bool) -> Section:
    shown = file.followups if all else file.followups[:SHOWN]
    lines = []
    for one in shown:
        via = way_title(file.process.via(one.via), one.incoming, lang)
        clock = "" if one.at.endswith("T00:00") else one.at[11:]
        answered = "" if one.answered else t("show.no_answer", lang)
        head = [day_text(one.at, lang, today), clock, via, one.contact or "", answered]
        note = (one.note or "").replace("\n", " ")
        lines.append("  ".join(part for part in head if part) + (f"   {note}" if note else ""))
        for key in ("learned", "did", "feedback", "progress"):
            part = getattr(one, key)
            if part and part not in note:
                lines.append("      " + t(f"show.{key}", lang, text=part))
    hidden = len(file.followups) - len(shown)
    after = (t("show.more", lang, count=hidden, id=file.lead.id),) if hidden else ()
    heading = t("show.followups", lang) if lines else ""
    return Section(heading=heading, before=tuple(lines), after=after)
