"""``report day|week|month --compare``: the average of the last four periods beside the one before (K6)."""

from __future__ import annotations

from typing import Any

from salesflow.reports import figures, measures
from salesflow.reports.period import Period
from salesflow.reports.records import money
from salesflow.reports.shown import COUNT, MONEY


def average4(book: figures.Book, period: Period) -> dict[str, Any]:
    """Each of the totals as an average of the last four periods that the book knows; null without one."""
    before = measures.begun(book.connection, measures.span(period)[1:])
    past = [figures.counts(book, one, figures.Moves(book, one)) for one in before]
    return {name: _average(name, past) for name in figures.TOTALS}


def _average(name: str, past: list[dict[str, int | None]]) -> Any:
    counted = [{name: measures.Counted(one[name])} for one in past]
    found = measures.average(name, MONEY if name in figures.MONEY else COUNT, counted)
    return money(int(found)) if name in figures.MONEY and found is not None else found
