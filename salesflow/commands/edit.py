"""``edit``: the record, the goal, tags; without options the record in $EDITOR."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options, process_lead
from salesflow.context import App
from salesflow.errors import Unusable, Usage

DAYS = ("goal_on", "credit_on")

if TYPE_CHECKING:
    from salesflow.actions.leads import Changes
    from salesflow.models import Lead
    from salesflow.processes import Process


def edit(
    ctx: typer.Context,
    lead: options.Lead = None,
    set_: options.Set = None,
    tag: options.AddTag = None,
    untag: options.Untag = None,
    goal: options.Goal = None,
    goal_on: options.GoalOn = None,
    grade: options.Grade = None,
    to_process: options.Process = None,
    stage: options.ToStage = None,
    consent: options.Consent = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """The record changed."""
    from salesflow.actions import leads

    app: App = ctx.obj
    why = common.line(app, why, "--why")
    picked = common.pick(app, lead)
    if consent is not None:
        from salesflow.commands import consent as consents

        if any((set_, tag, untag, goal, goal_on, grade, to_process, stage)):
            raise Usage("consent.alone")
        consents.note(app, picked.id, consent, why, as_json)
        return
    process, words = process_lead.process_of(app, picked.id, to_process, stage), list(set_ or ())
    others = any((set_, tag, untag, goal, goal_on, grade))
    if not others and to_process is None:
        words = _in_editor(app, picked.id, process)
        if not words:
            app.say("lead.editor_unchanged")
            return
    changes = _changes(app, process, words, tag, untag, goal, goal_on, grade, why)
    changes, unsaid = _reasoned(app, picked.id, changes)
    with common.working(app, "edit", changes.why) as work:
        before = work.lead(picked.id)
        process_lead.follow(work, picked.id, to_process, stage, changes.why)
        after = leads.edit(work, picked.id, changes)
    _remark(app, changes, unsaid)
    if as_json:
        app.emit_json(common.lead_answer(app, picked.id))
        return
    if to_process is not None:
        process_lead.say(app, after, process)
    if others or to_process is None:
        _say(app, before, after, changes, process)


def _reasoned(app: App, lead_id: int, changes: Changes) -> tuple[Changes, bool]:
    # a change of the goal wants its reason: asked for on a terminal, else it is said that there is none (E8)
    if changes.why is not None or not _moves_goal(app, lead_id, changes):
        return changes, False
    why = common.line(app, app.ask("target.goal_ask_why") or None, "--why") if app.interactive else None
    return replace(changes, why=why), why is None


def _remark(app: App, changes: Changes, unsaid: bool) -> None:
    goal_day = changes.values.get("goal_on")
    if goal_day and goal_day < app.today.isoformat():
        app.warn("lead.goal_past", on=goal_day)
    if unsaid:
        app.warn("target.goal_without_why")


def _moves_goal(app: App, lead_id: int, changes: Changes) -> bool:
    # a goal that is set is no change: what had a value, and is to have another
    from salesflow.store import leads

    names = [name for name in ("goal_fen", "goal_on") if name in changes.values]
    if not names:
        return False
    with app.read() as connection:
        lead = leads.find_lead(connection, lead_id)
    had = [(getattr(lead, name), changes.values[name]) for name in names]
    return any(old is not None and old != new for old, new in had)


def _say(app: App, before: Lead, after: Lead, changes: Changes, process: Process) -> None:
    from salesflow.commands.fields import COLUMNS

    with_credit = ("credit_by", "credit_on") if "credit" in changes.values else ()
    names = dict.fromkeys((*changes.values, *with_credit, "tags", "custom"))
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    if not changed:
        app.say("lead.nothing_changed", **common.named(after))
        return
    codes = {column: code for code, column in COLUMNS.items()}
    titles = [
        _said(app, process.field_title(codes.get(name, name), app.lang), getattr(after, name), name)
        for name in changed
        if name != "custom"
    ]
    titles += [process.field_title(name, app.lang) for name in changes.custom] if "custom" in changed else []
    app.say("lead.edited", fields=app.t("lead.comma").join(titles), **common.named(after))


def _said(app: App, title: str, value: Any, name: str) -> str:
    # what was read out of words is said back: the day, the amount, how many a month
    if value is None:
        return title
    if name in DAYS:
        from datetime import date

        return f"{title} {common.day_text(app, date.fromisoformat(value))}"
    if name == "goal_fen":
        from salesflow.money import show_money

        return f"{title} {show_money(value, app.lang)}"
    return f"{title} {value}" if name == "volume_month" else title


def _changes(
    app: App,
    process: Process,
    words: list[str],
    tag: list[str] | None,
    untag: list[str] | None,
    goal: str | None,
    goal_on: str | None,
    grade: str | None,
    why: str | None,
) -> Changes:
    from salesflow.actions.leads import Changes
    from salesflow.commands.fields import read_fields
    from salesflow.money import parse_amount
    from salesflow.names import clean_line

    given = read_fields(app, process, words)
    values: dict[str, Any] = dict(given.values)
    if goal is not None:
        values["goal_fen"] = None if goal.strip() == "-" else parse_amount(goal)
    if values.get("goal_fen") == 0:  # a goal of nothing is none
        values["goal_fen"] = None
    if goal_on is not None:
        values["goal_on"] = common.day(app, goal_on).isoformat()
    if grade is not None:
        values["grade"] = grade
    tags = [clean_line(one, "tag")[0] for one in tag or ()]
    return Changes(values, tags, untag or (), given.custom, why)


def _in_editor(app: App, lead_id: int, process: Process) -> list[str]:
    from salesflow.commands.fields import FIELDS

    if not app.interactive:
        raise Usage("errors.needs_terminal")
    record = common.lead_answer(app, lead_id)
    own = {field.code: "" for field in process.fields if field.own} | record["custom"]
    titled = [(code, _shown(code, record[code])) for code in FIELDS] + list(own.items())
    lines = [f"# {process.field_title(code, app.lang)}\n{code}={value}" for code, value in titled]
    before = "\n".join(lines) + "\n"
    after = _edited(app, before)
    known = set(before.splitlines())
    return [
        line for line in after.splitlines() if line.strip() and not line.startswith("#") and line not in known
    ]


def _shown(code: str, value: Any) -> str:
    from salesflow.commands.fields import FLAGS, LEADS

    if code in FLAGS:
        return "yes" if value else "no"
    if code in LEADS:
        return f"#{value}" if value else ""
    if isinstance(value, list):
        return "、".join(value)
    return "" if value is None else str(value)


def _edited(app: App, text: str) -> str:
    import os
    import shlex
    import subprocess
    import tempfile

    editor = (
        app.environ.get("VISUAL") or app.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    )
    handle, name = tempfile.mkstemp(suffix=".txt")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        if subprocess.call([*shlex.split(editor), name]) != 0:
            raise Unusable("lead.editor_failed")
        with open(name, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        raise Unusable("lead.editor_failed") from None
    finally:
        os.unlink(name)
