"""The promise: set, moved, kept by a follow-up, dropped. One stands at a time (K4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from salesflow.actions.work import Work, instant
from salesflow.errors import Refused
from salesflow.models import Lead, Promise
from salesflow.names import label
from salesflow.store import followups, leads


@dataclass(frozen=True)
class Plan:
    """What is promised next: the day, and where known the time, the way and what for."""

    date: date
    time: str | None = None
    reason: str | None = None
    via: str | None = None


@dataclass(frozen=True)
class Moved:
    """What became of a promise: ``moved`` where it was a reschedule, the count of them since."""

    before: Promise | None
    plan: Plan | None
    moved: bool
    reschedules: int


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
    """The lead's promise is ``plan`` from now on. Raises Usage where its way is none of the process's."""
    if plan.via:
        plan = replace(plan, via=_way(work, lead_id, plan.via))
    followups.insert_promise(
        work.connection,
        {
            "lead_id": lead_id,
            "date": plan.date.isoformat(),
            "time": plan.time,
            "via": plan.via,
            "reason": plan.reason,
            "made_at": made_at if isinstance(made_at, str) else instant(made_at),
            "followup_id": followup_id,
            "after_followup": followups.newest_id(work.connection, lead_id),
            "moved_from": moved_from,
            "why": why,
            "by": by or work.by,
        },
    )
    leads.update_lead(work.connection, lead_id, {**columns(plan), "updated_at": work.at})


def _way(work: Work, lead_id: int, via: str) -> str:
    lead = leads.find_lead(work.connection, lead_id)
    return work.process(lead.process).via(via).code if lead else via


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

    What it is for and how stay where the plan leaves them out. Raises Refused for a lost lead and a past day.
    """
    lead = work.lead(lead_id)
    if lead.status == "lost":
        raise Refused("lead.is_lost", id=lead.id, name=label(lead))
    standing = followups.open_promise(work.connection, lead_id)
    if plan is None:
        drop(work, lead_id)
        return Moved(standing, None, False, lead.reschedules)
    refuse_past(plan, work.today, anyway)
    if standing is None:
        make(work, lead_id, plan, work.now)
        return Moved(None, plan, False, lead.reschedules)
    plan = Plan(plan.date, plan.time, plan.reason or standing.reason, plan.via or standing.via)
    if plan.date.isoformat() == standing.date:
        return _same_day(work, lead, standing, plan)
    followups.end_promise(work.connection, standing.id, work.at, "moved")
    leads.update_lead(work.connection, lead_id, {"reschedules": lead.reschedules + 1})
    make(work, lead_id, plan, work.now, moved_from=standing.id, why=why)
    return Moved(standing, plan, True, lead.reschedules + 1)


def _same_day(work: Work, lead: Lead, standing: Promise, plan: Plan) -> Moved:
    plan = Plan(plan.date, plan.time or standing.time, plan.reason, plan.via)
    changes = {"time": plan.time, "reason": plan.reason, "via": plan.via}
    if changes != {"time": standing.time, "reason": standing.reason, "via": standing.via}:
        followups.update_promise(work.connection, standing.id, changes)
        leads.update_lead(work.connection, lead.id, {**columns(plan), "updated_at": work.at})
    return Moved(standing, plan, False, lead.reschedules)
