"""In which order to visit: the shortest way that keeps the appointments (E6).

Up to ``EXACT`` stops the order is the best there is (dynamic programming over the sets of stops, after
Held and Karp); above that it is the best that moving and turning round parts of it finds. What counts
first is not to come late, then not to stay out too long, then the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

EXACT = 12
_LONGEST_PART = 3  # stops that are moved together


class Visit(NamedTuple):
    """What a stop wants, in seconds: how long it takes, from when and by when it must begin (of the day)."""

    takes: int
    earliest: int = 0
    latest: int | None = None


class Way(NamedTuple):
    """A day's stops: the metres between them and from the start, what each wants, the day, the speed."""

    metres: Sequence[Sequence[int]]
    first: Sequence[int]
    visits: Sequence[Visit]
    begins: int = 0
    ends: int | None = None
    kmh: int = 25

    def drive(self, length: int) -> int:
        """The seconds that so many metres take."""
        return round(length * 3.6 / self.kmh)

    @property
    def timed(self) -> bool:
        """Whether a stop has an hour of its own."""
        return any(one.earliest or one.latest is not None for one in self.visits)


class Leg(NamedTuple):
    """One stop of a day in its order: the way to it and its times, in seconds of the day."""

    stop: int
    metres: int
    arrives: int
    begins: int
    leaves: int
    late: int


class Cost(NamedTuple):
    """How good an order is: the smaller the better, from left to right."""

    late: int
    over: int
    metres: int
    end: int


def timetable(way: Way, order: Sequence[int]) -> list[Leg]:
    """When each stop is reached and left; whoever has to wait for the first one sets out later."""
    legs: list[Leg] = []
    clock, before = way.begins, -1
    for stop in order:
        length = way.first[stop] if before < 0 else way.metres[before][stop]
        visit = way.visits[stop]
        arrives = clock + way.drive(length)
        begins = max(arrives, visit.earliest)
        late = max(0, begins - visit.latest) if visit.latest is not None else 0
        clock = begins + visit.takes
        legs.append(Leg(stop, length, arrives if legs else begins, begins, clock, late))
        before = stop
    return legs


def cost(way: Way, order: Sequence[int]) -> Cost:
    """What the order costs."""
    late = metres = 0
    clock, before = way.begins, -1
    for stop in order:
        length = way.first[stop] if before < 0 else way.metres[before][stop]
        visit = way.visits[stop]
        clock = max(clock + way.drive(length), visit.earliest)
        late += max(0, clock - visit.latest) if visit.latest is not None else 0
        clock, metres, before = clock + visit.takes, metres + length, stop
    return Cost(late, _over(way, clock), metres, clock)


def _over(way: Way, end: int) -> int:
    return max(0, end - way.ends) if way.ends is not None else 0


def best_order(way: Way) -> list[int]:
    """The order of the stops that costs least; of very many, one that costs little."""
    if len(way.visits) <= EXACT:
        return _exact(way)
    return min((improved(way, start) for start in _starts(way)), key=lambda order: cost(way, order))


# A way through some stops: late, metres, the clock, the last stop, and the way that it goes on from.
_Label = tuple[int, int, int, int, "_Label | None"]


def _exact(way: Way) -> list[int]:
    count = len(way.visits)
    if not count:
        return []
    bound = _Bound(way)
    # for each set of stops and the last of them: the ways that no other one beats in all that may still count
    held: list[dict[int, list[_Label]]] = [{} for _ in range(1 << count)]
    for stop in range(count):
        _keep(held[1 << stop], _onward(way, (0, 0, way.begins, -1, None), stop, way.first[stop]))
    for visited in range(1, (1 << count) - 1):
        here, held[visited] = held[visited], {}
        for stop in range(count):
            if not visited >> stop & 1:
                there = held[visited | 1 << stop]
                for last, labels in here.items():
                    for label in labels:
                        found = _onward(way, label, stop, way.metres[last][stop])
                        if not bound.beats(found, visited | 1 << stop):
                            _keep(there, found)
    ends = [_path(label) for labels in held[-1].values() for label in labels]
    return min([*ends, bound.order], key=lambda order: cost(way, order))


class _Bound:
    """A good order, and whether what a way has cost so far, with the least that is to come, is more already."""

    def __init__(self, way: Way) -> None:
        count = len(way.visits)
        found: list[int] = []
        for stop in range(count):
            found = inserted(way, found, stop)
        self.order = improved(way, found)
        self._cost = cost(way, self.order)[:3]
        self._way = way
        nearest = [
            min([way.first[stop], *(way.metres[one][stop] for one in range(count) if one != stop)])
            for stop in range(count)
        ]
        self._left = [(0, 0)] * (1 << count)  # metres and seconds, at least, of the stops not yet visited
        for visited in range((1 << count) - 2, -1, -1):
            stop = ((visited + 1) & ~visited).bit_length() - 1  # one that is still to come
            far, long = self._left[visited | 1 << stop]
            takes = way.drive(nearest[stop]) + way.visits[stop].takes
            self._left[visited] = (far + nearest[stop], long + takes)

    def beats(self, label: _Label, visited: int) -> bool:
        """Whether nothing that goes on from here can be better than the good order."""
        far, long = self._left[visited]
        return (label[0], _over(self._way, label[2] + long), label[1] + far) > self._cost


def _onward(way: Way, label: _Label, stop: int, length: int) -> _Label:
    visit = way.visits[stop]
    late = label[0]
    clock = max(label[2] + way.drive(length), visit.earliest)
    if visit.latest is not None and clock > visit.latest:
        late += clock - visit.latest
    return late, label[1] + length, clock + visit.takes, stop, label


def _keep(there: dict[int, list[_Label]], new: _Label) -> None:
    late, length, clock, stop, _ = new
    labels = there.setdefault(stop, [])
    for old in labels:
        if old[0] <= late and old[1] <= length and old[2] <= clock:
            return
    labels[:] = [old for old in labels if old[0] < late or old[1] < length or old[2] < clock]
    labels.append(new)


def _path(label: _Label | None) -> list[int]:
    found: list[int] = []
    while label and label[3] >= 0:
        found.append(label[3])
        label = label[4]
    return found[::-1]


def inserted(way: Way, order: Sequence[int], stop: int) -> list[int]:
    """The order with one stop more, at the place where it costs least."""
    tried = ([*order[:place], stop, *order[place:]] for place in range(len(order) + 1))
    return min(tried, key=lambda found: cost(way, found))


def _starts(way: Way) -> Iterator[list[int]]:
    # the stops with an hour stand first, so that the others are laid between them
    count = len(way.visits)
    timed = sorted(range(count), key=lambda stop: (way.visits[stop].latest is None, way.visits[stop].latest))
    order: list[int] = []
    for stop in timed:
        order = inserted(way, order, stop)
    yield order
    for start in range(min(count, _LONGEST_PART)):
        left, order = set(range(count)), []
        while left:
            far = way.first if not order else way.metres[order[-1]]
            stop = start if not order else min(left, key=lambda one: (far[one], one))
            order.append(stop)
            left.remove(stop)
        yield order


def improved(way: Way, order: Sequence[int]) -> list[int]:
    """The order after every change that makes it better: parts turned round (2-opt) and moved (Or-opt)."""
    best, price = list(order), cost(way, order)
    better = True
    while better:
        better = False
        for tried in _neighbours(best):
            found = cost(way, tried)
            if found < price:
                best, price, better = tried, found, True
                break
    return best


def _neighbours(order: list[int]) -> Iterator[list[int]]:
    count = len(order)
    for start in range(count - 1):
        for end in range(start + 2, count + 1):
            yield [*order[:start], *order[start:end][::-1], *order[end:]]
    for size in range(1, _LONGEST_PART + 1):
        for start in range(count - size + 1):
            part, rest = order[start : start + size], [*order[:start], *order[start + size :]]
            for place in range(len(rest) + 1):
                if place != start:
                    yield [*rest[:place], *part, *rest[place:]]
                    yield [*rest[:place], *part[::-1], *rest[place:]]
