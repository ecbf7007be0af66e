"""Territories: what each rep has of existing and potential customers, and how they could be evened out by area (M3).

The weight of leads is their share of the existing customers and their share of the potential ones, half each:
all of a book weighs 1, so that each of n reps should have 1/n.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, hypot, radians
from typing import Any, NamedTuple

from salesflow.reports import parts

SLACK = 0.1  # of an even share: so much more is no reason to give an area away
KM = 111.2  # of a degree of latitude


class Held(NamedTuple):
    """An open lead: in which area, whose, an existing customer or a potential one, and where."""

    area: tuple[str | None, str | None]
    rep: str | None
    existing: bool
    at: tuple[float, float] | None


def balance(held: Sequence[Held]) -> list[dict[str, Any]]:
    """What each rep has, the one with most first; ``load`` is the weight as a multiple of an even share."""
    weigh = _Weights(held)
    reps = _reps(held)
    mine: dict[str | None, list[Held]] = defaultdict(list)
    for one in held:
        mine[one.rep].append(one)
    lines = []
    for rep, leads in mine.items():
        existing = sum(one.existing for one in leads)
        weight = sum(weigh.of(one) for one in leads)
        lines.append(
            {
                "rep": rep,
                "existing": existing,
                "potential": len(leads) - existing,
                "areas": len({one.area for one in leads}),
                "share": round(weight, 4),
                "load": round(weight * len(reps), 2) if rep is not None and reps else None,
                "spread_km": _spread(leads),
            }
        )
    return sorted(lines, key=lambda one: (one["rep"] is None, -one["share"], one["rep"] or ""))


def shared(held: Sequence[Held]) -> list[dict[str, Any]]:
    """The areas in which several reps have open leads, the most leads first."""
    counted: dict[tuple[str | None, str | None], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in held:
        if one.rep is not None and one.area[1] is not None:
            counted[one.area][one.rep] += 1
    lines = []
    for (city, area), reps in counted.items():
        if len(reps) > 1:
            most = sorted(reps.items(), key=lambda item: (-item[1], item[0]))
            each = [{"rep": rep, "leads": count} for rep, count in most]
            lines.append({"city": city, "area": area, "leads": sum(reps.values()), "reps": each})
    return sorted(lines, key=lambda one: (-one["leads"], one["city"] or "", one["area"]))


def proposal(held: Sequence[Held]) -> dict[str, Any] | None:
    """Each area with one rep, so that all have about as much: the moves, and the loads then. None for one rep.

    The heaviest area is given first: to who has most of it, unless that is more than an even share; else to who
    has least so far.
    """
    reps = _reps(held)
    if len(reps) < 2:
        return None
    weigh, even = _Weights(held), 1 / len(reps)
    areas: dict[tuple[str | None, str | None], list[Held]] = defaultdict(list)
    for one in held:
        if one.area[1] is not None:
            areas[one.area].append(one)
    weights = {area: sum(weigh.of(one) for one in leads) for area, leads in areas.items()}
    load, moves = dict.fromkeys(reps, 0.0), []
    for area in sorted(areas, key=lambda area: (-weights[area], str(area))):
        leads = areas[area]
        rep = _taker(leads, weights[area], load, weigh, even)
        load[rep] += weights[area]
        gone = [one for one in leads if one.rep != rep]
        if gone:
            moves.append(
                {
                    "city": area[0],
                    "area": area[1],
                    "to": rep,
                    "leads": len(gone),
                    "from": sorted({one.rep for one in gone if one.rep is not None}),
                    "unowned": sum(one.rep is None for one in gone),
                }
            )
    whole = sum(load.values())
    loads = [{"rep": rep, "load": round(load[rep] / whole * len(reps), 2) if whole else None} for rep in reps]
    return {"moves": moves, "loads": loads}


class _Weights:
    def __init__(self, held: Sequence[Held]) -> None:
        existing = sum(one.existing for one in held)
        potential = len(held) - existing
        kinds = (existing > 0) + (potential > 0)
        self._existing = 1 / existing / kinds if existing else 0.0
        self._potential = 1 / potential / kinds if potential else 0.0

    def of(self, one: Held) -> float:
        return self._existing if one.existing else self._potential


def _taker(leads: Sequence[Held], weight: float, load: dict[str, float], weigh: _Weights, even: float) -> str:
    mine: dict[str, float] = defaultdict(float)
    for one in leads:
        if one.rep is not None:
            mine[one.rep] += weigh.of(one)
    for rep in sorted(mine, key=lambda rep: (-mine[rep], rep)):
        if load[rep] + weight <= even * (1 + SLACK):
            return rep
    return min(load, key=lambda rep: (load[rep], -mine.get(rep, 0.0), rep))


def _reps(held: Sequence[Held]) -> list[str]:
    return sorted({one.rep for one in held if one.rep is not None})


def _spread(leads: Sequence[Held]) -> float | None:
    # how far they lie from their middle, on average: a degree is no farther than the earth lets it be
    points = [one.at for one in leads if one.at]
    if len(points) < 2:
        return None
    lat, lng = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    narrow = cos(radians(lat))
    far = [hypot(point[0] - lat, (point[1] - lng) * narrow) * KM for point in points]
    return parts.whole(round(sum(far) / len(far), 1))
