"""Orders, of one lead or all, newest first: amount, what is paid and owed, when, the margin (L6, M2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from salesflow.models import OrderLine, SalesOrder
from salesflow.money import show_money
from salesflow.money_lines import show_quantity
from salesflow.receivables import Account, Balance
from salesflow.reports import owing as owed
from salesflow.reports.heads import heads
from salesflow.reports.records import money, order_record
from salesflow.reports.shown import yuan_text
from salesflow.store import orders as store
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "id", "lead_id", "signed_on", "amount", "framework", "product", "note", "by", "cost", "margin", "contract",
    "delivered_on", "accepted_on", "cancelled_on", "cancel_why", "paid", "outstanding", "due_on", "days_overdue",
    "name", "short",
)  # fmt: skip
_SHOWN = ("id", "short", "signed_on", "amount", "outstanding", "due_on", "days_overdue", "margin", "product")
_KINDS = {
    "id": "int", "amount": "int", "outstanding": "int", "margin": "int", "days_overdue": "int",
    "signed_on": "date", "due_on": "date",
}  # fmt: skip


# what leaves a narrow terminal first
_DROP = {"signed_on": 1, "margin": 2}


def record(order: SalesOrder, account: Account | None, lines: Sequence[OrderLine]) -> dict[str, Any]:
    """An order with what was paid for it, what is owed and since when; of one that does not stand nothing is."""
    part = account.next_due if account else None
    return order_record(order) | {
        "cost": money(order.cost_fen),
        "margin": money(owed.margin(order)),
        "contract": order.contract,
        "delivered_on": order.delivered_on,
        "accepted_on": order.accepted_on,
        "cancelled_on": order.cancelled_on,
        "cancel_why": order.cancel_why,
        "paid": money(account.paid_fen if account else 0),
        "outstanding": money(account.outstanding_fen if account else 0),
        "due_on": part.due_on.isoformat() if part else None,
        "days_overdue": account.days_overdue if account else 0,
        "lines": [owed.line_record(one) for one in lines],
        "dues": [owed.part_record(one) for one in account.parts] if account else [],
    }


def read(connection: Connection, lead_id: int, today: date) -> dict[str, Any]:
    """``orders`` and ``receivable`` of ``show --json``: the orders, newest first, and the lead's sums."""
    balances = owed.read(connection, today, lead_id)
    found = store.list_orders(connection, lead_id)
    lines = store.list_lines(connection, [one.id for one in found])
    return {
        "orders": [record(one, owed.of_order(balances, one), lines.get(one.id, [])) for one in found],
        "receivable": owed.balance_record(balances.get(lead_id)),
    }


def read_one(connection: Connection, order_id: int, today: date) -> dict[str, Any]:
    """The record of this order as it stands today."""
    found = store.find_order(connection, order_id)
    assert found is not None
    balances = owed.read(connection, today, found.lead_id)
    lines = store.list_lines(connection, [order_id])
    return record(found, owed.of_order(balances, found), lines.get(order_id, []))


def line_text(one: dict[str, Any], lang: str, *, short: bool = False) -> str:
    """A line's record in a line: ``前挡膜 50 x 368 = 1.84 万  成本 210``; ``short``: without what it comes to."""
    said = f"{one['product']} {show_quantity(round(one['quantity'] * 1000))}"
    if one["price"] is not None:
        price, amount = (yuan_text(one[name], lang) for name in ("price", "amount"))
        said += f" x {price}" if short else f" x {price} = {amount}"
    if one["cost"] is not None:
        said += (" " if short else "  ") + t("order.line_cost", lang, amount=yuan_text(one["cost"], lang))
    return said


def build(
    connection: Connection, lead_id: int | None, lang: str, today: date, *, owing: bool = False
) -> Report:
    """The orders with their sums; ``owing``: those of which something is to be paid."""
    found = store.list_orders(connection, lead_id)
    balances = owed.read(connection, today, lead_id)
    accounts = {one.order.id: one for balance in balances.values() for one in balance.accounts}
    if owing:
        found = [one for one in found if one.id in accounts and accounts[one.id].outstanding_fen]
    lines = store.list_lines(connection, [one.id for one in found])
    names = heads(connection, [one.lead_id for one in found])
    data = [
        record(one, accounts.get(one.id), lines.get(one.id, [])) | names[one.lead_id].record for one in found
    ]
    keys = _SHOWN if lead_id is None else tuple(key for key in _SHOWN if key != "short")
    rows = tuple(_row(one, keys, names[one["lead_id"]].text, lang) for one in data)
    after = (*_sums(found, accounts, balances, lang),) if rows else (t("order.list_none", lang),)
    if lead_id is not None:
        after = (*_details(data, lang), *after)
    title = names[lead_id].text if lead_id in names else ""
    section = Section(columns=_columns(keys, lang), rows=rows, header=bool(rows), after=after)
    return Report(data=data, sections=(section,), title=title, fields=FIELDS)


def section(data: dict[str, Any], lang: str) -> Section:
    """The lead's orders on its file, and what it owes."""
    keys = ("id", "signed_on", "amount", "outstanding", "due_on", "days_overdue", "product", "note")
    rows = tuple(
        Row(tuple(_cell(one, key, lang) for key in keys), style="late" if one["days_overdue"] else "")
        for one in data["orders"]
    )
    heading = t("order.heading", lang) if rows or data["receivable"]["paid"] else ""
    return Section(
        columns=_columns(keys, lang), rows=rows, heading=heading, after=tuple(_owes(data["receivable"], lang))
    )


def _owes(sums: dict[str, Any], lang: str) -> list[str]:
    found = []
    if sums["outstanding"] > 0:
        late = sums["days_overdue"]
        key = "order.owes_late" if late else "order.owes"
        found.append(
            t(
                key,
                lang,
                amount=yuan_text(sums["outstanding"], lang),
                overdue=yuan_text(sums["overdue"], lang),
                days=late,
            )
        )
    if sums["credit"]:
        found.append(t("order.credit", lang, amount=yuan_text(sums["credit"], lang)))
    if sums["margin"] is not None:
        found.append(t("order.margin", lang, amount=yuan_text(sums["margin"], lang)))
    return found


def _row(one: dict[str, Any], keys: Sequence[str], name: str, lang: str) -> Row:
    cells = (name if key == "short" else _cell(one, key, lang) for key in keys)
    return Row(tuple(cells), style="late" if one["days_overdue"] else "")


def _cell(one: dict[str, Any], key: str, lang: str) -> Any:
    value = one[key]
    if key == "amount":
        return t("order.framework", lang) if value is None else yuan_text(value, lang)
    if key == "outstanding" and one["cancelled_on"]:
        return t("order.was_cancelled", lang)
    if key == "outstanding":
        return yuan_text(value, lang) if value else None
    if key == "margin":
        return None if value is None or one["cancelled_on"] else yuan_text(value, lang)
    if key == "days_overdue":
        return value or None
    if key == "product":
        return value or ", ".join(dict.fromkeys(line["product"] for line in one["lines"])) or None
    return value


def _columns(keys: Sequence[str], lang: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            key,
            t(f"order.column_{key}", lang),
            _KINDS.get(key, "text"),
            shrink=key in ("short", "note", "product"),
            drop=_DROP.get(key, 0),
            wide=100 if key == "product" and "short" in keys else 0,
        )
        for key in keys
    )


def _sums(
    found: Sequence[SalesOrder], accounts: dict[int, Account], balances: dict[int, Balance], lang: str
) -> list[str]:
    # of the orders listed, those that stand
    kept = [accounts[one.id] for one in found if one.id in accounts]
    margins = [one for one in map(owed.margin, (account.order for account in kept)) if one is not None]
    said = t(
        "order.total",
        lang,
        count=len(kept),
        amount=show_money(sum(one.order.amount_fen or 0 for one in kept), lang),
        paid=show_money(sum(one.paid_fen for one in kept), lang),
        owed=show_money(sum(one.outstanding_fen for one in kept), lang),
    )
    if margins:
        said += "  " + t(
            "order.total_margin", lang, amount=show_money(sum(margins), lang), count=len(margins)
        )
    gone = sum(one.cancelled_on is not None for one in found)
    if gone:
        said += "  " + t("order.total_cancelled", lang, count=gone)
    credit = sum(one.credit_fen for one in balances.values())
    more = [t("order.credit", lang, amount=show_money(credit, lang))] if credit else []
    return [said, *more]


def _details(data: Sequence[dict[str, Any]], lang: str) -> list[str]:
    # of one lead: the lines of each order and what else is known of it
    found = []
    for one in data:
        dates = [
            t(f"order.told_{key}", lang, on=one[key])
            for key in ("contract", "delivered_on", "accepted_on", "cancelled_on", "cancel_why", "note")
            if one[key]
        ]
        lines = [line_text(line, lang) for line in one["lines"]]
        parts = [
            t("order.told_due", lang, on=part["due_on"], amount=yuan_text(part["amount"], lang))
            for part in one["dues"]
            if len(one["dues"]) > 1
        ]
        told = [*dates, *lines, *parts]
        if told:
            found.append(t("order.told", lang, id=one["id"]))
            found += [f"  {text}" for text in told]
    return found
