"""Payments received (L6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salesflow.actions.work import Work
from salesflow.errors import NotFound, Refused
from salesflow.models import Lead, Payment
from salesflow.names import label
from salesflow.store import orders, payments


@dataclass(frozen=True)
class Received:
    """What was paid, and for which order where that is known."""

    amount_fen: int
    paid_on: date
    order_id: int | None = None
    method: str | None = None
    note: str | None = None


def pay(work: Work, lead_id: int, received: Received) -> tuple[Payment, Lead]:
    """The payment recorded, and the lead. Raises Refused for a day to come, NotFound for another lead's order."""
    lead = work.lead(lead_id)
    if received.paid_on > work.today:
        raise Refused("payment.in_future", date=received.paid_on.isoformat())
    theirs = [one.id for one in orders.list_orders(work.connection, lead_id)]
    if received.order_id is not None and received.order_id not in theirs:
        known = ", ".join(map(str, theirs)) or "-"
        raise NotFound(
            "payment.no_order", id=received.order_id, lead_id=lead_id, lead=label(lead), known=known
        )
    row = {
        "lead_id": lead_id,
        "order_id": received.order_id,
        "paid_on": received.paid_on.isoformat(),
        "amount_fen": received.amount_fen,
        "method": received.method,
        "note": received.note,
        "by": work.by,
        "recorded_at": work.at,
    }
    made = payments.insert_payment(work.connection, row)
    return next(one for one in payments.list_payments(work.connection, lead_id) if one.id == made), lead
