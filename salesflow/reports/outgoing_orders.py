"""What hangs on orders, on its way out: lines and days of payment in a cell each, and what is owed (L6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from salesflow import receivables
from salesflow.money import yuan
from salesflow.money_lines import show_quantity
from salesflow.reports import owing
from salesflow.store import leads, orders
from salesflow.store.rows import Connection


class Cells:
    """The lines and the days of payment of the book's orders, as cells that ``import`` reads again."""

    def __init__(self, connection: Connection) -> None:
        sold = [one.id for one in orders.list_orders(connection)]
        self._lines = orders.list_lines(connection, sold)
        self._dues: dict[int, list[str]] = {}
        for one in orders.list_dues(connection):
            part = one.due_on if one.amount_fen is None else f"{one.due_on} {yuan(one.amount_fen)}"
            self._dues.setdefault(one.order_id, []).append(part)

    def of(self, order_id: int) -> dict[str, str | None]:
        """``lines`` (``前挡膜 x50 @368 cost 210``) and ``due`` (``2026-12-01 20000``) of the order."""
        lines = []
        for one in self._lines.get(order_id, ()):
            price = "" if one.price_fen is None else f" @{yuan(one.price_fen)}"
            cost = "" if one.cost_fen is None else f" cost {yuan(one.cost_fen)}"
            lines.append(f"{one.product} x{show_quantity(one.quantity)}{price}{cost}")
        return {"lines": "; ".join(lines) or None, "due": "; ".join(self._dues.get(order_id, ())) or None}


def dues(connection: Connection, today: date) -> Iterator[dict[str, Any]]:
    """Every part of an order that is not paid today, money in fen, what is late longest first."""
    found = owing.read(connection, today)
    known = leads.leads_by_id(connection, list(found))
    parts = [
        (part, account.order)
        for balance in found.values()
        for account in balance.accounts
        for part in account.parts
        if part.open_fen
    ]
    for part, order in sorted(parts, key=lambda one: (-one[0].days, one[1].lead_id, one[1].id)):
        lead = known[order.lead_id]
        yield {
            "lead": lead.name,
            "lead_id": lead.id,
            "lead_uid": lead.uid,
            "process": lead.process,
            "order_id": order.id,
            "contract": order.contract,
            "signed_on": order.signed_on,
            "due_on": part.due_on.isoformat(),
            "amount": part.amount_fen,
            "outstanding": part.open_fen,
            "days_overdue": part.days_overdue,
            "age": receivables.age(part.days),
            "owner": lead.owner,
        }
