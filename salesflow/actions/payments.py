"""Payments received (L6): recorded, changed, taken away; never more than is owed unless it is said to be in advance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesflow import receivables
from salesflow.actions.work import Work
from salesflow.errors import NotFound, Refused, Usage
from salesflow.models import Lead, Payment, SalesOrder
from salesflow.money import show_money
from salesflow.names import label
from salesflow.receivables import Balance
from salesflow.store import orders, payments


@dataclass(frozen=True)
class Received:
    """What was paid, and for which order where that is known; ``advance``: it may be more than is owed."""

    amount_fen: int
    paid_on: date
    order_id: int | None = None
    method: str | None = None
    note: str | None = None
    advance: bool = False


def pay(work: Work, lead_id: int, received: Received) -> tuple[Payment, Lead]:
    """The payment recorded, and the lead.

    Raises Refused for a day to come, for more than is owed and for an order that was cancelled, NotFound
    for another lead's order, Usage for 0.
    """
    lead = work.lead(lead_id)
    _check(work, lead, received)
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
    return find(work, payments.insert_payment(work.connection, row)), lead


def find(work: Work, payment_id: int) -> Payment:
    """The payment of this id; its lead is what the step is about. Raises NotFound."""
    found = payments.find_payment(work.connection, payment_id)
    if found is None:
        raise NotFound("payment.none", id=payment_id)
    work.lead(found.lead_id)
    return found


def edit(work: Work, payment_id: int, values: Mapping[str, Any], *, advance: bool = False) -> Payment:
    """The payment with these values. Raises what ``pay`` does."""
    known = find(work, payment_id)
    new = known._replace(**values)
    received = Received(new.amount_fen, date.fromisoformat(new.paid_on), new.order_id, advance=advance)
    # a new method or note asks nothing about sums that history may have brought
    if (new.amount_fen, new.order_id, new.paid_on) != (known.amount_fen, known.order_id, known.paid_on):
        _check(work, work.lead(known.lead_id), received, known)
    payments.update_payment(work.connection, payment_id, values)
    return find(work, payment_id)


def remove(work: Work, payment_id: int) -> Payment:
    """The payment as it was, now gone."""
    found = find(work, payment_id)
    payments.delete_payment(work.connection, payment_id)
    return found


def balance(work: Work, lead_id: int, without: Payment | None = None) -> Balance:
    """What the lead owes today; ``without`` one payment."""
    sold = orders.list_orders(work.connection, lead_id)
    paid = [one for one in payments.list_payments(work.connection, lead_id) if one != without]
    found = receivables.balances(sold, paid, (), work.today, {})
    return found.get(lead_id) or Balance(lead_id, (), 0, 0)


def _check(work: Work, lead: Lead, received: Received, without: Payment | None = None) -> None:
    if received.amount_fen == 0:
        raise Usage("payment.zero")
    if received.paid_on > work.today:
        raise Refused("payment.in_future", date=received.paid_on.isoformat())
    named = _order(work, lead, received.order_id)
    if received.advance:
        return
    now = balance(work, lead.id, without)
    owed, more = max(now.outstanding_fen, 0), received.amount_fen
    if named is not None:
        owed = min(owed, _left(work, named, without))
    if more <= owed:
        return
    values: dict[str, Any] = {"id": lead.id, "name": label(lead), "more": show_money(more, "en")}
    if not owed:
        raise Refused("payment.nothing_owed", **values)
    key = "payment.too_much_for_order" if named else "payment.too_much"
    raise Refused(key, **values, owed=show_money(owed, "en"), order=received.order_id)


def _order(work: Work, lead: Lead, order_id: int | None) -> SalesOrder | None:
    if order_id is None:
        return None
    theirs = {one.id: one for one in orders.list_orders(work.connection, lead.id)}
    if order_id not in theirs:
        known = ", ".join(str(one.id) for one in theirs.values() if not one.cancelled_on) or "-"
        raise NotFound("payment.no_order", id=order_id, lead_id=lead.id, lead=label(lead), known=known)
    if theirs[order_id].cancelled_on:
        raise Refused("payment.order_cancelled", id=order_id, on=theirs[order_id].cancelled_on)
    return theirs[order_id]


def _left(work: Work, order: SalesOrder, without: Payment | None) -> int:
    # what was paid for none may still count for another order
    paid = payments.list_payments(work.connection, order.lead_id)
    own = sum(one.amount_fen for one in paid if one.order_id == order.id and one != without)
    return max((order.amount_fen or 0) - own, 0)
