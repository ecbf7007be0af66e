"""``quote``: a price offered (F15, F16: the record)."""

from __future__ import annotations

from datetime import date

import typer

from salesflow.commands import common, consent, options
from salesflow.context import App
from salesflow.errors import Usage


def quote_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    amount: options.Amount = None,
    note: options.NoteWords = None,
    product: options.Product = None,
    in_return: options.InReturn = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """A quote recorded."""
    from salesflow.actions import money
    from salesflow.actions.money import Offer
    from salesflow.commands.amounts import read_amount
    from salesflow.money import show_money

    app: App = ctx.obj
    picked = common.pick(app, lead)
    fen, words = read_amount(amount, note)
    if fen is None:
        raise Usage("quote.no_amount")
    if fen == 0:
        raise Usage("quote.zero")
    day = common.day(app, at, past=True) if at else app.today
    offer = Offer(
        fen,
        day,
        common.line(app, product, "--product"),
        common.line(app, in_return, "--in-return"),
        words,
    )
    with common.working(app, "quote") as work:
        done, after = money.quote(work, picked.id, offer)
    if as_json:
        from salesflow.reports.quotes import record

        app.emit_json(record(done))
        return
    on = common.day_text(app, date.fromisoformat(done.quoted_on))
    line = app.t("quote.added", amount=show_money(done.amount_fen, app.lang), on=on, **common.named(after))
    back = app.t("quote.in_return", text=done.in_return) if done.in_return else ""
    app.write_lines("  ".join(part for part in (line, done.product or "", back) if part))


def quote_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's quotes; without a lead all of them."""
    from salesflow.reports import quotes

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    with app.read() as connection:
        report = quotes.build(connection, lead_id, app.lang)
    app.show(report, fmt, as_json, personal=personal)
