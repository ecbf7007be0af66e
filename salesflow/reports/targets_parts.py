"""Targets of quarters and ranges, which have none of their own: those of their months, weeks or days added up (K6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from salesflow.dates import WorkCalendar, month_of, week_of
from salesflow.reports.period import RANGE, Period, period
from salesflow.store import targets as stored
from salesflow.store.rows import Connection, batches

_Values = Mapping[tuple[str, str], int]  # (rep, metric): value


def kind_of(span: Period) -> str:
    """Of what periods the targets are added up; '' where the period has targets of its own.

    A quarter is its months; a range is whole months where it is that, else whole weeks, else days.
    """
    if span.kind == "quarter":
        return "month"
    if span.kind != RANGE:
        return ""
    if span.first == month_of(span.first)[0] and span.last == month_of(span.last)[1]:
        return "month"
    whole_weeks = span.first == week_of(span.first)[0] and span.last == week_of(span.last)[1]
    return "week" if whole_weeks else "day"


def summed(connection: Connection, span: Period, calendar: WorkCalendar) -> dict[str, dict[str, int]]:
    """By rep and metric the sum of the parts' targets, where each of them has one.

    Of days only those that are worked need one. A sum of some of the parts would be reached too easily.
    """
    kind = kind_of(span)
    parts = _parts(span, kind)
    every = {(one.rep, one.metric): one.value for one in stored.list_targets(connection, (kind,))}
    own: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for some in batches([one.label for one in parts]):
        for one in stored.list_targets(connection, some):
            own[one.period][one.rep, one.metric] = one.value
    asked = [(own.get(one.label, {}), _is_worked(one, calendar)) for one in parts]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for rep, metric in {*every, *(key for each in own.values() for key in each)}:
        value = _sum(asked, every, (rep, metric))
        if value is not None:
            found[rep][metric] = value
    return found


def _is_worked(part: Period, calendar: WorkCalendar) -> bool:
    return part.kind != "day" or calendar.is_workday(part.first)


def _sum(asked: Sequence[tuple[_Values, bool]], every: _Values, key: tuple[str, str]) -> int | None:
    # a target of every day says nothing of a day that is not worked
    values = [own.get(key, every.get(key) if worked else None) for own, worked in asked]
    needed = [value for value, (_, worked) in zip(values, asked, strict=True) if worked or value is not None]
    known = [value for value in needed if value is not None]
    return sum(known) if known and len(known) == len(needed) else None


def _parts(span: Period, kind: str) -> list[Period]:
    found = [period(kind, span.first, span.now)]
    while found[-1].last < span.last:
        found.append(period(kind, found[-1].last + timedelta(days=1), span.now))
    return found
