"""What is overdue laid out over the next working days, in the order of today's list (K4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesflow.actions import promises
from salesflow.actions.promises import Plan
from salesflow.actions.work import Work
from salesflow.names import label
from salesflow.store import followups


@dataclass(frozen=True)
class Shift:
    """One promise moved."""

    lead_id: int
    name: str
    before: str
    after: date


def spread(work: Work, lead_ids: Sequence[int], days: int, per_day: int | None, why: str) -> list[Shift]:
    """The promises moved, the first ones to the first day; each is a reschedule with its reason.

    Without ``per_day`` the leads are shared evenly; with it those that do not fit stay where they are.
    """
    room = per_day or max(1, -(-len(lead_ids) // days))
    done = []
    for day, place in zip(_days(work, days), range(0, days * room, room), strict=True):
        for lead_id in lead_ids[place : place + room]:
            standing = followups.open_promise(work.connection, lead_id)
            promises.set_next(work, lead_id, Plan(day), why=why)
            before = standing.date if standing else ""
            done.append(Shift(lead_id, label(work.lead(lead_id)), before, day))
    work.operation.lead_id = done[0].lead_id if len(done) == 1 else None
    return done


def _days(work: Work, count: int) -> list[date]:
    found: list[date] = []
    day = work.today
    for _ in range(count):
        day = work.calendar.next_workday(day + timedelta(days=1))
        found.append(day)
    return found
