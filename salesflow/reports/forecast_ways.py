"""Each lead's way through its stages, in day numbers, made from its moves, visits and grades."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from salesflow.forecast import FAR, Stay, Way
from salesflow.processes import Process
from salesflow.reports.processes import Processes
from salesflow.store import forecast as store
from salesflow.store.rows import Connection

WON, NOWHERE = -1, -2  # places that are no stage of a lead under way


_END: tuple[int, Iterable[store.Row]] = (0, ())
_new = tuple.__new__
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
        self.of: dict[str, dict[str, int]] = {}  # by process and stage; WON where a stage is won
        self.numbers: dict[str | None, int] = {}  # of the grades by their codes
        self.first: set[int] = set()  # where new leads stand
        for process in processes.all():
            self._take(process)

    def _take(self, process: Process) -> None:
        places, won = process.places, process.won_codes
        numbered = self.of[process.code] = {}
        for code, place in places.items():
            numbered[code] = WON if code in won else len(self.all)
            if code in won:
                continue
            if place <= places[process.first_stage.code]:
                self.first.add(len(self.all))
            self.all.append((process, code))
        for code in (*(one.code for one in process.grades), *_former_grades(process)):
            if code not in self.numbers:
                self.numbers[code] = len(self.grades)
                self.grades.append(code)

    @property
    def won(self) -> tuple[tuple[str, str], ...]:
        """The won stages, each with its process."""
        return tuple((code, stage) for code, one in self.of.items() for stage, at in one.items() if at == WON)

    def counts(self, process: str, reason: str | None) -> bool:
        """Whether a lead lost for this reason was a real one."""
        found = next((one for one, _ in self.all if one.code == process), None)
        return found is None or found.known_reason("lost", reason or "").counts


def _former_grades(process: Process) -> Iterator[str]:
    return (one.code for one in process.former if one.noun == "grade")


class Ways:
    """Makes the ways of the leads, each from its own rows; of which leads, ``part`` says."""

    def __init__(self, connection: Connection, stages: Stages, part: store.Part) -> None:
        self._connection = connection
        self._part = part
        self._stages = stages
        self._day = Days()
        self._wrong: dict[tuple[str, str | None], bool] = {}

    def __iter__(self) -> Iterator[Way]:
        # a book has very many leads: what stands here is done once for each
        moved, graded = (
            _by_lead(store.moves(self._connection, self._part)),
            _by_lead(store.grades(self._connection, self._part)),
        )
        visits, none = self._visits().get, ()
        mover, moves = next(moved, _END)
        grader, changes = next(graded, _END)
        for lead in store.leads(self._connection, self._part):
            lead_id = lead[0]
            grades: Sequence[tuple[int, int]] = none
            if grader == lead_id:
                grades = self._graded(changes, lead)
                grader, changes = next(graded, _END)
            elif lead[4]:
                grades = self._graded((), lead)
            if mover == lead_id:
                for stays, won, void in self._walk(lead, list(moves)):
                    yield _new(Way, (lead_id, stays, won, void, visits(lead_id, none), grades))
                mover, moves = next(moved, _END)
            else:
                yield _new(Way, (lead_id, self._standing(lead), FAR, FAR, visits(lead_id, none), grades))

    def _standing(self, lead: store.Row) -> Sequence[Stay]:
        # a lead that has never moved
        _, process, stage, status, _, _, _, _ = lead
        place = self._place(process, stage)
        if status != "open" or place < 0 or (began := self._began(place, lead)) is None:
            return ()
        return (_new(Stay, (place, began, began, FAR)),)

    def _visits(self) -> dict[int, list[int]]:
        day = self._day
        found: dict[int, list[int]] = {}
        for lead_id, at in store.visits(self._connection, self._part):
            if lead_id in found:
                found[lead_id].append(day[at[:10]])
            else:
                found[lead_id] = [day[at[:10]]]
        return found

    def _graded(self, changes: Iterable[store.Row], lead: store.Row) -> Sequence[tuple[int, int]]:
        day, number = self._day, self._stages.numbers.get
        rows = list(changes)
        if not rows:
            return ((day[(lead[5] or lead[7])[:10]], number(lead[4], 0)),)
        found = [(day[at[:10]], number(new, 0)) for _, at, _, new in rows]
        # the grade that a lead was recorded with was not known before it was recorded
        if first := rows[0][2]:
            made = day[lead[7][:10]]
            return [(made, number(first, 0)), *found] if made <= found[0][0] else found
        return found

    def _began(self, place: int, lead: store.Row) -> int | None:
        # a lead that was recorded in a later stage has been known to stand there since it was recorded; a name
        # on a list is none before somebody has graded it
        _, _, _, _, grade, graded_at, received_at, created_at = lead
        if place in self._stages.first:
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
        own, stage = lead[1], lead[2]
        home, days = self._stages.of[own], self._day
        _, at, origin, _, was, _, process, left, _ = moved[0]
        place, is_open = self._place(left or process or own, origin), was == "open"
        since: int | None = None
        if place >= 0 and (began := self._began(place, lead)) is not None:
            since = min(began, days[at[:10]])
        found: list[Walked] = []
        stays: list[Stay] = []
        entered, day, void = since, 0, FAR
        for _, at, _, to, was, now, process, left, reason in moved:
            day = days[at[:10]]
            then = home.get(to, NOWHERE) if process is None else self._place(process, to)
            opened = now == "open"
            if was != now:
                void = day if now == "lost" and self._is_wrong(process or own, reason) else FAR
            if then == place and opened == is_open:
                continue
            _stay(stays, place, entered, since if is_open else None, day)
            rebuilt = left is not None and left == (process or own)
            if then == WON != place:
                found.append((stays, FAR if rebuilt else day, FAR))
                stays = []
            entered = entered if then == place or rebuilt else day
            place, is_open, since = then, opened, day
        if place != WON:
            if home.get(stage, NOWHERE) != place or (lead[3] == "open") != is_open:
                # the lead's own row says where it stands now
                _stay(stays, place, entered, since if is_open else None, day)
                place, is_open, entered, since = home.get(stage, NOWHERE), lead[3] == "open", day, day
            _stay(stays, place, entered, since if is_open else None, FAR)
            found.append((stays, FAR, void))
        return found

    def _place(self, process: str, stage: str) -> int:
        return self._stages.of.get(process, {}).get(stage, NOWHERE)


def _by_lead(rows: Iterator[store.Row]) -> Iterator[tuple[int, Iterable[store.Row]]]:
    # rows that come lead by lead, so that very many need no memory
    return groupby(rows, itemgetter(0))


def _stay(stays: list[Stay], place: int, entered: int | None, since: int | None, end: int) -> None:
    if place >= 0 and entered is not None and since is not None and since < end:
        stays.append(_new(Stay, (place, entered, since, end)))
