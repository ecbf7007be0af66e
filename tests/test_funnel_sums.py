"""The sums of reports on plain tuples: conversion, median, what became of a promise (K4, F18)."""

from __future__ import annotations

import pytest

from salesflow import funnel
from salesflow.funnel import Moment


def at(day: int, hour: int = 9, order: int = 0) -> Moment:
    """A moment of November 2026."""
    return (f"2026-11-{day:02}T{hour:02}:00", order)


@pytest.mark.parametrize(
    ("entries", "later", "share"),
    [
        ([], [], None),
        ([], [(1, at(3))], None),
        ([(1, at(1))], [], 0.0),
        ([(1, at(1))], [(1, at(5))], 1.0),
        ([(1, at(1)), (2, at(2))], [(1, at(5))], 0.5),
        # entered later stages before it fell back into this one: not since
        ([(1, at(5))], [(1, at(3))], 0.0),
        # moved on, fell back, stands here again: one lead, it has moved on since its first entry
        ([(1, at(1)), (1, at(9))], [(1, at(5))], 1.0),
        # two stages in one minute, in their order
        ([(1, at(1, 9, 1))], [(1, at(1, 9, 2))], 1.0),
        ([(1, at(1, 9, 2))], [(1, at(1, 9, 1))], 0.0),
        # a lead passing two later stages counts once
        ([(1, at(1)), (2, at(1)), (3, at(1))], [(1, at(2)), (1, at(3)), (2, at(9)), (7, at(9))], 2 / 3),
    ],
)
def test_conversion(
    entries: list[tuple[int, Moment]], later: list[tuple[int, Moment]], share: float | None
) -> None:
    assert funnel.conversion(entries, later) == share


@pytest.mark.parametrize(
    ("values", "middle"),
    [([], None), ([9], 9), ([1, 9], 5), ([3, 1, 2], 2), ([1, 2, 3, 10], 2.5), ([0, 0], 0)],
)
def test_median(values: list[float], middle: float | None) -> None:
    assert funnel.median(values) == middle


MADE = at(10, 9, 5)  # a promise for the 17th, made on the 10th by follow-up 5


@pytest.mark.parametrize(
    ("ended", "how", "followups", "end", "outcome"),
    [
        # nothing happened
        (None, None, [], "2026-11-22", "open"),
        # the follow-up that made it does not keep it
        (None, None, [MADE], "2026-11-22", "open"),
        (None, None, [at(3)], "2026-11-22", "open"),
        # a follow-up on the day, before it, on the day of its making, and late
        (at(17, 10, 6), "followup", [at(17, 10, 6)], "2026-11-22", "kept"),
        (at(12, 10, 6), "followup", [at(12, 10, 6)], "2026-11-22", "kept"),
        (at(10, 9, 6), "followup", [at(10, 9, 6)], "2026-11-22", "kept"),
        (at(18, 8, 6), "followup", [at(18, 8, 6)], "2026-11-22", "kept_late"),
        # an early follow-up keeps it though it goes on standing, whatever comes then
        (None, None, [at(12, 10, 6)], "2026-11-22", "kept"),
        (at(16), "moved", [at(12, 10, 6)], "2026-11-22", "kept"),
        (at(16), "dropped", [at(12, 10, 6), at(20, 9, 7)], "2026-11-22", "kept"),
        # moved or dropped before any follow-up
        (at(16), "moved", [], "2026-11-22", "rescheduled"),
        (at(16), "moved", [at(19, 9, 7)], "2026-11-22", "rescheduled"),
        (at(20), "moved", [], "2026-11-22", "rescheduled"),
        (at(16), "dropped", [], "2026-11-22", "dropped"),
        (at(16), "dropped", [at(19, 9, 7)], "2026-11-22", "dropped"),
        # what comes after the end has not happened yet
        (at(24), "moved", [], "2026-11-22", "open"),
        (at(24, 9, 9), "followup", [at(24, 9, 9)], "2026-11-22", "open"),
        (at(22, 18), "moved", [], "2026-11-22", "rescheduled"),
        (at(22, 18), "moved", [], "2026-11-22T12:00", "open"),
        (at(22, 11, 9), "followup", [at(22, 11, 9)], "2026-11-22T12:00", "kept_late"),
    ],
)
def test_what_became_of_a_promise(
    ended: Moment | None, how: str | None, followups: list[Moment], end: str, outcome: str
) -> None:
    """K4: kept, kept late, rescheduled, dropped or open by the end of the period."""
    assert funnel.promise_outcome("2026-11-17", MADE, ended, how, followups, end) == outcome
