"""``order``: what was sold, delivered, accepted, cancelled (F17, L6, M2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, consent, options, order_read, order_say
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.models import SalesOrder


def order_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    amount: options.Amount = None,
    note: options.NoteWords = None,
    product: options.Product = None,
    lines: options.OrderLines = None,
    cost: options.Cost = None,
    due: options.OrderDues = None,
    contract: options.Contract = None,
    at: options.At = None,
    framework: options.Framework = False,
    no_advance: options.NoAdvance = False,
    as_json: options.Json = False,
) -> None:
    """An order recorded; the lead enters the won stage whose gate it opens."""
    from salesflow.actions import orders, stages
    from salesflow.actions.orders import Sale
    from salesflow.commands.amounts import read_amount
    from salesflow.money import parse_amount

    app: App = ctx.obj
    picked = common.pick(app, lead)
    if amount is None and not framework and not lines:
        raise Usage("order.no_amount")
    fen, words = read_amount(amount, note)
    signed = common.day(app, at, past=True) if at else app.today
    sale = Sale(
        fen,
        signed,
        framework,
        common.line(app, product, "--product"),
        words,
        not no_advance,
        None if cost is None else parse_amount(cost),
        common.line(app, contract, "--contract"),
        order_read.read_lines(app, lines),
        order_read.read_terms(app, due, signed),
    )
    with common.working(app, "order") as work:
        done, after, won = orders.order(work, picked.id, sale)
        shut = None if won or no_advance else stages.before_won(work, picked.id)
    if as_json:
        app.emit_json(order_say.record(app, done.id) | {"stage": after.stage, "advanced": won is not None})
        return
    order_say.added(app, done, after, won)
    if shut:
        order_say.shut(app, after, *shut)


def order_deliver(
    ctx: typer.Context,
    order: options.OrderNo = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """The order delivered."""
    from salesflow.actions import orders

    app: App = ctx.obj
    order_id = order_read.which(app, order, _undelivered, "order.none_to_deliver")
    with common.working(app, "order deliver") as work:
        done = orders.deliver(work, order_id, common.day(app, at, past=True) if at else app.today)
    order_say.stepped(app, done, "order.delivered", done.delivered_on, as_json)


def order_accept(
    ctx: typer.Context,
    order: options.OrderNo = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """The order accepted by the customer."""
    from salesflow.actions import orders

    app: App = ctx.obj
    order_id = order_read.which(app, order, _unaccepted, "order.none_to_accept")
    with common.working(app, "order accept") as work:
        done = orders.accept(work, order_id, common.day(app, at, past=True) if at else app.today)
    order_say.stepped(app, done, "order.accepted", done.accepted_on, as_json)


def order_cancel(
    ctx: typer.Context,
    order: options.OrderNo = None,
    words: options.NoteWords = None,
    why: options.Why = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """The order cancelled."""
    from salesflow.actions import orders

    app: App = ctx.obj
    order_id = order_read.which(app, order, _stands, "order.none_to_cancel")
    reason = why or common.joined(words) or (app.ask("order.ask_why") if app.interactive else "")
    if not reason.strip():
        raise Usage("order.cancel_needs_why", id=order_id)
    reason = common.line(app, reason, "--why") or ""
    on = common.day(app, at, past=True) if at else app.today
    with common.working(app, "order cancel", reason) as work:
        done = orders.cancel(work, order_id, on, reason)
    order_say.cancelled(app, done, as_json)


def order_edit(
    ctx: typer.Context,
    order: options.OrderNo = None,
    amount: options.Amount = None,
    changed: options.NewAmount = None,
    product: options.Product = None,
    lines: options.OrderLines = None,
    cost: options.Cost = None,
    due: options.OrderDues = None,
    contract: options.Contract = None,
    at: options.At = None,
    delivered: options.DeliveredOn = None,
    accepted: options.AcceptedOn = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """An order that says something else."""
    from salesflow.actions import orders
    from salesflow.actions.orders import Changes

    app: App = ctx.obj
    order_id = order_read.which(app, order, _stands, "order.none_to_edit")
    values: dict[str, Any] = {}
    for name, said in (("amount_fen", changed or amount), ("cost_fen", cost)):
        if said is not None:
            values[name] = _sum(said)
    for name, said in (("product", product), ("contract", contract), ("note", note)):
        if said is not None:
            values[name] = None if common.empties(said) else common.line(app, said, f"--{name}")
    for name, said in (("delivered_on", delivered), ("accepted_on", accepted), ("signed_on", at)):
        if said is not None:
            empty = common.empties(said) and name != "signed_on"
            values[name] = None if empty else common.day(app, said, past=True).isoformat()
    if not values and lines is None and due is None:
        raise Usage("order.nothing", id=order_id)
    with common.working(app, "order edit") as work:
        known = orders.find(work, order_id)
        since = date.fromisoformat(values.get("signed_on") or known.signed_on)
        terms = None if due is None else order_read.read_terms(app, _said(due), since)
        new = None if lines is None else order_read.read_lines(app, _said(lines))
        done = orders.edit(work, order_id, Changes(values, new, terms))
    order_say.stepped(app, done, "order.edited", None, as_json)


def order_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    owing: options.Owing = False,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's orders with what is owed; without a lead all of them."""
    from salesflow.reports import orders

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    with app.read() as connection:
        report = orders.build(connection, lead_id, app.lang, app.today, owing=owing)
    app.show(report, fmt, as_json, personal=personal)


def _sum(text: str) -> int | None:
    from salesflow.money import parse_amount

    return None if common.empties(text) else parse_amount(text)


def _said(texts: Sequence[str]) -> list[str]:
    # `-` alone takes all of them away
    return [text for text in texts if not common.empties(text)]


def _stands(one: SalesOrder) -> bool:
    return one.cancelled_on is None


def _undelivered(one: SalesOrder) -> bool:
    return _stands(one) and one.delivered_on is None


def _unaccepted(one: SalesOrder) -> bool:
    return _stands(one) and one.delivered_on is not None and one.accepted_on is None
