"""A report's period: a day, a week from Monday to Sunday (ISO 8601), a month, a quarter, a range; the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from salesflow.dates import month_label, month_of, quarter_label, quarter_of, week_label, week_of

KINDS = ("day", "week", "month", "quarter")
RANGE = "range"


@dataclass(frozen=True)
class Period:
    """From day to day, both in it; ``moment`` is its last instant, that of a running one is now."""

    kind: str
    first: date
    last: date
    label: str
    now: datetime

    @property
    def start(self) -> str:
        """The first instant."""
        return f"{self.first.isoformat()}T00:00"

    @property
    def close(self) -> str:
        """The last instant, be it past or to come."""
        return f"{self.last.isoformat()}T23:59"

    @property
    def moment(self) -> str:
        """The last instant that has been: now while the period runs."""
        return min(self.close, self.now.isoformat(timespec="minutes"))

    @property
    def day(self) -> date:
        """The last day that has begun."""
        return max(min(self.last, self.now.date()), self.first)

    @property
    def complete(self) -> bool:
        """Whether it is over."""
        return self.now.date() > self.last

    @property
    def before(self) -> str:
        """The last instant before it."""
        return f"{(self.first - timedelta(days=1)).isoformat()}T23:59"

    def previous(self) -> Period:
        """The period of the same kind just before; before a range as many days."""
        last = self.first - timedelta(days=1)
        if self.kind == RANGE:
            return ranged(last - (self.last - self.first), last, self.now)
        return period(self.kind, last, self.now)


def period(kind: str, day: date, now: datetime) -> Period:
    """The day, week, month or quarter in which ``day`` lies."""
    if kind == "week":
        first, last = week_of(day)
        return Period(kind, first, last, week_label(day), now)
    if kind == "month":
        first, last = month_of(day)
        return Period(kind, first, last, month_label(day), now)
    if kind == "quarter":
        first, last = quarter_of(day)
        return Period(kind, first, last, quarter_label(day), now)
    return Period("day", day, day, day.isoformat(), now)


def ranged(first: date, last: date, now: datetime) -> Period:
    """The days from ``first`` to ``last``, both in it."""
    return Period(RANGE, first, last, f"{first}..{last}", now)


def of_label(label: str, now: datetime) -> Period | None:
    """The period that a report calls so (``2026-W47``, ``2026-11``, ``2026-Q4`` …); None for no label of one."""
    try:
        first, _, last = label.partition("..")
        if last:
            return ranged(date.fromisoformat(first), date.fromisoformat(last), now)
        year, _, part = label.partition("-")
        if part[:1] == "W":
            return period("week", date.fromisocalendar(int(year), int(part[1:]), 1), now)
        if part[:1] == "Q":
            return period("quarter", date(int(year), 3 * int(part[1:]), 1), now)
        if len(part) == 2:
            return period("month", date(int(year), int(part), 1), now)
        return period("day", date.fromisoformat(label), now)
    except ValueError:
        return None
