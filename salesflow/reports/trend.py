"""The totals of the last twelve periods, as each period's own report says them, read together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.reports import figures
from salesflow.reports.period import Period
from salesflow.reports.records import money
from salesflow.store import trend

LENGTH = 12


def counts(
    book: figures.Book, periods: Sequence[Period], deals: Sequence[figures.Moves] | None = None
) -> list[dict[str, int | None]]:
    """The totals (money in fen) of each of the periods, counted in the same readings.

    ``deals`` are the moves of each that led to a won stage, where they have been read already.
    """
    spans = [(one.start, one.moment) for one in periods]
    done = trend.done(book.connection, spans)
    moved = trend.moved(book.connection, spans, book.processes.followed)
    deals = figures.deals(book, periods) if deals is None else deals
    found = []
    for place, one in enumerate(periods):
        shifts = figures.Moves(book, one, [each.move for each in moved[place]])
        won = len(figures.won(book.connection, deals[place], one))
        times = [each.times for each in moved[place]]
        found.append(figures.counted(book, one, done[place], shifts, won, times))
    return found


def last(period: Period) -> list[Period]:
    """The last twelve periods of this one's kind, it among them, the oldest first."""
    found = [period]
    while len(found) < LENGTH:
        found.append(found[-1].previous())
    return found[::-1]


def yuan(one: dict[str, int | None]) -> dict[str, Any]:
    """The totals of one of the periods as JSON says them."""
    return {name: value(name, one[name]) for name in figures.TOTALS}


def record(found: Sequence[dict[str, int | None]]) -> dict[str, list[Any]]:
    """For JSON: by figure its twelve numbers, money in yuan."""
    return {name: [value(name, one[name]) for one in found] for name in figures.TOTALS}


def value(name: str, number: int | None) -> Any:
    """A total as JSON says it."""
    return money(number) if name in figures.MONEY else number
