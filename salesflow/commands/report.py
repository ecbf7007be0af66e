"""``report``: the figures of a day, a week, a month; the funnel; promises, visits and the others of KINDS."""

from __future__ import annotations

from typing import Any

import typer

from salesflow.commands import common, options, report_files, report_period
from salesflow.commands.report_kinds import KINDS, Asked, build
from salesflow.context import App
from salesflow.errors import Usage

RANGED = ("--period", "--compare")  # what takes one of these takes a range too


def report(
    ctx: typer.Context,
    name: options.ReportName = None,
    date: options.Date = None,
    span: options.Span = None,
    first: options.FromDay = None,
    last: options.ToDay = None,
    by: options.By = None,
    city: options.City = None,
    compare: options.Compare = False,
    explain: options.Explain = False,
    backtest: options.Backtest = False,
    html: options.PageFile = None,
    xlsx: options.XlsxFile = None,
    md: options.MdFile = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """One report; without a name the list of them."""
    app: App = ctx.obj
    files = report_files.Files(html, xlsx, md)
    if name is None:
        if files.named():
            raise Usage("week.no_name")
        _list(app, fmt, as_json)
        return
    name = _known(app, name)
    files.named()
    if span is not None:
        report_period.check(span)
    asked = report_period.Said(date, span, first, last)
    said = {"--period": span, "--by": by, "--compare": compare, "--explain": explain, "--backtest": backtest}
    _refuse(name, said | {"--from": first, "--to": last, "--city": city})
    city = common.line(app, city, "--city")
    if by is not None:
        common.one_of(by, ("rep",), "--by")
    wanted = report_period.read(app, asked, KINDS[name].span, KINDS[name].ahead)
    from salesflow.reports.parts import of_empty

    told = by, compare, explain, backtest, city
    whole, drawn = app.for_scripts(fmt, as_json), bool(html or xlsx)
    with app.read() as connection:
        found = build(Asked(app, connection, name, wanted, *told, whole, drawn))
        if name != "forecast":  # which says by itself what is missing
            found = of_empty(found, connection, app.lang)
    again = report_period.words(asked, wanted) | {"--by": by, "--city": city}
    command = " ".join(["salesflow report", name, *_typed(again), "-f plain"])
    report_files.show(app, found, files, personal, fmt, as_json, command)


def _typed(options: dict[str, str | None]) -> list[str]:
    from shlex import quote

    return [f"{option} {quote(value)}" for option, value in options.items() if value]


def _refuse(name: str, said: dict[str, Any]) -> None:
    # an option that this report does not take is told with the reports that do
    for option, value in said.items():
        if value and not _takes(name, option):
            if option == "--period" and name == KINDS[name].span:
                raise Usage("week.own_period", name=name, period=str(value)[:40])
            known = " ".join(one for one in KINDS if _takes(one, option))
            raise Usage("week.not_for", name=name, option=option, known=known or "-")


def _takes(name: str, option: str) -> bool:
    taken = KINDS[name].takes
    return any(one in taken for one in RANGED) if option in ("--from", "--to") else option in taken


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
