"""What was said on the command line of ``log``, ``visit``, ``call``, and the follow-up that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salesflow.commands import common
from salesflow.commands.new_lead import LeadOptions
from salesflow.context import App
from salesflow.errors import Refused, Usage

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesflow.actions.followups import Entry
    from salesflow.commands.common import Picked
    from salesflow.dates import WorkCalendar
    from salesflow.models import Contact
    from salesflow.notes import Note
    from salesflow.processes import Process

# what `visit` and `call` are, as cli.md defines them: `log --via visit`, `log --via phone`
_VIAS = {"visit": "visit", "call": "phone"}
_PARTS = ("learned", "did", "feedback", "progress")
MOST = 1_000_000  # characters: no note is so long, and some streams never end
_NEW = ("short", "kind", "brand", "area", "address", "phone", "source", "need", "contact", "role", "process")
# what may be answered to `--goal-met`, and on a terminal before the result
GOAL_MET = {
    "yes": ("yes", "y", "成", "成了", "办成", "达成", "是"),
    "partly": ("partly", "p", "部分", "一半", "一部分"),
    "no": ("no", "n", "没成", "没办成", "没", "否"),
}


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
    purpose: str | None
    goal_met: str | None
    result: str | None
    hook: str | None
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


def said(app: App, command: str, given: dict[str, Any]) -> Said:
    """What the options and words of ``command`` say; raises Usage, Refused for what nobody can mean."""
    new = LeadOptions(**{name: given[name] for name in _NEW}, set=given["set_"], anyway=given["anyway"])
    return Said(
        lead=given["lead"],
        note=_words(app, given["note"]),
        via=_VIAS.get(command) or given.get("via"),
        incoming=given["incoming"],
        people=given["person"],
        at=given["at"],
        parts={name: given[name] for name in _PARTS},
        purpose=given["purpose"],
        goal_met=_goal_met(given["goal_met"]),
        result=_answer(app, given["result"], "--result"),
        hook=_answer(app, given["hook"], "--hook"),
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


def _words(app: App, words: list[str] | None) -> str:
    # `-` reads the note from stdin: no limit of the command line, nothing for the list of processes
    if words != ["-"]:
        return common.joined(words)
    text = app.stdin.read(MOST).strip()
    if not text:
        raise Refused("log.empty_note")
    if "\0" in text:
        raise Usage("names.control", what="NOTE")
    return text


def _answer(app: App, text: str | None, name: str) -> str | None:
    # an empty text says that there is nothing to say: it is not asked for
    return common.line(app, text, name) if text else text


def _goal_met(text: str | None) -> str | None:
    if text is None:
        return None
    found = next((code for code, words in GOAL_MET.items() if text.strip().lower() in words), None)
    if found is None:
        raise Usage("errors.not_one_of", name="--goal-met", value=text[:40], known=" ".join(GOAL_MET))
    return found


def way(app: App, said: Said, command: str, process: Process) -> str | None:
    """The way said; that of ``visit`` is the first that counts as one, where the process has none of its name.

    Raises Usage where ``visit`` or ``call`` means none of them.
    """
    if command not in _VIAS or said.via in [one.code for one in process.ways]:
        return said.via
    if command == "visit" and process.meeting:
        return process.meeting.code
    known = app.t("lead.comma").join(one.title(app.lang) for one in process.ways)
    raise Usage("log.no_such_way", command=command, via=said.via, known=known)


def note(said: Said, day: date, process: Process, cal: WorkCalendar) -> Note:
    """The note with its marks read; as it stands with ``--literal``."""
    from salesflow.notes import Note, parse_note

    if said.literal:
        return Note(said.note)
    return parse_note(said.note, day, [grade.code for grade in process.grades], cal)


def entry(
    app: App,
    said: Said,
    note: Note,
    at: datetime,
    cal: WorkCalendar,
    people: list[Contact],
    picked: Picked | None,
) -> Entry:
    """The follow-up that the options and the note's marks make; an option beats a mark."""
    from salesflow.actions.followups import Entry
    from salesflow.actions.promises import Plan

    plan = common.plan(app, said.next, said.what, said.next_via, cal)
    if plan is None and note.when and not said.no_next:
        common.said_beyond(app, note.when)
        what = common.line(app, said.what, "--for") or _visible(note.what)
        plan = Plan(note.when.date, note.when.time, what or None, said.next_via)
    parts = {name: said.parts[name] or getattr(note, name) for name in said.parts}
    person = None
    if picked and not adds_people(said, picked):
        person = met(said, note.text, people, picked.id, picked.contact_id)
    return Entry(
        note=note.text or None,
        via=said.via,
        incoming=said.incoming,
        contact_id=person,
        at=at,
        purpose=said.purpose or None,
        goal_met=said.goal_met,
        result=said.result or None,
        hook=said.hook or None,
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


def adds_people(said: Said, picked: Picked | None) -> bool:
    """Whether people come into the book with this follow-up: whom it was with is known after that."""
    return picked is None or bool(said.lead_options.contact)


def of_new_alone(said: Said) -> str:
    """The options given that make a new lead and say nothing of one that is there."""
    given = said.lead_options
    names = [name for name in (*_NEW, "set") if getattr(given, name) and name != "contact"]
    return " ".join(f"--{name}" for name in names if name != "role" or not given.contact)


def met(said: Said, text: str, people: list[Contact], lead_id: int, known: int | None = None) -> int | None:
    """The id of whom it was with: named by ``--with``, ``known`` beforehand, or named in the note."""
    from salesflow.actions.contacts import pick_from
    from salesflow.notes import people_named

    if said.people:
        if len(said.people) > 1:
            raise Usage("log.one_person")
        return pick_from(people, said.people[0], lead_id).id
    if known:
        return known
    named = people_named(text, [(one.id, one.name, [one.title] if one.title else []) for one in people])
    return named[0] if named else None
