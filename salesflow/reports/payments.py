"""Payments, of one lead or all, the newest first (L6: the record)."""

from __future__ import annotations

from datetime import date
from typing import Any

from salesflow.models import Lead, Payment
from salesflow.money import show_money
from salesflow.processes import Process
from salesflow.reports import owing
from salesflow.reports.heads import heads
from salesflow.reports.records import money
from salesflow.reports.shown import yuan_text
from salesflow.store import payments as store
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "id", "lead_id", "order_id", "paid_on", "amount", "method", "note", "by", "name", "short",
)  # fmt: skip
_KINDS = {"amount": "int", "paid_on": "date"}


def record(one: Payment) -> dict[str, Any]:
    """A payment, its amount in yuan; ``order_id`` is null where nobody said for which order."""
    return {
        "id": one.id,
        "lead_id": one.lead_id,
        "order_id": one.order_id,
        "paid_on": one.paid_on,
        "amount": money(one.amount_fen),
        "method": one.method,
        "note": one.note,
        "by": one.by,
    }


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``payments`` of ``show --json``, the newest first."""
    return {"payments": [record(one) for one in store.list_payments(connection, lead.id)]}


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """What was paid, the newest first."""
    keys = ("paid_on", "amount", "order_id", "method", "note")
    rows = tuple(
        Row(
            (
                one["paid_on"],
                yuan_text(one["amount"], lang),
                *(one[key] for key in keys[2:]),
            )
        )
        for one in data["payments"]
    )
    heading = t("payment.heading", lang) if rows else ""
    return Section(columns=_columns(keys, lang), rows=rows, heading=heading)


def _columns(keys: tuple[str, ...], lang: str) -> tuple[Column, ...]:
    return tuple(
        Column(key, t(f"payment.column_{key}", lang), _KINDS.get(key, "text"), shrink=key == "note")
        for key in keys
    )


def build(connection: Connection, lead_id: int | None, lang: str, today: date) -> Report:
    """The payments of a lead, or of the whole book, with their sum, and what is still owed."""
    found = store.list_payments(connection, lead_id)
    known = heads(connection, [one.lead_id for one in found])
    rows = tuple(
        Row(
            (
                one.id,
                known[one.lead_id].text,
                one.paid_on,
                show_money(one.amount_fen, lang),
                one.order_id,
                one.method,
                one.note,
            )
        )
        for one in found
    )
    columns = _columns(("id", "lead", "paid_on", "amount", "order_id", "method", "note"), lang)
    total = show_money(sum(one.amount_fen for one in found), lang)
    after = t("payment.total", lang, count=len(rows), amount=total) if rows else t("payment.list_none", lang)
    data = [record(one) | known[one.lead_id].record for one in found]
    sums = owing.read(connection, today, lead_id).values()
    owed = sum(max(one.outstanding_fen, 0) for one in sums)
    late = sum(one.overdue_fen for one in sums)
    more: tuple[str, ...] = ()
    if owed:
        more = (t("due.total", lang, amount=show_money(owed, lang), late=show_money(late, lang)),)
    shown = Section(columns=columns, rows=rows, header=bool(rows), after=(after, *more))
    return Report(data=data, sections=(shown,), fields=FIELDS)
