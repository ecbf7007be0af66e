"""What a page and a workbook draw of a forecast: weeks and months with their ranges; how good the past ones were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.reports import pictures
from salesflow.tables import Chart
from salesflow.texts import t

_RANGE = ("low", "expected", "high")


def ahead(data: Mapping[str, Any], lang: str) -> tuple[Chart, ...]:
    """The deals of the weeks to come and the sales of the months, from the least to the most."""
    weeks, months = data["weeks"], data["months"]
    found = [
        pictures.line_chart(
            [one["from"][5:] for one in weeks],
            _series([one["deals"] for one in weeks], _RANGE, lang),
            t("charts.weeks_deals", lang),
        )
    ]
    if any(one["sales"]["expected"] for one in months):
        sales = _series([one["sales"] for one in months], _RANGE, lang)
        labels = [one["label"] for one in months]
        found.append(pictures.columns_chart(labels, sales, t("charts.months_sales", lang), "yuan"))
    return tuple(found)


def back(data: Mapping[str, Any], lang: str) -> tuple[Chart, ...]:
    """What was expected of each month beside what came of it, and how often what chance came true."""
    months, bins = data["months"], data["bins"]
    if not months:
        return ()
    labels = [one["label"] for one in months]
    names = ("expected", "actual")
    deals = _series([one["deals"] for one in months], names, lang)
    found = [pictures.columns_chart(labels, deals, t("charts.back_deals", lang))]
    if any(one["sales"]["expected"] or one["sales"]["actual"] for one in months):
        sales = _series([one["sales"] for one in months], names, lang)
        found.append(pictures.columns_chart(labels, sales, t("charts.back_sales", lang), "yuan"))
    told = {
        t("charts.said", lang): [one["chance"] for one in bins],
        t("charts.closed", lang): [one["closed"] for one in bins],
    }
    if bins:
        spans = [f"{one['low']:.0%}-{one['high']:.0%}" for one in bins]
        found.append(pictures.columns_chart(spans, told, t("charts.back_bins", lang), "rate"))
    return tuple(found)


def _series(
    found: Sequence[Mapping[str, float | None]], names: Sequence[str], lang: str
) -> dict[str, list[float | None]]:
    return {t(f"charts.{name}", lang): [one[name] for one in found] for name in names}
