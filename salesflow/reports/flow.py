"""How leads went through their stages: in a period, and in the 90 days up to its last day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter

from salesflow import funnel
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.store import metrics
from salesflow.store.metrics import Entering
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads, Recent

WINDOW_DAYS = 90
_moment = attrgetter("at", "order")


class Flow:
    """The enterings of stages, gone through once; every stage is its code and that of its process.

    ``entered`` and ``left`` count those of the period.
    """

    def __init__(
        self, connection: Connection, processes: Processes, leads: Leads | Recent, period: Period
    ) -> None:
        self._connection = connection
        self._leads = leads
        self.entered: Counter[tuple[str, str]] = Counter()
        self.left: Counter[tuple[str | None, str | None]] = Counter()
        self._places = {process.code: process.places for process in processes.all()}
        self._came: Counter[tuple[str, str]] = Counter()
        self._went: Counter[tuple[str, str]] = Counter()
        self._spent: dict[tuple[str, str], list[int]] = {}
        window = f"{period.day - timedelta(days=WINDOW_DAYS - 1)}T00:00"
        unknown: list[Entering] = []
        for steps in self._by_lead(min(window, period.start), period.moment):
            self._count([one for one in steps if one.at >= period.start])
            self._follow([one for one in steps if one.at >= window])
            if len(steps) > 1 or steps[0].origin:
                unknown += self._measure(steps, window)
        self._look_back(unknown)

    def conversion(self, process: str, stage: str) -> float | None:
        """Of the leads that entered the stage the share that has entered a later one since; None without any."""
        places, came = self._places[process], self._came[process, stage]
        if not came or places[stage] == max(places.values()):
            return None
        return round(self._went[process, stage] / came, 4)

    def median_days(self, process: str, stage: str) -> float | None:
        """Of those that left the stage forwards, the median of the days that they were in it; None without any."""
        middle = funnel.median(self._spent.get((process, stage), ()))
        return int(middle) if middle is not None and middle == int(middle) else middle

    def _count(self, steps: Sequence[Entering]) -> None:
        for one in steps:
            self.entered[one.process, one.stage] += 1
            self.left[one.left, one.origin] += 1

    def _follow(self, steps: Sequence[Entering]) -> None:
        # a lead counts once in a stage, from its first entering; most have entered one alone
        if len(steps) == 1 and steps[0].stage in self._places.get(steps[0].process, ()):
            self._came[steps[0].process, steps[0].stage] += 1
            return
        came: set[tuple[str, str]] = set()
        went: set[tuple[str, str]] = set()
        for one in steps:
            places = self._places.get(one.process, {})
            place = places.get(one.stage, -1)
            if came:
                went.update([each for each in came if each[0] == one.process and places[each[1]] < place])
            if place >= 0:
                came.add((one.process, one.stage))
        self._came.update(came)
        self._went.update(went)

    def _measure(self, steps: Sequence[Entering], since: str) -> list[Entering]:
        # those of which the steps do not tell when the stage that they left was entered
        unknown = []
        at: dict[tuple[str, str], str] = {}
        for one in steps:
            if one.origin and one.at >= since and self._is_forward(one):
                before = at.get((one.process, one.origin))
                if before:
                    self._spend(one, before)
                else:
                    unknown.append(one)
            at[one.process, one.stage] = one.at
        return unknown

    def _look_back(self, unknown: Sequence[Entering]) -> None:
        every = self._every({one.lead_id for one in unknown})
        for one in unknown:
            stage = one.process, one.origin
            before = [
                two.at
                for two in every[one.lead_id]
                if (two.process, two.stage) == stage and _moment(two) < _moment(one)
            ]
            if before:
                self._spend(one, before[-1])

    def _is_forward(self, one: Entering) -> bool:
        if one.left != one.process or one.rebuilt:
            return False
        places = self._places.get(one.process, {})
        return one.origin in places and places.get(one.stage, -1) > places[one.origin]

    def _spend(self, one: Entering, before: str) -> None:
        days = (date.fromisoformat(one.at[:10]) - date.fromisoformat(before[:10])).days
        self._spent.setdefault((one.process, one.origin or ""), []).append(days)

    def _by_lead(self, since: str, until: str) -> list[list[Entering]]:
        # every entering of a stage in the span, each lead's in order
        found: dict[int, list[Entering]] = {}
        for one in metrics.first_entries(self._connection, self._leads.received(since, until)):
            found[one.lead_id] = [one]
        for one in metrics.moves_into(self._connection, since, until):
            found.setdefault(one.lead_id, []).append(one)
        for steps in found.values():
            # only a move dated before the day received stands behind it
            if len(steps) > 1 and steps[1].at < steps[0].at:
                steps.sort(key=_moment)
        return list(found.values())

    def _every(self, lead_ids: set[int]) -> dict[int, list[Entering]]:
        # every entering of a stage by each of these leads, which have moved, in order
        found = metrics.steps_of(self._connection, sorted(lead_ids))
        for lead in self._leads.some(lead_ids):
            if lead.received_at:
                began = min(found[lead.id], key=lambda one: one.order)
                found[lead.id].append(metrics.first_entry(lead, began.left, began.origin))
                found[lead.id].sort(key=_moment)
        return found
