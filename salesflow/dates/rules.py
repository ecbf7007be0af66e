"""What the words for a day come to: the reckoning that the Chinese and English rules share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from salesflow.dates.base import add_months, month_length, month_of, week_of
from salesflow.dates.workdays import WorkCalendar

_DAY = datetime.timedelta(days=1)
# Ten years of days; more is refused before it is counted.
_MOST = 3700
_CN_DIGITS = "零一二三四五六七八九"


class DateError(Exception):
    """Text that is meant as a date and is none: ``key`` names why, ``text`` the part."""

    def __init__(self, key: str, text: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.text = text


class Asked:
    """What a date is reckoned from: the day, the reading, the working calendar.

    ``beyond`` becomes True when working days were counted past the years it knows.
    """

    __slots__ = ("beyond", "calendar", "past", "today")

    def __init__(self, today: datetime.date, past: bool, calendar: WorkCalendar | None) -> None:
        self.today = today
        self.past = past
        self.calendar = calendar
        self.beyond = False


# Kind of date, the characters that it can begin with, pattern, reckoning. Kinds: full (year,
# month and day), day (N号 alone), weekday, edge (月底, weekend), span (counted from today; 前
# after it means ago), date (all others). The first characters spare compiling what cannot fit.
Rule = tuple[str, str, str, Callable[[re.Match[str], Asked], datetime.date]]
DIGITS = "0123456789"


def number(text: str) -> int:
    """The number that digits or Chinese number words are; DateError where they are none."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十").replace("〇", "零").replace("两", "二")
    hundreds, has_hundreds, rest = text.rpartition("百")
    tens, has_tens, ones = rest.rpartition("十")
    if has_hundreds and rest and not has_tens and not rest.startswith("零"):
        raise DateError("not_a_date")
    total = 100 * _digit(hundreds) if has_hundreds else 0
    if has_tens:
        total += 10 * (_digit(tens.removeprefix("零")) if tens else 1)
    if ones.startswith("零") and len(ones) > 1 and not has_tens:
        ones = ones[1:]
    return total + (_digit(ones) if ones else 0)


def _digit(text: str) -> int:
    if len(text) != 1 or text not in _CN_DIGITS:
        raise DateError("not_a_date")
    return _CN_DIGITS.index(text)


def year_number(text: str) -> int:
    """The year of four digits or four Chinese digits."""
    return int("".join(str(_CN_DIGITS.find(c)) if c in _CN_DIGITS else c for c in text.replace("〇", "零")))


def day_in(year: int, month: int, day: int) -> datetime.date:
    """The day of that year and month; DateError where there is no such day."""
    if not 1900 <= year <= 2999:
        raise DateError("not_a_date")
    if not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise DateError("no_such_day")
    return datetime.date(year, month, day)


def day_of_year(month: int, day: int, asked: Asked) -> datetime.date:
    """That month and day: the next to come, or the last past; today counts."""
    if not 1 <= month <= 12 or not 1 <= day <= month_length(2000, month):
        raise DateError("no_such_day")
    step, year = (-1 if asked.past else 1), asked.today.year
    for _ in range(10):  # 29 February can be eight years away
        if day <= month_length(year, month):
            found = datetime.date(year, month, day)
            if found <= asked.today if asked.past else found >= asked.today:
                return found
        year += step
    raise DateError("no_such_day")


def day_of_month(day: int, asked: Asked) -> datetime.date:
    """That day of a month: the next to come, or the last past; today counts."""
    if not 1 <= day <= 31:
        raise DateError("no_such_day")
    step, first = (-1 if asked.past else 1), asked.today.replace(day=1)
    for _ in range(4):
        if day <= month_length(first.year, first.month):
            found = first.replace(day=day)
            if found <= asked.today if asked.past else found >= asked.today:
                return found
        first = add_months(first, step)
    raise DateError("no_such_day")


def day_of_shifted_month(months: int, day: int, asked: Asked) -> datetime.date:
    """The day of the month that lies so many months from this one."""
    first = add_months(asked.today.replace(day=1), months)
    return day_in(first.year, first.month, day)


def month_edge(first: datetime.date, edge: str) -> datetime.date:
    """The month's first day (``start``) or its last (``end``)."""
    return month_of(first)[0 if edge == "start" else 1]


def edge_of_shifted_month(months: int | None, edge: str, asked: Asked) -> datetime.date:
    """The first or last day of a month counted from this one; None: said without a month."""
    if months is None and edge == "start":
        return day_of_month(1, asked)
    return month_edge(add_months(asked.today.replace(day=1), months or 0), edge)


def edge_of_named_month(month: int, year: int | None, edge: str, asked: Asked) -> datetime.date:
    """The first or last day of a month that was named, with its year or without."""
    if not 1 <= month <= 12:
        raise DateError("no_such_day")
    if year is not None:
        return month_edge(day_in(year, month, 1), edge)
    if edge == "start":
        return day_of_year(month, 1, asked)
    step, year = (-1 if asked.past else 1), asked.today.year
    found = month_edge(datetime.date(year, month, 1), edge)
    if found > asked.today if asked.past else found < asked.today:
        found = month_edge(datetime.date(year + step, month, 1), edge)
    return found


def edge_of_year(year: int | None, edge: str, asked: Asked) -> datetime.date:
    """1 January or 31 December: of that year, else the next to come of the first, this year's last."""
    if year is None and edge == "start":
        return day_of_year(1, 1, asked)
    return day_in(asked.today.year if year is None else year, *((1, 1) if edge == "start" else (12, 31)))


def weekday(index: int, weeks: int | None, asked: Asked) -> datetime.date:
    """The weekday (0 is Monday) of the week so many weeks on; None: said without a week."""
    if weeks is not None:
        return week_of(asked.today)[0] + (7 * weeks + index) * _DAY
    if asked.past:
        return asked.today - ((asked.today.weekday() - index - 1) % 7 + 1) * _DAY
    return asked.today + ((index - asked.today.weekday() - 1) % 7 + 1) * _DAY


def weekend(weeks: int | None, asked: Asked) -> datetime.date:
    """Saturday: of the week named, else of this week, on a Sunday the one to come."""
    if weeks is None:
        return asked.today + (5 - asked.today.weekday()) % 7 * _DAY
    return weekday(5, weeks, asked)


def counted(count: int, unit: str, back: bool, asked: Asked) -> datetime.date:
    """The day so many units from today: ``d w m y`` or working days ``wd``."""
    if count == 0:
        raise DateError("zero")
    if count > _MOST:
        raise DateError("too_far")
    signed = -count if back else count
    if unit == "wd":
        return _worked(signed, asked)
    if unit in ("d", "w"):
        return asked.today + signed * (7 if unit == "w" else 1) * _DAY
    return add_months(asked.today, signed * (12 if unit == "y" else 1))


def _worked(signed: int, asked: Asked) -> datetime.date:
    calendar = asked.calendar or WorkCalendar({})
    found = calendar.add_workdays(asked.today, signed)
    asked.beyond = not calendar.known(found)
    return found
