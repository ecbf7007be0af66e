"""A rep's log replayed in plain lists: every figure of ``report week`` straight from its definition in cli.md.

Nothing of the book is read and nothing of ``salesflow`` imported. Every event carries the time
to which it belongs and the order in which it was told; where cli.md leaves a choice, the
docstring of the function says which reading is taken.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from tests.diary import Diary, Lead, Promise, Rules

OUTCOMES = ("kept", "kept_late", "rescheduled", "without_why", "dropped", "open")
TOTALS = (
    "new_leads", "followups", "visits", "leads_touched", "advanced", "moved_back", "won", "lost", "parked",
    "reopened", "reschedules", "orders", "sales", "margin", "collected",
)  # fmt: skip


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


class Log(Diary):
    """The log: tell it what was done, ask it what a report must say."""

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
    that is a reschedule without a reason, and so is one whose reason was told after the end.
    """
    ended = one.ended if one.ended and one.ended[0] <= end else None
    after = [key for key, _ in lead.followups if one.made < key and key[0] <= end]
    if after and (ended is None or min(after) <= ended):
        return ("kept" if min(after)[0][:10] <= one.date else "kept_late"), None
    if ended is None:
        return "open", None
    if one.how == "followup":
        return ("rescheduled" if any(other.made == ended for other in lead.promises) else "dropped"), None
    return ("rescheduled" if one.how == "set" else "dropped"), one.why if one.why_at <= end else None


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
