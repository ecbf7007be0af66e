"""``report calendar``: a month with how many promises lie on each day, those past, kept or not, and those to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from salesflow.dates import WorkCalendar, weekday_name
from salesflow.reports import promised
from salesflow.reports.parts import head
from salesflow.reports.period import Period
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

_KEPT = ("kept", "kept_late")
_DRAWN, _LISTED = "table html", "plain md xlsx"


def build(connection: Connection, period: Period, lang: str, calendar: WorkCalendar) -> Report:
    """The days of the period, each with its promises; what was moved or dropped lies there no more."""
    days = lying(promised.tallies(connection, [period])[0], period)
    for one in days:
        one["workday"] = calendar.is_workday(date.fromisoformat(one["date"]))
    total = sum(one["promises"] for one in days)
    data = {**head("calendar", period), "promises": total, "days": days}
    name = t("calendar.month_title", lang, label=period.label, count=total)
    sections = (grid(days, period, lang), _list(days, lang))
    return Report(data, sections, name, (name, *_chat(days, period, lang)), "days")


def lying(made: promised.Tally, period: Period) -> list[dict[str, Any]]:
    """Each day of the period with the promises that lie on it: all, those kept, those neither kept nor moved."""
    counts, found = made.counts, []
    for number in range((period.last - period.first).days + 1):
        day = f"{period.first + timedelta(days=number)}"
        kept, still = sum(counts[day, how] for how in _KEPT), counts[day, "open"]
        found.append({"date": day, "promises": kept + still, "kept": kept, "open": still})
    return found


def grid(days: Sequence[Mapping[str, Any]], period: Period, lang: str, heading: str = "") -> Section:
    """The days week by week as a calendar on the wall, for a terminal and a page."""
    today, monday = period.now.date(), period.first - timedelta(days=period.first.weekday())
    told = {one["date"]: one for one in days}
    rows = []
    while monday <= period.last:
        week = [monday + timedelta(days=place) for place in range(7)]
        rows.append(Row(tuple(cell for day in week for cell in _cells(told.get(f"{day}"), day, today))))
        monday += timedelta(days=7)
    columns: list[Column] = []
    for day in week:
        columns += (
            Column(f"day{day.isoweekday()}", weekday_name(day, lang), "int"),
            Column(f"on{day.isoweekday()}"),
        )
    after = (_legend(today, f"{today}" in told, lang),) if rows else ()
    return Section(columns=tuple(columns), rows=tuple(rows), heading=heading, after=after, only=_DRAWN)


def _legend(today: date, shown: bool, lang: str) -> str:
    mark = t("calendar.month_today", lang, day=today.day) if shown else ""
    return t("calendar.month_legend", lang) + mark


def _cells(one: Mapping[str, Any] | None, day: date, today: date) -> tuple[str, str]:
    # `16 3`, `16 3!2` where two of them are still owed, `>22 2` today
    if one is None:
        return "", ""
    owed = f"!{one['open']}" if one["open"] and day < today else ""
    return f"{'>' if day == today else ''}{day.day}", f"{one['promises'] or '.'}{owed}"


def _list(days: Sequence[Mapping[str, Any]], lang: str) -> Section:
    keys = {"date": "date", "weekday": "text", "promises": "int", "kept": "int", "open": "int"}
    columns = tuple(Column(key, t(f"calendar.month_{key}", lang), kind) for key, kind in keys.items())
    rows = tuple(
        Row(
            (
                one["date"],
                weekday_name(date.fromisoformat(one["date"]), lang),
                one["promises"],
                one["kept"],
                one["open"],
            )
        )
        for one in days
    )
    return Section(columns=columns, rows=rows, only=_LISTED)


def _chat(days: Sequence[Mapping[str, Any]], period: Period, lang: str) -> list[str]:
    # what is still to come, and what is owed
    today, lines = f"{period.now:%Y-%m-%d}", []
    owed = sum(one["open"] for one in days if one["date"] < today)
    if owed:
        lines.append(t("calendar.month_owed", lang, count=owed))
    for one in days:
        if one["date"] >= today and one["promises"]:
            day = date.fromisoformat(one["date"])
            lines.append(f"{one['date'][5:]} {weekday_name(day, lang)} {one['promises']}")
    return lines
