"""``team conflicts`` and ``team settle``: who may keep a lead that two have registered (F9)."""

from __future__ import annotations

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Refused, Usage


def team_conflicts(
    ctx: typer.Context,
    owner: options.Owner = None,
    show_all: options.All = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The open conflicts side by side."""
    from salesflow.reports import conflicts

    app: App = ctx.obj
    with app.read() as connection:
        report = conflicts.build(connection, app.lang, settled=show_all, owner=owner)
        if app.for_others(fmt, as_json):
            from salesflow.reports.discreet import by_surname

            report = by_surname(report, connection, [claim["lead_id"] for claim in report.items()])
    app.show(report, fmt, as_json)


def team_settle(
    ctx: typer.Context,
    conflict: options.ConflictId = None,
    to: options.ToReps = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """A conflict settled: the two are one lead, and it is one rep's."""
    from salesflow.actions import settle
    from salesflow.commands.team_assign import told_new

    app: App = ctx.obj
    if conflict is None:
        raise Usage("conflicts.which")
    rep = app.ask("conflicts.ask_to") if not to and app.interactive else (to or [""])[0]
    if not rep or len(to or ()) > 1:
        raise Usage("conflicts.no_to", id=conflict)
    if not why and app.interactive:
        why = app.ask("conflicts.ask_why")
    if not why:
        raise Refused("conflicts.no_why", id=conflict)
    rep, why = common.line(app, rep, "--to") or "", common.line(app, why, "--why")
    with common.working(app, "team settle", why) as work:
        told_new(app, work, [rep])
        found, lead = settle.settle(work, conflict, rep, why or "")
    if as_json:
        app.emit_json(common.lead_answer(app, lead.id))
        return
    app.say("conflicts.done", conflict=found.id, to=rep, **common.named(lead))
