"""``product``: what is sold, at what price and cost, and how long it lasts (F15, M2, L10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.work import Work
    from salesflow.models import Product


def product_list(
    ctx: typer.Context,
    name: options.ProductName = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """All products, or those in whose names these words stand."""
    from salesflow.reports import products

    app: App = ctx.obj
    with app.read() as connection:
        report = products.build(connection, common.joined(name), app.lang)
    app.show(report, fmt, as_json)


def product_add(
    ctx: typer.Context,
    name: options.ProductName = None,
    unit: options.Unit = None,
    price: options.ProductPrice = None,
    cost: options.Cost = None,
    cycle: options.Cycle = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """A product on the list; what is said of one that is there is noted too."""
    from salesflow.actions import products

    app: App = ctx.obj
    called = _named(app, name)
    given = _read(app, unit, price, cost, cycle, note)
    with common.working(app, "product") as work:
        done, known = products.put(work, called, given)
    _say(app, done, "product.known" if known else "product.added", as_json)


def product_edit(
    ctx: typer.Context,
    name: options.ProductName = None,
    new_name: options.Name = None,
    unit: options.Unit = None,
    price: options.ProductPrice = None,
    cost: options.Cost = None,
    cycle: options.Cycle = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """A product changed; ``-`` empties what it is given for."""
    from salesflow.actions import products

    app: App = ctx.obj
    called = _named(app, name)
    given = _read(app, unit, price, cost, cycle, note)
    if new_name is not None:
        given["name"] = common.line(app, new_name, "name")
    with common.working(app, "product edit") as work:
        done = products.edit(work, _picked(work, called), given)
    _say(app, done, "product.edited", as_json)


def product_remove(
    ctx: typer.Context, name: options.ProductName = None, as_json: options.Json = False
) -> None:
    """A product off the list; quotes and orders keep its name."""
    from salesflow.actions import products

    app: App = ctx.obj
    called = _named(app, name)
    with common.working(app, "product remove") as work:
        found = _picked(work, called)
        products.remove(work, found)
    _say(app, found, "product.removed", as_json)


def _picked(work: Work, text: str) -> Product:
    from salesflow.actions import products

    return products.pick(work, text)


def _named(app: App, words: list[str] | None) -> str:
    text = common.joined(words)
    if not text:
        raise Usage("product.no_name")
    return common.line(app, text, "name") or ""


def _read(
    app: App, unit: str | None, price: str | None, cost: str | None, cycle: str | None, note: str | None
) -> dict[str, Any]:
    from salesflow.dates.length import parse_days
    from salesflow.money import parse_amount

    given: dict[str, Any] = {}
    for key, text, read in (
        ("unit", unit, lambda text: common.line(app, text, "--unit")),
        ("price_fen", price, parse_amount),
        ("cost_fen", cost, parse_amount),
        ("cycle_days", cycle, parse_days),
        ("note", note, lambda text: common.line(app, text, "--note")),
    ):
        if text is not None:
            given[key] = None if common.empties(text) else read(text)
    return given


def _say(app: App, done: Product, key: str, as_json: bool) -> None:
    from salesflow.reports import products

    if as_json:
        app.emit_json(products.record(done))
    else:
        app.write_lines(app.t(key, name=done.name, details=products.details(done, app.lang)).rstrip())
