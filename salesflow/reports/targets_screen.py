"""Actual against target as people see it: the columns of a report, its lines below, pairs in a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.money import show_money
from salesflow.reports.targets import Line, month_of
from salesflow.tables import Column, Row, Section
from salesflow.targets import METRICS, MONEY, metric_title
from salesflow.texts import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from salesflow.reports.period import Period

_WIDE = 10  # characters of a bar
_ALWAYS = ("visits", "sales")  # what a day's message says of the month, target or not


class Aims(NamedTuple):
    """The targets of a report's own period, and those of the month that it lies in."""

    own: Sequence[Line] = ()
    month: Sequence[Line] = ()


def value(metric: str, number: int | None, lang: str) -> str:
    """A value of the metric for people: an amount, or a count."""
    if number is None:
        return "-"
    return show_money(number, lang) if metric in MONEY else str(number)


def percent(attainment: float | None) -> str | None:
    """``48%``; a target that is nearly reached is not shown as reached."""
    if attainment is None:
        return None
    whole = int(max(0.0, attainment) * 100 + 0.5)
    return f"{min(whole, 99) if attainment < 1 else whole}%"


def bar(attainment: float | None) -> str:
    """``#####-----``."""
    if attainment is None:
        return ""
    filled = min(int(max(0.0, attainment) * _WIDE + 0.5), _WIDE - (attainment < 1))
    return "#" * filled + "-" * (_WIDE - filled)


def pair(metric: str, actual: int | None, target: int, lang: str) -> str:
    """``78/100``, ``11.6/30 万``: the unit once where both have it."""
    first, second = value(metric, actual, lang), value(metric, target, lang)
    _, blank, unit = second.rpartition(" ")
    return f"{first.removesuffix(blank + unit) if blank else first}/{second}"


def named(line: Line, lang: str) -> str:
    """``拜访 78/100``, with the reps whose targets these are where they are not the book's."""
    text = f"{metric_title(line.metric, lang)} {pair(line.metric, line.actual, line.target, lang)}"
    return text + (t("target.of_reps", lang, reps=t("lead.comma", lang).join(line.reps)) if line.reps else "")


def below(aims: Aims, span: Period, lang: str) -> tuple[str, ...]:
    """The lines below a report's figures: how far it has run, what a day must now bring, and so for the month."""
    own = [told for told in (_left(aims.own, lang),) if told and not span.complete and span.kind != "day"]
    own += [
        t(f"target.summed_{one}", lang) for one in sorted({line.parts for line in aims.own if line.parts})
    ]
    if not aims.month or span.complete:
        return tuple(own)
    month = t("target.month", lang, label=month_of(span).label) + "   ".join(
        named(line, lang) for line in aims.month
    )
    return (*own, *(line for line in (month, _left(aims.month, lang)) if line))


def _left(lines: Sequence[Line], lang: str) -> str:
    if not lines:
        return ""
    run = lines[0].run
    short = [line for line in lines if line.needed != 0]
    if not run.left:
        gap = (
            f"{metric_title(one.metric, lang)} {value(one.metric, one.target - (one.actual or 0), lang)}"
            for one in short
        )
        key = "target.none_left_short" if short else "target.none_left"
        return t(key, lang, each="   ".join(gap))
    each = "   ".join(
        f"{metric_title(one.metric, lang)} {value(one.metric, one.needed, lang)}" for one in short
    )
    key = "target.left" if short else "target.left_reached"
    return t(key, lang, past=run.days - run.left, days=run.days, left=run.left, each=each)


def chat_month(reached: dict[str, int | None], lines: Sequence[Line], lang: str) -> str:
    """The month in one line of a message: ``拜访 78/100　销售额 11.6/30 万``."""
    known = {line.metric: line for line in lines}
    parts = []
    for metric in METRICS:
        if metric in known:
            parts.append(named(known[metric], lang))
        elif metric in _ALWAYS or reached.get(metric):
            parts.append(f"{metric_title(metric, lang)} {value(metric, reached[metric], lang)}")
    return t("week.chat_month", lang, each=("　" if lang == "zh" else "  ").join(parts))


def chat(aims: Aims, lang: str) -> list[str]:
    """The line of a period's message that says its targets; none without any."""
    each = [" ".join(filter(None, (named(line, lang), percent(line.attainment)))) for line in aims.own]
    return [t("target.chat", lang, each=("　" if lang == "zh" else "  ").join(each))] if each else []


def cells(line: Line | None, lang: str) -> tuple[Any, Any, Any]:
    """The columns target, attained and its bar of one figure."""
    if line is None:
        return None, None, ""
    return value(line.metric, line.target, lang), percent(line.attainment), bar(line.attainment)


def column(key: str, lang: str) -> Column:
    """A column of a list of targets; the bar stands beside what it draws, without a title."""
    figure = key in ("actual", "target", "attainment", "needed_per_day", "days")
    return Column(key, "" if key == "bar" else t(f"target.column_{key}", lang), "int" if figure else "text")


def by_rep(lines: Sequence[Line], lang: str) -> Section:
    """A row for each target of each rep: actual, target, how far, what a day must now bring."""
    keys = ("rep", "metric", "actual", "target", "attainment", "bar", "needed_per_day")
    columns = tuple(column(key, lang) for key in keys)
    rows = tuple(
        Row(
            (
                line.rep,
                metric_title(line.metric, lang),
                value(line.metric, line.actual, lang),
                value(line.metric, line.target, lang),
                percent(line.attainment),
                bar(line.attainment),
                value(line.metric, line.needed, lang),
            )
        )
        for line in lines
    )
    return Section(columns=columns, rows=rows, heading=t("target.by_rep", lang))
