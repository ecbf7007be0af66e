"""Every long run by its name: what it does, how often in every pull request and before a release, what must hold.

A run is a module of this package with ``run(count) -> dict``: its figures by name. ``holds`` says what they
must be: ``"lost": 0`` is at most that, ``"found": at_least(500)`` at least. A figure that is named there and
does not come is not held. ``frame`` has a progress bar, chance with a seed that is told, the program to run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class AtLeast:
    """A figure that must not be smaller; a share of the count where ``share`` says so."""

    least: float
    share: bool = False


def at_least(least: float) -> AtLeast:
    """A figure is held where it is ``least`` or more."""
    return AtLeast(least)


def all_of() -> AtLeast:
    """A figure is held where it is the count that was asked for, or more."""
    return AtLeast(1, share=True)


@dataclass(frozen=True)
class Soak:
    """One long run: ``module`` of this package, what it does, its counts, the figures that must hold."""

    module: str
    what: str
    pr: int
    release: int
    holds: Mapping[str, float | AtLeast]


# reliability.md, section 7; one line or a few for each name
SOAKS: dict[str, Soak] = {}


Run = Callable[[int], Mapping[str, float]]


def broken(soak: Soak, count: int, figures: Mapping[str, float]) -> list[str]:
    """The names of figures that are not held, in the order of ``holds``."""
    found = []
    for name, goal in soak.holds.items():
        value = figures.get(name)
        if value is None or not _held(goal, value, count):
            found.append(name)
    return found


def _held(goal: float | AtLeast, value: float, count: int) -> bool:
    if isinstance(goal, AtLeast):
        return value >= (goal.least * count if goal.share else goal.least)
    return value <= goal
