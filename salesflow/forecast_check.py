"""How good forecasts were, pure: Brier score, calibration in bins, how often a range held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

BOUNDS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)


class Tried(NamedTuple):
    """A chance that was given, those that the process and the average would have given, and whether it came true."""

    chance: float
    process: float
    average: float
    closed: bool


class Bin(NamedTuple):
    """The chances between two bounds: how many, their mean, and the share that came true."""

    low: float
    high: float
    cases: int
    chance: float
    closed: float


def brier(pairs: Iterable[tuple[float, bool]]) -> float | None:
    """The mean square of what a chance was off: 0 is perfect; None without any."""
    squares = [(chance - closed) ** 2 for chance, closed in pairs]
    return sum(squares) / len(squares) if squares else None


def bins(tried: Sequence[Tried]) -> list[Bin]:
    """The chances by how high they were; a bin without any is left out."""
    found = []
    for low, high in zip(BOUNDS, BOUNDS[1:], strict=False):
        some = [one for one in tried if low <= one.chance < high or one.chance == high == BOUNDS[-1]]
        if some:
            chance = sum(one.chance for one in some) / len(some)
            closed = sum(one.closed for one in some) / len(some)
            found.append(Bin(low, high, len(some), chance, closed))
    return found


def calibration(found: Sequence[Bin]) -> float | None:
    """By how much the share that came true differs from the chances given, bin by bin, on average; None without any."""
    cases = sum(one.cases for one in found)
    return sum(abs(one.closed - one.chance) * one.cases for one in found) / cases if cases else None
