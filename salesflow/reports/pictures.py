"""Pictures: the funnel as bars of plain characters for a terminal, and charts that several reports draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesflow.tables import Chart, Column, Row, Section, Series

SCREEN = "table"  # the format that shows them; elsewhere the figures stand in columns, or are drawn
WIDE = 40  # cells of the longest bar


def bar(value: float | None, most: float, wide: int = WIDE) -> str:
    """``####`` as long as the value is beside the largest; anything at all is one character at least."""
    if not value or value < 0 or most <= 0:
        return ""
    return "#" * max(1, int(value / most * wide + 0.5))


def funnel(
    labels: Sequence[str],
    values: Sequence[float | None],
    rates: Sequence[float | None],
    title: str,
    figure: str,
) -> Section:
    """A bar for each stage, and between two of them the share that went from the one on to the next."""
    most = max((value for value in values if value), default=0)
    rows = []
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        rows.append(Row((label, value, bar(value, most))))
        if place < len(labels) - 1:
            rows.append(Row(("", "", f"| {_percent(rates[place])}")))
    return Section(columns=_columns(title, figure), rows=tuple(rows), only=SCREEN)


def strip_chart(labels: Sequence[str], counts: Sequence[int], title: str, name: str) -> Chart:
    """The parts of one whole, one beside the other, for a page and a workbook."""
    return Chart("strip", title, tuple(labels), (Series(name, tuple(counts)),))


def bars_chart(labels: Sequence[str], values: Sequence[float | None], title: str, name: str) -> Chart:
    """A bar for each label, for a page and a workbook."""
    return Chart("bars", title, tuple(labels), (Series(name, tuple(values)),))


def line_chart(
    labels: Sequence[str], values: Mapping[str, Sequence[float | None]], title: str, kind: str = "int"
) -> Chart:
    """Figures over time as lines, each by its name, for a page and a workbook."""
    return Chart("line", title, tuple(labels), _series(values, kind))


def columns_chart(
    labels: Sequence[str], values: Mapping[str, Sequence[float | None]], title: str, kind: str = "int"
) -> Chart:
    """The same as columns side by side."""
    return Chart("columns", title, tuple(labels), _series(values, kind))


def aims_chart(
    labels: Sequence[str], shares: Sequence[float | None], notes: Sequence[str], title: str, name: str
) -> Chart:
    """How much was reached of each target, the words beside it in ``notes``."""
    return Chart("aims", title, tuple(labels), (Series(name, tuple(shares), "rate"),), tuple(notes))


def _series(values: Mapping[str, Sequence[float | None]], kind: str) -> tuple[Series, ...]:
    return tuple(Series(name, tuple(numbers), kind) for name, numbers in values.items())


def _columns(title: str, figure: str) -> tuple[Column, ...]:
    return Column("title", title), Column("figure", figure, "int"), Column("bar")


def _percent(rate: float | None) -> str:
    return "-" if rate is None else f"{int(rate * 100 + 0.5 + 1e-9)}%"
