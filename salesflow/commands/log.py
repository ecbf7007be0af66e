"""``log``, ``visit``, ``call``: a follow-up that took place, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from inspect import signature
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.commands.common import Picked
from salesflow.commands.new_lead import LeadOptions
from salesflow.context import App
from salesflow.errors import NotFound, Refused, Usage

if TYPE_CHECKING:
    from salesflow.actions.followups import Entry
    from salesflow.actions.promises import Plan
    from salesflow.actions.work import Work
    from salesflow.dates import WorkCalendar
    from salesflow.models import Contact
    from salesflow.notes import Note
    from salesflow.processes import Process


@dataclass
class Said:
    """What was said on the command line, unread."""

    lead: str | None
    note: str
    via: str | None
    incoming: bool
    people: list[str] | None
    at: str | None
    parts: dict[str, str | None]
    grade: str | None
    no_answer: bool
    next: str | None
    what: str | None
    next_via: str | None
    no_next: bool
    literal: bool
    new: bool
    anyway: bool
    as_json: bool
    lead_options: LeadOptions


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


# what `visit` and `call` are, as cli.md defines them: `log --via visit`, `log --via phone`
_VIAS = {"visit": "visit", "call": "phone"}


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
    said = _said(app, command, given)
    picked = _pick(app, said)
    with app.read() as connection:
        cal = common.calendar(app, connection)
        process, people = _around(app, connection, picked, said)
    if not said.note and not said.no_answer and app.interactive and not any(said.parts.values()):
        said.note = _asked_note(app, picked)
    at = common.moment(app, said.at, cal) or app.now
    note = _note(said, at.date(), process, cal)
    for key, values in note.warnings:
        app.warn(key, **values)
    entry = _entry(app, said, note, at, cal, people, picked)
    entry = _settled(app, entry, picked, process, at)
    _write(app, command, said, picked, entry, process)


def _words(app: App, words: list[str] | None) -> str:
    # `-` reads the note from stdin: no limit of the command line, nothing for the list of processes
    if words != ["-"]:
        return common.joined(words)
    text = app.stdin.read().strip()
    if not text:
        raise Refused("log.empty_note")
    if "\0" in text:
        raise Usage("names.control", what="NOTE")
    return text


def _said(app: App, command: str, given: dict[str, Any]) -> Said:
    names = (
        "short",
        "kind",
        "brand",
        "area",
        "address",
        "phone",
        "source",
        "need",
        "contact",
        "role",
        "process",
    )
    new = LeadOptions(**{name: given[name] for name in names}, set=given["set_"], anyway=given["anyway"])
    return Said(
        lead=given["lead"],
        note=_words(app, given["note"]),
        via=_VIAS.get(command) or given.get("via"),
        incoming=given["incoming"],
        people=given["person"],
        at=given["at"],
        parts={name: given[name] for name in ("learned", "did", "feedback", "progress")},
        grade=given["grade"],
        no_answer=given["no_answer"],
        next=given["next_"],
        what=given["what"],
        next_via=given["next_via"],
        no_next=given["no_next"],
        literal=given["literal"],
        new=given["new"],
        anyway=given["anyway"],
        as_json=given["as_json"],
        lead_options=new,
    )


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
        return (processes[wanted] if wanted in processes.codes else processes.default), []
    lead = leads.find_lead(connection, picked.id)
    assert lead is not None
    return processes[lead.process], contacts.list_contacts(connection, picked.id)


def _asked_note(app: App, picked: Picked | None) -> str:
    from salesflow.render.gate import safe
    from salesflow.reports import before

    if picked:
        with app.read() as connection:
            lines = before.lines(connection, picked.id, app.lang, app.today)
        app.stderr.write("".join(f"{safe(line)}\n" for line in lines))
    note = app.ask("log.ask_note")
    if not note:
        raise Refused("log.empty_note")
    return note


def _note(said: Said, day: date, process: Process, cal: WorkCalendar) -> Note:
    from salesflow.notes import Note, parse_note

    if said.literal:
        return Note(said.note)
    return parse_note(said.note, day, [grade.code for grade in process.grades], cal)


def _entry(
    app: App,
    said: Said,
    note: Note,
    at: datetime,
    cal: WorkCalendar,
    people: list[Contact],
    picked: Picked | None,
) -> Entry:
    from salesflow.actions.followups import Entry
    from salesflow.actions.promises import Plan

    plan = common.plan(app, said.next, said.what, said.next_via, cal)
    if plan is None and note.when and not said.no_next:
        common.said_beyond(app, note.when)
        what = common.line(app, said.what, "--for") or _visible(note.what)
        plan = Plan(note.when.date, note.when.time, what or None, said.next_via)
    parts = {name: said.parts[name] or getattr(note, name) for name in said.parts}
    return Entry(
        note=note.text or None,
        via=said.via,
        incoming=said.incoming,
        contact_id=_person(said, note, people, picked),
        at=at,
        grade=said.grade or note.grade,
        answered=not (said.no_answer or note.no_answer),
        plan=plan,
        no_next=said.no_next,
        anyway=said.anyway,
        **parts,
    )


def _visible(text: str) -> str:
    # the note keeps every character; what it is for is one line
    return "".join(char if char.isprintable() else " " for char in text).strip()


def _person(said: Said, note: Note, people: list[Contact], picked: Picked | None) -> int | None:
    from salesflow.actions.contacts import pick_from
    from salesflow.notes import people_named

    if said.people:
        if len(said.people) > 1:
            raise Usage("log.one_person")
        return pick_from(people, said.people[0]).id
    if picked and picked.contact_id:
        return picked.contact_id
    named = people_named(note.text, [(one.id, one.name, [one.title] if one.title else []) for one in people])
    return named[0] if named else None


def _settled(app: App, entry: Entry, picked: Picked | None, process: Process, at: datetime) -> Entry:
    # on a terminal: does the promise that stands still hold, and which grade is it (K2)
    from dataclasses import replace

    from salesflow.store import followups, leads

    if not app.interactive or picked is None:
        return entry
    with app.read() as connection:
        lead = leads.find_lead(connection, picked.id)
        standing = followups.open_promise(connection, picked.id)
        cal = common.calendar(app, connection)
    if lead is None or lead.status != "open":
        return entry
    if not entry.plan and not entry.no_next and standing and standing.date > at.date().isoformat():
        when = f"{common.day_text(app, date.fromisoformat(standing.date))} {standing.reason or ''}".strip()
        entry = replace(entry, plan=_asked(app, lambda said: common.plan(app, said, None, None, cal), when))
    if lead.grade is None and entry.grade is None and lead.first_followup_at is None and entry.answered:
        grades = " ".join(grade.code for grade in process.grades)
        entry = replace(entry, grade=_asked_grade(app, process, grades))
    return entry


def _asked(app: App, read: Callable[[str], Plan | None], when: str) -> Plan | None:
    # a slip of the finger is asked again: the note is not to be typed twice
    while said := app.ask("log.ask_stands", when=when):
        try:
            return read(said)
        except Usage as error:
            app.warn(error.key, **error.values)
    return None


def _asked_grade(app: App, process: Process, grades: str) -> str | None:
    while said := app.ask("log.ask_grade", grades=grades):
        try:
            return process.grade(said).code
        except Usage as error:
            app.warn(error.key, **error.values)
    return None


def _write(app: App, command: str, said: Said, picked: Picked | None, entry: Entry, process: Process) -> None:
    from salesflow.actions import followups
    from salesflow.commands import log_answer

    with common.working(app, command) as work:
        lead_id = picked.id if picked else _add(app, work, said)
        done = followups.log(work, lead_id, entry)
    if said.as_json:
        record = common.lead_answer(app, lead_id)
        made = next(one for one in record["followup_list"] if one["id"] == done.id)
        app.emit_json({**record, "followup": made})
        return
    log_answer.say(app, done, process)


def _add(app: App, work: Work, said: Said) -> int:
    from salesflow.actions import leads
    from salesflow.commands import new_lead

    if not said.lead:
        raise Usage("lead.not_named")
    return leads.add(work, new_lead.read(app, work, said.lead, said.lead_options)).id
