"""``log``, ``visit``, ``call``: a follow-up that took place, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from inspect import signature
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, log_ask, log_said, options
from salesflow.commands.common import Picked
from salesflow.commands.log_said import Said
from salesflow.context import App
from salesflow.errors import NotFound, Usage

if TYPE_CHECKING:
    from salesflow.actions.followups import Entry
    from salesflow.actions.work import Work
    from salesflow.models import Contact
    from salesflow.processes import Process


def log(
    ctx: typer.Context,
    lead: options.Lead = None,
    note: options.NoteWords = None,
    via: options.Via = None,
    incoming: options.Incoming = False,
    person: options.With = None,
    at: options.At = None,
    learned: options.Learned = None,
    did: options.Did = None,
    feedback: options.Feedback = None,
    progress: options.Progress = None,
    purpose: options.Purpose = None,
    goal_met: options.GoalMet = None,
    result: options.Result = None,
    hook: options.Hook = None,
    grade: options.Grade = None,
    no_answer: options.NoAnswer = False,
    next_: options.Next = None,
    what: options.For = None,
    next_via: options.NextVia = None,
    no_next: options.NoNext = False,
    literal: options.Literal = False,
    new: options.New = False,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
    short: options.Short = None,
    kind: options.Kind = None,
    brand: options.Brand = None,
    area: options.Area = None,
    address: options.Address = None,
    phone: options.Phone = None,
    source: options.Source = None,
    need: options.Need = None,
    contact: options.Contact = None,
    role: options.Role = None,
    process: options.Process = None,
    set_: options.Set = None,
) -> None:
    """A follow-up that took place."""
    _run(ctx.obj, "log", locals())


def _way(command: str) -> Callable[..., None]:
    # the options of `log` but --via
    def run(ctx: typer.Context, **given: Any) -> None:
        _run(ctx.obj, command, given)

    whole = signature(log)
    kept = [parameter for name, parameter in whole.parameters.items() if name != "via"]
    run.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined]
    run.__annotations__ = {name: text for name, text in log.__annotations__.items() if name != "via"}
    return run


visit = _way("visit")
call = _way("call")


def _run(app: App, command: str, given: dict[str, Any]) -> None:
    said = log_said.said(app, command, given)
    picked = _pick(app, said)
    with app.read() as connection:
        cal = common.calendar(app, connection)
        process, people = _around(app, connection, picked, said)
    said.via = log_said.way(app, said, command, process)
    if not said.note and not said.no_answer and app.interactive and not any(said.parts.values()):
        said.note = log_ask.note(app, picked)
    at = common.moment(app, said.at, cal) or app.now
    note = log_said.note(said, at.date(), process, cal)
    for key, values in note.warnings:
        app.warn(key, **values)
    entry = log_said.entry(app, said, note, at, cal, people, picked)
    entry = log_ask.settled(app, said, entry, picked, process, at)
    _write(app, command, said, picked, entry, process)


def _pick(app: App, said: Said) -> Picked | None:
    # None: the lead is to be added first
    if said.new and not app.named_book and not app.book_path.exists():
        common.make_default(app)
        return None
    try:
        return common.pick(app, said.lead)
    except NotFound as error:
        if not error.key.startswith("lead.none") or not said.lead or said.lead.startswith("#"):
            raise
        if said.new or (app.interactive and app.confirm("lead.offer_new", default=False, text=said.lead)):
            return None
        raise


def _around(app: App, connection: Any, picked: Picked | None, said: Said) -> tuple[Process, list[Contact]]:
    from salesflow.reports.processes import Processes
    from salesflow.store import contacts, leads

    processes = Processes(connection)
    if picked is None:
        wanted = said.lead_options.process
        return (processes.default if wanted is None else processes.named(wanted)), []
    lead = leads.find_lead(connection, picked.id)
    assert lead is not None
    return processes[lead.process], contacts.list_contacts(connection, picked.id)


def _write(app: App, command: str, said: Said, picked: Picked | None, entry: Entry, process: Process) -> None:
    from salesflow.actions import followups
    from salesflow.commands import log_answer, log_care

    with common.working(app, command) as work:
        lead_id = picked.id if picked else _add(app, work, said)
        if log_said.adds_people(said, picked):
            entry = replace(entry, contact_id=_met(work, said, picked, lead_id, entry.note or ""))
        done = followups.log(work, lead_id, entry)
        cared = log_care.done_by(work, done, process, app.lang)
    unused = log_said.of_new_alone(said) if picked else ""
    if unused:
        app.warn("log.of_new_alone", options=unused, id=lead_id)
    if said.as_json:
        record = common.lead_answer(app, lead_id)
        made = next(one for one in record["followup_list"] if one["id"] == done.id)
        app.emit_json({**record, "followup": made})
        return
    log_answer.say(app, done, process)
    log_care.say(app, lead_id, cared)


def _add(app: App, work: Work, said: Said) -> int:
    from salesflow.actions import leads
    from salesflow.commands import new_lead

    if not said.lead:
        raise Usage("lead.not_named")
    return leads.add(work, new_lead.read(app, work, said.lead, said.lead_options)).id


def _met(work: Work, said: Said, picked: Picked | None, lead_id: int, text: str) -> int | None:
    # one person who comes into the book with a follow-up is whom it was with
    from salesflow.actions import contacts
    from salesflow.commands import new_lead

    if not picked and said.people and not said.lead_options.contact:
        raise Usage("log.with_new", name=said.people[0])
    if picked:
        process = work.process(work.lead(lead_id).process)
        said_people = new_lead.people(process, said.lead_options)
        added = [contacts.put(work, lead_id, one)[0] for one in said_people]
    else:
        added = work.people(lead_id)
    known = added[0].id if len(added) == 1 else picked.contact_id if picked else None
    return log_said.met(said, text, work.people(lead_id), lead_id, known)
