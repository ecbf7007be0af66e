"""Entries of a pasted text as follow-ups of their leads, and as new leads (cli.md, ``paste``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from salesflow.actions import followups, leads
from salesflow.actions.followups import Logged
from salesflow.actions.keys import same_lead
from salesflow.actions.leads import NewLead
from salesflow.actions.promises import Plan
from salesflow.actions.work import Work
from salesflow.errors import SalesflowError
from salesflow.models import Lead
from salesflow.notes import NoteWarning, parse_note, people_named, says_no_answer, says_nobody_picked_up
from salesflow.pasted import Entry, way
from salesflow.processes import Process
from salesflow.processes.lookup import plain
from salesflow.store import followups as told


class Met(NamedTuple):
    """Words that say that somebody was met: 到店, 见; those that the process has are its own.

    ``verbs`` may stand before a word for a way: 打了个 before 电话. ``rung`` are words for the way that
    rings: what nobody picks up.
    """

    words: Sequence[str]
    verbs: Sequence[str] = ()
    rung: Sequence[str] = ()


@dataclass(frozen=True)
class Pasted:
    """What became of an entry: 'logged', 'added' (a lead without a note), 'skipped' or 'not taken'.

    ``new``: its lead came into the book with it. ``error`` says why it was not taken.
    """

    entry: Entry
    became: str
    lead: Lead | None = None
    new: bool = False
    logged: Logged | None = None
    note: str = ""
    warnings: tuple[NoteWarning, ...] = ()
    error: SalesflowError | None = None


def paste(work: Work, entry: Entry, met: Met, *, anyway: bool = False) -> Pasted:
    """What became of the entry; one that is in the book already is skipped, one that cannot be is not taken."""
    try:
        return _taken(work, entry, met, anyway)
    except SalesflowError as error:
        return Pasted(entry, "not taken", error=error)


def _taken(work: Work, entry: Entry, met: Met, anyway: bool) -> Pasted:
    lead, new = _lead(work, entry, anyway)
    if not entry.note:
        return Pasted(entry, "added" if new else "skipped", lead, new)
    process = work.process(lead.process)
    at = _at(work, entry)
    known = _ways(process, met)
    word, text, after = way(entry.note, known.__contains__, met.verbs)
    if word.isascii() and word.lower() in met.words:
        text = entry.note  # met Li: what is left without the verb says less
    grades = [grade.code for grade in process.grades]
    note = parse_note(text or entry.note, at.date(), grades, work.calendar)
    if not new and told.is_told(work.connection, lead.id, at.date().isoformat(), note.text):
        return Pasted(entry, "skipped", lead, note=note.text)
    people = [(one.id, one.name, [one.title] if one.title else []) for one in work.people(lead.id)]
    named = people_named(entry.note, people)
    plan = Plan(note.when.date, note.when.time, note.what or None) if note.when else None
    logged = followups.log(
        work,
        lead.id,
        followups.Entry(
            note=note.text,
            via=_via(process, lead, word, met, at.date(), note.text),
            incoming=bool(word) and process.came_to_us(word),
            contact_id=named[0] if named else None,
            at=at,
            learned=note.learned,
            did=note.did,
            feedback=note.feedback,
            progress=note.progress,
            grade=note.grade,
            answered=not (note.no_answer or (word and says_no_answer(after))),
            plan=plan,
        ),
    )
    return Pasted(entry, "logged", logged.lead, new, logged, note.text, note.warnings)


def _lead(work: Work, entry: Entry, anyway: bool) -> tuple[Lead, bool]:
    if entry.leads:
        return work.lead(entry.leads[0]), False
    known = None if anyway else same_lead(work.connection, entry.new, None, None)
    if known is not None:  # the same text again, or a new one that was there
        return work.lead(known), False
    return leads.add(work, NewLead(entry.new, anyway=anyway)), True


def _at(work: Work, entry: Entry) -> datetime:
    if entry.day is None:
        return work.now
    at = datetime.combine(entry.day, time.fromisoformat(entry.time or "00:00"))
    return work.now if entry.time is None and entry.day == work.now.date() else at


def _ways(process: Process, met: Met) -> set[str]:
    titles = [title for one in process.ways for title in (*one.titles.values(), *one.incoming.values())]
    return {plain(title) for title in titles} | {word.lower() for word in met.words}


def _via(process: Process, lead: Lead, word: str, met: Met, day: date, note: str) -> str | None:
    """The way that was said, else that of the promise that it keeps, or a ring in its place, else the process's own."""
    if word.lower() in met.words and process.meeting:
        return process.meeting.code
    if word:
        return process.via(word).code
    due = lead.next_date is not None and lead.next_date <= day.isoformat()
    if not due or lead.next_via is None:
        return None
    return kept_by(process, lead.next_via, note, met.rung)


def kept_by(process: Process, via: str, note: str, rung: Sequence[str]) -> str:
    """The way of a follow-up that keeps a promise of the way ``via``: what nobody picked up was rung."""
    way = process.way_called(rung) if says_nobody_picked_up(note) else None
    return way.code if way else via
