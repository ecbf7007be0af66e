"""``report``: the figures of a day, a week, a month; the funnel; promises, visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    import sqlite3

    from salesflow.reports.period import Period
    from salesflow.tables import Report

NAMES = ("day", "week", "month", "funnel", "promises", "visits")
SPANS = ("day", "week", "month")
# over how long each is, where nobody says it
_SPAN = {"funnel": "week", "promises": "week", "visits": "day"}


def report(
    ctx: typer.Context,
    name: options.ReportName = None,
    date: options.Date = None,
    span: options.Span = None,
    by: options.By = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """One report; without a name the list of them."""
    from salesflow.reports.period import period

    app: App = ctx.obj
    if name is None:
        _list(app, fmt, as_json)
        return
    name = _known(app, name)
    if by is not None:
        common.one_of(by, ("rep",), "--by")
        if name not in SPANS:
            raise Usage("reps.only_periods")
    day = common.day(app, date, past=True) if date else app.today
    wanted = period(_span(name, span), day, app.now)
    if wanted.first > app.today:
        raise Usage("week.future", date=day.isoformat())
    with app.read() as connection:
        found = _build(app, connection, name, wanted, by)
    app.show(found, fmt, as_json)


def _build(app: App, connection: sqlite3.Connection, name: str, wanted: Period, by: str | None) -> Report:
    if by:
        from salesflow.reports import by_rep

        return by_rep.build(connection, name, wanted, app.lang)
    if name == "promises":
        from salesflow.reports import honesty

        return honesty.build(connection, wanted, app.lang, app.rep)
    if name == "visits":
        from salesflow.reports import patience

        return patience.build(connection, wanted, app.lang)
    from salesflow.reports import weekly

    return weekly.build(connection, name, wanted, app.lang, app.rep)


def _span(name: str, said: str | None) -> str:
    if said is None:
        return _SPAN.get(name, name)
    if name != "promises":
        raise Usage("week.no_span", name=name)
    if said not in SPANS:
        raise Usage("errors.not_one_of", name="--period", value=said[:40], known=" ".join(SPANS))
    return said


def _known(app: App, name: str) -> str:
    titles = {title: known for known in NAMES for title in app.t(f"week.names_{known}").split()}
    found = titles.get(name, name)
    if found not in NAMES:
        raise Usage("week.unknown", text=name[:40], known=" ".join(NAMES))
    return found


def _list(app: App, fmt: str | None, as_json: bool) -> None:
    from salesflow.tables import Column, Report, Row, Section

    with app.read():
        pass
    rows = tuple(Row((name, app.t(f"week.means_{name}"))) for name in NAMES)
    columns = (Column("report", app.t("week.list_title")), Column("meaning", ""))
    data = [{"report": row.cells[0], "meaning": row.cells[1]} for row in rows]
    app.show(Report(data=data, sections=(Section(columns=columns, rows=rows, header=False),)), fmt, as_json)
