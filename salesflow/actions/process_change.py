"""Processes made and changed, and what that does to the leads that follow them (L11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesflow import processes
from salesflow.actions import evaluations
from salesflow.actions.work import Work
from salesflow.errors import Refused, Usage
from salesflow.processes import Process
from salesflow.processes.changes import compare, succeed
from salesflow.processes.sheet import LONGEST_CODE, is_code
from salesflow.store import competitors, leads, moves, settings, usage
from salesflow.store.rows import as_json


def source_of(work: Work, process: Process) -> str:
    """The TOML text of a process. Raises Refused where the book keeps none."""
    held = settings.process_source(work.connection, process.code)
    source = processes.builtin(process.code) if held is None else held
    if not source:
        raise Refused("process.no_source", process=process.code)
    return source


def refuse_known(work: Work, code: str) -> None:
    """Nothing; raises Usage for what is no code, Refused for one of a process, the book's or a built-in one."""
    if not is_code(code):
        raise Usage("process.bad_code", text=code[:60], most=LONGEST_CODE)
    if code in settings.process_codes(work.connection):
        raise Refused("process.exists", process=code)
    if code in processes.builtin_names():
        raise Refused("process.exists_builtin", process=code)


@dataclass(frozen=True)
class Version:
    """A process file that has been read: the process, and the text that it was made from."""

    process: Process
    source: str


def add(work: Work, version: Version) -> None:
    """The process is one of the book's."""
    data = processes.to_json(version.process)
    settings.insert_process(work.connection, version.process.code, data, version.source)


def change(work: Work, version: Version, moved: Mapping[str, str], why: Mapping[str, str]) -> int:
    """How many leads went to another stage: the book's process of this code is ``version`` from now on.

    ``moved`` says for each stage that is gone where its leads go; ``why`` is the reason of their moves.
    Raises Refused where a stage with leads in it is gone and ``moved`` does not name it.
    """
    old = work.process(version.process.code)
    new = succeed(old, version.process)
    count = _moved(work, old, new, moved, why)
    scales = evaluations.other_scales(old, new)
    for lead_id in competitors.rated(work.connection, new.code, list(scales)) if scales else ():
        evaluations.carry_over(work, lead_id, old, new)
    _take_over(work, old, new)
    settings.update_process(work.connection, new.code, processes.to_json(new), version.source)
    work.forget(new.code)
    return count


def _moved(work: Work, old: Process, new: Process, moved: Mapping[str, str], why: Mapping[str, str]) -> int:
    gone = [one.code for one in compare(old, new).stages()]
    found = usage.leads_in(work.connection, old.code, gone) if gone else []
    for lead_id, stage, status in found:
        if stage not in moved:
            raise Refused("process.stage_needs_place", stage=stage)
        row = {
            "lead_id": lead_id,
            "at": work.at,
            "from_stage": stage,
            "to_stage": new.stage(moved[stage]).code,
            "from_status": status,
            "to_status": status,
            "why": why.get(stage),
            "from_process": old.code,
            "by": work.by,
            "recorded_at": work.at,
        }
        moves.insert_move(work.connection, row)
        leads.update_lead(work.connection, lead_id, {"stage": row["to_stage"], "updated_at": work.at})
    return len(found)


def _take_over(work: Work, old: Process, new: Process) -> None:
    """Nothing; what stood in a field of the process's own that every lead has now stands there, if it can be read."""
    for name in _CODES:
        if any(one.code == name and one.own for one in new.fields):
            continue
        if not any(one.code == name and one.own for one in old.fields):
            continue
        for lead in leads.list_leads(work.connection, leads.Filter(process=new.code)):
            said = lead.custom.get(name)
            known = said and _code(new, name, said)
            if known and getattr(lead, name) is None:
                custom = {key: value for key, value in lead.custom.items() if key != name}
                values = {name: known, "custom": as_json(custom), "updated_at": work.at}
                leads.update_lead(work.connection, lead.id, values)


_CODES = ("customer_class",)  # once a field of its own of a process that comes with salesflow


def _code(process: Process, noun: str, word: str) -> str | None:
    try:
        return process.choice(noun, word).code
    except Usage:
        return None


def places(old: Process, new: Process, said: Mapping[str, str]) -> dict[str, str]:
    """Where the leads of each stage that is gone go, by code. Raises Usage for what is no such stage."""
    gone = [one.code for one in compare(old, new).stages()]
    found = {}
    for stage, place in said.items():
        code = old.stage(stage).code
        if code not in gone:
            raise Usage("process.stage_stays", stage=code)
        found[code] = new.stage(place).code
    return found
