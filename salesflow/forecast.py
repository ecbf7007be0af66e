"""The chance that an open lead closes, pure: cases of one's own history, shrunk towards the process's default.

A lead is looked at when it has stood in a stage for so many days (``EDGES``), by what was known on
that day: stage, grade, days, visits so far. What counts is in which week after that day it was won.
A case whose weeks are not over says nothing about those to come: it is no loss.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

EDGES = (0, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365)  # days in the stage
WEEKS = 14  # how far ahead: three months end within 92 days
CHANCE_WEEKS = 13  # a lead's chance is that of closing within 91 days
FAR = 10**9  # a day that never comes
DEFAULT_CASES = 10.0  # the process's percentage counts as so many cases
LEAST_CASES = 5  # fewer explain nothing

# days over which a coarser cell goes; a year in a stage is like half a year, a week like three
_COARSE = (0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3)
_FINE, _TIMES, _BUCKETS = len(EDGES), 4, 4
_CELLS = _FINE * _BUCKETS
_EDGED = tuple([(time * _BUCKETS, days) for time, days in enumerate(EDGES)])
_KNOWN = WEEKS + 1
_OUTCOMES = _KNOWN * _KNOWN


class Stay(NamedTuple):
    """A lead standing open in a stage from ``start`` up to the day before ``end``; ``entered`` when it came there."""

    place: int
    entered: int
    start: int
    end: int


class Way(NamedTuple):
    """What happened to a lead, in day numbers; ``won`` and ``void`` (no real lead) are FAR where it never was."""

    lead: int
    stays: Sequence[Stay]
    won: int
    void: int
    visits: Sequence[int]
    grades: Sequence[tuple[int, int]]


class Seen(NamedTuple):
    """What is known of a lead on a day: its stage, grade, how long it has stood there, how often it was visited."""

    place: int
    grade: int
    time: int  # which of EDGES it has passed
    visits: int  # which bucket: none, fewer than a deal takes, as many, more


class Places(NamedTuple):
    """The stages by number: for each the visits that part its buckets; ``grades`` is how many grades there are."""

    visits: Sequence[tuple[int, int]]
    grades: int


def visits_bucket(count: int, least: int, most: int) -> int:
    """Which bucket so many visits are in: none, fewer than ``least``, up to ``most``, more."""
    return (count > 0) + (count >= max(least, 2)) + (count > most) if count else 0


def grade_on(grades: Sequence[tuple[int, int]], day: int) -> int:
    """The grade that held on the day, 0 without one."""
    found = 0
    for since, grade in grades:
        if since > day:
            break
        found = grade
    return found


def seen(way: Way, stay: Stay, day: int, places: Places) -> Seen:
    """What was known of the lead on a day of its stay."""
    count = bisect_right(way.visits, day) if way.visits else 0
    bucket = visits_bucket(count, *places.visits[stay.place]) if count else 0
    time = bisect_right(EDGES, max(day - stay.entered, 0)) - 1
    return Seen(stay.place, grade_on(way.grades, day), time, bucket)


def cases(ways: Iterable[Way], today: int, places: Places) -> Counter[int]:
    """How many cases of each cell and outcome had been seen by ``today``; what came later is not looked at.

    A cell and an outcome are one number, so that very many cases are counted quickly.
    """
    found: list[int] = []
    for way in ways:
        if way[3] > today:
            _note_cases(way, today, places, found.append)
    return Counter(found)


def _note_cases(way: Way, today: int, places: Places, note: Callable[[int], None]) -> None:
    _, stays, won, _, visits, graded = way
    since, only = graded[0] if len(graded) == 1 else (FAR, 0)
    first = visits[0] if visits else FAR
    for place, entered, start, end in stays:
        if end > today - 6:
            end = today - 6
        for base, days in _EDGED:
            day = entered + days
            if day >= end:
                break
            if day < start:
                continue
            grade = only if since <= day else grade_on(graded, day) if since == FAR and graded else 0
            cell = (place * places.grades + grade) * _CELLS + base
            if first <= day:
                cell += visits_bucket(bisect_right(visits, day), *places.visits[place])
            known, week = (today - day) // 7, (won - day - 1) // 7
            outcome = (week if week < WEEKS else WEEKS) * _KNOWN
            note(cell * _OUTCOMES + outcome + (known if known < WEEKS else WEEKS))


class Cell:
    """Cases alike: in each week how many were at risk, how many won; of the whole ones, how many, how many won."""

    __slots__ = ("cases", "most", "risk", "wins", "won")

    def __init__(self) -> None:
        self.risk = [0] * WEEKS
        self.wins = [0] * WEEKS
        self.cases = 0
        self.won = 0
        self.most = 0  # of the cases, those at one of the EDGES: each lead stands among these once

    def add(self, week: int, known: int, count: int) -> None:
        """Takes in ``count`` cases won in ``week``, of which ``known`` weeks are over."""
        for one in range(min(known, week + 1)):
            self.risk[one] += count
        if week < known:
            self.wins[week] += count
        if known >= CHANCE_WEEKS:
            self.cases += count
            self.won += count if week < CHANCE_WEEKS else 0

    def join(self, other: Cell) -> None:
        """Takes in the cases of another cell."""
        self.risk = [mine + its for mine, its in zip(self.risk, other.risk, strict=True)]
        self.wins = [mine + its for mine, its in zip(self.wins, other.wins, strict=True)]
        self.cases += other.cases
        self.won += other.won

    @property
    def repeated(self) -> float:
        """How often a lead stands among the cases, on average."""
        return self.risk[0] / self.most if self.most else 1.0


Key = tuple[int, ...]
_LEVELS = 5
_BY_TIME = 0  # a cell by stage and time alone: it explains, and stands in no row
_EMPTY = Cell()


def levels(known: Seen) -> tuple[Key, ...]:
    """The cells that a lead is in, each within the one before: stage, grade, time, exact time, visits."""
    place, grade, time, visits = known
    return (
        (1, place),
        (2, place, grade),
        (3, place, grade, _COARSE[time]),
        (4, place, grade, time),
        (5, place, grade, time, visits),
    )


class History:
    """The cells of one's own history, and the chances that follow from them."""

    def __init__(self, counted: Mapping[int, int], places: Places) -> None:
        self.cells: dict[Key, Cell] = {}
        self._curves: dict[tuple[Seen, int], tuple[tuple[float, ...], tuple[float, ...]]] = {}
        finest: dict[int, Cell] = {}
        for code, count in counted.items():
            cell, outcome = divmod(code, _OUTCOMES)
            finest.setdefault(cell, Cell()).add(*divmod(outcome, _KNOWN), count)
        for code, one in finest.items():
            rest, bucket = divmod(code, _BUCKETS)
            rest, time = divmod(rest, _FINE)
            self._put(Seen(*divmod(rest, places.grades), time, bucket), one)
        for key, one in list(self.cells.items()):
            self._mark(key, one.risk[0])
        self.strengths = tuple(strength(self._children(level)) for level in range(2, _LEVELS + 1))

    def cell(self, key: Key) -> Cell:
        """The cell of that key, an empty one where there are no cases."""
        return self.cells.get(key, _EMPTY)

    def leads_of(self, place: int) -> int:
        """How many leads at least have been seen in the stage."""
        return self.cell((1, place)).most

    def _put(self, known: Seen, one: Cell) -> None:
        for key in (*levels(known), (_BY_TIME, known.place, known.time)):
            self.cells.setdefault(key, Cell()).join(one)

    def _mark(self, key: Key, count: int) -> None:
        marked = [key] if key[0] in (_BY_TIME, 4, 5) else []
        if key[0] == _BY_TIME:
            marked.append((1, key[1]))
        elif key[0] == 4:
            marked += [(2, *key[1:3]), (3, *key[1:3], _COARSE[key[3]])]
        for one in marked:
            self.cells[one].most = max(self.cells[one].most, count)

    def _children(self, level: int) -> list[tuple[float, float, float]]:
        found = []
        for key, one in self.cells.items():
            if key[0] == level:
                above = self.cells[_above(key)]
                rate = above.won / above.cases if above.cases else 0.0
                found.append((one.cases / one.repeated, one.won / one.repeated, rate))
        return found

    def curve(self, known: Seen, prior: tuple[float, ...]) -> tuple[float, ...]:
        """The chance to have closed by the end of each week from now, 0 at first.

        ``prior`` are the weekly chances of the process's own percentage (``default``). Each cell's week
        is shrunk towards the week of the cell around it: the more cases, the less.
        """
        key = (known, id(prior))
        if key not in self._curves:
            weekly = prior
            for cell, weight in zip(levels(known), (DEFAULT_CASES, *self.strengths), strict=True):
                one = self.cells.get(cell)
                if one is not None:
                    weekly = shrunk(one.risk, one.wins, weekly, weight * one.repeated)
            self._curves[key] = (cumulative(weekly), prior)
        return self._curves[key][0]

    def told(self, known: Seen) -> tuple[Seen, int, int] | None:
        """What explains a chance: the cell (-1 for what it leaves open), its whole cases and how many of them closed.

        It is the finest with cases enough, else the one with the most; None without any whole case.
        """
        place, grade, time, _ = known
        options = [
            (known, self.cell((5, *known))),
            (Seen(place, grade, time, -1), self.cell((4, place, grade, time))),
            (Seen(place, -1, time, -1), self.cell((_BY_TIME, place, time))),
            (Seen(place, -1, 0, -1), self.cell((_BY_TIME, place, 0))),
        ]
        enough = [one for one in options if one[1].cases >= LEAST_CASES]
        best, cell = enough[0] if enough else max(options, key=lambda one: one[1].cases)
        return (best, cell.cases, cell.won) if cell.cases else None

    def begun(self, place: int) -> tuple[int, int]:
        """How many leads were seen in the stage, their weeks over or not, and how many deals came of them so far."""
        seen = self.cell((_BY_TIME, place, 0))
        return seen.most, sum(seen.wins)


def _above(key: Key) -> Key:
    if key[0] == 4:
        return (3, *key[1:3], _COARSE[key[3]])
    return (key[0] - 1, *key[1:-1])


def strength(children: Sequence[tuple[float, float, float]]) -> float:
    """How many cases the cell around weighs, from how much the cells in it differ (beta-binomial, by moments).

    ``children`` are (cases, won, the rate around). Cells that differ no more than chance makes them are
    worth little by themselves: 100 cases; 20 where there are too few to tell.
    """
    told = [(cases, won, rate) for cases, won, rate in children if cases > 1 and 0 < rate < 1]
    if len(told) < 3:
        return 20.0
    spread = sum((won - cases * rate) ** 2 / (cases * rate * (1 - rate)) for cases, won, rate in told)
    free = sum(cases - 1 for cases, _, _ in told)
    beyond = spread - len(told)
    return min(max(free / beyond - 1, 4.0), 100.0) if beyond > 0 else 100.0


def shrunk(
    risk: Sequence[float], wins: Sequence[float], around: Sequence[float], weight: float
) -> tuple[float, ...]:
    """The weekly chances of cases together with ``weight`` imagined ones that go as ``around`` says."""
    found, left = [], weight
    for at_risk, won, usual in zip(risk, wins, around, strict=True):
        base = at_risk + left
        found.append((won + left * usual) / base if base > 0 else usual)
        left *= 1 - usual
    return tuple(found)


def cumulative(weekly: Iterable[float]) -> tuple[float, ...]:
    """The chance to have closed by the end of each week, from the weekly ones."""
    found, left = [0.0], 1.0
    for one in weekly:
        left *= 1 - one
        found.append(1 - left)
    return tuple(found)


def default(chance: float, within: float, goal: int | None = None) -> tuple[float, ...]:
    """The weekly chances that a process's percentage makes.

    Four in five of those who close do so ``within`` so many days, the sooner the more; with a ``goal``
    so many days ahead, evenly from two weeks before it to four weeks after.
    """
    found, before = [], 0.0
    for week in range(1, WEEKS + 1):
        by = chance * (_by_goal(7 * week, goal) if goal is not None else 1 - 0.2 ** (7 * week / within))
        found.append((by - before) / (1 - before) if before < 1 else 0.0)
        before = by
    return tuple(found)


def _by_goal(day: int, goal: int) -> float:
    first, last = max(goal - 14, 0), goal + 28
    return min(max((day - first) / (last - first), 0.0), 1.0)


def by_day(curve: Sequence[float], days: float) -> float:
    """The chance to have closed in so many days: between two weeks, evenly."""
    week = min(max(days, 0) / 7, WEEKS)
    low = min(int(week), WEEKS - 1)
    return curve[low] + (curve[low + 1] - curve[low]) * (week - low)
