"""What a page and a workbook draw of the measures: each against its target, the shares and the money over periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.reports import pictures
from salesflow.reports.measures import MEASURES, Counted
from salesflow.reports.period import Period
from salesflow.reports.records import money
from salesflow.reports.shown import RATE, shown
from salesflow.tables import Chart
from salesflow.texts import t

SHARES = tuple(one.name for one in MEASURES if one.unit == RATE)
PAID = ("sales", "margin", "collected")


def build(
    data: Mapping[str, Any], periods: Sequence[Period], counted: Sequence[Mapping[str, Counted]], lang: str
) -> tuple[Chart, ...]:
    """The charts; ``counted`` are the measures of the ``periods``, the newest first."""
    aimed = [one for one in data["measures"] if one["attainment"] is not None]
    found = [_aims(aimed, lang)] if aimed else []
    spans, known = list(reversed(periods)), list(reversed(counted))
    labels = [one.label if one.kind in ("month", "quarter") else f"{one.first:%m-%d}" for one in spans]
    paid = {
        name: [None if one[name].value is None else money(int(one[name].value or 0)) for one in known]
        for name in PAID
    }
    if any(value for values in paid.values() for value in values):
        found.append(pictures.columns_chart(labels, _named(paid, lang), t("charts.kpi_money", lang), "yuan"))
    shares = {name: [one[name].value for one in known] for name in SHARES}
    told = {name: values for name, values in shares.items() if any(one is not None for one in values)}
    if told and len(labels) > 1:
        found.append(pictures.line_chart(labels, _named(told, lang), t("charts.kpi_shares", lang), "rate"))
    return tuple(found)


def _named(values: Mapping[str, Sequence[float | None]], lang: str) -> dict[str, Sequence[float | None]]:
    return {t(f"kpi.name_{name}", lang): one for name, one in values.items()}


def _aims(aimed: Sequence[Mapping[str, Any]], lang: str) -> Chart:
    notes = [
        f"{shown(one['value'], one['unit'], lang)}/{shown(one['target'], one['unit'], lang)}"
        f"  {shown(one['attainment'], RATE, lang)}"
        for one in aimed
    ]
    labels = [t(f"kpi.name_{one['name']}", lang) for one in aimed]
    return pictures.aims_chart(
        labels,
        [one["attainment"] for one in aimed],
        notes,
        t("charts.kpi_aims", lang),
        t("kpi.attainment", lang),
    )
