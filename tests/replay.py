"""A rep's log replayed in plain lists: every figure of ``report week`` straight from its definition in cli.md.

Nothing of the book is read and nothing of ``salesflow`` imported. Every event carries the time
to which it belongs and the order in which it was told; where cli.md leaves a choice, the
docstring of the function says which reading is taken.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

Key = tuple[str, int]  # when (YYYY-MM-DDTHH:MM), and which of the log's lines
OUTCOMES = ("kept", "kept_late", "rescheduled", "without_why", "dropped", "open")
TOTALS = (
    "new_leads", "followups", "visits", "leads_touched", "advanced", "moved_back", "won", "lost", "parked",
    "reopened", "reschedules", "orders", "sales", "margin", "collected",
)  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """What a process says, as far as the figures ask: stages in order, closing windows, deadline."""

    stages: tuple[str, ...] = ("info", "qualified", "prospect", "customer")
    won: tuple[str, ...] = ("customer",)
    windows: tuple[tuple[str, int | None], ...] = (("H", 7), ("A", 30), ("B", 90), ("C", None), ("D", None))
    hours: int = 36
    not_counted: tuple[str, ...] = ("invalid",)

    @property
    def hottest(self) -> str:
        """The grade that closes first."""
        return self.windows[0][0]


@dataclass
class Promise:
    """One value that a next date has had: from when, until when, and what put an end to it."""

    date: str
    made: Key
    ended: Key | None = None
    how: str = ""  # set: another date was; dropped: none was left; followup: a follow-up took its place
    why: str | None = None


@dataclass
class Lead:
    """One lead and all that happened to it."""

    id: int
    process: str
    created: str
    received: str | None
    stage: str  # where it began
    grades: list[tuple[Key, str]] = field(default_factory=list)
    goals: list[tuple[Key, int]] = field(default_factory=list)
    moves: list[tuple[Key, str, str]] = field(default_factory=list)  # from, to
    statuses: list[tuple[Key, str, str, str]] = field(default_factory=list)  # from, to, reason
    followups: list[tuple[Key, bool]] = field(default_factory=list)  # whether it was a visit
    promises: list[Promise] = field(default_factory=list)
    reschedules: list[str] = field(default_factory=list)

    @property
    def now_stage(self) -> str:
        """The stage that the last line told."""
        return self.moves[-1][2] if self.moves else self.stage

    @property
    def now_status(self) -> str:
        """The status that the last line told."""
        return self.statuses[-1][2] if self.statuses else "open"

    @property
    def standing(self) -> Promise | None:
        """The promise that has not ended."""
        return next((one for one in self.promises if one.ended is None), None)

    def known(self, moment: str) -> bool:
        """Whether we knew of the lead: from the day received or told, whichever is first."""
        return min(self.received or "9", self.created) <= moment

    def stage_at(self, moment: str) -> str:
        """The stage at a moment: of the moves that belong before it, the one told last."""
        return next((to for key, _, to in reversed(self.moves) if key[0] <= moment), self.stage)

    def status_at(self, moment: str) -> str:
        """Open, parked or lost at a moment."""
        return next((to for key, _, to, _ in reversed(self.statuses) if key[0] <= moment), "open")

    def open_at(self, moment: str) -> bool:
        """Whether the lead was there and open at a moment."""
        return self.known(moment) and self.status_at(moment) == "open"

    def grade_at(self, moment: str) -> tuple[str, str] | None:
        """(grade, when given) at a moment: the newest by its own day; the same one again is a new one."""
        given = [(key, grade) for key, grade in self.grades if key[0] <= moment]
        return (max(given)[1], max(given)[0][0]) if given else None

    def goal_at(self, moment: str) -> int:
        """The goal's value as then known."""
        known = [(key, value) for key, value in self.goals if key[0] <= moment]
        return max(known)[1] if known else 0

    def enterings(self) -> list[tuple[Key, str | None, str]]:
        """(when, from, to) of each stage entered; the first on the day received, if that is known."""
        first: list[tuple[Key, str | None, str]] = []
        if self.received is not None:
            first = [((self.received, 0), None, self.stage)]
        return sorted([*first, *self.moves], key=lambda one: one[0])


@dataclass(frozen=True)
class Span:
    """A report's period: its days, and the last moment that has been."""

    kind: str
    first: date
    last: date
    label: str
    now: str

    @property
    def start(self) -> str:
        """The first moment."""
        return f"{self.first}T00:00"

    @property
    def moment(self) -> str:
        """The end, or now while it runs."""
        return min(f"{self.last}T23:59", self.now)

    @property
    def before(self) -> str:
        """The moment before it began."""
        return f"{self.first - timedelta(days=1)}T23:59"

    def holds(self, at: str) -> bool:
        """Whether something belongs to the period as far as it has been."""
        return self.start <= at <= self.moment


def span(kind: str, day: date, now: str) -> Span:
    """The day, the week from Monday to Sunday or the month with ``day`` in it."""
    if kind == "day":
        return Span(kind, day, day, f"{day}", now)
    if kind == "month":
        last = day.replace(day=monthrange(day.year, day.month)[1])
        return Span(kind, day.replace(day=1), last, f"{day:%Y-%m}", now)
    first = day - timedelta(days=day.isoweekday() - 1)
    year, week, _ = day.isocalendar()
    return Span(kind, first, first + timedelta(days=6), f"{year}-W{week:02}", now)


class Log:
    """The log: tell it what was done, ask it what a report must say."""

    def __init__(self, **processes: Rules) -> None:
        self.processes = {name.replace("_", "-"): rules for name, rules in processes.items()} or {
            "film-4s": Rules()
        }
        self.leads: list[Lead] = []
        self.orders: list[tuple[str, int]] = []  # signed on, yuan
        self._line = 0

    def _key(self, at: str) -> Key:
        self._line += 1
        return at, self._line

    # What a rep tells.

    def add(
        self, now: str, *, received: str | None = None, grade: str | None = None, next: str | None = None,
        process: str = "film-4s",
    ) -> Lead:  # fmt: skip
        """A lead; it counts as received now unless told otherwise."""
        lead = Lead(len(self.leads) + 1, process, now, received or now, self.processes[process].stages[0])
        self.leads.append(lead)
        if grade:
            lead.grades.append((self._key(lead.received or now), grade))
        if next:
            lead.promises.append(Promise(next, self._key(now)))
        return lead

    def take(
        self, now: str, *, received: str | None = None, grade: str | None = None, next: str | None = None,
        past: Sequence[str] = (), stage: str | None = None,
    ) -> Lead:  # fmt: skip
        """A row of a sheet, ``past`` the days of its follow-ups; what it says belongs to its own days.

        The grade and the promise of a row belong to its last follow-up, else to the day received,
        else to the import.
        """
        first = f"{min(past)}T00:00" if past else None
        lead = Lead(len(self.leads) + 1, "film-4s", now, received or first, stage or "info")
        self.leads.append(lead)
        for day in sorted(past):
            lead.followups.append((self._key(f"{day}T00:00"), True))
        own = f"{max(past)}T00:00" if past else received or now
        if grade:
            lead.grades.append((self._key(own), grade))
        if next:
            lead.promises.append(Promise(next, self._key(own)))
        return lead

    def log(
        self, lead: Lead, now: str, *, at: str | None = None, next: str | None = None, no_next: bool = False,
        grade: str | None = None, visit: bool = True, reckoned: str | None = None,
    ) -> None:  # fmt: skip
        """A follow-up; ``reckoned`` is the date that the intervals gave where none was named and none stood.

        The same day named again is the same promise: the next date has had one value.
        """
        key = self._key(at or now)
        newest = all(one[0] <= key[0] for one, _ in lead.followups)
        lead.followups.append((key, visit))
        lead.received = lead.received or key[0]
        if grade:
            lead.grades.append((key, grade))
        if lead.now_status != "open" or not newest:
            return
        standing = lead.standing
        if not next and not no_next and standing and standing.date > key[0][:10]:
            return
        day = None if no_next else next or reckoned
        if standing and standing.date == day:
            return
        if standing:
            standing.ended, standing.how = key, "followup"
        if day:
            lead.promises.append(Promise(day, key))

    def next(self, lead: Lead, now: str, day: str | None, *, why: str | None = None) -> None:
        """The promise set, moved or (with no day) taken back."""
        key = self._key(now)
        standing = lead.standing
        if standing and day == standing.date:
            return
        if standing:
            standing.ended, standing.how, standing.why = key, "set" if day else "dropped", why
            lead.reschedules += [now] if day else []
        if day:
            lead.promises.append(Promise(day, key))

    def park(self, lead: Lead, now: str, until: str) -> None:
        """Set aside; the day when it comes back is a promise."""
        self._leave(lead, now, "parked", "")
        lead.promises.append(Promise(until, self._key(now)))

    def lose(self, lead: Lead, now: str, reason: str) -> None:
        """Closed without a deal."""
        self._leave(lead, now, "lost", reason)

    def _leave(self, lead: Lead, now: str, status: str, reason: str) -> None:
        key = self._key(now)
        if lead.standing:
            lead.standing.how, lead.standing.ended = "dropped", key
        lead.statuses.append((key, lead.now_status, status, reason))

    def reopen(self, lead: Lead, now: str, *, next: str | None = None, why: str | None = None) -> None:
        """Open again; a date given takes the place of the one until which it was parked."""
        key = self._key(now)
        standing = lead.standing
        lead.statuses.append((key, lead.now_status, "open", ""))
        if standing and standing.date == next:
            return
        if standing:
            standing.ended, standing.how, standing.why = key, "set" if next else "dropped", why
        if next:
            lead.promises.append(Promise(next, key))

    def move(self, lead: Lead, now: str, stage: str, *, at: str | None = None) -> None:
        """Into a stage, forwards or back."""
        lead.moves.append((self._key(at or now), lead.now_stage, stage))

    def order(self, lead: Lead, now: str, yuan: int, *, on: str | None = None) -> None:
        """An order; the open lead enters the won stage, on the day signed."""
        self.orders.append((on or now[:10], yuan))
        rules = self.processes[lead.process]
        if lead.now_status == "open" and lead.now_stage not in rules.won:
            self.move(lead, now, rules.won[0], at=min(f"{on}T{now[11:]}" if on else now, now))

    def goal(self, lead: Lead, now: str, yuan: int) -> None:
        """What is hoped for from the lead."""
        lead.goals.append((self._key(now), yuan))

    def grade(self, lead: Lead, now: str, grade: str) -> None:
        """The grade, be it the same again."""
        lead.grades.append((self._key(now), grade))

    # What a report must say.

    def report(self, kind: str, day: date, now: str) -> dict[str, Any]:
        """Every figure, and the leads behind them by id."""
        period = span(kind, day, now)
        return {
            "report": kind,
            "from": f"{period.first}",
            "to": f"{period.last}",
            "label": period.label,
            "complete": now[:10] > f"{period.last}",
            "totals": self.totals(period),
            "previous": self.totals(span(kind, period.first - timedelta(days=1), now)),
            "targets": [],
            "stock": {"start": self.stock(period.before), "end": self.stock(period.moment)},
            "funnel": [line for name, rules in self.processes.items() for line in self.funnel(name, rules, period)],
            "first_contact": self.first_contact(period),
            "promises": self.promises(period),
            "hot_last": self.hot_last(period),
            "stale_grades": self.stale_grades(period),
            "overdue_at_end": self.overdue(period),
            "new_leads": sorted(one.id for one in self.leads if one.received and period.holds(one.received)),
            "advanced": sorted(lead.id for lead, step in self._steps(period) if step > 0),
            "lost": sorted(lead.id for lead, _ in self._lost(period)),
            "hot": [one.id for one in self.leads if self._is_hot(one, period.moment)],
            "actions": [],
        }  # fmt: skip

    def totals(self, period: Span) -> dict[str, Any]:
        """What was done. *reschedules* are the moves by ``next``; a wrong or double entry is not *lost*."""
        done = [(lead, visit) for lead in self.leads for key, visit in lead.followups if period.holds(key[0])]
        steps = [step for _, step in self._steps(period)]
        statuses = [
            (one[1], one[2]) for lead in self.leads for one in lead.statuses if period.holds(one[0][0])
        ]
        changed = [to for before, to in statuses if before != to]
        signed = [yuan for on, yuan in self.orders if period.start[:10] <= on <= period.moment[:10]]
        found = (
            sum(one.received is not None and period.holds(one.received) for one in self.leads),
            len(done),
            sum(visit for _, visit in done),
            len({lead.id for lead, _ in done}),
            sum(step > 0 for step in steps),
            sum(step < 0 for step in steps),
            len(self.won(period)),
            len(self._lost(period)),
            changed.count("parked"),
            changed.count("open"),
            sum(period.holds(at) for lead in self.leads for at in lead.reschedules),
            len(signed),
            sum(signed),
            None,
            0,
        )
        return dict(zip(TOTALS, found, strict=True))

    def _steps(self, period: Span) -> list[tuple[Lead, int]]:
        return [
            (lead, self._place(lead, to) - self._place(lead, before))
            for lead in self.leads
            for key, before, to in lead.moves
            if period.holds(key[0])
        ]

    def _place(self, lead: Lead, stage: str) -> int:
        return self.processes[lead.process].stages.index(stage)

    def _lost(self, period: Span) -> list[tuple[Lead, str]]:
        return [
            (lead, reason)
            for lead in self.leads
            for key, _, to, reason in lead.statuses
            if to == "lost" and period.holds(key[0])
            and reason not in self.processes[lead.process].not_counted
        ]  # fmt: skip

    def won(self, period: Span) -> set[int]:
        """Entered a won stage, for the first time. A row that says where a lead stands is no entering."""
        found = set()
        for lead in self.leads:
            won = self.processes[lead.process].won
            times = [key for key, _, to in lead.moves if to in won]
            if times and lead.stage not in won and period.holds(min(times)[0]):
                found.add(lead.id)
        return found

    def stock(self, moment: str) -> int:
        """Open leads, names on a list among them."""
        return sum(lead.open_at(moment) for lead in self.leads)

    def funnel(self, process: str, rules: Rules, period: Span) -> list[dict[str, Any]]:
        """A line a stage. The 90 days end with the period's last day, or today, that day among them."""
        mine = [lead for lead in self.leads if lead.process == process]
        end = min(period.last, datetime.fromisoformat(period.now).date())
        since = f"{end - timedelta(days=89)}T00:00"
        lines = []
        for place, stage in enumerate(rules.stages):
            inside = [one for lead in mine for one in lead.enterings() if period.holds(one[0][0])]
            there = [
                one for one in mine if one.open_at(period.moment) and one.stage_at(period.moment) == stage
            ]
            later = rules.stages[place + 1 :]
            lines.append(
                {
                    "process": process,
                    "stage": stage,
                    "entered": sum(to == stage for _, _, to in inside),
                    "left": sum(origin == stage for _, origin, _ in inside),
                    "at_end": len(there),
                    "value": sum(one.goal_at(period.moment) for one in there),
                    "conversion": _share(
                        _converted(lead, stage, later, since, period.moment) for lead in mine
                    ),
                    "median_days": _median(
                        days for lead in mine for days in _stays(lead, stage, later, since, period.moment)
                    ),
                }
            )
        return lines

    def first_contact(self, period: Span) -> dict[str, Any]:
        """Deadlines of the whole period; met or missed once they have passed, open till then."""
        due = met = missed = 0
        for lead in self.leads:
            if lead.received is None:
                continue
            end = datetime.fromisoformat(lead.received) + timedelta(hours=self.processes[lead.process].hours)
            deadline = end.isoformat(timespec="minutes")
            if not period.start <= deadline <= f"{period.last}T23:59":
                continue
            due += 1
            if deadline <= period.moment:
                first = min((key[0] for key, _ in lead.followups), default="9")
                met += first <= deadline
                missed += first > deadline
        return {
            "due": due,
            "met": met,
            "missed": missed,
            "rate": met / (met + missed) if met + missed else None,
        }

    def promises(self, period: Span) -> dict[str, int]:
        """What became of the promises that named a day of the period, at its end."""
        counts = {"due": 0, **dict.fromkeys(OUTCOMES, 0)}
        for lead in self.leads:
            for one in lead.promises:
                if f"{period.first}" <= one.date <= f"{period.last}" and one.made[0] <= period.moment:
                    outcome, why = _outcome(lead, one, period.moment)
                    counts["due"] += 1
                    counts[outcome] += 1
                    counts["without_why"] += outcome == "rescheduled" and not why
        assert counts["due"] == sum(counts[name] for name in OUTCOMES if name != "without_why")
        return counts

    def _is_hot(self, lead: Lead, moment: str) -> bool:
        rules = self.processes[lead.process]
        grade = lead.grade_at(moment)
        hottest = grade is not None and grade[0] == rules.hottest
        return hottest and lead.open_at(moment) and lead.stage_at(moment) not in rules.won

    def hot_last(self, period: Span) -> dict[str, int]:
        """The open leads of the hottest grade that were not yet won, and what became of them."""
        counts = {"named": 0, "won": 0, "slipped": 0, "dropped": 0}
        won = self.won(period)
        for lead in self.leads:
            if not self._is_hot(lead, period.before):
                continue
            counts["named"] += 1
            grade = lead.grade_at(period.moment)
            still = lead.open_at(period.moment) and grade and grade[0] == self.processes[lead.process].hottest
            counts["won" if lead.id in won else "slipped" if still else "dropped"] += 1
        return counts

    def stale_grades(self, period: Span) -> int:
        """Open leads whose grade is more days old than its window, by the last day or today."""
        count = 0
        for lead in self.leads:
            found = lead.grade_at(period.moment)
            if not found or not lead.open_at(period.moment):
                continue
            window = dict(self.processes[lead.process].windows)[found[0]]
            age = date.fromisoformat(period.moment[:10]) - date.fromisoformat(found[1][:10])
            count += window is not None and age.days > window
        return count

    def overdue(self, period: Span) -> int:
        """Open leads with a next date on or before the last day (of a running period, today) and not met."""
        count = 0
        for lead in self.leads:
            if not lead.open_at(period.moment):
                continue
            for one in lead.promises:
                stands = one.made[0] <= period.moment and not (one.ended and one.ended[0] <= period.moment)
                met = any(one.made < key and key[0] <= period.moment for key, _ in lead.followups)
                if stands and not met and one.date <= period.moment[:10]:
                    count += 1
                    break
        return count


def _outcome(lead: Lead, one: Promise, end: str) -> tuple[str, str | None]:
    """(what became of the promise by then, the reason of its move).

    A follow-up belongs to its own time, not to the time at which it was told: one dated before
    the making meets nothing, one dated before the move keeps. Where such a one set another date,
    that is a reschedule without a reason.
    """
    ended = one.ended if one.ended and one.ended[0] <= end else None
    after = [key for key, _ in lead.followups if one.made < key and key[0] <= end]
    if after and (ended is None or min(after) <= ended):
        return ("kept" if min(after)[0][:10] <= one.date else "kept_late"), None
    if ended is None:
        return "open", None
    if one.how == "followup":
        return ("rescheduled" if any(other.made == ended for other in lead.promises) else "dropped"), None
    return ("rescheduled" if one.how == "set" else "dropped"), one.why


def _converted(lead: Lead, stage: str, later: Sequence[str], since: str, end: str) -> bool | None:
    """Whether a lead that entered the stage has gone on since its first entering; None for others.

    The last stage has no later one: no basis.
    """
    inside = [one for one in lead.enterings() if since <= one[0][0] <= end]
    entered = [key for key, _, to in inside if to == stage]
    if not entered or not later:
        return None
    return any(key > min(entered) for key, _, to in inside if to in later)


def _stays(lead: Lead, stage: str, later: Sequence[str], since: str, end: str) -> Iterable[int]:
    """The days in the stage of each leaving forwards: from date to date, since the last entering."""
    every = lead.enterings()
    for key, origin, to in every:
        if origin == stage and to in later and since <= key[0] <= end:
            entered = [one for one, _, into in every if into == stage and one < key]
            if entered:
                yield (date.fromisoformat(key[0][:10]) - date.fromisoformat(max(entered)[0][:10])).days


def _share(found: Iterable[bool | None]) -> float | None:
    known = [one for one in found if one is not None]
    return sum(known) / len(known) if known else None


def _median(found: Iterable[int]) -> float | None:
    values = list(found)
    return median(values) if values else None
