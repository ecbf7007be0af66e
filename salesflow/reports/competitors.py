"""Competitors: those of one lead, and in how many leads each of them stands (F13, F15)."""

from __future__ import annotations

from typing import Any

from salesflow.models import Competitor, Lead
from salesflow.names import label, name_key
from salesflow.processes import Process
from salesflow.reports.discreet import by_surname
from salesflow.reports.records import money
from salesflow.reports.shown import yuan_text
from salesflow.store import competitors, leads
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "id", "name", "strengths", "weaknesses", "price", "relation", "supporter", "note", "by", "created_at",
)  # fmt: skip
_KEYS = ("name", "price", "strengths", "weaknesses", "relation", "supporter", "note")
_TOTALS = ("name", "leads", "lost")


def record(one: Competitor) -> dict[str, Any]:
    """A competitor at a lead; the price in yuan."""
    return {
        "id": one.id,
        "name": one.name,
        "strengths": one.strengths,
        "weaknesses": one.weaknesses,
        "price": money(one.price_fen),
        "relation": one.relation,
        "supporter": one.supporter,
        "note": one.note,
        "by": one.by,
        "created_at": one.created_at,
    }


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``competitors`` of ``show --json``, the first noted first."""
    return {"competitors": [record(one) for one in competitors.list_competitors(connection, lead.id)]}


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The competitors at the lead; a column of which nothing is known is left out."""
    found = data["competitors"]
    heading = t("competitor.heading", lang) if found else ""
    return _table(found, lang)._replace(heading=heading)


def _table(found: list[dict[str, Any]], lang: str) -> Section:
    kept = [key for key in _KEYS if key == "name" or any(one[key] is not None for one in found)]
    columns = tuple(
        Column(
            key,
            t(f"competitor.column_{key}", lang),
            "int" if key == "price" else "text",
            shrink=key not in ("name", "price"),
        )
        for key in kept
    )
    rows = tuple(Row(tuple(_cell(one, key, lang) for key in kept)) for one in found)
    return Section(columns=columns, rows=rows, header=bool(rows))


def _cell(one: dict[str, Any], key: str, lang: str) -> Any:
    if key == "price" and one[key] is not None:
        return yuan_text(one[key], lang)
    return one[key]


def build(connection: Connection, lead_id: int, lang: str, *, others: bool = False) -> Report:
    """The lead's competitors; for ``others`` people by their surnames."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    found = [record(one) for one in competitors.list_competitors(connection, lead_id)]
    section = _table(found, lang)
    if not found:
        section = section._replace(after=(t("competitor.list_none", lang, id=lead_id, name=label(lead)),))
    report = Report(data=found, sections=(section,), fields=() if found else FIELDS)
    return by_surname(report, connection, [lead_id]) if others else report


def everywhere(connection: Connection, lang: str) -> Report:
    """Every competitor that is named anywhere: at how many leads, and how many leads were lost to them."""
    names: dict[str, str] = {}
    at: dict[str, set[int]] = {}
    lost: dict[str, set[int]] = {}
    for found, pairs in ((at, competitors.named(connection)), (lost, competitors.lost_to(connection))):
        for name, lead_id in pairs:
            key = name_key(name)
            names.setdefault(key, name)
            found.setdefault(key, set()).add(lead_id)
    counted = [(name, len(at.get(key, ())), len(lost.get(key, ()))) for key, name in names.items()]
    counted.sort(key=lambda one: (-one[1], -one[2], one[0]))
    data = [dict(zip(_TOTALS, one, strict=True)) for one in counted]
    columns = tuple(
        Column(key, t(f"competitor.column_{key}", lang), "text" if key == "name" else "int")
        for key in _TOTALS
    )
    after = () if data else (t("competitor.nowhere", lang),)
    section = Section(columns=columns, rows=tuple(map(Row, counted)), header=bool(data), after=after)
    return Report(data=data, sections=(section,), fields=() if data else _TOTALS)
