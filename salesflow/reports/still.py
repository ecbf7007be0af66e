"""Who stands still: days since the last effective follow-up against the days that a stage takes (practice B).

A lead is stuck where more days have passed since somebody answered last (since it was received, where nobody
ever has) than leads spend in its stage, and no promise for that day or a later one stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.processes import Process
from salesflow.reports import figures, parts
from salesflow.reports.flow import Flow
from salesflow.reports.period import Period
from salesflow.store import idle
from salesflow.store.standing import Standing


class Idle(NamedTuple):
    """An open lead in no won stage: since when nobody has answered, how long it may, what is promised.

    ``effective`` is None where nobody ever has. ``silenced``: it would be stuck but for a promise to come.
    """

    lead: Standing
    effective: str | None
    days: int
    limit: int
    promise: tuple[str, str | None] | None
    stuck: bool
    silenced: bool


Medians = Mapping[tuple[str, str], float | None]
Promises = Mapping[int, tuple[str, str | None]]


def medians(book: figures.Book, period: Period) -> Medians:
    """The median of the days in each (process, stage), as ``report funnel`` says it."""
    flow = Flow(*book, period, stays_only=True)
    return {
        (process.code, stage): flow.median_days(process.code, stage)
        for process in book.processes.all()
        for stage in process.places
    }


def idle_leads(book: figures.Book, period: Period, stays: Medians, promises: Promises) -> list[Idle]:
    """Every open lead that was received and stands in no won stage, as of the period's last moment; by id.

    ``promises`` are those that stood at that moment.
    """
    moment, day = period.moment, period.day.isoformat()
    won = {(one.code, stage) for one in book.processes.all() for stage in one.won_codes}
    limits: dict[tuple[str, str, str | None], int] = {}
    found = []
    waiting = [
        (lead, lead.received_at)
        for lead in book.leads.open_at(moment)
        if lead.received_at and lead.received_at <= moment and (lead.process, lead.stage) not in won
    ]
    answered = idle.last_effective(book.connection, [lead.id for lead, _ in waiting], moment)
    for lead, received in waiting:
        effective, promise = answered.get(lead.id), promises.get(lead.id)
        days = parts.days_between(effective or received, day)
        key = (lead.process, lead.stage, lead.grade)
        limit = limits.get(key)
        if limit is None:
            limit = limits[key] = limit_of(book.processes[lead.process], lead, stays)
        late, ahead = days > limit, promise is not None and promise[0] >= day
        found.append(Idle(lead, effective, days, limit, promise, late and not ahead, late and ahead))
    return found


def limit_of(process: Process, lead: Standing, stays: Medians) -> int:
    """How many days the lead may stand without an answer: the stage's median, else until its next follow-up."""
    median = stays.get((lead.process, lead.stage))
    if median is not None and median >= 1:
        return int(median)
    interval = next((one.interval for one in process.stages if one.code == lead.stage), 0)
    every = {grade.code: grade.every for grade in process.grades}
    return interval or every.get(lead.grade or "", process.grade_none_every)
