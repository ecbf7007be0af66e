"""A lead that follows another process: what it did before stays in the one that it did it in (L11)."""

from __future__ import annotations

from salesflow import funnel, processes
from salesflow.actions import evaluations
from salesflow.actions.processes import taken_in
from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.models import Lead
from salesflow.names import label
from salesflow.processes import Process, Stage
from salesflow.processes.changes import with_former
from salesflow.processes.records import Former
from salesflow.store import leads, moves, settings, usage


def follow(work: Work, lead_id: int, word: str, stage: str | None, why: str | None) -> Lead:
    """The lead in the process that ``word`` names: in ``stage``, else the stage of the same code, else the first.

    Its promise, people and follow-ups stay as they are. Raises Usage, Refused.
    """
    lead = work.lead(lead_id)
    old, new = work.process(lead.process), taken_in(work, word)
    if new.code == old.code:
        raise Refused("process.follows_already", id=lead.id, name=label(lead), process=new.code)
    place = _place(new, lead, stage)
    forced = bool(stage) and _missing(work, new, lead, place)
    moves.settle_process(work.connection, lead.id, old.code)
    row = {
        "lead_id": lead.id,
        "at": work.at,
        "from_stage": lead.stage,
        "to_stage": place.code,
        "from_status": lead.status,
        "to_status": lead.status,
        "why": why,
        "forced": int(forced),
        "from_process": old.code,
        "by": work.by,
        "recorded_at": work.at,
    }
    moves.insert_move(work.connection, row)
    leads.update_lead(
        work.connection, lead.id, {"process": new.code, "stage": place.code, "updated_at": work.at}
    )
    evaluations.carry_over(work, lead.id, old, new)
    _remember(work, lead.id, old, new)
    return work.lead(lead.id)


def _place(process: Process, lead: Lead, stage: str | None) -> Stage:
    if stage:
        return process.stage(stage)
    same = (one for one in process.stages if one.code == lead.stage)
    return next(same, process.first_stage)


def _missing(work: Work, process: Process, lead: Lead, place: Stage) -> bool:
    # nobody asks the gates of a process that the lead has not gone through, but that they stood closed is kept
    first = process.first_stage.code
    there = lead._replace(process=process.code, stage=first)
    asked = funnel.gates_to(process, first, place.code)
    facts = work.facts(there)
    return any(funnel.missing(one.gate, facts) for one in asked)


def _remember(work: Work, lead_id: int, old: Process, new: Process) -> None:
    # the codes that the lead brings along keep their names: its sources, grades, roles and reasons
    brought = []
    for noun, code in sorted(usage.codes_of(work.connection, lead_id)):
        if noun in processes.LISTS:
            titles = old.known(noun, code).titles
        elif noun == "field" and any(one.code == code and one.own for one in old.fields):
            titles = {lang: old.field_title(code, lang) for lang in old.titles}
        else:
            continue
        counts = old.known_reason(noun, code).counts if noun in ("lost", "parked") else True
        if set(titles.values()) != {code}:
            brought.append(Former(noun, code, titles, counts=counts))
    found = with_former(new, (*new.former, *brought))
    source = settings.process_source(work.connection, new.code) or ""
    settings.update_process(work.connection, new.code, processes.to_json(found), source)
    work.forget(new.code)
