"""The figures of a period, each as cli.md defines it under ``report week`` (K1, K4, K5, K6, F18)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow.models import Move
from salesflow.processes import Process
from salesflow.reports.flow import Flow
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.store import metrics, moves, trend
from salesflow.store.metrics import Entering
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads, Recent, Standing
from salesflow.store.trend import Done

TOTALS = (
    "new_leads", "followups", "visits", "leads_touched", "advanced", "moved_back", "won", "lost", "parked",
    "reopened", "reschedules", "orders", "sales", "margin", "collected",
)  # fmt: skip
MONEY = frozenset(("sales", "margin", "collected"))  # of the totals; all others are counts
SPREAD = ("low_days", "high_days")


class Book(NamedTuple):
    """What every figure is reckoned from; the leads are read once."""

    connection: Connection
    processes: Processes
    leads: Leads | Recent


class Moves:
    """The moves of a period, each with the process that it was made in, read once."""

    def __init__(self, book: Book, period: Period, read: Sequence[Move] | None = None) -> None:
        self._connection = book.connection
        self._processes = book.processes
        span = period.start, period.moment
        self.all = moves.moves_between(book.connection, *span) if read is None else list(read)
        self.sold: set[int] | None = None  # what ``won`` found, which asks much
        self._places: dict[str, dict[str, int]] = {}
        self._won: dict[str, frozenset[str]] = {}

    @cached_property
    def names(self) -> dict[int, dict[str, Any]]:
        """What lists say of each lead that moved."""
        return metrics.names_of(self._connection, list({move.lead_id for move in self.all}))

    @cached_property
    def _followed(self) -> dict[int, str]:
        # the process that each lead follows, where the move does not say its own
        leads = list({move.lead_id for move in self.all if not move.process})
        if len(self._processes.followed) == 1:
            return dict.fromkeys(leads, self._processes.followed[0])
        return metrics.processes_of(self._connection, leads)

    def process(self, move: Move) -> Process:
        """The process of the stage that the move led to."""
        return self._processes[move.process or self._followed[move.lead_id]]

    def won_stages(self, process: str) -> frozenset[str]:
        """The codes of the process's won stages."""
        found = self._won.get(process)
        if found is None:
            found = self._won[process] = self._processes[process].won_codes
        return found

    def is_won(self, move: Move) -> bool:
        """Whether the move led to a won stage of its process."""
        return move.to_stage in self.won_stages(move.process or self._followed[move.lead_id])

    def enters(self, move: Move) -> bool:
        """Whether the move entered a won stage, from another stage or another process."""
        return (move.to_stage != move.from_stage or move.from_process is not None) and self.is_won(move)

    def steps(self) -> list[tuple[Move, int]]:
        """Each move between stages of one process and how many stages it goes, backwards below 0.

        A lead that only follows another process, or another version of its own, has gone nowhere.
        """
        found = []
        for move in self.all:
            if move.to_stage != move.from_stage and move.from_process is None:
                process = self.process(move)
                places = self._places.setdefault(process.code, {}) or process.places
                self._places[process.code] = places
                found.append((move, places.get(move.to_stage, 0) - places.get(move.from_stage, 0)))
        return found

    def to_status(self, status: str) -> list[Move]:
        """The moves that brought a lead to the status."""
        return [move for move in self.all if move.to_status == status != move.from_status]

    def lost(self) -> list[Move]:
        """The leads lost; a wrong or double entry was none (the reason's ``counts``)."""
        return [
            move
            for move in self.to_status("lost")
            if self.process(move).known_reason("lost", move.reason or "").counts
        ]


def parts(book: Book, period: Period) -> Iterator[Moves]:
    """The moves of a period, some at a time, the oldest first."""
    for some in moves.parts_between(book.connection, period.start, period.moment):
        yield Moves(book, period, some)


def losses(book: Book, period: Period) -> Moves:
    """Of the period the moves alone that lost a lead."""
    return Moves(book, period, moves.lost_between(book.connection, period.start, period.moment))


def deals(book: Book, periods: Sequence[Period]) -> list[Moves]:
    """Of each period the moves alone that led to a won stage."""
    first, last = min(one.start for one in periods), max(one.moment for one in periods)
    found = moves.into_between(book.connection, first, last, sorted(won_codes(book)))
    times = [move.at for move in found]
    return [
        Moves(book, one, found[bisect_left(times, one.start) : bisect_right(times, one.moment)])
        for one in periods
    ]


def won_codes(book: Book) -> set[str]:
    """The codes of all won stages of all processes."""
    return {stage for process in book.processes.all() for stage in process.won_codes}


def totals(book: Book, period: Period, shifts: Moves) -> dict[str, Any]:
    """What was done in the period, counted by the day on which it happened; money in yuan."""
    found = counts(book, period, shifts)
    return {name: money(value) if name in MONEY else value for name, value in found.items()}


def counts(book: Book, period: Period, shifts: Moves) -> dict[str, int | None]:
    """What ``totals`` says, money in fen."""
    done = trend.done(book.connection, [(period.start, period.moment)])[0]
    return counted(book, period, done, shifts, len(won(book.connection, shifts, period)))


def counted(
    book: Book, period: Period, done: Done, shifts: Moves, deals: int, times: Sequence[int] = ()
) -> dict[str, int | None]:
    """The same of what was read before; ``times`` is how many moves each of ``shifts`` stands for, by its id."""

    def many(found: Sequence[Move]) -> int:
        return sum(times[move.id] for move in found) if times else len(found)

    steps = shifts.steps()
    return {
        "new_leads": len(book.leads.received(period.start, period.moment)),
        "followups": done.followups,
        "visits": done.visits,
        "leads_touched": done.leads_touched,
        "advanced": many([move for move, step in steps if step > 0]),
        "moved_back": many([move for move, step in steps if step < 0]),
        "won": deals,
        "lost": many(shifts.lost()),
        "parked": many(shifts.to_status("parked")),
        "reopened": many(shifts.to_status("open")),
        "reschedules": done.reschedules,
        "orders": done.orders,
        "sales": done.sales,
        "margin": done.margin,
        "collected": done.collected,
    }


def won(connection: Connection, shifts: Moves, period: Period) -> set[int]:
    """The leads that entered a won stage in the period for the first time.

    A lead that was recorded as standing in one (an old customer's row) has entered none.
    """
    if shifts.sold is None:
        entered = {move.lead_id for move in shifts.all if shifts.enters(move)}
        past = metrics.steps_of(connection, list(entered))
        shifts.sold = {lead_id for lead_id in entered if _is_first(shifts, past[lead_id], period.start)}
    return shifts.sold


def _is_first(shifts: Moves, moved: Sequence[Entering], start: str) -> bool:
    # the stage in which the lead was recorded is the one that its first move left
    began = min(moved, key=lambda one: one.order)
    if began.origin in shifts.won_stages(began.left or ""):
        return False
    wins = [one.at for one in moved if not one.rebuilt and one.stage in shifts.won_stages(one.process)]
    return bool(wins) and all(at >= start for at in wins)


def stock(book: Book, period: Period) -> dict[str, int]:
    """How many leads were open at either end of the period."""
    ends = {"start": period.before, "end": period.moment}
    return {name: len(book.leads.open_at(moment)) for name, moment in ends.items()}


def stages(book: Book, period: Period, spread: bool = False) -> list[dict[str, Any]]:
    """The funnel, a line a stage: entered, left, at_end, value, conversion, median_days; low_days, high_days.

    The last two, with ``spread`` alone, are those between which the middle half of the days lies.
    """
    flow = Flow(*book, period)
    stands: dict[tuple[str, str], list[int]] = {}
    for lead in book.leads.open_at(period.moment):
        stands.setdefault((lead.process, lead.stage), []).append(lead.goal_fen or 0)
    lines = []
    used = book.processes.followed or book.processes.used
    for process in book.processes.all():
        now = {stage.code for stage in process.stages} if process.code in used else set()
        for stage in process.places:
            key = (process.code, stage)
            goals = stands.get(key, [])
            # of what is used no more, or is no stage of the process any more, only what the period knew
            if not (stage in now or goals or flow.entered[key] or flow.left[key]):
                continue
            lines.append(
                {
                    "process": process.code,
                    "stage": stage,
                    "entered": flow.entered[key],
                    "left": flow.left[key],
                    "at_end": len(goals),
                    "value": money(sum(goals)),
                    "conversion": flow.conversion(*key),
                    "median_days": flow.median_days(*key),
                    **(dict(zip(SPREAD, flow.days_between(*key), strict=True)) if spread else {}),
                }
            )
    return lines


Deadline = tuple[int, str, str | None]  # lead, until when, its first follow-up


def first_contact(book: Book, period: Period, found: Sequence[Deadline] | None = None) -> dict[str, Any]:
    """First-contact deadlines that fell in the period, met or missed once past (K1); ``found`` where known already."""
    found, moment = deadlines(book, period) if found is None else found, period.moment
    met = sum(deadline <= moment for _, deadline, done in found if done and done <= deadline)
    lost = sum(_is_missed(deadline, done, moment) for _, deadline, done in found)
    rate = round(met / (met + lost), 4) if met + lost else None
    return {"due": len(found), "met": met, "missed": lost, "rate": rate}


def missed(found: Sequence[Deadline], moment: str) -> list[tuple[int, int | None]]:
    """(lead, hours late) of each first contact that was missed; None for one that has not taken place yet."""
    late = []
    for lead_id, deadline, done in found:
        if _is_missed(deadline, done, moment):
            hours = None
            if done and done <= moment:
                hours = int(
                    (datetime.fromisoformat(done) - datetime.fromisoformat(deadline)).total_seconds() // 3600
                )
            late.append((lead_id, hours))
    return late


def _is_missed(deadline: str, done: str | None, moment: str) -> bool:
    return deadline <= moment and (done is None or done > deadline)


def waiting(book: Book, period: Period) -> list[tuple[int, int]]:
    """(lead, hours left) of each first contact still to come, the nearest deadline first; none once it is over."""
    if period.complete:
        return []
    now, found = datetime.fromisoformat(period.moment), []
    for process in book.processes.all():
        span = shifted(period.moment, -process.first_contact_hours), period.moment
        for lead in book.leads.received(*span) if process.first_contact_hours else ():
            if lead.status != "open" or lead.first_followup_at or lead.process != process.code:
                continue
            received = datetime.fromisoformat(lead.received_at or period.moment)
            left = funnel.deadline(received, process.first_contact_hours) - now
            if left > timedelta(0):
                found.append((left, lead.id))
    return [(lead_id, int(left.total_seconds() // 3600)) for left, lead_id in sorted(found)]


def deadlines(book: Book, period: Period) -> list[Deadline]:
    """(lead, deadline, first follow-up) of each first-contact deadline that falls in the whole period."""
    found = []
    for process in book.processes.all():
        hours = process.first_contact_hours
        span = shifted(period.start, -hours), shifted(period.close, -hours)
        for lead in book.leads.received(*span) if hours else ():
            if lead.process == process.code and lead.received_at:
                found.append((lead.id, shifted(lead.received_at, hours), lead.first_followup_at))
    return found


def shifted(instant: str, hours: int) -> str:
    """The instant so many clock hours later."""
    days, hour = divmod(int(instant[11:13]) + hours, 24)
    return f"{_day_after(instant[:10], days)}T{hour:02}{instant[13:16]}"


@cache
def _day_after(day: str, days: int) -> str:
    # there are many instants, of few days
    return f"{date.fromisoformat(day) + timedelta(days=days)}"


def hot(book: Book, moment: str) -> list[Standing]:
    """The open leads with their process's hottest grade that are not won yet (K5), by id."""
    hottest = {process.code: process.hottest for process in book.processes.all()}
    won = {(process.code, stage) for process in book.processes.all() for stage in process.won_codes}
    return [
        lead
        for lead in book.leads.open_at(moment)
        if lead.grade and lead.grade == hottest[lead.process] and (lead.process, lead.stage) not in won
    ]


def hot_last(book: Book, period: Period, sold: set[int]) -> dict[str, int]:
    """What became of the leads that were hottest at the end of the period before (K5); ``sold`` in it."""
    named = hot(book, period.before)
    grades = {lead.id: lead.grade for lead in book.leads.open_at(period.moment)}
    counts = {"named": len(named), "won": 0, "slipped": 0, "dropped": 0}
    for lead in named:
        still = grades.get(lead.id) == lead.grade
        counts["won" if lead.id in sold else "slipped" if still else "dropped"] += 1
    return counts


def stale_grades(book: Book, period: Period) -> dict[str, int]:
    """How many open leads of each grade have one older than its own closing window (K5)."""
    limits = {
        (process.code, grade.code): (period.day - timedelta(days=grade.within)).isoformat()
        for process in book.processes.all()
        for grade in process.grades
        if grade.within is not None
    }
    counts: dict[str, int] = {}
    for lead in book.leads.open_at(period.moment):
        if lead.grade and lead.graded_at < limits.get((lead.process, lead.grade), ""):
            counts[lead.grade] = counts.get(lead.grade, 0) + 1
    return counts
