"""A customer's whole file on one screen: the record, people, the next gate, the promise, follow-ups (F4, F7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from salesflow.models import Followup, Lead
from salesflow.phones import landlines, shop_phone
from salesflow.processes import Process
from salesflow.reports import (
    after_deal,
    appointment,
    chain,
    competitors,
    conflicts,
    consents,
    discreet,
    evaluation,
    goals,
    incidents,
    negotiation,
    objections,
    orders,
    payments,
    quotes,
    records,
    referrals,
    show_head,
    show_kin,
    show_now,
    show_past,
    show_people,
    signoffs,
)
from salesflow.reports.facts import People
from salesflow.reports.processes import Processes
from salesflow.reports.show_base import File, day_text
from salesflow.store import followups, leads, moves
from salesflow.store.rows import Connection
from salesflow.tables import Report, Section

__all__ = ["ROOMS", "File", "Room", "build", "day_text", "read"]


class Room(Protocol):
    """What hangs on a lead beyond its record: a module of reports with these two functions."""

    def records(self, connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
        """Its keys of ``show --json``."""

    def section(self, data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
        """Its part of the screen, empty where there is nothing, out of the keys of the whole file."""


ROOMS: tuple[Room, ...] = (
    appointment,
    goals,
    conflicts,
    competitors,
    quotes,
    negotiation,
    payments,
    objections,
    incidents,
    referrals,
    signoffs,
    consents,
)

BESIDE_PROMISE: tuple[Room, ...] = (
    appointment,
    conflicts,
)  # these stand right below it, the others further down


def build(
    connection: Connection, lead_id: int, lang: str, today: date, *, all: bool = False, others: bool = False
) -> Report:
    """The lead's file; ``all`` lists every follow-up, ``others`` leaves out what is not for other people."""
    file = read(connection, lead_id, lang, today)
    if others:
        file = _shared(file)
    data, process = file.data, file.process
    promise = (
        show_now.promise(file, lang, today),
        *(room.section(data, lead_id, process, lang) for room in BESIDE_PROMISE),
    )
    gate = show_now.gate(file, lang)
    # without a need known there is nothing to pursue yet: first what is still to be found out (F6)
    next_ = (*promise, gate) if file.lead.need == "yes" else (gate, *promise)
    sections = (
        show_head.section(file, lang),
        *next_,
        show_people.section(file, lang, today),
        evaluation.section(data["checklists"], file.people, lead_id, lang),
        orders.section(data, lang),
        *(room.section(data, lead_id, process, lang) for room in ROOMS if room not in BESIDE_PROMISE),
        after_deal.section(data, process, lang, today),
        show_past.followups(file, lang, today, all),
    )
    shown = tuple(section for section in sections if section.rows or section.before or section.heading)
    report = Report(data=file.data, sections=shown, open_phones=landlines(file.lead.phone))
    return discreet.by_surname(report, connection, [lead_id]) if others else report


def read(connection: Connection, lead_id: int, lang: str, today: date) -> File:
    """The lead's file as ``show --json`` promises it."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    processes = Processes(connection)
    process = processes[lead.process]
    people = People(connection, [lead], processes)
    facts = people.facts(lead)
    contacts = records.in_chain(people.of.get(lead_id, []))
    done = followups.list_followups(connection, lead_id)
    met = last_met(done)
    missing, unmet = chain.gaps(process, contacts, met)
    moved = moves.list_moves(connection, lead_id)
    first_order = leads.first_orders(connection, [lead_id]).get(lead_id)
    new = records.is_new_customer(process, first_order, today)
    data = records.lead_record(lead, process, facts, lang, new_customer=new) | {
        **show_kin.records(connection, lead, processes, lang),
        "stuck": show_now.is_stuck(lead, process, done, moved),
        "information": records.information_record(process, facts, lang),
        "contacts": [records.contact_record(one, met.get(one.id)) for one in contacts],
        "roles_missing": missing,
        "roles_unmet": unmet,
        "checklists": evaluation.records(connection, lead_id, process, facts, lang),
        "followup_list": [records.followup_record(one) for one in done],
        "moves": [
            records.move_record(move, lead.process)
            for move in moved
            if move.from_stage != move.to_stage or move.from_process
        ],
        "status_moves": [records.status_record(move) for move in moved if move.from_status != move.to_status],
        "reschedule_list": followups.list_reschedules(connection, lead_id),
        "next_gate": records.gate_record(process, facts, lang),
        **orders.read(connection, lead_id, today),
    }
    for room in ROOMS:
        data |= room.records(connection, lead, process, lang)
    data |= after_deal.records(connection, lead, process, lang, today)
    return File(lead, process, facts, contacts, met, done, data)


def last_met(done: Sequence[Followup]) -> dict[int, str]:
    """The day on which each person last answered us, out of the follow-ups, the newest first."""
    answered = [one for one in reversed(done) if one.answered and one.contact_id is not None]
    return {one.contact_id: one.at[:10] for one in answered if one.contact_id is not None}


def _shared(file: File) -> File:
    hidden: dict[str, Any] = dict.fromkeys(
        ("wechat", "email", "character", "hobbies", "birthday", "family", "friends")
    )
    people = [one._replace(**hidden) for one in file.people]
    lead = file.lead._replace(phone=shop_phone(file.lead.phone))
    return replace(file, lead=lead, people=people)
