"""``payment``: what was paid, what is owed and since when (L6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, consent, options, order_read
from salesflow.context import App
from salesflow.errors import Usage
from salesflow.money import show_money

if TYPE_CHECKING:
    from salesflow.models import Payment


def payment_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    amount: options.Amount = None,
    note: options.NoteWords = None,
    order: options.OrderId = None,
    method: options.Method = None,
    at: options.At = None,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
) -> None:
    """A payment recorded."""
    from salesflow.actions import payments
    from salesflow.actions.payments import Received
    from salesflow.commands.amounts import read_amount

    app: App = ctx.obj
    picked = common.pick(app, lead)
    fen, words = read_amount(amount, note)
    if fen is None:
        raise Usage("payment.no_amount")
    day = common.day(app, at, past=True) if at else app.today
    received = Received(fen, day, order, common.line(app, method, "--method"), words, anyway)
    with common.working(app, "payment") as work:
        done, _ = payments.pay(work, picked.id, received)
    _say(app, done, "payment.added", as_json)


def payment_edit(
    ctx: typer.Context,
    payment: options.PaymentNo = None,
    amount: options.Amount = None,
    changed: options.NewAmount = None,
    order: options.OrderId = None,
    method: options.Method = None,
    at: options.At = None,
    note: options.Note = None,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
) -> None:
    """A payment that says something else."""
    from salesflow.actions import payments
    from salesflow.money import parse_amount

    app: App = ctx.obj
    payment_id = _number(payment)
    values: dict[str, Any] = {}
    amount = changed or amount
    if amount is not None:
        values["amount_fen"] = parse_amount(amount)
    if order is not None:
        values["order_id"] = order
    if at is not None:
        values["paid_on"] = common.day(app, at, past=True).isoformat()
    for name, said in (("method", method), ("note", note)):
        if said is not None:
            values[name] = None if common.empties(said) else common.line(app, said, f"--{name}")
    if not values:
        raise Usage("payment.nothing", id=payment_id)
    with common.working(app, "payment edit") as work:
        done = payments.edit(work, payment_id, values, advance=anyway)
    _say(app, done, "payment.edited", as_json)


def payment_remove(
    ctx: typer.Context,
    payment: options.PaymentNo = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """A payment taken away."""
    from salesflow.actions import payments

    app: App = ctx.obj
    payment_id = _number(payment)
    with common.working(app, "payment remove", common.line(app, why, "--why")) as work:
        done = payments.remove(work, payment_id)
    _say(app, done, "payment.removed", as_json)


def payment_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's payments; without a lead all of them."""
    from salesflow.reports import payments

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    with app.read() as connection:
        report = payments.build(connection, lead_id, app.lang, app.today)
    app.show(report, fmt, as_json, personal=personal)


def payment_due(
    ctx: typer.Context,
    lead: options.Lead = None,
    lead_too: options.OfLead = None,
    date_: options.Date = None,
    area: options.Area = None,
    owner: options.Owner = None,
    overdue: options.Overdue = False,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """What is owed, by whom and since when, and how old it is."""
    from salesflow.reports import dues
    from salesflow.reports.dues import Which

    app: App = ctx.obj
    named = lead or lead_too
    lead_id = common.pick(app, named).id if named else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    day = common.day(app, date_, past=False) if date_ else app.today
    with app.read() as connection:
        which = Which(lead_id, common.area_of(connection, area), owner, overdue)
        report = dues.build(connection, day, app.lang, which)
    app.show(report, fmt, as_json, personal=personal)


def payment_schedule(
    ctx: typer.Context,
    order: options.OrderNo = None,
    parts: options.ScheduleParts = None,
    as_json: options.Json = False,
) -> None:
    """The days on which an order is to be paid."""
    from salesflow.actions import orders
    from salesflow.commands import order_say

    app: App = ctx.obj
    order_id = order_read.which(app, order, _to_pay, "order.none_to_pay")
    if not parts:
        raise Usage("due.no_parts", id=order_id)
    said = [text for text in parts if not common.empties(text)]
    with common.working(app, "payment schedule") as work:
        done = orders.schedule(work, order_id, order_read.read_terms(app, said, app.today))
    order_say.stepped(app, done, "order.scheduled", None, as_json)


def _to_pay(one: Any) -> bool:
    return one.cancelled_on is None and one.amount_fen is not None


def _number(text: str | None) -> int:
    number = (text or "").strip().removeprefix("#")
    if not (number.isascii() and number.isdecimal()) or len(number) > 18:
        raise Usage("payment.no_id")
    return int(number)


def _say(app: App, done: Payment, key: str, as_json: bool) -> None:
    from salesflow.reports import owing
    from salesflow.reports.heads import heads
    from salesflow.reports.payments import record

    with app.read() as connection:
        balance = owing.read(connection, app.today, done.lead_id).get(done.lead_id)
        head = heads(connection, [done.lead_id])[done.lead_id]
    if as_json:
        app.emit_json(record(done))
        return
    on = common.day_text(app, date.fromisoformat(done.paid_on))
    values = {"id": head.id, "name": head.short, "payment": done.id}
    line = app.t(key, amount=show_money(done.amount_fen, app.lang), on=on, **values)
    what = app.t("payment.for_order", order=done.order_id) if done.order_id else ""
    left = ""
    if balance and balance.outstanding_fen > 0:
        left = app.t("payment.left", amount=show_money(balance.outstanding_fen, app.lang))
    elif balance and balance.credit_fen:
        left = app.t("payment.credit", amount=show_money(balance.credit_fen, app.lang))
    elif balance and balance.billed_fen:
        left = app.t("payment.settled")
    app.write_lines("  ".join(part for part in (line, done.method or "", what, left) if part))
