"""The line of today's list that says how many visits the day still wants (E2, K6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from salesflow import targets
from salesflow.dates import WorkCalendar
from salesflow.reports.period import period
from salesflow.store.metrics import followup_counts
from salesflow.store.rows import Connection
from salesflow.tables import Report
from salesflow.texts import t


def with_visits(
    connection: Connection,
    report: Report,
    aims: Mapping[str, int],
    now: datetime,
    lang: str,
    calendar: Callable[[], WorkCalendar],
) -> Report:
    """Today's list with the day's visits below it; ``aims`` are the targets of visits by period."""
    line = _day(connection, aims, now, lang, calendar) or _month(connection, aims, now, lang, calendar)
    if not line or not report.sections:
        return report
    first, *rest = report.sections
    return report._replace(sections=(first._replace(after=(*first.after, line)), *rest))


def _day(
    connection: Connection,
    aims: Mapping[str, int],
    now: datetime,
    lang: str,
    calendar: Callable[[], WorkCalendar],
) -> str:
    own, every = aims.get(now.date().isoformat()), aims.get("day")
    aim = own or (every if every and calendar().is_workday(now.date()) else None)
    return t("target.today", lang, actual=_visits(connection, "day", now), target=aim) if aim else ""


def _month(
    connection: Connection,
    aims: Mapping[str, int],
    now: datetime,
    lang: str,
    calendar: Callable[[], WorkCalendar],
) -> str:
    aim = aims.get(targets.label_of("month", now.date())) or aims.get("month")
    if not aim:
        return ""
    span = period("month", now.date(), now)
    actual = _visits(connection, "month", now)
    run = targets.run("month", span.first, span.last, now.date(), calendar())
    needed = targets.needed(aim, actual, run.left)
    if not needed:
        return ""
    return t("target.today_month", lang, actual=actual, target=aim, left=run.left, needed=needed)


def _visits(connection: Connection, kind: str, now: datetime) -> int:
    span = period(kind, now.date(), now)
    return followup_counts(connection, span.start, span.moment)[1]
