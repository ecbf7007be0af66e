"""A follow-up that took place, and what it does to the lead: received, grade, promise (F7, K1, K2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from salesflow import funnel
from salesflow.actions import promises
from salesflow.actions.promises import Plan
from salesflow.actions.work import Work, instant
from salesflow.errors import Refused
from salesflow.funnel import Facts, NextOn
from salesflow.models import Lead, Promise
from salesflow.store import contacts, followups, leads, moves

NOTE_LIMIT = 65_536


@dataclass(frozen=True)
class Entry:
    """What the rep says of one contact; ``at`` None is now, ``plan`` None leaves the next date to the rules.

    ``goal_met`` is 'yes', 'partly' or 'no', ``result`` what came of the goal, ``hook`` why the next
    contact will be welcome (E9).
    """

    note: str | None = None
    via: str | None = None
    incoming: bool = False
    contact_id: int | None = None
    at: datetime | None = None
    learned: str | None = None
    did: str | None = None
    feedback: str | None = None
    progress: str | None = None
    purpose: str | None = None
    goal_met: str | None = None
    result: str | None = None
    hook: str | None = None
    grade: str | None = None
    answered: bool = True
    plan: Plan | None = None
    no_next: bool = False
    anyway: bool = False
    by: str | None = None
    source_key: str | None = None


@dataclass(frozen=True)
class NextDate:
    """The next date after a follow-up and where it came from.

    ``origin``: 'named', 'stands', 'none', 'older', 'closed', or an origin of ``funnel.next_on``.
    """

    plan: Plan | None
    origin: str
    rule: NextOn | None = None


@dataclass(frozen=True)
class Logged:
    """One follow-up as it now stands: its id, the lead after it, and the next date."""

    id: int
    lead: Lead
    at: datetime
    via: str
    answered: bool
    next: NextDate
    graded: bool
    person: str | None
    facts: Facts
    incoming: bool = False


def log(work: Work, lead_id: int, entry: Entry) -> Logged:
    """The follow-up recorded, with the next date that follows from it (cli.md, The next date).

    Raises Refused for one in the future, a next date in the past, a note that is too long.
    """
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    at = entry.at or work.now
    if at > work.now:
        raise Refused("log.in_future", at=instant(at).replace("T", " "))
    if entry.note and len(entry.note) > NOTE_LIMIT:
        raise Refused("log.note_too_long", length=len(entry.note), limit=NOTE_LIMIT)
    via = process.via(entry.via or process.default_via)
    if entry.via and process.came_to_us(entry.via):
        entry = replace(entry, incoming=True)
    grade = process.grade(entry.grade).code if entry.grade else None
    newest = lead.last_followup_at is None or instant(at) >= lead.last_followup_at
    purpose = _purpose(work, lead, entry, at, newest)
    followup_id = _insert(work, lead, replace(entry, purpose=purpose), at, via.code, via.counts_as_visit)
    visit = via.counts_as_visit and entry.answered
    graded = _update_lead(work, lead, entry, instant(at), grade, followup_id, visit)
    upcoming = _next_date(work, lead, entry, at, newest, grade if graded else lead.grade)
    _keep(work, lead, upcoming, at, followup_id, entry.by or work.by)
    after = leads.find_lead(work.connection, lead_id)
    assert after is not None
    people = contacts.list_contacts(work.connection, lead_id)
    person = next((one.name for one in people if one.id == entry.contact_id), None)
    facts = work.facts(after)
    return Logged(
        followup_id, after, at, via.code, entry.answered, upcoming, graded, person, facts, entry.incoming
    )


def _purpose(work: Work, lead: Lead, entry: Entry, at: datetime, newest: bool) -> str | None:
    # what the promise was for that this follow-up keeps, where nobody says it
    if entry.purpose:
        return work.process(lead.process).choice("purpose", entry.purpose).code
    if lead.status != "open" or not newest:
        return None
    standing = followups.open_promise(work.connection, lead.id)
    ends = entry.plan or entry.no_next or not _stands(standing, at)
    return standing.purpose if standing and ends else None


def _stands(standing: Promise | None, at: datetime) -> bool:
    # a promise that lies after the follow-up's day holds, unless somebody says otherwise
    return standing is not None and standing.date > at.date().isoformat()


def _insert(work: Work, lead: Lead, entry: Entry, at: datetime, via: str, is_visit: bool) -> int:
    return followups.insert_followup(
        work.connection,
        {
            "lead_id": lead.id,
            "at": instant(at),
            "via": via,
            "visit": int(is_visit and entry.answered),
            "incoming": int(entry.incoming),
            "answered": int(entry.answered),
            "contact_id": entry.contact_id,
            "note": entry.note or None,
            "learned": entry.learned,
            "did": entry.did,
            "feedback": entry.feedback,
            "progress": entry.progress,
            "purpose": entry.purpose,
            "goal_met": entry.goal_met,
            "result": entry.result,
            "hook": entry.hook,
            "by": entry.by or work.by,
            "recorded_at": work.at,
            "source_key": entry.source_key,
        },
    )


def _update_lead(
    work: Work, lead: Lead, entry: Entry, at: str, grade: str | None, followup_id: int, visit: bool
) -> bool:
    # a grade given with an older follow-up is kept there; the lead has the one that is newest by its day
    values: dict[str, Any] = {
        "followups": lead.followups + 1,
        "answered": lead.answered + entry.answered,
        "visits": lead.visits + visit,
        "first_followup_at": min(at, lead.first_followup_at or at),
        "last_followup_at": max(at, lead.last_followup_at or at),
        "received_at": lead.received_at or at,
        "updated_at": work.at,
    }
    current = grade is not None and at >= (lead.graded_at or "")
    if grade is not None:
        moves.insert_change(
            work.connection,
            {
                "lead_id": lead.id,
                "field": "grade",
                "at": at,
                "old": lead.grade,
                "new": grade,
                "followup_id": followup_id,
                "by": entry.by or work.by,
            },
        )
    if current:
        values |= {"grade": grade, "graded_at": at}
    leads.update_lead(work.connection, lead.id, values)
    return current


def _next_date(
    work: Work, lead: Lead, entry: Entry, at: datetime, newest: bool, grade: str | None
) -> NextDate:
    if lead.status != "open":
        return NextDate(None, "closed")
    if not newest:
        return NextDate(None, "older")
    if entry.plan:
        promises.refuse_past(entry.plan, work.today, entry.anyway)
        return NextDate(entry.plan, "named")
    if entry.no_next:
        return NextDate(None, "none")
    standing = followups.open_promise(work.connection, lead.id)
    if standing and _stands(standing, at):
        return NextDate(promises.of(standing), "stands")
    return _by_rule(work, lead, entry, at, grade, standing)


def _by_rule(
    work: Work, lead: Lead, entry: Entry, at: datetime, grade: str | None, standing: Promise | None
) -> NextDate:
    process = work.process(lead.process)
    found = funnel.next_on(
        process,
        stage=lead.stage,
        grade=grade,
        day=at.date(),
        no_answer_run=followups.unanswered_run(work.connection, lead.id, instant(at)),
        workday=work.calendar.next_workday,
        today=work.today,
        customer_class=lead.customer_class,
    )
    plan = Plan(found.date)
    if found.customer_class:  # the service plan of their class says how, too
        meant = next(one for one in process.classes if one.code == found.customer_class)
        plan = Plan(found.date, via=meant.via or None)
    if found.origin == funnel.RETRY:
        # nobody was reached: the same way again, for the same reason
        via = process.via(entry.via or process.default_via).code
        plan = Plan(found.date, reason=standing.reason if standing else None, via=via)
    return NextDate(plan, found.origin, found)


def _keep(work: Work, lead: Lead, upcoming: NextDate, at: datetime, followup_id: int, by: str) -> None:
    if upcoming.origin in ("closed", "older", "stands"):
        return
    standing = followups.open_promise(work.connection, lead.id)
    if standing:
        # where a follow-up leaves no next date, none took this one's place, be one made in the same minute
        how = "followup" if upcoming.plan else "dropped"
        # told late, of a time before that promise was made: it stood all the same, and none ends before it began
        at = max(at, datetime.fromisoformat(standing.made_at))
        followups.end_promise(work.connection, standing.id, instant(at), how)
    if upcoming.plan is None:
        leads.update_lead(work.connection, lead.id, promises.columns(None))
        return
    promises.make(work, lead.id, upcoming.plan, at, followup_id=followup_id, by=by)
