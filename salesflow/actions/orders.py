"""Orders (F17, L6): signed, delivered, accepted, changed, cancelled; their lines and the days of payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from salesflow.actions import products, stages
from salesflow.actions.terms import Term, divided
from salesflow.actions.work import Work, instant
from salesflow.errors import NotFound, Refused, Usage
from salesflow.models import Lead, OrderLine, SalesOrder
from salesflow.money import LARGEST
from salesflow.money_lines import Line, line_sum
from salesflow.names import label
from salesflow.processes import Stage
from salesflow.store import orders


@dataclass(frozen=True)
class Sale:
    """What was sold: ``amount_fen`` None for the sum of the lines, or with ``framework`` for no sum at all.

    ``cost_fen`` None is the sum of what the lines cost, where that is known of each.
    """

    amount_fen: int | None
    signed_on: date
    framework: bool = False
    product: str | None = None
    note: str | None = None
    advance: bool = True
    cost_fen: int | None = None
    contract: str | None = None
    lines: tuple[Line, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What is to be different about an order; lines and terms take the place of those it has (None: stay)."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[Line, ...] | None = None
    terms: tuple[Term, ...] | None = None


def order(work: Work, lead_id: int, sale: Sale) -> tuple[SalesOrder, Lead, Stage | None]:
    """The order recorded; the lead enters the won stage whose gate it opens, which is returned.

    Raises Refused for a day to come and for days of payment that are no division of it, Usage for a price of 0.
    """
    lead = work.lead(lead_id)
    if sale.signed_on > work.today:
        raise Refused("order.in_future", date=sale.signed_on.isoformat())
    lines = [_with_product(work, one) for one in sale.lines]
    amount = sale.amount_fen
    if amount is None and lines and not (sale.framework and _unpriced(lines)):
        amount = _priced(lines)
    if amount is None and not sale.framework:
        raise Usage("order.no_amount")
    _refuse_zero(amount)
    parts = divided(sale.terms, amount, sale.signed_on)
    product, _, _ = products.named(work, sale.product)
    values = {
        "lead_id": lead_id,
        "signed_on": sale.signed_on.isoformat(),
        "amount_fen": amount,
        "cost_fen": sale.cost_fen if sale.cost_fen is not None else _costs(lines),
        "framework": int(sale.framework),
        "product": product or _only(lines),
        "contract": sale.contract,
        "note": sale.note,
        "by": work.by,
        "recorded_at": work.at,
    }
    order_id = orders.insert_order(work.connection, values)
    _write_lines(work, lead_id, order_id, lines)
    _write_dues(work, lead_id, order_id, parts)
    found = stages.before_won(work, lead_id) if sale.advance else None
    won = found[0] if found and not found[1] else None
    if won:
        # the won stage is entered on the day of the signature, be it before a move that was recorded earlier
        at = instant(datetime.combine(sale.signed_on, work.now.time()))
        stages.move(work, lead, at, to_stage=won.code)
    return find(work, order_id), work.lead(lead_id), won


def find(work: Work, order_id: int) -> SalesOrder:
    """The order of this id; its lead is what the step is about. Raises NotFound."""
    found = orders.find_order(work.connection, order_id)
    if found is None:
        raise NotFound("order.none", id=order_id)
    work.lead(found.lead_id)
    return found


def deliver(work: Work, order_id: int, on: date) -> SalesOrder:
    """The order delivered on the day. Raises Refused before its signature, for a day to come, for a second time."""
    known = _standing(work, order_id)
    if known.delivered_on:
        raise Refused("order.delivered_already", id=order_id, on=known.delivered_on)
    return _changed(work, known, {"delivered_on": on.isoformat()})


def accept(work: Work, order_id: int, on: date) -> SalesOrder:
    """The order accepted by the customer on the day. Raises Refused before its delivery and for a second time."""
    known = _standing(work, order_id)
    if known.accepted_on:
        raise Refused("order.accepted_already", id=order_id, on=known.accepted_on)
    return _changed(work, known, {"accepted_on": on.isoformat()})


def cancel(work: Work, order_id: int, on: date, why: str) -> SalesOrder:
    """The order cancelled from the day on: it leaves sales, margin and what is owed.

    Raises Refused before its signature or its delivery, for a day to come and for a second time.
    """
    known = _standing(work, order_id)
    if on > work.today:
        raise Refused("order.day_in_future", id=order_id, date=on.isoformat())
    if on.isoformat() < known.signed_on:
        raise Refused(
            "order.cancelled_before_signed", id=order_id, date=on.isoformat(), signed=known.signed_on
        )
    if known.delivered_on and on.isoformat() < known.delivered_on:
        raise Refused(
            "order.cancelled_before_delivered", id=order_id, date=on.isoformat(), delivered=known.delivered_on
        )
    values = {"cancelled_on": on.isoformat(), "cancel_why": why}
    orders.update_order(work.connection, order_id, values)
    return find(work, order_id)


def edit(work: Work, order_id: int, changes: Changes) -> SalesOrder:
    """The order with these changes; new lines bring their sum and their cost where no other is said.

    Raises Refused where days contradict each other, or the days of payment are more than it comes to, Usage
    for a price of 0.
    """
    known = _standing(work, order_id)
    values = dict(changes.values)
    _refuse_zero(values.get("amount_fen"))
    if values.get("product"):
        values["product"], _, _ = products.named(work, values["product"])
    if changes.lines is not None:
        lines = [_with_product(work, one) for one in changes.lines]
        if "amount_fen" not in values and not (known.framework and _unpriced(lines)):
            values["amount_fen"] = _priced(lines)
        costs = _costs(lines)
        # a cost that somebody said stays where the new lines do not know theirs
        was = _costs(orders.list_lines(work.connection, [order_id]).get(order_id, []))
        if "cost_fen" not in values and (costs is not None or known.cost_fen == was):
            values["cost_fen"] = costs
        values.setdefault("product", _only(lines))
        orders.remove_lines(work.connection, order_id)
        _write_lines(work, known.lead_id, order_id, lines)
    after = _changed(work, known, values)
    if changes.terms is not None:
        return schedule(work, order_id, changes.terms)
    dues = [one for one in orders.list_dues(work.connection, known.lead_id) if one.order_id == order_id]
    kept = [Term(date.fromisoformat(one.due_on), one.amount_fen) for one in dues]
    divided(kept, after.amount_fen, date.fromisoformat(after.signed_on))
    return after


def schedule(work: Work, order_id: int, terms: Sequence[Term]) -> SalesOrder:
    """The order with these days of payment in the place of those it had; none: the usual day."""
    known = _standing(work, order_id)
    parts = divided(terms, known.amount_fen, date.fromisoformat(known.signed_on))
    orders.remove_dues(work.connection, order_id)
    _write_dues(work, known.lead_id, order_id, parts)
    return known


def _refuse_zero(amount_fen: int | None) -> None:
    if amount_fen == 0:
        raise Usage("order.zero")


def _standing(work: Work, order_id: int) -> SalesOrder:
    found = find(work, order_id)
    if found.cancelled_on:
        raise Refused("order.is_cancelled", id=order_id, on=found.cancelled_on)
    return found


def _changed(work: Work, known: SalesOrder, values: Mapping[str, Any]) -> SalesOrder:
    after = known._replace(**values)
    _check_days(work, after, values)
    if after.amount_fen is None and not after.framework:
        raise Refused("order.needs_amount", id=known.id)
    if values:
        orders.update_order(work.connection, known.id, values)
    return find(work, known.id)


def _check_days(work: Work, one: SalesOrder, values: Mapping[str, Any]) -> None:
    today = work.today.isoformat()
    if one.signed_on > today:
        raise Refused("order.in_future", date=one.signed_on)
    for on in (one.delivered_on, one.accepted_on):
        if on and on > today:
            raise Refused("order.day_in_future", id=one.id, date=on)
    if one.delivered_on and one.delivered_on < one.signed_on:
        raise Refused("order.delivered_before_signed", id=one.id, date=one.delivered_on, signed=one.signed_on)
    # history may know of an acceptance alone
    if one.accepted_on and not one.delivered_on and {"accepted_on", "delivered_on"} & values.keys():
        raise Refused("order.not_delivered", id=one.id)
    if one.accepted_on and one.delivered_on and one.accepted_on < one.delivered_on:
        raise Refused(
            "order.accepted_before_delivered", id=one.id, date=one.accepted_on, delivered=one.delivered_on
        )


def _with_product(work: Work, line: Line) -> Line:
    # a product of the list brings its spelling, and the price and the cost that were not said
    name, known, _ = products.named(work, line.product)
    price, cost = line.price_fen, line.cost_fen
    if known:
        price = known.price_fen if price is None else price
        cost = known.cost_fen if cost is None else cost
    return line._replace(product=name or line.product, price_fen=price, cost_fen=cost)


def _unpriced(lines: Sequence[Line]) -> bool:
    return any(one.price_fen is None for one in lines)


def _priced(lines: Sequence[Line]) -> int:
    unknown = next((one.product for one in lines if one.price_fen is None), None)
    if unknown is not None:
        raise Usage("order.line_no_price", product=unknown)
    found = _within(sum(line_sum(one.quantity, one.price_fen or 0) for one in lines))
    if found == 0:
        raise Usage("order.lines_zero")
    return found


def _costs(lines: Sequence[Line | OrderLine]) -> int | None:
    if not lines or any(one.cost_fen is None for one in lines):
        return None
    return _within(sum(line_sum(one.quantity, one.cost_fen or 0) for one in lines))


def _within(fen: int) -> int:
    if fen > LARGEST:
        raise Usage("names.absurd_amount", text=str(fen // 100))
    return fen


def _only(lines: Sequence[Line]) -> str | None:
    names = {one.product for one in lines}
    return names.pop() if len(names) == 1 else None


def _write_lines(work: Work, lead_id: int, order_id: int, lines: Sequence[Line]) -> None:
    for one in lines:
        row = {"lead_id": lead_id, "order_id": order_id, **one._asdict()}
        orders.insert_line(work.connection, row | {"by": work.by, "recorded_at": work.at})


def _write_dues(work: Work, lead_id: int, order_id: int, parts: Sequence[tuple[date, int | None]]) -> None:
    for on, fen in parts:
        row = {"lead_id": lead_id, "order_id": order_id, "due_on": on.isoformat(), "amount_fen": fen}
        orders.insert_due(work.connection, row | {"by": work.by, "recorded_at": work.at})


def named(work: Work, one: SalesOrder) -> dict[str, Any]:
    """The values by which texts name an order and its lead."""
    lead = work.lead(one.lead_id)
    return {"order": one.id, "id": lead.id, "name": label(lead)}
