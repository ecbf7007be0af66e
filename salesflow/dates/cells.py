"""Dates as they stand in other people's sheets: full dates only, in the order of the file."""

from __future__ import annotations

import datetime
import re

from salesflow.dates.base import When, month_length
from salesflow.errors import Usage

ORDERS = ("ymd", "dmy", "mdy")

_SEP = r" *[-/.年月] *"
_YEAR_FIRST = rf"([0-9]{{4}}){_SEP}([0-9]{{1,2}}){_SEP}([0-9]{{1,2}})(?![0-9])(?: *[日号])?"
_EIGHT = r"([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])"
_OPEN = r"([0-9]{1,2}) *[-/.] *([0-9]{1,2}) *[-/.] *([0-9]{4}|[0-9]{2})(?![0-9])"
_CHINESE = r"([0-9]{2}) *年 *([0-9]{1,2}) *月 *([0-9]{1,2})(?: *[日号])?"
_NAMED = r"([0-9]{1,2})(?:st|nd|rd|th)?[- /.]*([a-z]{3,9})[-, /.']+([0-9]{2})(?![0-9])"
_SERIAL = r"([2-7][0-9]{4})(\.[0-9]+)?"
_EPOCH = r"(1[0-9]{9})(?:[0-9]{3})?(?:\.[0-9]+)?"
_WEEKDAY = r"[, ]*\(? *(?:(?:周|星期|礼拜)([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?) *\)?"
_TIME = (
    r"(?:[ t,]+| *(?=上午|下午))(上午|下午|am|pm)? *([0-9]{1,2}):?([0-9]{2})(?::?[0-9]{2}(?:\.[0-9]+)?)?"
    r" *(am|pm|上午|下午)?(?: *(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2}))?"
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_cell(text: str, order: str = "") -> When:
    """The date and time of the cell; Usage where it is none, or two dates without ``order``."""
    from salesflow.dates.words import fold

    plain = _iso(text)
    if plain:
        return plain
    folded = fold(text).strip().lstrip("'").strip()
    dates, rest, shown = _dates(folded, order), "", text.strip()[:40]
    if dates is None:
        counted = _counted(folded)
        if counted:
            return counted
        folded = re.sub(f"^{_NAMED}", r"\1 \2 20\3", folded)
        return _in_words(folded, shown)
    found, end = dates
    if not found:
        raise Usage("dates.no_such_day", text=shown)
    if len(set(found.values())) > 1:
        raise Usage("dates.order_unclear", text=shown)
    date = next(iter(found.values()))
    rest = _after_weekday(folded[end:], date, shown)
    return When(date, _time(rest, shown))


def _iso(text: str) -> When | None:
    # nearly every cell of a large file: 2026-11-22, 2026-11-22 10:05; what is not quite one is read with care
    if len(text) not in (10, 16) or not text.isascii() or text[4] + text[7] != "--":
        return None
    year, month, day, time = text[:4], text[5:7], text[8:10], text[11:]
    if not (year + month + day).isdecimal():
        return None
    date = _day(year, month, day)
    if not time or date is None:
        return When(date) if date else None
    hour, minute = time[:2], time[3:]
    if (
        text[10] not in " T"
        or time[2] != ":"
        or not (hour + minute).isdecimal()
        or hour > "23"
        or minute > "59"
    ):
        return None
    return When(date, time if time != "00:00" else None)


def month_first(text: str) -> str:
    """24/11 of a column that puts the day first as people write it: 11/24."""
    for mark in "/-.":
        day, found, month = text.strip().partition(mark)
        if found and day.isdecimal() and month.isdecimal() and int(month) <= 12:
            return f"{month}/{day}"
    return text


def orders(text: str) -> frozenset[str]:
    """The orders by which the cell is a date; empty where none is."""
    from salesflow.dates.words import fold

    dates = _dates(fold(text).strip().lstrip("'").strip(), "")
    return frozenset(dates[0]) if dates else frozenset()


def _dates(text: str, order: str) -> tuple[dict[str, datetime.date], int] | None:
    """The dates that the beginning can be, by order, and where it ends; None for other forms."""
    m = re.match(_YEAR_FIRST, text) or re.match(_EIGHT, text)
    if m:
        return {o: d for o in ORDERS if (d := _day(m[1], m[2], m[3]))}, m.end()
    m = re.match(_CHINESE, text)
    if m:
        return {o: d for o in ORDERS if (d := _day(m[1], m[2], m[3]))}, m.end()
    m = re.match(_OPEN, text)
    if not m:
        return None
    found = {}
    for name in (order,) if order else ORDERS:
        parts = dict(zip(name, m.groups(), strict=True))
        day = _day(parts["y"], parts["m"], parts["d"])
        if day and (len(m[3]) == 2 or name != "ymd"):
            found[name] = day
    return found, m.end()


def _counted(text: str) -> When | None:
    """A day that a program counted: 43512 by a spreadsheet, 1541491200 by the seconds since 1970 (in China's time)."""
    serial = re.fullmatch(_SERIAL, text)
    if serial:
        moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(days=float(text))
    else:
        epoch = re.fullmatch(_EPOCH, text)
        if not epoch:
            return None
        moment = datetime.datetime(1970, 1, 1, 8) + datetime.timedelta(seconds=int(epoch[1]))
    moment += datetime.timedelta(seconds=30)  # a time of day is a fraction: 9:30 may be 9:29:59.9
    time = f"{moment:%H:%M}"
    return When(moment.date(), None if time == "00:00" else time)


def _day(year: str, month: str, day: str) -> datetime.date | None:
    y, m, d = int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)
    if not 1900 <= y <= 2999 or not 1 <= m <= 12 or not 1 <= d <= month_length(y, m):
        return None
    return datetime.date(y, m, d)


def _after_weekday(rest: str, date: datetime.date, shown: str) -> str:
    m = re.match(_WEEKDAY, rest)
    if not m:
        return rest
    index = "一二三四五六日".index(m[1].replace("天", "日")) if m[1] else _DAYS.index(m[2])
    if index != date.weekday():
        raise Usage("dates.weekday_differs", text=shown)
    return rest[m.end() :]


def _time(rest: str, shown: str) -> str | None:
    """The time of day; none at midnight, which is how spreadsheets write a date alone."""
    if not rest.strip():
        return None
    m = re.fullmatch(_TIME, rest)
    if not m or (m[1] and m[4]):
        raise Usage("dates.not_a_date", text=shown)
    hour, minute, half = int(m[2]), int(m[3]), m[1] or m[4] or ""
    if half in ("pm", "下午") and hour < 12:
        hour += 12
    if half in ("am", "上午") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        raise Usage("dates.bad_time", text=shown)
    return f"{hour:02d}:{minute:02d}" if hour or minute else None


def _in_words(folded: str, shown: str) -> When:
    """A full date with the month's name: Dec 1, 2026."""
    from salesflow.dates.rules import Asked, DateError
    from salesflow.dates.words import whole

    if not re.search(r"[0-9]{4}", folded):
        raise Usage("dates.not_a_date", text=shown)
    asked = Asked(datetime.date(2000, 1, 1), True, None)
    try:
        found = whole(folded, asked)
    except DateError as trouble:
        raise Usage(f"dates.{trouble.key}", text=shown) from None
    if found.kind != "full":
        raise Usage("dates.not_a_date", text=shown)
    return found.when(asked)
