"""Quotes made and payments received (F16, L6): the record, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salesflow.actions.work import Work
from salesflow.errors import NotFound, Refused
from salesflow.models import Lead, Payment, Quote
from salesflow.names import label
from salesflow.store import money, moves


@dataclass(frozen=True)
class Offer:
    """A price offered, and what we get for a step down."""

    amount_fen: int
    quoted_on: date
    product: str | None = None
    in_return: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Received:
    """What was paid, and for which order where that is known."""

    amount_fen: int
    paid_on: date
    order_id: int | None = None
    method: str | None = None
    note: str | None = None


def quote(work: Work, lead_id: int, offer: Offer) -> tuple[Quote, Lead]:
    """The quote recorded, and the lead. Raises Refused for a day to come."""
    lead = work.lead(lead_id)
    if offer.quoted_on > work.today:
        raise Refused("quote.in_future", date=offer.quoted_on.isoformat())
    row = {
        "lead_id": lead_id,
        "quoted_on": offer.quoted_on.isoformat(),
        "amount_fen": offer.amount_fen,
        "product": offer.product,
        "in_return": offer.in_return,
        "note": offer.note,
        "by": work.by,
        "recorded_at": work.at,
    }
    made = money.insert_quote(work.connection, row)
    return next(one for one in money.list_quotes(work.connection, lead_id) if one.id == made), lead


def pay(work: Work, lead_id: int, received: Received) -> tuple[Payment, Lead]:
    """The payment recorded, and the lead. Raises Refused for a day to come, NotFound for another lead's order."""
    lead = work.lead(lead_id)
    if received.paid_on > work.today:
        raise Refused("payment.in_future", date=received.paid_on.isoformat())
    orders = [one.id for one in moves.list_orders(work.connection, lead_id)]
    if received.order_id is not None and received.order_id not in orders:
        known = ", ".join(map(str, orders)) or "-"
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
    made = money.insert_payment(work.connection, row)
    return next(one for one in money.list_payments(work.connection, lead_id) if one.id == made), lead
