"""How leads went through their stages: in a period, and in the 90 days up to its last day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


# by lead the entering of its first stage and those by its moves; (when, stage) of those that did not move
_Enterings = tuple[dict[int, Entering], dict[int, list[Entering]], list[tuple[str, tuple[str, str]]]]


def window_of(period: Period) -> str:
    """The instant from which conversion and days in a stage are counted: ninety days up to the period's."""
    return f"{period.day - timedelta(days=WINDOW_DAYS - 1)}T00:00"


class Flow:
    """The enterings of stages, gone through once; every stage is its code and that of its process.

    ``entered`` and ``left`` count those of the period. ``stays_only``: how long leads stayed, and nothing else.
    """

    def __init__(
        self,
        connection: Connection,
        processes: Processes,
        leads: Leads | Recent,
        period: Period,
        stays_only: bool = False,
    ) -> None:
        self._connection = connection
        self._leads = leads
        self.entered: Counter[tuple[str, str]] = Counter()
        self.left: Counter[tuple[str | None, str | None]] = Counter()
        self._places = {process.code: process.places for process in processes.all()}
        self._came: Counter[tuple[str, str]] = Counter()
        self._went: Counter[tuple[str, str]] = Counter()
        self._spent: dict[tuple[str, str], list[int]] = {}
        window = window_of(period)
        since = window if stays_only else min(window, period.start)
        firsts, moved, alone = self._read(since, period.moment)
        if not stays_only:
            self._count(period.start, firsts.values(), moved)
            self._alone(period.start, window, alone)
        unknown: list[Entering] = []
        for lead, steps in moved.items():
            if lead in firsts:
                steps.insert(0, firsts[lead])
                # only a move dated before the day received stands behind it
                if steps[1].at < steps[0].at:
                    steps.sort(key=_moment)
            if not stays_only:
                self._follow(steps if steps[0].at >= window else [one for one in steps if one.at >= window])
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

    def days_between(self, process: str, stage: str) -> tuple[float | None, float | None]:
        """Between which days the middle half of the same lies; None without any."""
        found = funnel.middle_half(self._spent.get((process, stage), ()))
        return (round(found[0], 1), round(found[1], 1)) if found else (None, None)

    def _count(self, start: str, firsts: Iterable[Entering], moved: Mapping[int, Sequence[Entering]]) -> None:
        self.entered.update([(one.process, one.stage) for one in firsts if one.at >= start])
        steps = [one for each in moved.values() for one in each if one.at >= start]
        self.entered.update([(one.process, one.stage) for one in steps])
        self.left.update([(one.left, one.origin) for one in steps])

    def _alone(self, start: str, window: str, found: Sequence[tuple[str, tuple[str, str]]]) -> None:
        # most leads have entered one stage and not moved since
        self.entered.update([entered for at, entered in found if at >= start])
        counted = Counter([entered for at, entered in found if at >= window])
        for (process, stage), count in counted.items():
            if stage in self._places.get(process, ()):
                self._came[process, stage] += count

    def _follow(self, steps: Sequence[Entering]) -> None:
        # a lead counts once in a stage, from its first entering
        came: set[tuple[str, str]] = set()
        went: set[tuple[str, str]] = set()
        for one in steps:
            places = self._places.get(one.process, {})
            place = places.get(one.stage, -1)
            if came:
                went.update([each for each in came if each[0] == one.process and places[each[1]] < place])
            if place >= 0:
                came.add((one.process, one.stage))
        # one by one: a Counter takes longer over each of many small sets
        for each in came:
            self._came[each] += 1
        for each in went:
            self._went[each] += 1

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

    def _read(self, since: str, until: str) -> _Enterings:
        # every entering of a stage in the span: of its first, and by each move, in order
        moved: dict[int, list[Entering]] = defaultdict(list)
        for one in metrics.moves_into(self._connection, since, until):
            moved[one.lead_id].append(one)
        received = self._leads.received(since, until)
        left = metrics.first_left(self._connection, received)
        firsts, alone = {}, []
        for lead in received:
            if lead.id in moved:
                firsts[lead.id] = metrics.first_entry(lead, *left.get(lead.id, (None, None)))
            elif lead.id in left:
                process, stage = left[lead.id]
                alone.append((lead.received_at or "", (process or lead.process, stage)))
            else:
                alone.append((lead.received_at or "", (lead.process, lead.stage)))
        return firsts, moved, alone

    def _every(self, lead_ids: set[int]) -> dict[int, list[Entering]]:
        # every entering of a stage by each of these leads, which have moved, in order
        found = metrics.steps_of(self._connection, sorted(lead_ids))
        for lead in self._leads.some(lead_ids):
            if lead.received_at:
                began = min(found[lead.id], key=lambda one: one.order)
                found[lead.id].append(metrics.first_entry(lead, began.left, began.origin))
                found[lead.id].sort(key=_moment)
        return found
