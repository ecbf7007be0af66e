"""Stage moves through gates, parking, losing, reopening (F5, L1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from salesflow import funnel
from salesflow.actions import promises
from salesflow.actions.promises import Plan
from salesflow.actions.work import Work, instant
from salesflow.errors import Refused, Usage
from salesflow.models import Lead
from salesflow.names import label
from salesflow.processes import Process, Reason, Stage, Want
from salesflow.store import followups, leads, moves


@dataclass(frozen=True)
class Gate:
    """A gate on the way: the stage that it leads to, and what is missing for it."""

    stage: Stage
    missing: tuple[Want, ...]


@dataclass(frozen=True)
class Advance:
    """A move that is wanted: where from and to, and the gates that it has to pass."""

    lead: Lead
    process: Process
    to: Stage
    back: bool
    gates: tuple[Gate, ...]

    @property
    def missing(self) -> tuple[Want, ...]:
        """Everything that the gates on the way still want; of the same thing what wants most of it."""
        found: dict[tuple[str, str, str], Want] = {}
        for want in (want for gate in self.gates for want in gate.missing):
            key = (want.kind, want.value, want.item)
            known = found.get(key)
            if known is None or (want.reach, want.times) > (known.reach, known.times):
                found[key] = want
        return tuple(found.values())


def look(work: Work, lead_id: int, stage: str | None) -> Advance:
    """The move to ``stage`` (the next one where None) and what its gates say. Raises Usage, Refused."""
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    target = process.stage(stage) if stage else process.next_stage(lead.stage)
    if target is None:
        raise Refused("stage.last", name=label(lead), id=lead.id)
    if target.code == lead.stage:
        raise Refused("stage.there_already", name=label(lead), stage=target.code)
    back = process.stage_index(target.code) < process.stage_index(lead.stage)
    facts = work.facts(lead)
    asked = funnel.gates_to(process, lead.stage, target.code)
    gates = tuple(Gate(one, funnel.missing(one.gate, facts)) for one in asked)
    return Advance(lead, process, target, back, gates)


def advance(
    work: Work, wanted: Advance, *, force: bool = False, why: str | None = None, at: datetime | None = None
) -> Lead:
    """The lead in the stage wanted. The gates must have been passed, or ``force`` with a reason given.

    Raises Refused for a closed lead, a move back or a forced one without a reason, a day to come.
    """
    lead = wanted.lead
    if lead.status != "open":
        raise Refused("lead.not_open", id=lead.id, name=label(lead))
    if wanted.back and not why:
        raise Refused("stage.back_needs_why", id=lead.id)
    if wanted.missing and force and not why:
        raise Refused("stage.force_needs_why", id=lead.id)
    when, last = instant(at or work.now), _last_move(work, lead.id)
    if when > work.at:
        raise Refused("log.in_future", at=when.replace("T", " "))
    if when < last and at:
        raise Refused("stage.before_last", at=when.replace("T", " "), last=last.replace("T", " "))
    move(work, lead, when, to_stage=wanted.to.code, why=why, forced=int(bool(wanted.missing)))
    return work.lead(lead.id)


def _last_move(work: Work, lead_id: int) -> str:
    return max((move.at for move in moves.list_moves(work.connection, lead_id)), default="")


def move(work: Work, lead: Lead, at: str, **changes: Any) -> None:
    """Nothing; the lead has moved: stage, status, and what else the move tells."""
    stage, status = changes.get("to_stage", lead.stage), changes.get("to_status", lead.status)
    row = {
        "lead_id": lead.id,
        "at": at,
        "from_stage": lead.stage,
        "to_stage": stage,
        "from_status": lead.status,
        "to_status": status,
        "by": work.by,
        "recorded_at": work.at,
        **changes,
    }
    moves.insert_move(work.connection, row)
    leads.update_lead(work.connection, lead.id, {"stage": stage, "status": status, "updated_at": work.at})


@dataclass(frozen=True)
class Leaving:
    """Why a lead is parked or lost, and what the reason wants to be told."""

    reason: str
    why: str | None = None
    until: date | None = None
    competitor: str | None = None


def _reason(process: Process, which: str, leaving: Leaving) -> Reason:
    reason = process.reason(which, leaving.reason)
    given = {"why": leaving.why, "until": leaving.until, "to": leaving.competitor}
    if reason.needs and not given.get(reason.needs):
        raise Usage("stage.reason_needs", reason=reason.code, option=f"--{reason.needs}")
    return reason


def park(work: Work, lead_id: int, leaving: Leaving) -> Lead:
    """The lead set aside until a day (the process's ``park_days`` from today where none is named)."""
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    if lead.status == "lost":
        raise Refused("lead.is_lost", id=lead.id, name=label(lead))
    reason = _reason(process, "parked", leaving)
    until = leaving.until or work.today + timedelta(days=process.park_days)
    if until <= work.today:
        raise Refused("stage.until_past", date=until.isoformat())
    standing = followups.open_promise(work.connection, lead_id)
    plan = Plan(until, reason=lead.next_reason, via=lead.next_via)
    if standing and standing.date == until.isoformat():
        plan = promises.of(standing)  # until the very day that was promised: what was agreed for it stays
    promises.drop(work, lead_id)
    move(
        work,
        lead,
        work.at,
        to_status="parked",
        reason=reason.code,
        until=until.isoformat(),
        why=leaving.why,
        competitor=leaving.competitor,
    )
    promises.make(work, lead_id, plan, work.now)
    return work.lead(lead_id)


def lose(work: Work, lead_id: int, leaving: Leaving) -> Lead:
    """The lead closed without a deal, with the reason and where told the competitor."""
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    if lead.status == "lost":
        raise Refused("lead.is_lost", id=lead.id, name=label(lead))
    reason = _reason(process, "lost", leaving)
    promises.drop(work, lead_id)
    move(
        work,
        lead,
        work.at,
        to_status="lost",
        reason=reason.code,
        why=leaving.why,
        competitor=leaving.competitor,
    )
    return work.lead(lead_id)


def reopen(
    work: Work, lead_id: int, plan: Plan | None, *, why: str | None = None, anyway: bool = False
) -> Lead:
    """The lead open again in the stage where it stood, with the promise given, if one is."""
    lead = work.lead(lead_id)
    if lead.status == "open":
        raise Refused("stage.open_already", id=lead.id, name=label(lead))
    if plan:
        promises.refuse_past(plan, work.today, anyway)
        plan = replace(plan, reason=plan.reason or lead.next_reason, via=plan.via or lead.next_via)
    promises.drop(work, lead_id, "moved" if plan else "dropped")
    move(work, lead, work.at, to_status="open", why=why)
    if plan:
        promises.make(work, lead_id, plan, work.now)
    return work.lead(lead_id)


def before_won(work: Work, lead_id: int) -> tuple[Stage, tuple[Want, ...]] | None:
    """The first won stage and what its gate still misses; None for a lead that is closed or stands in it or later."""
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    won = next((stage for stage in process.stages if stage.won), None)
    if won is None or lead.status != "open":
        return None
    if process.stage_index(lead.stage) >= process.stage_index(won.code):
        return None  # an order never leads back, be the later stages marked as won or not
    return won, funnel.missing(won.gate, work.facts(lead))
