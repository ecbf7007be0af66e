"""``incident``: trouble at a customer's, from the day opened to the day solved (M9)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, consent, options, records
from salesflow.context import App
from salesflow.names import label

if TYPE_CHECKING:
    from salesflow.actions.work import Work
    from salesflow.models import Incident


def incident_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    everything: options.All = False,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's incidents; without a lead the open ones of all, the oldest first."""
    from salesflow.reports import incidents

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    others = app.for_others(fmt, as_json, personal)
    with app.read() as connection:
        if lead_id is None:
            report = incidents.of_book(connection, app.lang, app.today, all=everything, others=others)
        else:
            report = incidents.of_lead(connection, lead_id, app.lang, app.today, others=others)
    app.show(report, fmt, as_json, personal=personal)


def incident_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    words: options.Told = None,
    due: options.Due = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """An incident opened."""
    from salesflow.actions import incidents

    app: App = ctx.obj
    picked = common.pick(app, lead)
    text = records.told(app, words, "incident.ask_text", "incident.no_text", picked.id)
    with common.working(app, "incident") as work:
        day = common.day(app, due, cal=work.calendar) if due else None
        done = incidents.open_new(work, picked.id, text, at=common.moment(app, at), due=day)
        due_on = common.day_text(app, day) if day else ""
        state = app.t("incident.due", on=due_on) if day else app.t("incident.open")
        line = app.t("incident.added", **_named(work, done), state=state)
    _answer(app, done, line, as_json)


def incident_follow(
    ctx: typer.Context,
    lead: options.Lead = None,
    record: options.RecordId = None,
    words: options.Told = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """What was done or said about an incident."""
    from salesflow.actions import incidents

    app: App = ctx.obj
    picked = common.pick(app, lead)
    incident_id = records.record_id(record, "incident.no_id", picked.id)
    text = records.told(app, words, "incident.ask_note", "incident.no_note", picked.id)
    with common.working(app, "incident follow") as work:
        done = incidents.follow(work, picked.id, incident_id, text, at=common.moment(app, at))
        line = app.t("incident.followed", **_named(work, done), note=text)
    _answer(app, done, line, as_json)


def incident_solve(
    ctx: typer.Context,
    lead: options.Lead = None,
    record: options.RecordId = None,
    words: options.Told = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """An incident solved, and how."""
    from salesflow.actions import incidents

    app: App = ctx.obj
    picked = common.pick(app, lead)
    incident_id = records.record_id(record, "incident.no_id", picked.id)
    text = records.told(app, words, "incident.ask_solution", "incident.no_solution", picked.id)
    with common.working(app, "incident solve") as work:
        done = incidents.solve(work, picked.id, incident_id, text, at=common.moment(app, at))
        told = "incident.closed" if _days(done) else "incident.closed_at_once"
        line = app.t(told, **_named(work, done), days=_days(done))
    _answer(app, done, line, as_json)


def _days(done: Incident) -> int:
    opened, solved = done.opened_at[:10], (done.solved_at or done.opened_at)[:10]
    return (date.fromisoformat(solved) - date.fromisoformat(opened)).days


def _named(work: Work, done: Incident) -> dict[str, object]:
    lead = work.lead(done.lead_id)
    return {"lead_id": lead.id, "lead": label(lead), "id": done.id, "text": done.text}


def _answer(app: App, done: Incident, line: str, as_json: bool) -> None:
    from salesflow.reports import incidents

    if not as_json:
        app.write_lines(line)
        return
    with app.read() as connection:
        app.emit_json(next(one for one in incidents.read(connection, done.lead_id) if one["id"] == done.id))
