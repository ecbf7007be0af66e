"""What a page and a workbook draw of a period's report: the funnel, the trend, the targets, the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.reports import targets_screen
from salesflow.reports.figures import Book
from salesflow.reports.period import Period
from salesflow.reports.trend import last
from salesflow.store import metrics
from salesflow.tables import Chart, Series
from salesflow.targets import metric_title
from salesflow.texts import t

_COUNTED, _PAID = ("new_leads", "visits"), ("sales", "collected")


def build(
    book: Book,
    data: Mapping[str, Any],
    period: Period,
    lang: str,
    processes: Mapping[str, str],
    aims: targets_screen.Aims,
) -> tuple[Chart, ...]:
    """The charts of the report; ``processes`` are the titles of those in the funnel."""
    found = [_funnel(data, code, title, len(processes) > 1, lang) for code, title in processes.items()]
    if data["report"] == "funnel":
        return tuple(found)
    if "trend" in data:
        found += _trend(data, period, lang)
    if aims.own:
        found.append(_aims(aims, lang))
    sources = _sources(book, period, lang)
    return (*found, sources) if sources else tuple(found)


def _funnel(data: Mapping[str, Any], process: str, title: str, several: bool, lang: str) -> Chart:
    lines = [line for line in data["funnel"] if line["process"] == process]
    rates = tuple(_rate(line["conversion"], lang) for line in lines[:-1])
    name = t("week.chart_funnel", lang) + (f"  {title}" if several else "")
    counts = Series(t("week.at_end", lang), tuple(line["at_end"] for line in lines))
    return Chart("funnel", name, tuple(line["title"] for line in lines), (counts,), rates)


def _rate(rate: float | None, lang: str) -> str:
    shown = "-" if rate is None else f"{int(rate * 100 + 0.5 + 1e-9)}%"
    return t("week.chart_rate", lang, rate=shown)


def _trend(data: Mapping[str, Any], period: Period, lang: str) -> list[Chart]:
    labels = tuple(f"{one.first:%m-%d}" for one in last(period))

    def series(names: Sequence[str], kind: str) -> tuple[Series, ...]:
        return tuple(Series(t(f"week.{name}", lang), tuple(data["trend"][name]), kind) for name in names)

    found = [Chart("line", t("week.chart_trend", lang), labels, series(_COUNTED, "int"))]
    if any(value for name in _PAID for value in data["trend"][name]):
        found.append(Chart("columns", t("week.chart_money", lang), labels, series(_PAID, "yuan")))
    return found


def _aims(aims: targets_screen.Aims, lang: str) -> Chart:
    shares = tuple(line.attainment for line in aims.own)
    notes = tuple(
        f"{targets_screen.pair(line.metric, line.actual, line.target, lang)}"
        f"  {targets_screen.percent(line.attainment) or '-'}"
        for line in aims.own
    )
    labels = tuple(metric_title(line.metric, lang) for line in aims.own)
    series = (Series(t("target.column_attainment", lang), shares, "rate"),)
    return Chart("aims", t("week.chart_targets", lang), labels, series, notes)


def _sources(book: Book, period: Period, lang: str) -> Chart | None:
    counts: Counter[str] = Counter()
    for process, source, count in metrics.sources(book.connection, period.start, period.moment):
        title = book.processes[process].known("source", source).title(lang) if source else ""
        counts[title or t("week.chart_no_source", lang)] += count
    if not counts:
        return None
    found = counts.most_common()
    series = (Series(t("week.new_leads", lang), tuple(count for _, count in found)),)
    return Chart("bars", t("week.chart_sources", lang), tuple(name for name, _ in found), series)
