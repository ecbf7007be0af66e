"""``init``, ``check``: the book itself."""

from __future__ import annotations

import typer

from salesflow.commands import common, options, place, private
from salesflow.context import App


def init(ctx: typer.Context, rep: options.Rep = None, as_json: options.Json = False) -> None:
    """A new, empty book."""
    app: App = ctx.obj
    common.make_book(app, common.line(app, rep, "--rep"))
    place.warn(app)
    if as_json:
        app.emit_json({"path": str(app.book_path)})
        return
    app.say("book.made", path=app.book_path)
    app.say("book.init_next")


def check(ctx: typer.Context, fmt: options.Format = None, as_json: options.Json = False) -> None:
    """Nothing where the book is sound; else every problem, and exit 5."""
    from salesflow.reports import check as report

    app: App = ctx.obj
    with app.read() as connection:
        found = report.build(connection, app.lang, app.read)
    place.warn(app)
    private.warn(app)
    # silent where sound, unless a script wants its object
    if found.data["problems"] or as_json or fmt or app.format() == "json":
        app.show(found, fmt, as_json)
    if found.data["problems"]:
        raise typer.Exit(5)
