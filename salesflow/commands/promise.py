"""``next``: set or move the promise."""

from __future__ import annotations

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage


def next_(
    ctx: typer.Context,
    lead: options.Lead = None,
    when: options.WhenWords = None,
    via: options.Via = None,
    why: options.Why = None,
    no_next: options.NoNext = False,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
) -> None:
    """The promise set, moved or dropped."""
    from salesflow.actions import promises
    from salesflow.actions.promises import Plan

    app: App = ctx.obj
    picked = common.pick(app, lead)
    words = list(when or ())
    if not words and not no_next and app.interactive:
        words = app.ask("log.ask_when").split()
    if not words and not no_next:
        raise Usage("log.no_when")
    plan = None
    why = common.line(app, why, "--why")
    with app.read() as connection:
        cal = common.calendar(app, connection)
    if not no_next:
        plan = common.planned(app, " ".join(words), None, via, cal)
    if plan and not why and app.interactive and _moves(app, picked.id, plan):
        why = app.ask("log.ask_why") or None
    with common.working(app, "next", why) as work:
        if via:
            chosen = work.process(work.lead(picked.id).process).via(via).code
            plan = Plan(plan.date, plan.time, plan.reason, chosen) if plan else None
        moved = promises.set_next(work, picked.id, plan, why=why, anyway=anyway)
        found_lead = work.lead(picked.id)
    if moved.moved and not why:
        app.warn("log.without_why")
    if as_json:
        app.emit_json(common.lead_answer(app, picked.id))
        return
    if moved.plan is None:
        app.say("log.next_dropped", **common.named(found_lead))
        return
    shown = common.day_text(app, moved.plan.date) + (f" {moved.plan.time}" if moved.plan.time else "")
    parts = [app.t("log.next_set", when=shown, **common.named(found_lead)), moved.plan.reason or ""]
    if moved.moved:
        parts.append(app.t("log.moved", count=moved.reschedules))
    app.write_lines("  ".join(part for part in parts if part))


def _moves(app: App, lead_id: int, plan: object) -> bool:
    from salesflow.store import followups

    with app.read() as connection:
        standing = followups.open_promise(connection, lead_id)
    return standing is not None and standing.date != plan.date.isoformat()  # type: ignore[attr-defined]
