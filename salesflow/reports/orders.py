"""Orders, of one lead or all, newest first."""

from __future__ import annotations

from salesflow.money import show_money
from salesflow.names import label_of
from salesflow.reports.records import order_record
from salesflow.store import metrics
from salesflow.store import orders as store
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

_FIELDS = ("id", "lead_id", "signed_on", "amount", "framework", "product", "note", "by", "name")


def build(connection: Connection, lead_id: int | None, lang: str) -> Report:
    """The orders with their sum."""
    found = store.list_orders(connection, lead_id)
    names = metrics.names_of(connection, list({one.lead_id for one in found}))
    rows, records = [], []
    for one in found:
        known = names[one.lead_id]
        label = label_of(known["name"], known["short"], known.get("city"))
        amount = t("order.framework", lang) if one.amount_fen is None else show_money(one.amount_fen, lang)
        rows.append(Row((one.id, one.lead_id, label, one.signed_on, amount, one.note)))
        records.append(order_record(one) | {"name": names[one.lead_id]["name"]})
    kinds = {"lead_id": "id", "amount": "int", "signed_on": "date"}
    keys = ("id", "lead_id", "short", "signed_on", "amount", "note")
    columns = tuple(
        Column(key, t(f"order.column_{key}", lang), kinds.get(key, "text"), shrink=key in ("short", "note"))
        for key in keys
    )
    total = show_money(sum(one.amount_fen or 0 for one in found), lang)
    after = t("order.total", lang, count=len(rows), amount=total) if rows else t("order.list_none", lang)
    section = Section(columns=columns, rows=tuple(rows), header=bool(rows), after=(after,))
    return Report(data=records, sections=(section,), fields=() if records else _FIELDS)
