"""Incidents: those of a lead with all that was done, and the open ones of the whole book (M9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from salesflow.models import Incident, Lead
from salesflow.names import label
from salesflow.processes import Process
from salesflow.reports.discreet import by_surname
from salesflow.reports.heads import heads
from salesflow.store import care, leads
from salesflow.store.care import IncidentNote
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

SHOWN = 3  # solved ones on the screen of a lead
FIELDS = ("id", "lead_id", "opened_at", "text", "due_on", "solved_at", "solution", "by", "notes", "days_late")


def record(one: Incident, notes: Sequence[IncidentNote] = ()) -> dict[str, Any]:
    """An incident with what was done about it, the oldest note first."""
    return {
        "id": one.id,
        "lead_id": one.lead_id,
        "opened_at": one.opened_at,
        "text": one.text,
        "due_on": one.due_on,
        "solved_at": one.solved_at,
        "solution": one.solution,
        "by": one.by,
        "notes": [{"id": note.id, "at": note.at, "text": note.text, "by": note.by} for note in notes],
    }


def read(
    connection: Connection, lead_id: int | None = None, *, open_only: bool = False
) -> list[dict[str, Any]]:
    """The records of a lead's incidents, or of the book's: the open ones first, the oldest first; then the others."""
    found = care.list_incidents(connection, lead_id, open_only=open_only)
    standing = [one for one in found if not one.solved_at][::-1]
    solved = [one for one in found if one.solved_at]
    notes = care.notes_of(connection, [one.id for one in found])
    return [record(one, notes.get(one.id, ())) for one in (*standing, *solved)]


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``incidents`` of ``show --json``: the open ones first, the oldest first."""
    return {"incidents": read(connection, lead.id)}


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The open incidents with the newest that was done, and the last few that are solved."""
    standing = [one for one in data["incidents"] if not one["solved_at"]]
    solved = [one for one in data["incidents"] if one["solved_at"]][:SHOWN]
    rows = tuple(
        Row((one["id"], one["opened_at"][:10], one["text"], _state(one, lang), _last(one)))
        for one in (*standing, *solved)
    )
    heading = t("incident.heading", lang, open=len(standing), all=len(data["incidents"])) if rows else ""
    return Section(
        columns=_columns(("id", "opened_at", "text", "state", "last"), lang), rows=rows, heading=heading
    )


def _state(one: dict[str, Any], lang: str, late: int = 0) -> str:
    if one["solved_at"]:
        return t("incident.solved", lang, on=one["solved_at"][:10])
    if late:
        return t("incident.late", lang, on=one["due_on"], days=late)
    return t("incident.due", lang, on=one["due_on"]) if one["due_on"] else t("incident.open", lang)


def _last(one: dict[str, Any]) -> str | None:
    if one["solved_at"]:
        return str(one["solution"])
    return f"{one['notes'][-1]['at'][5:10]} {one['notes'][-1]['text']}" if one["notes"] else None


def _columns(keys: Sequence[str], lang: str) -> tuple[Column, ...]:
    kinds = {"id": "int", "opened_at": "date"}
    return tuple(
        Column(key, t(f"incident.column_{key}", lang), kinds.get(key, "text"), shrink=key in ("text", "last"))
        for key in keys
    )


def days_late(one: dict[str, Any], today: date) -> int:
    """By how many days an open incident is past the day that was promised, 0 where it is not."""
    if one["solved_at"] or not one["due_on"]:
        return 0
    return max((today - date.fromisoformat(one["due_on"])).days, 0)


def of_lead(connection: Connection, lead_id: int, lang: str, today: date, *, others: bool = False) -> Report:
    """The lead's incidents with every note; for ``others`` people by their surnames."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    found = [one | {"days_late": days_late(one, today)} for one in read(connection, lead_id)]
    rows = []
    for one in found:
        late = one["days_late"]
        rows.append(
            Row(
                (
                    one["id"],
                    one["opened_at"][:10],
                    one["text"],
                    _state(one, lang, late),
                    one["solution"],
                ),
                style="late" if late else "",
            )
        )
        rows += [Row((None, note["at"][:10], "- " + note["text"], None, None)) for note in one["notes"]]
    columns = _columns(("id", "opened_at", "text", "state", "solution"), lang)
    after = () if rows else (t("incident.list_none", lang, id=lead.id, name=label(lead)),)
    shown = Section(columns=columns, rows=tuple(rows), header=bool(rows), after=after)
    report = Report(data=found, sections=(shown,), fields=FIELDS)
    return by_surname(report, connection, [lead_id]) if others else report


def of_book(
    connection: Connection, lang: str, today: date, *, all: bool = False, others: bool = False
) -> Report:
    """The open incidents of every lead, the oldest first; ``all`` lists the solved ones behind them."""
    found = read(connection, open_only=not all)
    known = heads(connection, [one["lead_id"] for one in found])
    rows, data = [], []
    for one in found:
        lead = known[one["lead_id"]]
        late = days_late(one, today)
        rows.append(
            Row(
                (
                    one["id"],
                    lead.text,
                    one["opened_at"][:10],
                    one["text"],
                    _state(one, lang, late),
                    _last(one),
                ),
                style="late" if late else "",
            )
        )
        data.append(one | {"days_late": late} | lead.record)
    columns = _columns(("id", "lead", "opened_at", "text", "state", "last"), lang)
    after = (t("incident.count", lang, count=len(rows)),) if rows else (t("incident.book_none", lang),)
    shown = Section(columns=columns, rows=tuple(rows), header=bool(rows), after=after)
    report = Report(data=data, sections=(shown,), fields=(*FIELDS, "name", "short"))
    return by_surname(report, connection, known) if others else report
