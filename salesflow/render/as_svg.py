"""Charts drawn as SVG for a page: whole in themselves, their words text that can be selected, every one escaped.

Colours are classes (``s1`` to ``s6``, ``ink``, ``soft``, ``rule``, ``track``) that the page's style sheet fills,
by day, by night and on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from salesflow.money import show_money
from salesflow.render.gate import safe
from salesflow.render.layout import cut, width
from salesflow.render.values import show
from salesflow.tables import Chart

WIDE = 360
_TOP, _ROW, _LABEL = 26, 22, 16  # below the title, a bar with its room, the longest label in cells
_LEFT, _RIGHT, _HIGH = 46, 24, 130  # of figures over time
_CELL = 6.3  # how wide a cell of a label is
_COLOURS = 6
_MOST = 12  # bars of one chart; what is more stands in the tables


def figures(charts: Sequence[Chart], lang: str) -> str:
    """All the charts as one part of a page; '' without any."""
    drawn = [f"<figure>\n{svg(chart, lang)}\n</figure>" for chart in charts]
    return '<div class="charts">\n' + "\n".join(drawn) + "\n</div>\n" if drawn else ""


def svg(chart: Chart, lang: str) -> str:
    """One chart."""
    parts, high = _KINDS[chart.kind](chart, lang)
    head = f'<svg role="img" viewBox="0 0 {WIDE} {high:g}" xmlns="http://www.w3.org/2000/svg">'
    title = f'<title>{_safe(chart.title)}</title>\n<text class="ink name" x="0" y="14">{_safe(chart.title)}</text>'
    return "\n".join([head, title, *parts, "</svg>"])


def spark(values: Sequence[float | None]) -> str:
    """A line of small bars for the cell of a table, the last one in the strong colour."""
    known = [value for value in values if value is not None]
    most, least = max([*known, 0]), min([*known, 0])
    room = (most - least) or 1
    bars = []
    for place, value in enumerate(values):
        if value is None:
            continue
        high = max(abs(value) / room * 14, 0.6)
        top = 15 - (max(value, 0) - least) / room * 14 - (0 if value else 0.6)
        colour = "s1" if place == len(values) - 1 else "pale"
        bars.append(f'<rect class="{colour}" x="{place * 6}" y="{top:.1f}" width="5" height="{high:.1f}"/>')
    told = " ".join("-" if value is None else f"{value:g}" for value in values)
    return (
        f'<svg class="spark" role="img" viewBox="0 0 {len(values) * 6} 16" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{told}</title>{''.join(bars)}</svg>"
    )


# Bars that lie


def _bars(chart: Chart, lang: str) -> tuple[list[str], float]:
    series, parts = chart.series[0], []
    labels = chart.labels[:_MOST]
    most = max([value for value in series.values if value] or [1])
    left, room = 112, WIDE - 112 - 62
    for place, label in enumerate(labels):
        y, value = _TOP + place * _ROW, series.values[place]
        long = max((value or 0) / most * room, 0)
        parts.append(_text(left - 6, y + 14, cut(safe(label), _LABEL), "ink end"))
        parts.append(f'<rect class="s1" x="{left}" y="{y + 3}" width="{long:.1f}" height="15" rx="1"/>')
        parts.append(_text(left + long + 5, y + 14, _number(value, series.kind, lang), "ink"))
    return parts, _TOP + len(labels) * _ROW + 4


def _funnel(chart: Chart, lang: str) -> tuple[list[str], float]:
    series, parts = chart.series[0], []
    most = max([value for value in series.values if value] or [1])
    left, room, step = 112, WIDE - 112 - 8, _ROW + 16
    middle = left + room / 2
    for place, (label, value) in enumerate(zip(chart.labels, series.values, strict=True)):
        y = _TOP + place * step
        long = max((value or 0) / most * room, 2)
        inside = long > 60
        parts.append(_text(left - 6, y + 15, cut(safe(label), _LABEL), "ink end"))
        parts.append(
            f'<rect class="s1" x="{middle - long / 2:.1f}" y="{y}" width="{long:.1f}" height="{_ROW}" rx="2"/>'
        )
        shown = _number(value, series.kind, lang)
        parts.append(
            _text(middle, y + 15, shown, "on mid")
            if inside
            else _text(middle + long / 2 + 5, y + 15, shown, "ink")
        )
        if place < len(chart.notes):
            parts.append(_text(middle, y + _ROW + 12, chart.notes[place], "soft mid"))
    return parts, _TOP + len(chart.labels) * step - 8


def _aims(chart: Chart, lang: str) -> tuple[list[str], float]:
    series, parts = chart.series[0], []
    # the words beside the bars have the room that they need
    said = max([width(safe(note)) * _CELL * 1.1 for note in chart.notes] or [0])
    left, room = 84, round(max(min(WIDE - 84 - 128, WIDE - 84 - 8 - said), 40))
    for place, (label, value) in enumerate(zip(chart.labels, series.values, strict=True)):
        y = _TOP + place * (_ROW + 4)
        long = min(max(value or 0, 0), 1) * room
        parts.append(_text(left - 6, y + 14, cut(safe(label), 12), "ink end"))
        parts.append(f'<rect class="track" x="{left}" y="{y + 2}" width="{room}" height="16" rx="2"/>')
        parts.append(f'<rect class="s1" x="{left}" y="{y + 2}" width="{long:.1f}" height="16" rx="2"/>')
        parts.append(_text(left + room + 6, y + 14, chart.notes[place], "ink"))
    return parts, _TOP + len(chart.labels) * (_ROW + 4) + 2


def _strip(chart: Chart, lang: str) -> tuple[list[str], float]:
    series, parts = chart.series[0], []
    total, x = sum(value or 0 for value in series.values), 0.0
    for place, value in enumerate(series.values):
        long = (value or 0) / total * WIDE if total else 0
        colour = f"s{place % _COLOURS + 1}"
        parts.append(f'<rect class="{colour}" x="{x:.1f}" y="{_TOP}" width="{long:.1f}" height="22"/>')
        x += long
    shown = [_number(value, series.kind, lang) for value in series.values]
    named = [f"{label} {value}" for label, value in zip(chart.labels, shown, strict=True)]
    legend, bottom = _legend(named, _TOP + 42)
    return [*parts, *legend], bottom + 8


# Figures over time


def _line(chart: Chart, lang: str) -> tuple[list[str], float]:
    legend, low = _legend([one.name for one in chart.series], _TOP + 8)
    top, least, most = low + 14, *_span(chart)
    xs = _places(len(chart.labels))
    parts = [*legend, *_scale(chart, xs, (top, least, most), lang)]
    for number, one in enumerate(chart.series):
        colour, points = f"l{number % _COLOURS + 1}", []
        for x, value in zip(xs, one.values, strict=True):
            if value is not None:
                points.append((x, _height(value, top, least, most)))
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline class="line {colour}" points="{line}"/>')
        parts += [f'<circle class="s{colour[1:]}" cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>' for x, y in points]
    return parts, top + _HIGH + 22


def _columns(chart: Chart, lang: str) -> tuple[list[str], float]:
    legend, low = _legend([one.name for one in chart.series], _TOP + 8)
    top, least, most = low + 14, *_span(chart)
    # each label has a band of its own, and none reaches over the edge
    band = (WIDE - _RIGHT - _LEFT) / max(len(chart.labels), 1)
    xs, room = [_LEFT + band * (place + 0.5) for place in range(len(chart.labels))], min(band * 0.8, 60)
    parts = [*legend, *_scale(chart, xs, (top, least, most), lang)]
    wide, ground = room / len(chart.series), _height(0, top, least, most)
    for number, one in enumerate(chart.series):
        for x, value in zip(xs, one.values, strict=True):
            if value:
                y = _height(value, top, least, most)
                left = x - room / 2 + number * wide
                parts.append(
                    f'<rect class="s{number % _COLOURS + 1}" x="{left:.1f}" y="{min(y, ground):.1f}"'
                    f' width="{wide:.1f}" height="{abs(ground - y):.1f}"/>'
                )
    return parts, top + _HIGH + 22


def _places(count: int) -> list[float]:
    right = WIDE - _RIGHT
    return [_LEFT + (right - _LEFT) * place / max(count - 1, 1) for place in range(count)]


def _height(value: float, top: float, least: float, most: float) -> float:
    return top + _HIGH * (1 - (value - least) / (most - least))


def _span(chart: Chart) -> tuple[float, float]:
    # from nothing, or from the deepest loss, to a round number above the highest
    known = [value for one in chart.series for value in one.values if value is not None]
    least, most = min([*known, 0]), max([*known, 0])
    return -_round_up(-least) if least < 0 else 0, _round_up(most) if most > 0 or least == 0 else 0


def _round_up(value: float) -> float:
    step = 1.0
    while step * 10 <= value:
        step *= 10
    return next((times * step for times in (1, 2, 3, 4, 5, 6, 8, 10) if times * step >= value), 10 * step)


def _scale(chart: Chart, xs: Sequence[float], span: tuple[float, float, float], lang: str) -> Iterator[str]:
    top, least, most = span
    kind = chart.series[0].kind
    for value in dict.fromkeys((least, 0, (least + most) / 2 if most > 2 and not least else 0, most)):
        y = _height(value, top, least, most)
        yield f'<path class="rule" d="M{_LEFT} {y:.1f} H{WIDE - _RIGHT}"/>'
        yield _text(_LEFT - 5, y + 4, _short(round(value, 2), kind, lang), "soft end small")
    count = len(chart.labels)
    every = max(1, -(-count // 6))
    for place in range(count - 1, -1, -every):
        yield _text(xs[place], top + _HIGH + 15, chart.labels[place], "soft mid small")


def _legend(names: Sequence[str], y: float) -> tuple[list[str], float]:
    # names beside their colours, in as many lines as they need; and where the last one stands
    parts, x = [], 0.0
    for number, name in enumerate(names):
        long = 16 + width(safe(name)) * _CELL + 14
        if x and x + long > WIDE:
            x, y = 0.0, y + 18
        parts.append(
            f'<rect class="s{number % _COLOURS + 1}" x="{x:.1f}" y="{y - 9}" width="10" height="10"/>'
        )
        parts.append(_text(x + 15, y, name, "ink small"))
        x += long
    return parts, y


def _short(value: float, kind: str, lang: str) -> str:
    # beside an axis there is no room for 3,000,000
    if kind != "yuan" or lang == "zh" or abs(value) < 10_000:
        return _number(value, kind, lang)
    return f"{value / 1_000_000:g}M" if abs(value) >= 1_000_000 else f"{value / 1_000:g}k"


def _number(value: float | None, kind: str, lang: str) -> str:
    if value is None or kind != "yuan":
        whole = int(value) if isinstance(value, float) and value == int(value) and kind == "int" else value
        return show(whole, kind, lang)
    return show_money(round(value * 100), lang)


def _text(x: float, y: float, text: str, look: str) -> str:
    return f'<text class="{look}" x="{x:.1f}" y="{y:g}">{_safe(text)}</text>'


def _safe(text: str) -> str:
    return escape(safe(text))


_KINDS = {
    "bars": _bars,
    "funnel": _funnel,
    "aims": _aims,
    "strip": _strip,
    "line": _line,
    "columns": _columns,
}
