"""What is said after a follow-up: what was recorded, what comes next and why, what the gate still wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesflow import funnel
from salesflow.commands import common
from salesflow.context import App
from salesflow.names import label
from salesflow.processes import Process, way_title

if TYPE_CHECKING:
    from salesflow.actions.followups import Logged


def say(app: App, done: Logged, process: Process) -> None:
    """Two or three lines on a terminal, one elsewhere."""
    lines = [recorded(app, done, process), upcoming(app, done, process)]
    if not app.terminal:
        app.write_lines("  ".join(lines))
        return
    app.write_lines("\n".join(lines))
    app.write_lines(gate(app, done, process))


def recorded(app: App, done: Logged, process: Process) -> str:
    """``#12 华星宝马  拜访  11-24 周二 10:05  王建国  第 4 次拜访``."""
    via = process.via(done.via)
    is_visit = via.counts_as_visit and done.answered
    nth = app.t(
        "log.done_visit" if is_visit else "log.done_other",
        count=done.lead.visits if is_visit else done.lead.followups,
    )
    clock = f"{done.at:%H:%M}" if done.at.hour or done.at.minute else None  # midnight: the day alone was said
    parts = [
        f"#{done.lead.id} {label(done.lead)}",
        way_title(via, done.incoming, app.lang),
        common.day_text(app, done.at.date(), clock),
        done.person or "",
        "" if done.answered else app.t("log.no_answer"),
        nth,
        app.t("log.graded", grade=process.grade_title(done.lead.grade, app.lang)) if done.graded else "",
    ]
    return "  ".join(part for part in parts if part)


def upcoming(app: App, done: Logged, process: Process) -> str:
    """``下次 11-27 周五  送第二份报价  按你说的``: the day, what for, and where it came from."""
    found = done.next
    if found.origin == "closed":
        return app.t(f"log.closed_{done.lead.status}", id=done.lead.id)
    if found.origin == "older":
        return app.t("log.older")
    if found.plan is None:
        return f"{app.t('log.no_next')}  {app.t('log.from_none')}"
    when = common.day_text(app, found.plan.date) + (f" {found.plan.time}" if found.plan.time else "")
    parts = [app.t("log.next", when=when), found.plan.reason or "", _origin(app, done, process)]
    return "  ".join(part for part in parts if part)


def _origin(app: App, done: Logged, process: Process) -> str:
    if done.next.rule is not None:
        return funnel.next_on_text(process, done.next.rule, app.lang)
    return app.t(f"log.from_{done.next.origin}")


def gate(app: App, done: Logged, process: Process) -> str:
    """``离「准客户」差 3 项，下回先问：内线是谁``."""
    wrong = app.t("log.wrong")
    found = funnel.next_gate(process, done.facts)
    if found is None or done.lead.status != "open":
        return wrong
    stage, missing = found
    title = stage.title(app.lang)
    if not missing:
        return f"{app.t('log.gate_open', stage=title, id=done.lead.id)}    {wrong}"
    # the open point that `today` and `show` name too: who has said 'not now' is asked for the rest first (F6)
    asked = funnel.ask(process, done.facts)
    question = asked[1][app.lang] if asked else ""
    return f"{app.t('log.gate', stage=title, count=len(missing), ask=question)}    {wrong}"
