"""``order``: what was sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.models import Lead, SalesOrder
    from salesflow.processes import Stage, Want


def order_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    amount: options.Amount = None,
    note: options.NoteWords = None,
    at: options.At = None,
    framework: options.Framework = False,
    no_advance: options.NoAdvance = False,
    as_json: options.Json = False,
) -> None:
    """An order recorded; the lead enters the won stage whose gate it opens."""
    from salesflow.actions import orders, stages
    from salesflow.actions.orders import Sale
    from salesflow.commands.amounts import read_amount

    app: App = ctx.obj
    picked = common.pick(app, lead)
    if amount is None and not framework:
        raise Usage("order.no_amount")
    fen, words = read_amount(amount, note)
    if fen == 0:
        raise Usage("order.zero")
    signed = common.day(app, at, past=True) if at else app.today
    sale = Sale(fen, signed, framework, note=words, advance=not no_advance)
    with common.working(app, "order") as work:
        done, after, won = orders.order(work, picked.id, sale)
        shut = None if won or no_advance else stages.before_won(work, picked.id)
    if as_json:
        from salesflow.reports.records import order_record

        app.emit_json(order_record(done) | {"stage": after.stage, "advanced": won is not None})
        return
    _say(app, done, after, won)
    if shut:
        _say_shut(app, after, *shut)


def _say_shut(app: App, lead: Lead, won: Stage, missing: Sequence[Want]) -> None:
    # a deal is signed, and the lead stands where it stood: why, and what to do
    from salesflow import funnel

    app.warn("order.not_won", stage=won.title(app.lang), count=len(missing))
    for want in missing:
        command = funnel.supply_command(want, lead.id, app.lang)
        app.warn("order.lacks", title=funnel.want_title(want, app.lang), command=command)
    app.warn("order.then", id=lead.id, stage=won.code)


def _say(app: App, done: SalesOrder, after: Lead, won: Stage | None) -> None:
    from datetime import date

    from salesflow.money import show_money

    shown = app.t("order.framework") if done.amount_fen is None else show_money(done.amount_fen, app.lang)
    on = common.day_text(app, date.fromisoformat(done.signed_on))
    line = app.t("order.added", amount=shown, on=on, **common.named(after))
    if won:
        line += "  " + app.t("order.won", stage=won.title(app.lang))
    elif after.status != "open":
        line += "  " + app.t("order.closed", id=after.id)
    app.write_lines(line)
    if won:
        from salesflow.commands.referral import after_deal

        after_deal(app, after.id)


def order_list(
    ctx: typer.Context, lead: options.Lead = None, fmt: options.Format = None, as_json: options.Json = False
) -> None:
    """The lead's orders; without a lead all of them."""
    from salesflow.reports import orders

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    with app.read() as connection:
        report = orders.build(connection, lead_id, app.lang)
    app.show(report, fmt, as_json)
