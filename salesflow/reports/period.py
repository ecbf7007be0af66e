"""A report's period: a day, a week from Monday to Sunday (ISO 8601), a month; and the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from salesflow.dates import month_label, month_of, week_label, week_of


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
        """The period of the same kind just before."""
        return period(self.kind, self.first - timedelta(days=1), self.now)


def period(kind: str, day: date, now: datetime) -> Period:
    """The day, week or month in which ``day`` lies."""
    if kind == "week":
        first, last = week_of(day)
        return Period(kind, first, last, week_label(day), now)
    if kind == "month":
        first, last = month_of(day)
        return Period(kind, first, last, month_label(day), now)
    return Period("day", day, day, day.isoformat(), now)
