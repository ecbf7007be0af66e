"""``report``: the figures of a day, a week, a month; the funnel."""

from __future__ import annotations

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage


def report(
    ctx: typer.Context,
    name: options.ReportName = None,
    date: options.Date = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """One report; without a name the list of them."""
    from salesflow.reports import weekly
    from salesflow.reports.period import period

    app: App = ctx.obj
    if name is None:
        _list(app, fmt, as_json)
        return
    name = _known(app, name)
    day = common.day(app, date, past=True) if date else app.today
    span = period("week" if name == "funnel" else name, day, app.now)
    if span.first > app.today:
        raise Usage("week.future", date=day.isoformat())
    with app.read() as connection:
        found = weekly.build(connection, name, span, app.lang, app.rep)
    app.show(found, fmt, as_json)


def _known(app: App, name: str) -> str:
    from salesflow.reports.weekly import NAMES

    titles = {title: known for known in NAMES for title in app.t(f"week.names_{known}").split()}
    found = titles.get(name, name)
    if found not in NAMES:
        raise Usage("week.unknown", text=name[:40], known=" ".join(NAMES))
    return found


def _list(app: App, fmt: str | None, as_json: bool) -> None:
    from salesflow.reports import weekly
    from salesflow.tables import Column, Report, Row, Section

    with app.read():
        pass
    rows = tuple(Row((name, app.t(f"week.means_{name}"))) for name in weekly.NAMES)
    columns = (Column("report", app.t("week.list_title")), Column("meaning", ""))
    data = [{"report": row.cells[0], "meaning": row.cells[1]} for row in rows]
    app.show(Report(data=data, sections=(Section(columns=columns, rows=rows, header=False),)), fmt, as_json)
