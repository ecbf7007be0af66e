"""``quote``: prices offered, each as a step down against something (F15, F16, M2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, consent, options, records
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.work import Work
    from salesflow.models import Lead, Quote


def quote_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    amount: options.Amount = None,
    note: options.NoteWords = None,
    product: options.Product = None,
    in_return: options.InReturn = None,
    cost: options.Cost = None,
    approved_by: options.ApprovedBy = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """A quote recorded, and what step it is."""
    from salesflow.actions import quotes
    from salesflow.actions.quotes import Offer
    from salesflow.commands.amounts import read_amount
    from salesflow.money import parse_amount

    app: App = ctx.obj
    picked = common.pick(app, lead)
    fen, words = read_amount(amount, note)
    if fen is None:
        raise Usage("quote.no_amount")
    offer = Offer(
        fen,
        common.day(app, at, past=True) if at else app.today,
        common.line(app, product, "--product"),
        common.line(app, in_return, "--in-return"),
        words,
        None if cost is None else parse_amount(cost),
        common.line(app, approved_by, "--approved-by"),
    )
    with common.working(app, "quote") as work:
        meant = named(work, offer.product)
        done, after = quotes.quote(work, picked.id, offer.with_product(meant[0]))
        found = _standing(work, done, after)
        apart = [] if done.product else quotes.products_of(work, picked.id)
    _say(app, "quote.added", found, after, as_json)
    said(app, meant)
    if apart:
        meant_for = f'"{apart[0]}"' if " " in apart[0] else apart[0]
        names = app.t("show.comma").join(apart)
        app.warn("quote.which_product", products=names, product=meant_for, id=done.id)


def quote_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    special: options.Special = False,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's quotes as a staircase; without a lead all of them."""
    from salesflow.reports import quote_stairs, quotes

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    others = app.for_others(fmt, as_json, personal)
    picture = app.format(fmt, as_json) == "table"
    with app.read() as connection:
        if lead_id is None or special:
            report = quotes.build(connection, app.lang, special=special, lead_id=lead_id, others=others)
        else:
            report = quote_stairs.build(connection, lead_id, app.lang, picture=picture, others=others)
    app.show(report, fmt, as_json, personal=personal)


def quote_edit(
    ctx: typer.Context,
    record: options.RecordId = None,
    amount: options.Amount = None,
    product: options.Product = None,
    in_return: options.InReturn = None,
    cost: options.Cost = None,
    approved_by: options.ApprovedBy = None,
    note: options.Note = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """A quote changed; ``-`` empties what it is given for."""
    from salesflow.actions import quotes
    from salesflow.money import parse_amount

    app: App = ctx.obj
    quote_id = records.record_id(record, "quote.no_id", 0)
    values: dict[str, Any] = {}
    for key, text, name in (
        ("product", product, "--product"),
        ("in_return", in_return, "--in-return"),
        ("approved_by", approved_by, "--approved-by"),
        ("note", note, "--note"),
    ):
        if text is not None:
            values[key] = None if common.empties(text) else common.line(app, text, name)
    if cost is not None:
        values["cost_fen"] = None if common.empties(cost) else parse_amount(cost)
    if amount is not None:
        values["amount_fen"] = parse_amount(amount)
    if at is not None:
        values["quoted_on"] = common.day(app, at, past=True)
    with common.working(app, "quote edit") as work:
        meant = named(work, values.get("product"))
        if meant[0]:
            values["product"] = meant[0]
        done, after = quotes.edit(work, quote_id, values)
        found = _standing(work, done, after)
    _say(app, "quote.edited", found, after, as_json)
    said(app, meant)


def quote_remove(ctx: typer.Context, record: options.RecordId = None, as_json: options.Json = False) -> None:
    """A quote taken back; the steps after it are counted anew."""
    from salesflow.actions import quotes
    from salesflow.money import show_money

    app: App = ctx.obj
    quote_id = records.record_id(record, "quote.no_id", 0)
    with common.working(app, "quote remove") as work:
        found = quotes.get(work, quote_id)
        told = _standing(work, found, work.lead(found.lead_id))
        done, after = quotes.remove(work, quote_id)
    if as_json:
        app.emit_json(told)
        return
    values = {"quote": done.id, "amount": show_money(done.amount_fen, app.lang), **common.named(after)}
    app.say("quote.removed", on=common.day_text(app, date.fromisoformat(done.quoted_on)), **values)


def quote_plan(
    ctx: typer.Context,
    lead: options.Lead = None,
    interests: options.Interests = None,
    open_points: options.OpenPoints = None,
    fixed_points: options.FixedPoints = None,
    alternatives: options.Alternatives = None,
    joined_by: options.JoinedBy = None,
    accepted: options.Accepted = None,
    accepted_from: options.AcceptedFrom = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The plan for the negotiation, changed where anything is said."""
    from salesflow.actions import quotes
    from salesflow.money import parse_amount
    from salesflow.reports import negotiation

    app: App = ctx.obj
    picked = common.pick(app, lead)
    values: dict[str, Any] = {}
    for key, text in (
        ("interests", interests),
        ("open_points", open_points),
        ("fixed_points", fixed_points),
        ("alternatives", alternatives),
        ("joined_by", joined_by),
        ("accepted_from", accepted_from),
    ):
        if text is not None:
            values[key] = None if common.empties(text) else common.line(app, text, _OPTION[key])
    if accepted is not None:
        values["accepted_fen"] = None if common.empties(accepted) else parse_amount(accepted)
    if values:
        with common.working(app, "quote plan") as work:
            quotes.plan(work, picked.id, values)
    personal = consent.whole(app, [picked.id], personal, fmt, as_json)
    with app.read() as connection:
        others = app.for_others(fmt, as_json, personal)
        report = negotiation.build(connection, picked.id, app.lang, others=others)
    app.show(report, fmt, as_json, personal=personal)


_OPTION = {
    "interests": "--interests",
    "open_points": "--open",
    "fixed_points": "--fixed",
    "alternatives": "--alternatives",
    "joined_by": "--joined-by",
    "accepted_from": "--from",
}


def named(work: Work, product: str | None) -> tuple[str | None, str | None]:
    """The product's name as it is to be stored, and the nearest one where it is none that is known; see ``said``."""
    from salesflow.actions import products

    found = products.named(work, product)
    return found[0], found[2]


def said(app: App, meant: tuple[str | None, str | None]) -> None:
    """Nothing; a product that nobody has named before is said on stderr, with the nearest that there is."""
    name, near = meant
    if near is not None:
        app.warn("product.unlisted_near" if near else "product.unlisted", name=name, near=near)


def _standing(work: Work, done: Quote, lead: Lead) -> dict[str, Any]:
    from salesflow.reports import quotes

    _, stood = quotes.of_lead(work.connection, lead.id, work.process(lead.process))
    most = work.process(lead.process).concessions
    return quotes.record(done, stood[done.id]) | {"most": most}


def _say(app: App, key: str, found: dict[str, Any], lead: Lead, as_json: bool) -> None:
    from salesflow.reports import quotes

    most = found.pop("most")
    if as_json:
        app.emit_json(found)
    else:
        app.write_lines("\n".join(_told(app, key, found, lead)))
    for code in found["warnings"]:
        app.warn(f"quote.warn_{code}", **quotes.warned(found, app.lang, most))


def _told(app: App, key: str, found: dict[str, Any], lead: Lead) -> list[str]:
    from salesflow.reports import quotes
    from salesflow.reports.shown import yuan_text

    on = common.day_text(app, date.fromisoformat(found["quoted_on"]))
    first = app.t(key, amount=yuan_text(found["amount"], app.lang), on=on, **common.named(lead))
    return [
        "  ".join(part for part in (first, found["product"] or "") if part),
        *quotes.told(found, app.lang),
    ]
