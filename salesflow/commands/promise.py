"""``next``: set or move the promise; with a time it is an appointment (M4, K10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.promises import Moved, Plan
    from salesflow.models import Lead, Promise
    from salesflow.processes import Process

_DETAILS = ("purpose", "place", "booked_by", "keeper", "effect", "questions", "content")


def next_(
    ctx: typer.Context,
    lead: options.Lead = None,
    when: options.WhenWords = None,
    via: options.Via = None,
    purpose: options.Purpose = None,
    place: options.Place = None,
    booked_by: options.BookedBy = None,
    keeper: options.Keeper = None,
    effect: options.Effect = None,
    questions: options.Questions = None,
    content: options.Content = None,
    why: options.Why = None,
    no_next: options.NoNext = False,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
) -> None:
    """The promise set, moved or dropped."""
    from salesflow.actions import promises

    app: App = ctx.obj
    given = locals()
    details = _details(app, {name: given[name] for name in _DETAILS})
    picked = common.pick(app, lead)
    why = common.line(app, why, "--why")
    standing = _standing(app, picked.id)
    plan = None if no_next else _plan(app, list(when or ()), via, details, standing, why)
    if plan and not why and app.interactive and standing and standing.date != plan.date.isoformat():
        why = app.ask("log.ask_why") or None
    with common.working(app, "next", why) as work:
        moved = promises.set_next(work, picked.id, plan, why=why, anyway=anyway)
        found = work.lead(picked.id)
        process = work.process(found.process)
    if moved.moved and not why:
        app.warn("log.without_why", id=picked.id)
    if as_json:
        app.emit_json(common.lead_answer(app, picked.id))
        return
    _say(app, moved, found, process)


def _details(app: App, given: dict[str, Any]) -> dict[str, Any]:
    found = {name: common.line(app, text, "--" + name.replace("_", "-")) for name, text in given.items()}
    return {name: text for name, text in found.items() if text}


def _standing(app: App, lead_id: int) -> Promise | None:
    from salesflow.store import followups

    with app.read() as connection:
        return followups.open_promise(connection, lead_id)


def _plan(
    app: App,
    words: list[str],
    via: str | None,
    details: dict[str, Any],
    standing: Promise | None,
    why: str | None,
) -> Plan:
    # without a day, what is said about the promise that stands, or why it was moved
    from salesflow.actions.promises import Plan

    explained = why and standing and standing.moved_from and not standing.why
    if not words and standing and (details or via or explained):
        return Plan(date.fromisoformat(standing.date), via=via, **details)
    if not words and app.interactive:
        words = app.ask("log.ask_when").split()
    if not words:
        raise Usage("log.no_when")
    with app.read() as connection:
        cal = common.calendar(app, connection)
    return replace(common.planned(app, " ".join(words), None, via, cal), **details)


def _say(app: App, moved: Moved, lead: Lead, process: Process) -> None:
    from salesflow.processes import short_title
    from salesflow.reports import appointment

    plan = moved.plan
    if plan is None:
        app.say("log.next_dropped", **common.named(lead))
        return
    shown = common.day_text(app, plan.date, plan.time)
    purpose = process.known("purpose", plan.purpose).title(app.lang) if plan.purpose else ""
    via = short_title(process.known_via(plan.via), app.lang) if plan.via else ""
    parts = [app.t("log.next_set", when=shown, **common.named(lead)), via, plan.reason or "", purpose]
    parts.append(plan.place or "")
    parts.append(appointment.who(plan.booked_by, plan.keeper, app.lang))
    if moved.moved:
        parts.append(app.t("log.moved", count=moved.reschedules))
    if moved.why:
        parts.append(app.t("log.why_now", why=moved.why))
    app.write_lines("  ".join(part for part in parts if part))
