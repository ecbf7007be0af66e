"""A day's trip that grows: what must be visited is put in, what may be is taken where it fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesflow import route
from salesflow.route import Leg, Visit, Way
from salesflow.route_places import Spot, metres

_EXACT_TRIES = 8  # searches for room where the cheapest place has none: each takes a while


class Wanted(NamedTuple):
    """A stop that is wanted: its number, where it is and what it wants."""

    key: int
    spot: Spot
    visit: Visit


class Trip:
    """The stops of one day in their order, always the best known."""

    def __init__(self, start: Spot | None, begins: int, ends: int, kmh: int) -> None:
        self.start = start
        self.begins = begins
        self.stops: list[Wanted] = []
        self._ends = ends
        self._kmh = kmh
        self._tries = _EXACT_TRIES

    def way(self, stops: Sequence[Wanted]) -> Way:
        """The distances and hours of these stops."""
        between = [[metres(one.spot, other.spot) for other in stops] for one in stops]
        first = [metres(self.start, one.spot) if self.start else 0 for one in stops]
        visits = [one.visit for one in stops]
        return Way(between, first, visits, self.begins, self._ends, self._kmh)

    def put(self, *wanted: Wanted) -> None:
        """These stops are part of the trip, come what may; the day begins earlier where it must."""
        for one in wanted:
            if one.visit.latest is not None and one.visit.latest < self.begins:
                away = metres(self.start, one.spot) if self.start else 0
                self.begins = max(0, one.visit.latest - self.way([one]).drive(away))
        stops = [*self.stops, *wanted]
        way, order = self.way(stops), list(range(len(self.stops)))
        for place in range(len(self.stops), len(stops)):
            order = route.inserted(way, order, place)
        self._settle([stops[place] for place in order])

    def take(self, one: Wanted) -> bool:
        """Whether the stop has room: then it is part of the trip, and nothing is later than before for it."""
        stops = [*self.stops, one]
        way = self.way(stops)
        order = route.inserted(way, range(len(self.stops)), len(self.stops))
        if not self._fits(way, order):
            if not way.timed or len(stops) > route.EXACT or not self._tries:
                return False
            self._tries -= 1
            order = route.best_order(way)
            if not self._fits(way, order):
                return False
        self._settle([stops[place] for place in order])
        return True

    def detour(self, one: Wanted) -> int | None:
        """The metres that the stop adds to the way; None where it has no room."""
        way = self.way([*self.stops, one])
        order = route.inserted(way, range(len(self.stops)), len(self.stops))
        return route.cost(way, order).metres - self._now().metres if self._fits(way, order) else None

    def legs(self) -> list[Leg]:
        """The trip stop by stop; ``Leg.stop`` is the place in ``stops``."""
        return route.timetable(self.way(self.stops), range(len(self.stops)))

    def _now(self) -> route.Cost:
        return route.cost(self.way(self.stops), range(len(self.stops)))

    def _fits(self, way: Way, order: Sequence[int]) -> bool:
        now, then = self._now(), route.cost(way, order)
        return then.late <= now.late and then.over <= now.over

    def _settle(self, stops: list[Wanted]) -> None:
        way = self.way(stops)
        exact = len(stops) <= route.EXACT
        order = route.best_order(way) if exact else route.improved(way, range(len(stops)))
        self.stops = [stops[place] for place in order]
