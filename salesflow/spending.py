"""What a source of leads costs, pure: for which days a sum was spent, and how much of it falls in a period (K7)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import normalize

from salesflow import targets
from salesflow.errors import Usage

_YEARS = {"今年": 0, "本年": 0, "this year": 0, "去年": -1, "last year": -1, "明年": 1, "next year": 1}


def read_period(text: str, today: date) -> str:
    """``2026-11``, ``2026-W47``, ``2026-11-22``, ``2026-Q4`` or ``2026``, as it is stored. Raises Usage."""
    plain = normalize("NFKC", text).strip().casefold()
    if plain in _YEARS:
        return f"{today.year + _YEARS[plain]}"
    year = re.fullmatch(r"((?:19|20)\d{2})年?", plain)
    if year:
        return year[1]
    quarter = re.fullmatch(r"(\d{4})\s*[-年]?\s*(?:q([1-4])|第?([1-4一二三四])季度?)", plain)
    if quarter:
        number = quarter[2] or quarter[3]
        return f"{quarter[1]}-Q{'一二三四'.find(number) + 1 or number}"
    try:
        found = targets.read_period(text, today)
    except Usage:
        raise Usage("spend.no_period", text=text[:40]) from None
    if found in targets.KINDS:  # each month: a sum is spent once
        raise Usage("spend.each", text=text[:40])
    return found


def span(period: str) -> tuple[date, date]:
    """The first and the last day for which it was spent."""
    year, _, part = period.partition("-")
    if not part:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if part[0] == "Q":
        first, after = 3 * int(part[1:]) - 2, 3 * int(part[1:]) + 1
        end = date(int(year) + after // 13, after - 12 * (after // 13), 1)
        return date(int(year), first, 1), end - timedelta(days=1)
    return targets.span(period)


def falls_in(period: str, amount_fen: int, first: date, last: date) -> int:
    """How much of the sum falls in the days from ``first`` to ``last``, day by day alike.

    What falls in the parts of a period adds up to the whole, to the fen.
    """
    begin, end = span(period)
    days = (end - begin).days + 1
    low, high = max((first - begin).days, 0), min((last - begin).days + 1, days)
    return 0 if high <= low else amount_fen * high // days - amount_fen * low // days
