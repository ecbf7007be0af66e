"""A book to look at: leads of a rep with weeks of history, made through the actions themselves.

What happens is told in ``data/demo.toml``, whose head explains its moments; here it is put in the
order of time and done, each step at its own moment.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from salesflow.actions import contacts, followups, leads, orders, promises, stages
from salesflow.actions.keys import lead_keys
from salesflow.actions.promises import Plan
from salesflow.actions.work import Work
from salesflow.store import leads as store
from salesflow.store import settings

Record = dict[str, Any]


def load() -> Record:
    """What ``data/demo.toml`` tells."""
    folder = os.path.dirname(os.path.dirname(__file__))
    with open(os.path.join(folder, "data/demo.toml"), "rb") as file:
        return tomllib.load(file)


def fill(work: Work, story: Record) -> int:
    """How many leads the book of ``work`` holds, with all that happened to them until ``work.now``."""
    now = work.now
    work.by = story["rep"]
    settings.set_setting(work.connection, "rep", story["rep"])
    steps = sorted(_steps(story, now), key=lambda step: step[0])
    ids: dict[str, int] = {}
    work.now = steps[0][0]
    for values in story["name"]:
        _name_on_a_list(work, values)
    for at, lead, step in steps:
        work.now = at
        if step is None:
            ids[lead["name"]] = _add(work, lead)
        else:
            _do(work, ids[lead["name"]], step, now)
    work.now = now
    work.operation.lead_id = None
    return len(ids) + len(story["name"])


def moment(text: str, now: datetime) -> datetime:
    """The moment that ``text`` tells, seen from ``now`` (the head of ``demo.toml`` says how)."""
    words = text.split()
    if words[0].startswith("now-"):
        return now - timedelta(minutes=int(words[0][4:]))
    clock = time.fromisoformat(words[1]) if len(words) > 1 else time()
    found = datetime.combine(day(words[0], now.date()), clock)
    return moment(words[2], now) if found > now and len(words) > 2 else found


def day(text: str, today: date) -> date:
    """The day of ``-7`` (days from today) or ``w-1.3`` (last week's Wednesday)."""
    if not text.startswith("w"):
        return today + timedelta(days=int(text))
    week, _, weekday = text[1:].partition(".")
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=int(week), days=int(weekday) - 1)


def _steps(story: Record, now: datetime) -> list[tuple[datetime, Record, Record | None]]:
    # what lies ahead of the clock has not happened, nor has what would have come after it
    found: list[tuple[datetime, Record, Record | None]] = []
    for lead in story["lead"]:
        received = moment(lead["received"], now)
        if received > now:
            continue
        found.append((received, lead, None))
        for step in lead.get("steps", ()):
            at = moment(step["at"], now)
            if at > now:
                break
            found.append((at, lead, step))
    return found


_LEAD = [
    "short",
    "kind",
    "brands",
    "area",
    "city",
    "address",
    "phone",
    "source",
    "need",
    "supplier",
    "volume_month",
    "ownership",
    "tags",
    "note",
]


def _add(work: Work, lead: Record) -> int:
    process = leads.default_process(work)
    people = [contacts.parse_person(process, text.split()) for text in lead.get("people", ())]
    values = {name: lead[name] for name in _LEAD if name in lead}
    return leads.add(work, leads.NewLead(lead["name"], values, people)).id


def _name_on_a_list(work: Work, values: Record) -> None:
    # as an import leaves it: nobody knows yet that they may buy, so it was not received
    process = leads.default_process(work)
    row = {
        **leads.stored(values),
        "process": process.code,
        "stage": process.first_stage.code,
        "owner": work.by,
        "registered_by": work.by,
        "created_at": work.at,
        "updated_at": work.at,
    }
    store.insert_lead(work.connection, {**row, **lead_keys(row)})


def _do(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    for name, act in _ACTS.items():
        if name in step:
            act(work, lead_id, step, now)


def _person(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    process = work.process(work.lead(lead_id).process)
    person = contacts.parse_person(process, step["person"].split())
    person.values |= step.get("about", {})
    contacts.add(work, lead_id, person)


def _set(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    values = dict(step["set"])
    if "goal_on" in values:
        values["goal_on"] = day(values["goal_on"], now.date()).isoformat()
        values["goal_fen"] = values.pop("goal") * 100
    leads.edit(work, lead_id, leads.Changes(values))


def _log(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    person = contacts.pick(work, lead_id, step["with"]).id if "with" in step else None
    parts = {name: step[name] for name in ("learned", "did", "feedback", "progress") if name in step}
    entry = followups.Entry(
        step["note"],
        step["via"],
        incoming=step.get("incoming", False),
        contact_id=person,
        grade=step.get("grade"),
        answered=not step.get("no_answer", False),
        plan=_plan(step.get("next"), step.get("how"), now),
        no_next=step.get("no_next", False),
        **parts,
    )
    followups.log(work, lead_id, entry)


def _move(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    promises.set_next(work, lead_id, _plan(step["move"], None, now), why=step.get("why"))


def _advance(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    stages.advance(work, stages.look(work, lead_id, None))


def _order(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    orders.order(work, lead_id, orders.Sale(step["order"] * 100, work.today, note=step.get("what")))


def _park(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    until = day(step["until"], now.date())
    stages.park(work, lead_id, stages.Leaving(step["park"], step.get("why"), until=until))


def _lose(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    leaving = stages.Leaving(step["lose"], step.get("why"), competitor=step.get("to"))
    stages.lose(work, lead_id, leaving)


def _reopen(work: Work, lead_id: int, step: Record, now: datetime) -> None:
    stages.reopen(work, lead_id, _plan(step["reopen"], None, now), why=step.get("why"))


# a step may tell several things of its moment: they are done in this order
_ACTS: dict[str, Callable[[Work, int, Record, datetime], None]] = {
    "reopen": _reopen,
    "person": _person,
    "set": _set,
    "note": _log,
    "move": _move,
    "advance": _advance,
    "order": _order,
    "park": _park,
    "lose": _lose,
}


def _plan(text: str | None, how: str | None, now: datetime) -> Plan | None:
    # "DAY [HH:MM] [WHAT]"
    if text is None:
        return None
    first, *rest = text.split()
    clock = rest.pop(0) if rest and rest[0][:2].isdecimal() and ":" in rest[0] else None
    plan = Plan(day(first, now.date()), clock, " ".join(rest) or None)
    return replace(plan, via=how) if how else plan
