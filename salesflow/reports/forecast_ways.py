"""Each lead's way through its stages, in day numbers, made from its moves, visits and grades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from salesflow.forecast import FAR, Stay, Way
from salesflow.processes import Process
from salesflow.reports.processes import Processes
from salesflow.store import forecast as store
from salesflow.store.rows import Connection

WON, NOWHERE = -1, -2  # places that are no stage of a lead under way


Walked = tuple[Sequence[Stay], int, int]  # the stays, the day of the deal, the day on which it was void


class Days(dict[str, int]):
    """The number of a day by its text; each text is read once."""

    def __missing__(self, text: str) -> int:
        found = self[text] = date.fromisoformat(text).toordinal()
        return found


class Stages:
    """The stages and grades of every process of the book, by numbers."""

    def __init__(self, processes: Processes) -> None:
        self.all: list[tuple[Process, str]] = []
        self.grades: list[str | None] = [None]
        self.places: dict[tuple[str, str], int] = {}  # WON where a stage is won
        self._grade: dict[str, int] = {}
        self._first: set[int] = set()
        for process in processes.all():
            self._take(process)

    def _take(self, process: Process) -> None:
        places, won = process.places, process.won_codes
        for code, place in places.items():
            self.places[process.code, code] = WON if code in won else len(self.all)
            if code in won:
                continue
            if place <= places[process.first_stage.code]:
                self._first.add(len(self.all))
            self.all.append((process, code))
        for code in (*(one.code for one in process.grades), *_former_grades(process)):
            if code not in self._grade:
                self._grade[code] = len(self.grades)
                self.grades.append(code)

    def grade(self, code: str | None) -> int:
        """The number of a grade, 0 for none and for what no process has."""
        return self._grade.get(code, 0) if code else 0

    def is_first(self, place: int) -> bool:
        """Whether new leads of the process stand there."""
        return place in self._first

    def counts(self, process: str, reason: str | None) -> bool:
        """Whether a lead lost for this reason was a real one."""
        found = next((one for one, _ in self.all if one.code == process), None)
        return found is None or found.known_reason("lost", reason or "").counts


def _former_grades(process: Process) -> Iterator[str]:
    return (one.code for one in process.former if one.noun == "grade")


class Ways:
    """Makes the ways of every lead of the book, each from its own rows."""

    def __init__(self, connection: Connection, stages: Stages) -> None:
        self._connection = connection
        self._stages = stages
        self._day = Days()
        self._wrong: dict[tuple[str, str | None], bool] = {}

    def __iter__(self) -> Iterator[Way]:
        place_of, day, number = self._stages.places, self._day, self._stages.grade
        moves, grades_of = _Grouped(store.moves(self._connection)), _Grouped(store.grades(self._connection))
        visits = self._visits()
        make, none = tuple.__new__, ()
        for lead in store.leads(self._connection):
            lead_id, process, stage, status, grade, graded_at, received_at, created_at = lead
            grades: Sequence[tuple[int, int]] = none
            if grades_of.key == lead_id:
                grades = self._since(grades_of.take(), created_at)
            elif grade:
                grades = ((day[(graded_at or created_at)[:10]], number(grade)),)
            stays: Sequence[Stay] = none
            mine = visits.get(lead_id, none)
            if moves.key == lead_id:
                for stays, won, void in self._walk(lead, moves.take()):
                    yield make(Way, (lead_id, stays, won, void, mine, grades))
                continue
            if status == "open":
                place = place_of.get((process, stage), NOWHERE)
                began = self._began(place, lead) if place >= 0 else None
                if began is not None:
                    stays = (make(Stay, (place, began, began, FAR)),)
            yield make(Way, (lead_id, stays, FAR, FAR, mine, grades))

    def _visits(self) -> dict[int, list[int]]:
        day = self._day
        found: dict[int, list[int]] = {}
        for lead_id, at in store.visits(self._connection):
            if lead_id in found:
                found[lead_id].append(day[at[:10]])
            else:
                found[lead_id] = [day[at[:10]]]
        return found

    def _since(self, rows: Sequence[store.Row], created_at: str) -> Sequence[tuple[int, int]]:
        day, number = self._day, self._stages.grade
        changes = [(day[at[:10]], number(new)) for _, at, _, new in rows]
        # the grade that a lead was recorded with was not known before it was recorded
        first, made = rows[0][2], day[created_at[:10]]
        return [(made, number(first)), *changes] if first and made <= changes[0][0] else changes

    def _began(self, place: int, lead: store.Row) -> int | None:
        # a lead that was recorded in a later stage has been known to stand there since it was recorded; a name
        # on a list is none before somebody has graded it
        _, _, _, _, grade, graded_at, received_at, created_at = lead
        if self._stages.is_first(place):
            known = received_at or (grade and graded_at)
            return self._day[known[:10]] if known else None
        made = self._day[created_at[:10]]
        return max(self._day[received_at[:10]], made) if received_at else made

    def _is_wrong(self, process: str, reason: str | None) -> bool:
        if (process, reason) not in self._wrong:
            self._wrong[process, reason] = not self._stages.counts(process, reason)
        return self._wrong[process, reason]

    def _walk(self, lead: store.Row, moved: Sequence[store.Row]) -> list[Walked]:
        """The way, and one more for each time that a customer was taken back to an earlier stage."""
        _, own, stage, status, _, _, _, _ = lead
        place_of, days = self._stages.places, self._day
        _, at, origin, _, was, _, process, left, _ = moved[0]
        place, is_open = place_of.get((left or process or own, origin), NOWHERE), was == "open"
        since: int | None = None
        if place >= 0 and (began := self._began(place, lead)) is not None:
            since = min(began, days[at[:10]])
        found: list[Walked] = []
        stays: list[Stay] = []
        entered, day, void = since, 0, FAR
        for _, at, _, to, was, now, process, left, reason in moved:
            day, process = days[at[:10]], process or own
            then, opened = place_of.get((process, to), NOWHERE), now == "open"
            before = place
            if then != place or opened != is_open:
                _stay(stays, place, is_open, entered, since, day)
                entered = entered if then == place or left == process else day
                place, is_open, since = then, opened, day
            if was != now:
                void = day if now == "lost" and self._is_wrong(process, reason) else FAR
            if then == WON != before:
                found.append((stays, FAR if left == process else day, FAR))
                stays = []
        if place != WON:
            if (then := place_of.get((own, stage), NOWHERE)) != place or (status == "open") != is_open:
                # the lead's own row says where it stands now
                _stay(stays, place, is_open, entered, since, day)
                place, is_open, entered, since = then, status == "open", day, day
            _stay(stays, place, is_open, entered, since, FAR)
            found.append((stays, FAR, void))
        return found


class _Grouped:
    # rows that come lead by lead, so that very many need no memory; ``key`` is the lead of those to come

    def __init__(self, rows: Iterator[store.Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)
        self.key: int | None = self._next[0] if self._next else None

    def take(self) -> list[store.Row]:
        """The rows of the lead ``key``."""
        assert self._next is not None
        key, found = self.key, [self._next]
        for one in self._rows:
            if one[0] != key:
                self._next, self.key = one, one[0]
                return found
            found.append(one)
        self._next = self.key = None
        return found


def _stay(
    stays: list[Stay], place: int, is_open: bool, entered: int | None, since: int | None, end: int
) -> None:
    if is_open and place >= 0 and entered is not None and since is not None and since < end:
        stays.append(Stay(place, entered, since, end))
