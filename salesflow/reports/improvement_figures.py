"""What the figures are that actions are for: each over one period, counted as the reports count it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from salesflow.improvement import FIGURES, MONEY, Action
from salesflow.reports import figures, promised
from salesflow.reports.period import RANGE, Period, of_label, period, ranged
from salesflow.reports.records import money
from salesflow.store import kpi

Totals = Mapping[str, Any]


def _kept(book: figures.Book, span: Period) -> float | None:
    ((kept, every),) = promised.kept(book.connection, [span])
    return round(kept / every, 4) if every else None


# what can be counted without all the other measures
_ALONE: dict[str, Callable[[figures.Book, Period], Any]] = {
    "stock": lambda book, span: figures.stock(book, span)["end"],
    "stale_grades": lambda book, span: sum(figures.stale_grades(book, span).values()),
    "overdue_at_end": promised.overdue,
    "first_contact": lambda book, span: figures.first_contact(book, span)["rate"],
    "without_why": lambda book, span: promised.promises(book.connection, span)["without_why"],
    "promises_open": lambda book, span: promised.promises(book.connection, span)["open"],
    "promises_kept": _kept,
}


class Values:
    """Figures of one book by period, none counted twice; ``known`` are totals that a report has counted."""

    def __init__(self, book: figures.Book, known: Mapping[Period, Totals] | None = None) -> None:
        self._book = book
        self._totals = dict(known or {})
        self._measures: dict[Period, Totals] = {}

    def of(self, name: str, span: Period | None) -> Any:
        """The figure over the period, money in yuan; None where there is no basis, or no such figure."""
        if span is None or name not in FIGURES or not self._begun(span):
            return None
        if name in figures.TOTALS:
            return self._of_totals(span)[name]
        alone = _ALONE.get(name)
        return alone(self._book, span) if alone else self._of_measures(span)[name]

    def _begun(self, span: Period) -> bool:
        # of a period before the book began nothing is known
        first = kpi.began(self._book.connection, span.start)
        return first is None or span.close[: len(first)] >= first

    def _of_totals(self, span: Period) -> Totals:
        if span not in self._totals:
            self._totals[span] = figures.totals(self._book, span, figures.Moves(self._book, span))
        return self._totals[span]

    def _of_measures(self, span: Period) -> Totals:
        from salesflow.reports import measures  # only where an action is for one of them

        if span not in self._measures:
            found = measures.count(self._book, [span])[0]
            self._measures[span] = {
                name: money(int(one.value))
                if one.value is not None and FIGURES.get(name) == MONEY
                else one.value
                for name, one in found.items()
            }
        return self._measures[span]


def based_on(one: Action, span: Period) -> Period:
    """The period whose figure is the action's baseline: the last complete one when it was made.

    It is as long as the report in which it was decided: a week where none is named. ``span`` says the clock.
    """
    made = date.fromisoformat(one.made_on)
    named = of_label(one.report or "", span.now)
    if named and (named.last < made or named.kind == RANGE):
        return named
    return period(named.kind if named else "week", made, span.now).previous()


def newest(one: Action, span: Period) -> Period | None:
    """The period whose figure a report of ``span`` sets beside the baseline; None before there is a later one.

    It is the report's own where both are as long, else the last that is over by its end.
    """
    base = based_on(one, span)
    if base.kind == RANGE:
        found = ranged(span.day - (base.last - base.first), span.day, span.now)
        return found if found.first > base.last else None
    if base.kind == span.kind:
        return span
    found = period(base.kind, span.day, span.now)
    if span.moment < found.close:
        found = found.previous()
    return found if found.first > base.first else None
