"""A day and its time, months and weeks of the calendar, and how days are stored."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

_NAMES = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class When:
    """A day, the time of day ("HH:MM") where one was said, and whether the calendar ran out.

    ``beyond_calendar`` is set where working days were counted past the last year whose
    holidays are known: the answer says so.
    """

    date: datetime.date
    time: str | None = None
    beyond_calendar: bool = False


def month_length(year: int, month: int) -> int:
    """How many days the month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of another month, or that month's last day where it is shorter."""
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def add_years(day: datetime.date, years: int) -> datetime.date:
    """The same day of another year; 29 February becomes the 28th where there is none."""
    return add_months(day, 12 * years)


def week_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Monday and Sunday of the week that the day is in."""
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY


def month_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the month that the day is in."""
    return day.replace(day=1), day.replace(day=month_length(day.year, day.month))


def week_label(day: datetime.date) -> str:
    """The ISO week, ``2026-W47``; its year is the one that has the week's Thursday."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_label(day: datetime.date) -> str:
    """The month, ``2026-11``."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the quarter that the day is in."""
    last = (day.month + 2) // 3 * 3
    return datetime.date(day.year, last - 2, 1), datetime.date(day.year, last, month_length(day.year, last))


def quarter_label(day: datetime.date) -> str:
    """The quarter, ``2026-Q4``."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def weekday_name(day: datetime.date, lang: str) -> str:
    """The weekday's short name: 周三 or Wed."""
    return _NAMES[lang][day.weekday()]


def parse_day(text: str) -> datetime.date:
    """The day that a stored ``YYYY-MM-DD`` (or the day part of an instant) is."""
    return datetime.date.fromisoformat(text[:10])


def parse_instant(text: str) -> datetime.datetime:
    """The instant that a stored ``YYYY-MM-DDTHH:MM`` is; a day alone counts from 00:00."""
    return datetime.datetime.fromisoformat(text)


def format_day(day: datetime.date) -> str:
    """The day as it is stored: ``YYYY-MM-DD``."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def format_instant(instant: datetime.datetime) -> str:
    """The instant as it is stored: ``YYYY-MM-DDTHH:MM``, wall clock, no zone."""
    return f"{format_day(instant)}T{instant.hour:02d}:{instant.minute:02d}"
