"""``show``: a lead's whole file."""

from __future__ import annotations

import typer

from salesflow.commands import common, consent, options
from salesflow.context import App


def show(
    ctx: typer.Context,
    lead: options.Lead = None,
    show_all: options.All = False,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's file, newest follow-up first."""
    from salesflow.reports import show as report

    app: App = ctx.obj
    picked = common.pick(app, lead)
    personal = consent.whole(app, [picked.id], personal, fmt, as_json)
    with app.read() as connection:
        others = app.for_others(fmt, as_json, personal)
        found = report.build(connection, picked.id, app.lang, app.today, all=show_all, others=others)
    app.show(found, fmt, as_json, personal=personal)
