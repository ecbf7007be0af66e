"""Signatures on cards: those of a lead, and which cards lack which (K3, F8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.facts import ANYONE
from salesflow.models import Lead, Signoff
from salesflow.names import label_of
from salesflow.processes import Process, short_title
from salesflow.reports.processes import Processes
from salesflow.reports.weekly_screen import brief
from salesflow.store import care, signing
from salesflow.store.rows import Connection
from salesflow.store.signing import Card
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = ("lead_id", "name", "short", "process", "stage", "status", "received_at", "signed", "missing")


def record(one: Signoff, process: Process, lang: str) -> dict[str, Any]:
    """A signature: ``name`` signed, ``by`` wrote it down."""
    return {
        "id": one.id,
        "lead_id": one.lead_id,
        "kind": one.kind,
        "title": process.known("signoff", one.kind).title(lang),
        "name": one.name,
        "at": one.at,
        "week": one.week,
        "note": one.note,
        "by": one.by,
    }


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``signoffs`` of ``show --json``, the first made first."""
    return {"signoffs": [record(one, process, lang) for one in care.list_signoffs(connection, lead.id)]}


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """Who signed the card, and which signatures it lacks: where one was made, or the next gate asks for some."""
    done = [
        " ".join(part for part in (one["title"], one["name"], one["at"][:10], one["note"]) if part)
        for one in data["signoffs"]
    ]
    signed = {one["kind"] for one in data["signoffs"]}
    due = process.signoffs_due(data["stage"])
    wanted = {one.code for one in due} if signed else _asked(data, process)
    lacking = [short_title(one, lang) for one in process.signoffs if one.code in wanted - signed]
    comma = t("show.comma", lang)
    lines = [t("team.line_signed", lang, each=comma.join(done))] if done else []
    if lacking and data["received_at"]:
        lines.append(t("team.line_unsigned", lang, each=comma.join(lacking)))
    return Section(before=tuple(lines))


def _asked(data: dict[str, Any], process: Process) -> set[str]:
    # the kinds that the next gate asks for
    gate = data["next_gate"] if data["status"] == "open" else None
    wants = process.stage(gate["stage"]).gate if gate else ()
    values = {want.value for want in wants if want.kind == "signoff"}
    return {one.code for one in process.signoffs} if ANYONE in values else values


def lacking(
    connection: Connection, found: Sequence[Card], processes: Processes, lang: str
) -> list[dict[str, Any]]:
    """Of these cards those that lack a signature of their process, with which, in the same order."""
    known = signing.signed(connection, [card.id for card in found])
    lines = []
    for card in found:
        process = processes[card.process]
        signed = known.get(card.id, set())
        missing = [one for one in process.signoffs_due(card.stage) if one.code not in signed]
        if missing:
            lines.append(
                {
                    "lead_id": card.id,
                    "name": card.name,
                    "short": label_of(card.name, card.short, card.city),
                    "process": card.process,
                    "stage": card.stage,
                    "status": card.status,
                    "received_at": card.received_at,
                    "signed": sorted(signed),
                    "missing": [one.code for one in missing],
                    "missing_titles": [one.title(lang) for one in missing],
                }
            )
    return lines


def unsigned(connection: Connection, first: str, last: str, lang: str, *, lost: bool = False) -> Report:
    """The leads received in the span whose cards lack a signature, the oldest first."""
    processes = Processes(connection)
    found = signing.cards(connection, first, last, lost=lost)
    data = lacking(connection, found, processes, lang)
    shown = rows(data, lang)
    if data:
        after = t("team.count", lang, count=len(data))
    else:
        wanted = any(processes[code].signoffs for code in {card.process for card in found})
        after = t("team.all_signed" if wanted or not found else "team.no_kinds", lang)
    return Report(data=data, sections=(shown._replace(after=(after,)),), fields=FIELDS, terminal_limit=-1)


def rows(data: Sequence[dict[str, Any]], lang: str) -> Section:
    """The cards of ``lacking`` as a table."""
    keys = ("lead_id", "short", "received_at", "missing")
    kinds = {"lead_id": "id", "received_at": "date"}
    columns = tuple(
        Column(key, t(f"team.column_{key}", lang), kinds.get(key, "text"), shrink=key == "short")
        for key in keys
    )
    comma = t("show.comma", lang)
    cells = tuple(
        Row(
            (
                one["lead_id"],
                one["short"],
                one["received_at"][:10],
                comma.join(map(brief, one["missing_titles"])),
            )
        )
        for one in data
    )
    return Section(columns=columns, rows=cells, header=bool(cells))
