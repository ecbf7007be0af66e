"""``payment``: what was paid (L6: the record)."""

from __future__ import annotations

from datetime import date

import typer

from salesflow.commands import common, consent, options
from salesflow.context import App
from salesflow.errors import Usage


def payment_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    amount: options.Amount = None,
    note: options.NoteWords = None,
    order: options.OrderId = None,
    method: options.Method = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """A payment recorded."""
    from salesflow.actions import payments
    from salesflow.actions.payments import Received
    from salesflow.commands.amounts import read_amount
    from salesflow.money import show_money

    app: App = ctx.obj
    picked = common.pick(app, lead)
    fen, words = read_amount(amount, note)
    if fen is None:
        raise Usage("payment.no_amount")
    if fen == 0:
        raise Usage("payment.zero")
    day = common.day(app, at, past=True) if at else app.today
    received = Received(fen, day, order, common.line(app, method, "--method"), words)
    with common.working(app, "payment") as work:
        done, after = payments.pay(work, picked.id, received)
    if as_json:
        from salesflow.reports.payments import record

        app.emit_json(record(done))
        return
    on = common.day_text(app, date.fromisoformat(done.paid_on))
    line = app.t("payment.added", amount=show_money(done.amount_fen, app.lang), on=on, **common.named(after))
    what = app.t("payment.for_order", order=done.order_id) if done.order_id else ""
    app.write_lines("  ".join(part for part in (line, done.method or "", what) if part))


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
        report = payments.build(connection, lead_id, app.lang)
    app.show(report, fmt, as_json, personal=personal)
