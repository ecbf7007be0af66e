"""Which days are worked: the Chinese calendar with its make-up days, or the rep's own week."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from salesflow.errors import Usage

_DAY = datetime.timedelta(days=1)
# No holiday is that long: a calendar without a working day must not hang the command.
_LONGEST_REST = 366
_WORKED = {
    "work": True, "workday": True, "on": True, "true": True, "班": True, "上班": True, "工作日": True,
    "off": False, "holiday": False, "rest": False, "false": False, "休": False, "休息": False, "放假": False,
}  # fmt: skip


class WorkCalendar:
    """The days that count as working days.

    ``overrides`` are imported days (True is worked) and win over the calendar;
    ``weekdays`` (0 is Monday) is the rep's own week, which takes the place of both.
    """

    def __init__(
        self, overrides: Mapping[datetime.date, bool], weekdays: frozenset[int] | None = None
    ) -> None:
        self._overrides = overrides
        self._weekdays = weekdays
        self._years = {day.year for day in overrides}

    def is_workday(self, day: datetime.date) -> bool:
        """Whether the day is worked; Monday to Friday where no calendar knows the year."""
        if self._weekdays is not None:
            return day.weekday() in self._weekdays
        told = self._overrides.get(day)
        if told is None:
            told = _chinese(day)
        return day.weekday() < 5 if told is None else told

    def known(self, day: datetime.date) -> bool:
        """Whether the day's year is known: its holidays published, imported, or not needed."""
        return self._weekdays is not None or day.year in self._years or _chinese(day) is not None

    def next_workday(self, day: datetime.date) -> datetime.date:
        """The day itself, or the next that is worked."""
        found = day
        for _ in range(_LONGEST_REST):
            if self.is_workday(found):
                return found
            found += _DAY
        return day

    def last_workday(self, day: datetime.date) -> datetime.date:
        """The day itself, or the last before it that is worked."""
        found = day
        for _ in range(_LONGEST_REST):
            if self.is_workday(found):
                return found
            found -= _DAY
        return day

    def add_workdays(self, day: datetime.date, count: int) -> datetime.date:
        """The ``count``-th working day after the day, or before it where count is negative."""
        step = _DAY if count > 0 else -_DAY
        found, left, rested = day, abs(count), 0
        while left and rested < _LONGEST_REST:
            found += step
            if self.is_workday(found):
                left, rested = left - 1, 0
            else:
                rested += 1
        return found


def _chinese(day: datetime.date) -> bool | None:
    """Whether the package calls it a working day; None for a year that it does not know."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def parse_calendar_file(text: str) -> dict[datetime.date, bool]:
    """The days of a calendar file, True for a working day: CSV, TSV or JSON.

    CSV and TSV hold a date and ``off`` or ``work`` (休, 班, true, false) a row; JSON is
    ``{"days": [{"date": "2026-01-01", "isOffDay": true}]}`` or that list alone.
    """
    text = text.removeprefix("\ufeff").strip()
    found: dict[datetime.date, bool] = {}
    rows = _json_days(text) if text[:1] in ("{", "[") else _table_days(text)
    for row, day, worked in rows:
        if found.setdefault(day, worked) != worked:
            raise Usage("dates.calendar_twice", row=row, date=day.isoformat())
    if not found:
        raise Usage("dates.calendar_empty")
    return found


def _table_days(text: str) -> Iterable[tuple[int, datetime.date, bool]]:
    import csv

    delimiter = "\t" if "\t" in text else ";" if ";" in text and "," not in text else ","
    try:
        rows = [r for r in csv.reader(text.splitlines(), delimiter=delimiter, strict=True) if any(r)]
    except csv.Error as broken:
        raise Usage("dates.calendar_broken") from broken
    for number, cells in enumerate(rows, 1):
        if number == 1 and not any(c.isdecimal() for c in cells[0]):
            continue
        state = _WORKED.get(cells[1].strip().lower()) if len(cells) > 1 else None
        day = _plain_day(cells[0])
        if state is None or day is None:
            raise Usage("dates.calendar_row", row=number, text=delimiter.join(cells)[:40])
        yield number, day, state


def _json_days(text: str) -> Iterable[tuple[int, datetime.date, bool]]:
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise Usage("dates.calendar_broken") from broken
    days = data.get("days") if isinstance(data, dict) else data
    if not isinstance(days, list):
        raise Usage("dates.calendar_broken")
    for number, item in enumerate(days, 1):
        fields = item if isinstance(item, dict) else {}
        off, day = fields.get("isOffDay"), _plain_day(str(fields.get("date", "")))
        if not isinstance(off, bool) or day is None:
            raise Usage("dates.calendar_row", row=number, text=str(item)[:40])
        yield number, day, not off


def _plain_day(text: str) -> datetime.date | None:
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) != 3 or not all(p.isascii() and p.isdecimal() for p in parts) or len(parts[0]) != 4:
        return None
    try:
        return datetime.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except (ValueError, OverflowError):
        return None
