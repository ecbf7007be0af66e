"""Quotes, of one lead or all, the newest first (F15, F16: the record)."""

from __future__ import annotations

from typing import Any

from salesflow.models import Lead, Quote
from salesflow.money import show_money
from salesflow.processes import Process
from salesflow.reports.heads import heads
from salesflow.reports.records import money
from salesflow.store import money as store
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "id", "lead_id", "quoted_on", "amount", "product", "in_return", "note", "by", "name", "short",
)  # fmt: skip
_KINDS = {"amount": "int", "quoted_on": "date"}


def record(one: Quote) -> dict[str, Any]:
    """A quote, its amount in yuan."""
    return {
        "id": one.id,
        "lead_id": one.lead_id,
        "quoted_on": one.quoted_on,
        "amount": money(one.amount_fen),
        "product": one.product,
        "in_return": one.in_return,
        "note": one.note,
        "by": one.by,
    }


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``quotes`` of ``show --json``, the newest first."""
    return {"quotes": [record(one) for one in store.list_quotes(connection, lead.id)]}


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The prices offered, the newest first."""
    keys = ("quoted_on", "amount", "product", "in_return", "note")
    rows = tuple(
        Row(
            (
                one["quoted_on"],
                show_money(round(one["amount"] * 100), lang),
                *(one[key] for key in keys[2:]),
            )
        )
        for one in data["quotes"]
    )
    return Section(columns=_columns(keys, lang), rows=rows, heading=t("quote.heading", lang) if rows else "")


def _columns(keys: tuple[str, ...], lang: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            key, t(f"quote.column_{key}", lang), _KINDS.get(key, "text"), shrink=key in ("note", "in_return")
        )
        for key in keys
    )


def build(connection: Connection, lead_id: int | None, lang: str) -> Report:
    """The quotes of a lead, or of the whole book."""
    found = store.list_quotes(connection, lead_id)
    known = heads(connection, [one.lead_id for one in found])
    rows = tuple(
        Row(
            (
                one.id,
                known[one.lead_id].text,
                one.quoted_on,
                show_money(one.amount_fen, lang),
                one.product,
                one.in_return,
                one.note,
            )
        )
        for one in found
    )
    columns = _columns(("id", "lead", "quoted_on", "amount", "product", "in_return", "note"), lang)
    after = () if rows else (t("quote.list_none", lang),)
    data = [record(one) | known[one.lead_id].record for one in found]
    shown = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    return Report(data=data, sections=(shown,), fields=FIELDS)
