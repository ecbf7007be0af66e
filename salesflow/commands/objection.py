"""``objection``: what they say against buying, and the answers that worked (L5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, consent, options, records
from salesflow.context import App
from salesflow.errors import Usage
from salesflow.names import label

if TYPE_CHECKING:
    from salesflow.actions.work import Work
    from salesflow.models import Objection


def objection_list(
    ctx: typer.Context,
    lead: options.Lead = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The lead's objections; without a lead what is said most often."""
    from salesflow.reports import objections

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    personal = consent.whole(app, None if lead_id is None else [lead_id], personal, fmt, as_json)
    others = app.for_others(fmt, as_json, personal)
    with app.read() as connection:
        if lead_id is None:
            report = objections.frequent(connection, app.lang, others=others)
        else:
            report = objections.of_lead(connection, lead_id, app.lang, others=others)
    app.show(report, fmt, as_json, personal=personal)


def objection_find(
    ctx: typer.Context,
    words: options.Words = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The answers given to objections that hold the words, the best first."""
    from salesflow.reports import objections

    app: App = ctx.obj
    text = common.joined(words)
    if not text:
        raise Usage("objection.no_words")
    personal = consent.whole(app, None, personal, fmt, as_json)
    with app.read() as connection:
        others = app.for_others(fmt, as_json, personal)
        report = objections.answers(connection, text, app.lang, others=others)
    app.show(report, fmt, as_json, personal=personal)


def objection_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    words: options.Told = None,
    answer: options.Answer = None,
    worked: options.Worked = None,
    person: options.With = None,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """An objection recorded, with the answer given where there is one."""
    from dataclasses import replace

    from salesflow.actions import objections
    from salesflow.actions.objections import Said

    app: App = ctx.obj
    picked = common.pick(app, lead)
    text = records.told(app, words, "objection.ask_text", "objection.no_text", picked.id)
    if not words and answer is None:
        answer = app.ask("objection.ask_answer") or None
        worked = worked or (app.ask("objection.ask_worked") or None if answer else None)
    said = Said(text, common.line(app, answer, "--answer"), read_worked(worked), at=common.moment(app, at))
    with common.working(app, "objection") as work:
        contact_id = _contact(work, picked.id, person) if person else picked.contact_id
        done = objections.add(work, picked.id, replace(said, contact_id=contact_id))
        line = _line(app, work, done, "objection.added")
    hint = app.t("objection.look_up", lead_id=done.lead_id, id=done.id)
    _answer(app, done, line if done.answer else f"{line}\n{hint}", as_json)


def objection_edit(
    ctx: typer.Context,
    lead: options.Lead = None,
    record: options.RecordId = None,
    text: options.NewText = None,
    answer: options.Answer = None,
    worked: options.Worked = None,
    person: options.With = None,
    as_json: options.Json = False,
) -> None:
    """An objection with another text, answer or result."""
    from salesflow.actions import objections

    app: App = ctx.obj
    picked = common.pick(app, lead)
    objection_id = records.record_id(record, "objection.no_id", picked.id)
    values: dict[str, Any] = {}
    if text is not None:
        values["text"] = common.line(app, text, "--text")
    if answer is not None:
        values["answer"] = common.line(app, answer, "--answer") if answer.strip() else None
    if worked is not None:
        values["worked"] = read_worked(worked)
    if not values and person is None:
        raise Usage("objection.nothing")
    with common.working(app, "objection edit") as work:
        if person is not None:
            values["contact_id"] = _contact(work, picked.id, person)
        done = objections.edit(work, picked.id, objection_id, values)
        line = _line(app, work, done, "objection.edited")
    _answer(app, done, line, as_json)


def objection_remove(
    ctx: typer.Context,
    lead: options.Lead = None,
    record: options.RecordId = None,
    as_json: options.Json = False,
) -> None:
    """An objection taken away."""
    from salesflow.actions import objections

    app: App = ctx.obj
    picked = common.pick(app, lead)
    objection_id = records.record_id(record, "objection.no_id", picked.id)
    with common.working(app, "objection remove") as work:
        done = objections.remove(work, picked.id, objection_id)
        values = {"lead_id": picked.id, "lead": label(work.lead(picked.id)), "id": done.id, "text": done.text}
        line = app.t("objection.removed", **values)
    _answer(app, done, line, as_json)


_WORKED = {
    **dict.fromkeys(("yes", "y", "true", "是", "管用", "有用"), True),
    **dict.fromkeys(("no", "n", "false", "否", "没用", "不管用"), False),
    **dict.fromkeys(("unknown", "不知道"), None),
}


def read_worked(text: str | None) -> bool | None:
    """Whether the answer worked; None for unknown, and where nothing was said. Raises Usage."""
    if text is None:
        return None
    word = text.strip().lower()
    if word not in _WORKED:
        raise Usage("objection.not_yes_no", text=text[:40])
    return _WORKED[word]


def _contact(work: Work, lead_id: int, people: list[str]) -> int:
    from salesflow.actions import contacts

    if len(people) > 1:
        raise Usage("objection.one_person")
    return contacts.pick(work, lead_id, people[0]).id


def _line(app: App, work: Work, done: Objection, key: str) -> str:
    from salesflow.reports import objections

    outcome = objections.outcome(objections.record(done), app.lang)
    state = app.t("objection.answered", answer=done.answer, outcome=outcome) if done.answer else outcome
    lead = work.lead(done.lead_id)
    return app.t(key, lead_id=lead.id, lead=label(lead), id=done.id, text=done.text, state=state)


def _answer(app: App, done: Objection, line: str, as_json: bool) -> None:
    from salesflow.reports.objections import record

    if as_json:
        app.emit_json(record(done))
    else:
        app.write_lines(line)
