"""``team``: the signatures on cards and on a week's new leads (K3, F8); its other verbs have modules of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, options
from salesflow.commands.team_assign import team_assign
from salesflow.commands.team_conflicts import team_conflicts, team_settle
from salesflow.commands.team_join import team_join
from salesflow.context import App
from salesflow.errors import Usage
from salesflow.names import label

__all__ = ["team_assign", "team_conflicts", "team_join", "team_settle", "team_sign", "team_unsigned"]

if TYPE_CHECKING:
    from salesflow.actions.signoffs import Week


def team_sign(
    ctx: typer.Context,
    lead: options.Lead = None,
    week: options.SheetWeek = False,
    day: options.Date = None,
    name: options.SignedBy = None,
    kind: options.As = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """The card signed; with ``--week`` those of all leads received in that week."""
    app: App = ctx.obj
    if week and lead:
        raise Usage("team.lead_and_week")
    if day and not week:
        raise Usage("team.date_without_week")
    picked = None if week else common.pick(app, lead).id
    if not name and app.interactive:
        name = app.ask("team.ask_name")
    if not name:
        raise Usage("team.no_name")
    signer = common.line(app, name, "--by") or ""
    kind, note = common.line(app, kind, "--as"), common.line(app, note, "--note")
    if picked is None:
        _sign_week(app, common.day(app, day, past=True) if day else app.today, kind, signer, note, as_json)
    else:
        _sign_one(app, picked, kind, signer, note, as_json)


def _sign_one(app: App, lead_id: int, kind: str | None, name: str, note: str | None, as_json: bool) -> None:
    from salesflow.actions import signoffs
    from salesflow.reports.signoffs import record

    with common.working(app, "team sign") as work:
        done = signoffs.sign(work, lead_id, kind, name, note)
        lead = work.lead(lead_id)
        made = record(done, work.process(lead.process), app.lang)
    if as_json:
        app.emit_json(made)
    else:
        app.say("team.signed", id=lead.id, lead=label(lead), title=made["title"], name=done.name)


def _sign_week(app: App, day: date, kind: str | None, name: str, note: str | None, as_json: bool) -> None:
    from salesflow.actions import signoffs

    with common.working(app, "team sign") as work:
        done = signoffs.sign_week(work, day, kind, name, note)
    if done.without:
        app.warn("team.week_without", count=done.without)
    if as_json:
        app.emit_json(_week_record(done, name))
        return
    if not done.signed and not done.already:
        app.say("team.week_none", week=done.label)
        return
    titles = app.t(
        "team.title_in", titles=app.t("lead.comma").join(one.title(app.lang) for one in done.kinds)
    )
    line = app.t("team.week_signed", week=done.label, name=name, count=len(done.signed), title=titles)
    app.write_lines(line + (app.t("team.week_already", count=done.already) if done.already else ""))


def _week_record(done: Week, name: str) -> dict[str, object]:
    return {
        "week": done.label,
        "name": name,
        "kinds": [one.code for one in done.kinds],
        "signed": len(done.signed),
        "leads": list(done.signed),
        "already": done.already,
        "without": done.without,
    }


def team_unsigned(
    ctx: typer.Context,
    week: options.SheetWeek = False,
    day: options.Date = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The leads whose cards lack a signature, the oldest first; with ``--week`` those received in that week."""
    from salesflow.dates import week_of
    from salesflow.reports import signoffs

    app: App = ctx.obj
    if day and not week:
        raise Usage("team.date_without_week")
    first, last = "", f"{app.now:%Y-%m-%dT%H:%M}"
    if week:
        monday, sunday = week_of(common.day(app, day, past=True) if day else app.today)
        first, last = f"{monday}T00:00", f"{sunday}T23:59"
    with app.read() as connection:
        report = signoffs.unsigned(connection, first, last, app.lang, lost=week)
    app.show(report, fmt, as_json)
