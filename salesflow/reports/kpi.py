"""``report kpi``: each measure against its target, the period before and the average of the last four (M2, M6)."""

from __future__ import annotations

from typing import Any

from salesflow.dates import WorkCalendar
from salesflow.reports import explained, figures, kpi_charts, kpi_screen, measures, targets
from salesflow.reports.measures import MEASURES, Counted, Measure
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.shown import MONEY
from salesflow.reports.targets import Line
from salesflow.store.rows import Connection
from salesflow.store.standing import Recent
from salesflow.tables import Report

Past = list[dict[str, Counted]]


def build(
    connection: Connection,
    period: Period,
    lang: str,
    rep: str,
    calendar: WorkCalendar,
    compare: bool = False,
    explain: bool = False,
) -> Report:
    """The measures of the period; ``compare`` tells each of the last four too, ``explain`` how each is counted."""
    periods = measures.span(period)
    book = figures.Book(connection, Processes(connection), Recent(connection, period.start))
    before = measures.begun(connection, periods[1:])
    now, *past = measures.count(book, [period, *before])
    aims = {line.metric: line for line in targets.against(book, period, calendar)}
    data: dict[str, Any] = {
        "report": "kpi",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "complete": period.complete,
        "measures": [_record(one, now[one.name], past, aims.get(one.metric)) for one in MEASURES],
    }
    if compare:
        data["earlier"] = [
            {
                "label": one.label,
                "values": {each.name: _told(each, found[each.name].value) for each in MEASURES},
            }
            for one, found in zip(before, past, strict=True)
        ]
    if explain:
        data["definitions"] = explained.definitions("kpi", lang)
    charts = kpi_charts.build(data, [period, *before], [now, *past], lang)
    return kpi_screen.report(data, period, lang, rep)._replace(charts=charts)


def _record(measure: Measure, now: Counted, past: Past, aim: Line | None) -> dict[str, Any]:
    in_money = measure.basis == MONEY
    return {
        "name": measure.name,
        "value": _told(measure, now.value),
        "unit": measure.unit,
        "target": _told(measure, aim.target if aim else None),
        "attainment": aim.attainment if aim else None,
        "previous": _told(measure, past[0][measure.name].value if past else None),
        "average4": _told(measure, measures.average(measure.name, measure.unit, past)),
        "basis": {
            "of": money(now.of) if in_money else now.of,
            "in": money(now.part) if in_money else now.part,
        },
    }


def _told(measure: Measure, value: float | None) -> float | None:
    # money in yuan
    return money(int(value)) if measure.unit == MONEY and value is not None else value
