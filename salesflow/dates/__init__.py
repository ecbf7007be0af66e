"""What people write for a date, weeks and months, working days; never reads the clock.

The words themselves stand in leaves that are imported when a text is to be read:
``words`` (the reader), ``zh`` and ``en`` (the rules), ``clock``.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from salesflow.dates.base import (
    When,
    add_months,
    add_years,
    format_day,
    format_instant,
    month_label,
    month_length,
    month_of,
    parse_day,
    parse_instant,
    quarter_label,
    quarter_of,
    week_label,
    week_of,
    weekday_name,
)
from salesflow.dates.workdays import WorkCalendar, parse_calendar_file
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.dates.rules import DateError

__all__ = [
    "When",
    "WorkCalendar",
    "add_months",
    "add_years",
    "date_orders",
    "format_day",
    "format_instant",
    "longest_when",
    "longest_words",
    "month_label",
    "month_length",
    "month_of",
    "parse_calendar_file",
    "parse_cell",
    "parse_date_cell",
    "parse_day",
    "parse_instant",
    "parse_when",
    "quarter_label",
    "quarter_of",
    "week_label",
    "week_of",
    "weekday_name",
]

_SHOWN = 40
_MOST_WORDS = 12
# A date was meant, and it is none: fewer words would be a guess.
_DEFINITE = ("bad_time", "unclear_time", "no_such_day", "weekday_differs", "zero", "too_far", "time_alone")
# Named by the part that is wrong, not by the whole text.
_PARTIAL = ("no_such_day", "weekday_differs", "zero", "too_far")
_TRAILING = " \t\r\n。.,，;；!！、\u3000"


def parse_when(
    text: str, today: datetime.date, *, past: bool = False, calendar: WorkCalendar | None = None
) -> When:
    """The day (and time) that the whole text means, counted from ``today``.

    ``past``: of days that have no year or no week, the last one past instead of the next.
    Raises Usage with the reason where the text is no date, or could be two.
    """
    from salesflow.dates.rules import Asked, DateError
    from salesflow.dates.words import fold, whole

    asked = Asked(today, past, calendar)
    try:
        return whole(fold(_bare(text)), asked).when(asked)
    except DateError as trouble:
        raise _usage(trouble, text) from None


def longest_when(
    text: str, today: datetime.date, *, past: bool = False, calendar: WorkCalendar | None = None
) -> tuple[When, int] | None:
    """The longest beginning of ``text`` that is a date, and where it ends; None where none is.

    None too where what follows makes it none: 5.8 before 万, 3号 before 厅, 周五 before 左右.
    """
    from salesflow.dates.rules import Asked, DateError
    from salesflow.dates.words import blocked, fold, scan

    asked = Asked(today, past, calendar)
    folded = fold(text[:200])
    try:
        found = scan(folded, asked)
    except DateError:
        return None
    if found is None or blocked(folded, found, asked):
        return None
    return found.when(asked), found.end


def longest_words(
    words: Sequence[str], today: datetime.date, *, past: bool = False, calendar: WorkCalendar | None = None
) -> tuple[When, int]:
    """The date that as many leading words as possible are, and how many those are.

    Raises Usage where no leading words are one date.
    """
    from salesflow.dates.rules import Asked, DateError
    from salesflow.dates.words import blocked, fold, whole

    asked = Asked(today, past, calendar)
    folded = [fold(w.strip()) for w in words[:_MOST_WORDS]]
    nearest = DateError("not_a_date")
    for count in range(len(folded), 0, -1):
        try:
            found = whole(" ".join(folded[:count]), asked)
        except DateError as trouble:
            if trouble.key in _DEFINITE:
                raise _usage(trouble, " ".join(words)) from None
            nearest = trouble if nearest.key == "not_a_date" else nearest
            continue
        if blocked(" ".join(folded), found, asked):
            raise _usage(nearest, " ".join(words))
        return found.when(asked), count
    raise _usage(nearest, words[0] if words else "")


def parse_date_cell(text: str, order: str = "") -> When:
    """The date, and the time where there is one, that a cell of an imported sheet holds.

    ``order`` (``ymd dmy mdy``) settles 3/4/2026; without it such a cell raises Usage.
    """
    from salesflow.dates.cells import read_cell

    return read_cell(text, order)


def parse_cell(text: str, order: str, today: datetime.date, *, past: bool) -> When:
    """The date of a cell: in full, or without a year as people write it, counted from ``today`` as ``parse_when`` does.

    Raises Usage, about the full date where it is neither.
    """
    from salesflow.dates.cells import month_first, read_cell

    try:
        return read_cell(text, order)
    except Usage as error:
        if error.key == "dates.order_unclear":
            raise
        try:
            return parse_when(month_first(text) if order == "dmy" else text, today, past=past)
        except Usage:
            raise error from None


def date_orders(text: str) -> frozenset[str]:
    """Of ``ymd dmy mdy`` those by which the cell is a date; a column's are what all cells share."""
    from salesflow.dates.cells import orders

    return orders(text)


def _usage(trouble: DateError, text: str) -> Usage:
    part = trouble.text if trouble.key in _PARTIAL else ""
    return Usage(f"dates.{trouble.key}", text=_shown(part or text))


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + ".."


def _bare(text: str) -> str:
    return text.strip().rstrip(_TRAILING)
