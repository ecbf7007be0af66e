"""What ``log`` asks on a terminal: the note, what came of the goal, whether the promise stands, the grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from salesflow.commands import common
from salesflow.commands.log_said import GOAL_MET, Said
from salesflow.context import App
from salesflow.errors import Refused, Usage

if TYPE_CHECKING:
    from salesflow.actions.followups import Entry
    from salesflow.actions.promises import Plan
    from salesflow.commands.common import Picked
    from salesflow.models import Lead, Promise
    from salesflow.processes import Process


def note(app: App, picked: Picked | None) -> str:
    """The note that the person types, with what to know of the lead shown before. Raises Refused for none."""
    from salesflow.render.gate import safe
    from salesflow.reports import before

    if picked:
        with app.read() as connection:
            lines = before.lines(connection, picked.id, app.lang, app.today)
        app.stderr.write("".join(f"{safe(line)}\n" for line in lines))
    found = app.ask("log.ask_note")
    if not found:
        raise Refused("log.empty_note")
    return found


def settled(
    app: App, said: Said, entry: Entry, picked: Picked | None, process: Process, at: datetime
) -> Entry:
    """The entry with what only the person knows; off a terminal, or for a lead not open, as it is."""
    from salesflow.store import followups, leads

    if not app.interactive or picked is None:
        return entry
    with app.read() as connection:
        lead = leads.find_lead(connection, picked.id)
        standing = followups.open_promise(connection, picked.id)
    if lead is None or lead.status != "open":
        return entry
    if standing and standing.date <= at.date().isoformat():
        entry = _outcome(app, said, entry, standing, process, at, lead)
    elif standing and not entry.plan and not entry.no_next:
        entry = replace(entry, plan=_stands(app, standing))
    if lead.grade is None and entry.grade is None and lead.first_followup_at is None and entry.answered:
        entry = replace(entry, grade=_grade(app, process))
    return entry


def _outcome(
    app: App, said: Said, entry: Entry, standing: Promise, process: Process, at: datetime, lead: Lead
) -> Entry:
    # E9: the promise is kept now; did it bring what it was for, and what will open the door next time
    purpose = process.known("purpose", standing.purpose).title(app.lang) if standing.purpose else ""
    goal = standing.reason or purpose
    older = lead.last_followup_at is not None and f"{at:%Y-%m-%dT%H:%M}" < lead.last_followup_at
    if not goal or not entry.answered or older:
        return entry
    if said.goal_met is None and said.result is None:
        met, result = read_outcome(_line(app, "log.ask_result", goal=goal))
        entry = replace(entry, goal_met=met, result=result)
    if said.hook is None:
        entry = replace(entry, hook=_line(app, "log.ask_hook") or None)
    return entry


def read_outcome(text: str) -> tuple[str | None, str | None]:
    """``y 送到了`` is ('yes', '送到了'); a text without yes, partly or no before it is the result alone."""
    head, rest = text, ""
    for place, char in enumerate(text):
        if char in " ，,。.：:；;":
            head, rest = text[:place], text[place + 1 :].strip()
            break
    met = next((code for code, words in GOAL_MET.items() if head.lower() in words), None)
    return (met, rest or None) if met else (None, text or None)


def _line(app: App, key: str, **values: str) -> str:
    while text := app.ask(key, **values):
        try:
            return common.line(app, text, app.t("log.answer")) or ""
        except Usage as error:
            app.warn(error.key, **error.values)
    return ""


def _stands(app: App, standing: Promise) -> Plan | None:
    # a slip of the finger is asked again: the note is not to be typed twice
    with app.read() as connection:
        cal = common.calendar(app, connection)
    when = f"{common.day_text(app, date.fromisoformat(standing.date))} {standing.reason or ''}".strip()
    while text := app.ask("log.ask_stands", when=when):
        try:
            return common.plan(app, text, None, None, cal)
        except Usage as error:
            app.warn(error.key, **error.values)
    return None


def _grade(app: App, process: Process) -> str | None:
    grades = " ".join(grade.code for grade in process.grades)
    while text := app.ask("log.ask_grade", grades=grades):
        try:
            return process.grade(text).code
        except Usage as error:
            app.warn(error.key, **error.values)
    return None
