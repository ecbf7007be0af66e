"""The promise: set, moved, kept by a follow-up, dropped. One stands at a time (K4)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from salesflow.actions.work import Work, instant
from salesflow.errors import Refused
from salesflow.models import Lead, Promise
from salesflow.names import label
from salesflow.processes import Process
from salesflow.store import followups, leads


@dataclass(frozen=True)
class Plan:
    """What is promised next: the day, and where known the time, the way and what for.

    With a time it is an appointment: at which place, booked by whom, kept by whom (M4). ``effect``,
    ``questions`` and ``content`` are what a call or visit is planned with (K10).
    """

    date: date
    time: str | None = None
    reason: str | None = None
    via: str | None = None
    purpose: str | None = None
    place: str | None = None
    booked_by: str | None = None
    keeper: str | None = None
    effect: str | None = None
    questions: str | None = None
    content: str | None = None


# what stays with the promise where a new day leaves it out
KEPT = tuple(one.name for one in fields(Plan) if one.name not in ("date", "time"))


@dataclass(frozen=True)
class Moved:
    """What became of a promise: ``moved`` where it was a reschedule, the count of them since.

    ``why`` is the reason of an earlier move, given now.
    """

    before: Promise | None
    plan: Plan | None
    moved: bool
    reschedules: int
    why: str | None = None


def refuse_past(plan: Plan, today: date, anyway: bool) -> None:
    """Nothing, or Refused where the day lies in the past and nobody insists."""
    if plan.date < today and not anyway:
        raise Refused("log.next_in_past", date=plan.date.isoformat())


def make(
    work: Work,
    lead_id: int,
    plan: Plan,
    made_at: datetime | str,
    *,
    followup_id: int | None = None,
    moved_from: int | None = None,
    why: str | None = None,
    by: str | None = None,
) -> None:
    """The lead's promise is ``plan`` from now on. Raises Usage where its way or purpose is none of the process's."""
    made: dict[str, Any] = {
        "made_at": made_at if isinstance(made_at, str) else instant(made_at),
        "followup_id": followup_id,
        "moved_from": moved_from,
        "why": why,
        "by": by or work.by,
    }
    _put(work, lead_id, _checked(work, lead_id, plan), made)


def _put(work: Work, lead_id: int, plan: Plan, made: dict[str, Any]) -> None:
    row = {
        "lead_id": lead_id,
        "date": plan.date.isoformat(),
        "time": plan.time,
        **{name: getattr(plan, name) for name in KEPT},
        "after_followup": followups.newest_id(work.connection, lead_id),
        **made,
    }
    followups.insert_promise(work.connection, row)
    leads.update_lead(work.connection, lead_id, {**columns(plan), "updated_at": work.at})


def _checked(work: Work, lead_id: int, plan: Plan) -> Plan:
    # the words for its way and its purpose become the process's codes; what stood before may be of an older one
    lead = leads.find_lead(work.connection, lead_id) if plan.via or plan.purpose else None
    if lead is None:
        return plan
    process, last = work.process(lead.process), followups.last_promise(work.connection, lead_id)
    via, purpose = plan.via or None, plan.purpose or None
    if via and (last is None or via != last.via):
        via = process.via(via).code
    if purpose and (last is None or purpose != last.purpose):
        purpose = process.choice("purpose", purpose).code
    return replace(plan, via=via, purpose=purpose)


def of(promise: Promise) -> Plan:
    """What a promise of the book holds."""
    kept = {name: getattr(promise, name) for name in KEPT}
    return Plan(date.fromisoformat(promise.date), promise.time, **kept)


def columns(plan: Plan | None) -> dict[str, str | None]:
    """The lead's columns that say the promise; all None for none."""
    if plan is None:
        return {"next_date": None, "next_time": None, "next_reason": None, "next_via": None}
    return {
        "next_date": plan.date.isoformat(),
        "next_time": plan.time,
        "next_reason": plan.reason,
        "next_via": plan.via,
    }


def drop(work: Work, lead_id: int, how: str = "dropped") -> None:
    """No promise stands any more."""
    standing = followups.open_promise(work.connection, lead_id)
    if standing:
        followups.end_promise(work.connection, standing.id, work.at, how)
    leads.update_lead(work.connection, lead_id, {**columns(None), "updated_at": work.at})


def set_next(
    work: Work, lead_id: int, plan: Plan | None, *, why: str | None = None, anyway: bool = False
) -> Moved:
    """The promise set, moved (a reschedule, counted) or, with no plan, dropped.

    All but the time stays where the plan leaves it out; where only the day of a move is named again,
    ``why`` is its reason. Raises Refused for a lost lead and a past day.
    """
    lead = work.lead(lead_id)
    if lead.status == "lost":
        raise Refused("lead.is_lost", id=lead.id, name=label(lead))
    standing = followups.open_promise(work.connection, lead_id)
    if plan is None:
        drop(work, lead_id)
        return Moved(standing, None, False, lead.reschedules)
    if standing is None or standing.date != plan.date.isoformat():
        refuse_past(plan, work.today, anyway)
    process = work.process(lead.process)
    if standing is None:
        plan = _at_place(process, plan)
        make(work, lead_id, plan, work.now)
        return Moved(None, plan, False, lead.reschedules)
    plan = _checked(work, lead_id, plan)
    plan = replace(plan, **{name: getattr(plan, name) or getattr(standing, name) for name in KEPT})
    plan = _at_place(process, plan)
    if plan.date.isoformat() == standing.date:
        return _same_day(work, lead, standing, plan, why)
    followups.end_promise(work.connection, standing.id, work.at, "moved")
    leads.update_lead(work.connection, lead_id, {"reschedules": lead.reschedules + 1})
    _put(work, lead_id, plan, {"made_at": work.at, "moved_from": standing.id, "why": why, "by": work.by})
    return Moved(standing, plan, True, lead.reschedules + 1)


def _at_place(process: Process, plan: Plan) -> Plan:
    # whoever names a place goes there, where the usual way of the process would not
    going, usual = process.meeting, process.known_via(process.default_via)
    if plan.via or not plan.place or going is None or usual.counts_as_visit:
        return plan
    return replace(plan, via=going.code)


def _same_day(work: Work, lead: Lead, standing: Promise, plan: Plan, why: str | None) -> Moved:
    plan = replace(plan, time=plan.time or standing.time)
    names = ("time", *KEPT)
    changes = {name: getattr(plan, name) for name in names}
    late = why if standing.moved_from and not standing.why else None  # it was moved without one
    if late or changes != {name: getattr(standing, name) for name in names}:
        changes |= {"why": late} if late else {}
        followups.update_promise(work.connection, standing.id, changes)
        leads.update_lead(work.connection, lead.id, {**columns(plan), "updated_at": work.at})
    return Moved(standing, plan, False, lead.reschedules, late)
