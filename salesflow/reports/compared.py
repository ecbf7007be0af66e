"""``report day|week|month --compare``: the average of the last four periods beside the one before (K6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.reports import figures, measures, trend
from salesflow.reports.period import Period
from salesflow.reports.records import money
from salesflow.reports.shown import COUNT, MONEY


def average4(
    book: figures.Book, period: Period, line: Sequence[dict[str, int | None]] = ()
) -> dict[str, Any]:
    """Each of the totals as an average of the last four periods that the book knows; null without one.

    ``line`` are those of the last periods where they have been counted already, this one's the last.
    """
    before = measures.span(period)[1:]
    known = measures.begun(book.connection, before)
    read = {one.first: sums for one, sums in zip(before, reversed(line[:-1]), strict=False)}
    more = [one for one in known if one.first not in read]
    if more:
        read |= {one.first: sums for one, sums in zip(more, trend.counts(book, more), strict=True)}
    past = [read[one.first] for one in known]
    return {name: _average(name, past) for name in figures.TOTALS}


def _average(name: str, past: list[dict[str, int | None]]) -> Any:
    counted = [{name: measures.Counted(one[name])} for one in past]
    found = measures.average(name, MONEY if name in figures.MONEY else COUNT, counted)
    return money(int(found)) if name in figures.MONEY and found is not None else found
