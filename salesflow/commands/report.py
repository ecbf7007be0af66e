"""``report``: the figures of a day, a week, a month; the funnel; promises, visits and the others of KINDS."""

from __future__ import annotations

from typing import Any

import typer

from salesflow.commands import common, options
from salesflow.commands.report_kinds import KINDS, Asked
from salesflow.context import App
from salesflow.errors import Usage

SPANS = ("day", "week", "month")


def report(
    ctx: typer.Context,
    name: options.ReportName = None,
    date: options.Date = None,
    span: options.Span = None,
    by: options.By = None,
    compare: options.Compare = False,
    explain: options.Explain = False,
    backtest: options.Backtest = False,
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
    said = {"--period": span, "--by": by, "--compare": compare, "--explain": explain, "--backtest": backtest}
    _refuse(name, said)
    if by is not None:
        common.one_of(by, ("rep",), "--by")
    day = common.day(app, date, past=True) if date else app.today
    wanted = period(_span(name, span), day, app.now)
    if wanted.first > app.today:
        raise Usage("week.future", date=day.isoformat())
    with app.read() as connection:
        found = KINDS[name].build(Asked(app, connection, name, wanted, by, compare, explain, backtest))
    app.show(found, fmt, as_json)


def _refuse(name: str, said: dict[str, Any]) -> None:
    # an option that this report does not take is told with the reports that do
    for option, value in said.items():
        if value and option not in KINDS[name].takes:
            known = " ".join(one for one, kind in KINDS.items() if option in kind.takes)
            raise Usage("week.not_for", name=name, option=option, known=known or "-")


def _span(name: str, said: str | None) -> str:
    if said is None:
        return KINDS[name].span
    if said not in SPANS:
        raise Usage("errors.not_one_of", name="--period", value=said[:40], known=" ".join(SPANS))
    return said


def _known(app: App, name: str) -> str:
    titles = {title: known for known in KINDS for title in app.t(f"week.names_{known}").split()}
    found = titles.get(name, name)
    if found not in KINDS:
        raise Usage("week.unknown", text=name[:40], known=" ".join(KINDS))
    return found


def _list(app: App, fmt: str | None, as_json: bool) -> None:
    from salesflow.tables import Column, Report, Row, Section

    with app.read():
        pass
    rows = tuple(Row((name, app.t(f"week.means_{name}"))) for name in KINDS)
    columns = (Column("report", app.t("week.list_title")), Column("meaning", ""))
    data = [{"report": row.cells[0], "meaning": row.cells[1]} for row in rows]
    app.show(Report(data=data, sections=(Section(columns=columns, rows=rows, header=False),)), fmt, as_json)
