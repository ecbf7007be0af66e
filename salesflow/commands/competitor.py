"""``competitor``: whom a lead buys from, or might."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, consent, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.models import Competitor

_LINES = ("strengths", "weaknesses", "relation", "supporter", "note")


def competitor_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's competitors; without a lead all names, with how many leads name them."""
    from salesflow.reports import competitors

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    with app.read() as connection:
        others = app.for_others(fmt, as_json, personal)
        report = (
            competitors.everywhere(connection, app.lang)
            if lead_id is None
            else competitors.build(connection, lead_id, app.lang, others=others)
        )
    app.show(report, fmt, as_json, personal=personal)


def competitor_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    name: options.CompetitorName = None,
    strengths: options.Strengths = None,
    weaknesses: options.Weaknesses = None,
    price: options.Price = None,
    relation: options.TheirRelation = None,
    supporter: options.Supporter = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """A competitor noted at the lead; what is said of one who is there is noted too."""
    from salesflow.actions import competitors

    app: App = ctx.obj
    given = _read(app, price, (strengths, weaknesses, relation, supporter, note))
    picked = common.pick(app, lead)
    called = common.line(app, _named(name), "name") or ""
    with common.working(app, "competitor") as work:
        done, known = competitors.put(work, picked.id, called, given)
        named = common.named(work.lead(picked.id))
    _say(app, done, "competitor.known" if known else "competitor.added", named, as_json)


def competitor_edit(
    ctx: typer.Context,
    lead: options.Lead = None,
    name: options.CompetitorName = None,
    new_name: options.Name = None,
    strengths: options.Strengths = None,
    weaknesses: options.Weaknesses = None,
    price: options.Price = None,
    relation: options.TheirRelation = None,
    supporter: options.Supporter = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """A competitor changed; ``-`` empties what it is given for."""
    from salesflow.actions import competitors

    app: App = ctx.obj
    given = _read(app, price, (strengths, weaknesses, relation, supporter, note))
    if new_name is not None:
        given["name"] = common.line(app, new_name, "name")
    picked = common.pick(app, lead)
    called = _named(name)
    with common.working(app, "competitor edit") as work:
        done = competitors.edit(work, competitors.pick(work, picked.id, called), given)
        named = common.named(work.lead(picked.id))
    _say(app, done, "competitor.edited", named, as_json)


def competitor_remove(
    ctx: typer.Context,
    lead: options.Lead = None,
    name: options.CompetitorName = None,
    as_json: options.Json = False,
) -> None:
    """A competitor taken off the lead, with the points that they were given."""
    from salesflow.actions import competitors

    app: App = ctx.obj
    picked = common.pick(app, lead)
    called = _named(name)
    with common.working(app, "competitor remove") as work:
        found = competitors.pick(work, picked.id, called)
        competitors.remove(work, found)
        named = common.named(work.lead(picked.id))
    _say(app, found, "competitor.removed", named, as_json)


def _named(words: list[str] | None) -> str:
    text = common.joined(words)
    if not text:
        raise Usage("competitor.no_name")
    return text


def _read(app: App, price: str | None, lines: tuple[str | None, ...]) -> dict[str, Any]:
    from salesflow.money import parse_amount

    given: dict[str, Any] = {}
    for name, text in zip(_LINES, lines, strict=True):
        if text is not None:
            given[name] = None if common.empties(text) else common.line(app, text, f"--{name}")
    if price is not None:
        given["price_fen"] = None if common.empties(price) else parse_amount(price)
    return given


def _say(app: App, done: Competitor, key: str, named: dict[str, Any], as_json: bool) -> None:
    from salesflow.money import show_money
    from salesflow.reports.competitors import record

    if as_json:
        app.emit_json(record(done))
        return
    price = "" if done.price_fen is None else show_money(done.price_fen, app.lang)
    parts = (price, done.strengths, done.weaknesses, done.relation, done.supporter, done.note)
    details = "  ".join(part for part in parts if part)
    app.write_lines(app.t(key, competitor=done.name, details=details, **named).rstrip())
