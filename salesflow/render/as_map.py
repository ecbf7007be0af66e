"""Stops drawn as a map without a map: circles where they are, the way between them, a scale; SVG, whole in itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import cos, radians
from typing import NamedTuple

from salesflow.render.gate import safe
from salesflow.render.layout import cut, width

WIDE, HIGH = 720, 460
_EDGE = 46
_KM_A_DEGREE = 111.195
_LINE, _CELL = 15, 6.6  # the height of a label, and the width of a cell of it
_LABEL = 20  # cells
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
_COLOURS = ("#1864ab", "#c92a2a", "#2b8a3e", "#862e9c", "#d9480f", "#0b7285", "#5c3d2e")


class Dot(NamedTuple):
    """One place: what stands in its circle and beside it; ``trip`` is which way it lies on, ``sure`` if it is there."""

    lat: float
    lng: float
    mark: str
    label: str
    trip: int = 0
    sure: bool = True


class _At(NamedTuple):
    x: float
    y: float
    dot: Dot


def drawing(dots: Sequence[Dot], start: Dot | None, title: str, north: str) -> str:
    """The map as SVG, every text escaped; '' where there is nothing to draw."""
    if not dots:
        return ""
    every = [*([start] if start else []), *dots]
    placed, scale = _placed(every)
    parts = [
        f'<svg class="map" role="img" viewBox="0 0 {WIDE} {HIGH}" xmlns="http://www.w3.org/2000/svg">',
        f"<title>{_text(title)}</title>",
        f'<rect x="0.5" y="0.5" width="{WIDE - 1}" height="{HIGH - 1}" fill="#fafafa" stroke="#ccc"/>',
        *_ways(placed, start),
        *_circles(placed, start),
        *_labels(placed),
        *_scale(scale),
        f'<text x="{WIDE - 22}" y="30" font-size="13" text-anchor="middle">{_text(north)}</text>'
        f'<path d="M{WIDE - 22} 36 l5 14 l-5 -4 l-5 4 z" fill="#333"/>',
        "</svg>",
    ]
    return "\n".join(parts)


def _placed(dots: Sequence[Dot]) -> tuple[list[_At], float]:
    """Where each dot stands on the sheet, and how many units a kilometre is."""
    lats, lngs = [one.lat for one in dots], [one.lng for one in dots]
    middle_lat, middle_lng = (min(lats) + max(lats)) / 2, (min(lngs) + max(lngs)) / 2
    narrow = max(0.05, cos(radians(middle_lat)))
    high = (max(lats) - min(lats)) * _KM_A_DEGREE
    wide = (max(lngs) - min(lngs)) * _KM_A_DEGREE * narrow
    scale = min((WIDE - 3 * _EDGE) / max(wide, 0.5), (HIGH - 2 * _EDGE) / max(high, 0.5))
    placed = [
        _At(
            WIDE / 2 + (one.lng - middle_lng) * _KM_A_DEGREE * narrow * scale,
            HIGH / 2 - (one.lat - middle_lat) * _KM_A_DEGREE * scale,
            one,
        )
        for one in dots
    ]
    return _apart(placed), scale


def _apart(placed: list[_At]) -> list[_At]:
    # places of one and the same point (an area's middle) stand beside each other
    taken: dict[tuple[int, int], int] = {}
    found = []
    for one in placed:
        spot = (round(one.x / 8), round(one.y / 8))
        count = taken[spot] = taken.get(spot, -1) + 1
        found.append(one._replace(x=one.x + 24 * (count % 4), y=one.y + 24 * (count // 4)) if count else one)
    return found


def _ways(placed: Sequence[_At], start: Dot | None) -> Iterator[str]:
    trips = dict.fromkeys(one.dot.trip for one in placed if one.dot is not start)
    for trip in trips:
        along = [one for one in placed if one.dot is start or one.dot.trip == trip]
        if len(along) > 1:
            points = " ".join(f"{one.x:.1f},{one.y:.1f}" for one in along)
            yield f'<polyline points="{points}" fill="none" stroke="{_colour(trip)}" stroke-width="2" opacity="0.7"/>'


def _circles(placed: Sequence[_At], start: Dot | None) -> Iterator[str]:
    for one in placed:
        x, y, mark = f"{one.x:.1f}", f"{one.y:.1f}", _text(one.dot.mark)
        if one.dot is start:
            yield f'<rect x="{one.x - 9:.1f}" y="{one.y - 9:.1f}" width="18" height="18" fill="#333"/>'
            yield f'<text x="{x}" y="{one.y + 4:.1f}" font-size="11" fill="#fff" text-anchor="middle">{mark}</text>'
            continue
        colour = _colour(one.dot.trip)
        look = f'fill="{colour}"' if one.dot.sure else 'fill="#fff" stroke-dasharray="3 2"'
        ink = "#fff" if one.dot.sure else colour
        yield f'<circle cx="{x}" cy="{y}" r="11" stroke="{colour}" stroke-width="1.5" {look}/>'
        yield f'<text x="{x}" y="{one.y + 4:.1f}" font-size="12" fill="{ink}" text-anchor="middle">{mark}</text>'


_Box = tuple[float, float, float, float]


def _labels(placed: Sequence[_At]) -> Iterator[str]:
    # each on the side where it covers least
    taken: list[_Box] = [(one.x - 12, one.y - 12, one.x + 12, one.y + 12) for one in placed]
    for one in placed:
        label = cut(safe(one.dot.label), _LABEL)
        if not label:
            continue
        box = min(_sides(one, width(label) * _CELL), key=lambda box: _covered(box, taken))
        taken.append(box)
        yield f'<text x="{box[0]:.1f}" y="{box[3] - 4:.1f}" font-size="12" fill="#111">{_text(label)}</text>'


def _sides(one: _At, long: float) -> list[_Box]:
    half = _LINE / 2
    lefts = [(one.x + 15, one.y - half), (one.x - 15 - long, one.y - half)]
    lefts += [(one.x - long / 2, one.y + 13), (one.x - long / 2, one.y - 13 - _LINE)]
    return [(x, y, x + long, y + _LINE) for x, y in lefts]


def _covered(box: _Box, taken: Sequence[_Box]) -> float:
    outside = max(0, -box[0]) + max(0, box[2] - WIDE) + max(0, -box[1]) + max(0, box[3] - HIGH)
    return outside * _LINE * 4 + sum(
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in taken
    )


def _scale(scale: float) -> Iterator[str]:
    step = max((one for one in _STEPS if one * scale <= 160), default=_STEPS[0])
    long, y = step * scale, HIGH - 16
    yield f'<path d="M16 {y - 4} v4 h{long:.1f} v-4" fill="none" stroke="#333"/>'
    yield f'<text x="{16 + long / 2:.1f}" y="{y - 6}" font-size="11" text-anchor="middle">{step:g} km</text>'


def _colour(trip: int) -> str:
    return _COLOURS[trip % len(_COLOURS)]


def _text(text: str) -> str:
    return escape(safe(text))
