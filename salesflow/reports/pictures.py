"""Pictures for a terminal, of plain characters alone: bars, the funnel, the parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.tables import Chart, Column, Row, Section, Series

SCREEN = "table"  # the format that shows them; elsewhere the figures stand in columns, or are drawn
WIDE = 40  # cells of the longest bar
_PARTS = ".:+x#"  # of a strip, from the lightest to the heaviest


def bar(value: float | None, most: float, wide: int = WIDE) -> str:
    """``####`` as long as the value is beside the largest; anything at all is one character at least."""
    if not value or value < 0 or most <= 0:
        return ""
    return "#" * max(1, int(value / most * wide + 0.5))


def bars(
    labels: Sequence[str], values: Sequence[float | None], title: str, figure: str, only: str = SCREEN
) -> Section:
    """A bar for each label, its figure before it."""
    most = max((value for value in values if value), default=0)
    rows = tuple(Row((label, value, bar(value, most))) for label, value in zip(labels, values, strict=True))
    return Section(columns=_columns(title, figure), rows=rows, only=only)


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


def strip(
    labels: Sequence[str], counts: Sequence[int], heading: str = "", wide: int = 60, only: str = SCREEN
) -> Section:
    """One strip of all the counts together, the parts in their order, and below what each character stands for.

    At most five parts; one that holds anything has a character at least.
    """
    marks = _PARTS[-len(counts) :] if len(counts) < len(_PARTS) else _PARTS
    rooms = shares(counts, wide)
    drawn = "".join(mark * room for mark, room in zip(marks, rooms, strict=True))
    told = [f"{mark} {label} {count}" for mark, label, count in zip(marks, labels, counts, strict=True)]
    lines = (f"[{drawn}]", "   ".join(told)) if drawn else ()
    return Section(heading=heading, before=lines, only=only)


def strip_chart(labels: Sequence[str], counts: Sequence[int], title: str, name: str) -> Chart:
    """The same strip for a page and a workbook."""
    return Chart("strip", title, tuple(labels), (Series(name, tuple(counts)),))


def shares(counts: Sequence[int], wide: int) -> list[int]:
    """``wide`` cells shared out as the counts are, the largest remainders first; one at least for any count."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [count * wide / total for count in counts]
    rooms = [max(int(share), 1) if count else 0 for share, count in zip(exact, counts, strict=True)]
    while sum(rooms) != wide:
        gaps = [share - room for share, room in zip(exact, rooms, strict=True)]
        if sum(rooms) < wide:
            rooms[gaps.index(max(gaps))] += 1
            continue
        shrinkable = [place for place, room in enumerate(rooms) if room > 1]
        if not shrinkable:
            break
        rooms[min(shrinkable, key=lambda place: gaps[place])] -= 1
    return rooms


def _columns(title: str, figure: str) -> tuple[Column, ...]:
    return Column("title", title), Column("figure", figure, "int"), Column("bar")


def _percent(rate: float | None) -> str:
    return "-" if rate is None else f"{int(rate * 100 + 0.5 + 1e-9)}%"
