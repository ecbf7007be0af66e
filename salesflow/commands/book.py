"""``init``, ``check``: the book itself."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, options, place, private
from salesflow.context import App

if TYPE_CHECKING:
    from salesflow.reports.check import Problem

_LARGE = 32_000_000  # bytes


def init(
    ctx: typer.Context, rep: options.Rep = None, know: options.Know = False, as_json: options.Json = False
) -> None:
    """A new, empty book."""
    app: App = ctx.obj
    common.make_book(app, common.line(app, rep, "--rep"), anywhere=know)
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
    with closing(_others(app)) as others:
        begun = next(others, None)  # a large book: two processors share the work
        with app.read() as connection:
            found = report.build(connection, app.lang, (lambda: others) if begun else None)
    place.warn(app)
    private.warn(app)
    # silent where sound, unless a script wants its object
    if found.data["problems"] or as_json or fmt or app.format() == "json":
        app.show(found, fmt, as_json)
    if found.data["problems"]:
        raise typer.Exit(5)


def _others(app: App) -> Generator[Problem, None, None]:
    # what another process finds, behind a word that it is on its way; nothing for a book that is soon looked at
    from salesflow.reports.check import Problem, besides_history

    def found() -> Iterator[Problem]:
        yield Problem("", "")
        with app.read() as connection:
            yield from besides_history(connection)

    if hasattr(os, "fork") and app.book_path.is_file() and app.book_path.stat().st_size > _LARGE:
        from salesflow.commands.import_ahead import elsewhere

        yield from elsewhere(found(), {}, 1)
