"""Actual against target: which targets hold for a period, what was reached, what a day must now bring (K6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from salesflow import targets
from salesflow.dates import WorkCalendar
from salesflow.reports import actuals, figures, targets_parts
from salesflow.reports.period import Period, period
from salesflow.reports.records import money
from salesflow.store import targets as stored
from salesflow.store.rows import Connection
from salesflow.targets import Run

EVENTS = {"deals": "won"}  # what the sums by rep call differently
_Held = dict[str, dict[str, int]]  # rep ('' for all of the book): metric: value


class Line(NamedTuple):
    """One metric of a period: target and actual (money in fen), whose ('' is all of the book), how far it has run.

    ``reps`` are those whose targets were added up, where the book has none of its own: the actual is theirs alone.
    ``parts`` is month, week or day where the period's target is the sum of theirs.
    """

    metric: str
    target: int
    actual: int | None
    run: Run
    rep: str = ""
    reps: tuple[str, ...] = ()
    parts: str = ""

    @property
    def attainment(self) -> float | None:
        """The share of the target that is reached, 1 only where it is; None without a basis."""
        if not self.target or self.actual is None:
            return None
        share = round(self.actual / self.target, 4)
        return share if self.actual >= self.target else min(share, 0.9999)

    @property
    def needed(self) -> int | None:
        """What each working day that is left must bring, rounded up to the fen or the next whole one."""
        return targets.needed(self.target, self.actual or 0, self.run.left)


def held(connection: Connection, span: Period, calendar: WorkCalendar) -> _Held:
    """The targets that hold for the period by rep and metric: one for just this period beats that of every one.

    A target of every day says nothing of a day that is not worked; a quarter or a range has the sum of its parts'.
    """
    if targets_parts.kind_of(span):
        return targets_parts.summed(connection, span, calendar)
    found: _Held = defaultdict(dict)
    rest = span.kind == "day" and not calendar.is_workday(span.first)
    own = [one for one in stored.list_targets(connection, (span.label,))]
    every = [] if rest else stored.list_targets(connection, (span.kind,))
    for one in (*every, *own):
        found[one.rep][one.metric] = one.value
    return found


def of_book(connection: Connection, span: Period, calendar: WorkCalendar) -> dict[str, int]:
    """The book's own targets for the period by metric, money in fen."""
    return dict(held(connection, span, calendar).get("", {}))


def against(book: figures.Book, span: Period, calendar: WorkCalendar) -> list[Line]:
    """Every metric of the period that has a target, against what the whole book reached.

    Where only reps have a target of a metric, theirs are added up, against what these reps reached.
    """
    found = held(book.connection, span, calendar)
    if not found:
        return []
    own, run, parts = found.pop("", {}), run_of(span, calendar), targets_parts.kind_of(span)
    reached = actuals.whole(book, span, own)
    lines = {one: Line(one, value, reached[one], run, parts=parts) for one, value in own.items()}
    others = {metric for values in found.values() for metric in values} - set(own)
    if others:
        sums = actuals.each(book, span)
        for metric in others:
            reps = tuple(sorted(rep for rep, values in found.items() if metric in values))
            value = sum(found[rep][metric] for rep in reps)
            actual = sum(_of(sums, metric, rep) for rep in reps)
            lines[metric] = Line(metric, value, actual, run, reps=reps, parts=parts)
    return [lines[metric] for metric in _ordered(lines)]


def by_rep(
    book: figures.Book, span: Period, calendar: WorkCalendar, sums: Mapping[str, Mapping[str | None, int]]
) -> list[Line]:
    """Every rep's own targets for the period against what the rep reached, by name."""
    found = held(book.connection, span, calendar)
    run, parts = run_of(span, calendar), targets_parts.kind_of(span)
    return [
        Line(metric, found[rep][metric], _of(sums, metric, rep), run, rep, parts=parts)
        for rep in sorted(found)
        if rep
        for metric in _ordered(found[rep])
    ]


def _of(sums: Mapping[str, Mapping[str | None, int]], metric: str, rep: str) -> int:
    return sums.get(EVENTS.get(metric, metric), {}).get(rep, 0)


def _ordered(metrics: Iterable[str]) -> list[str]:
    return targets.in_order(metrics)


def run_of(span: Period, calendar: WorkCalendar) -> Run:
    """How far the period has run."""
    return targets.run(span.kind, span.first, span.last, span.now.date(), calendar)


def month_of(span: Period) -> Period:
    """The month in which the period ends, or has got to, as it was at that moment."""
    return period("month", span.day, datetime.fromisoformat(span.moment))


def shown(metric: str, value: int | None) -> Any:
    """A value of the metric for JSON: yuan or a count."""
    return money(value) if metric in targets.MONEY else value


def record(line: Line) -> dict[str, Any]:
    """The line as JSON gives it."""
    found: dict[str, Any] = {"rep": line.rep} if line.rep else {}
    found |= {
        "metric": line.metric,
        "target": shown(line.metric, line.target),
        "actual": shown(line.metric, line.actual),
        "attainment": line.attainment,
        "elapsed": line.run.elapsed,
        "working_days": line.run.days,
        "days_left": line.run.left,
        "needed_per_day": shown(line.metric, line.needed),
    }
    found |= {"reps": list(line.reps)} if line.reps else {}
    return found | ({"summed_from": line.parts} if line.parts else {})
