"""Targets, pure: metrics, periods and values as people write them, how far a period has run, what a day must bring."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from salesflow import targets
from salesflow.dates import WorkCalendar
from salesflow.errors import Usage

TODAY = date(2026, 11, 24)  # a Tuesday of week 48
MONDAYS = WorkCalendar({}, frozenset(range(5)))  # Monday to Friday


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("visits", "visits"), ("拜访", "visits"), ("拜访目标", "visits"), ("电话", "calls"), ("跟进", "followups"),
        ("新线索", "new_leads"), ("new leads", "new_leads"), ("成交", "deals"), ("销售额", "sales"), ("毛利", "margin"),
        ("回款（万）", "collected"), ("Sales", "sales"), ("ＳＡＬＥＳ", "sales"),
    ],
)  # fmt: skip
def test_metrics(text: str, code: str) -> None:
    assert targets.read_metric(text) == code


@pytest.mark.parametrize("text", ["", "早餐", "visit 5"])
def test_what_is_no_metric_is_told_with_all_that_there_are(text: str) -> None:
    with pytest.raises(Usage) as caught:
        targets.read_metric(text)
    assert str(caught.value.values["known_zh"]).split("、") == (
        ["拜访", "电话", "跟进", "新线索", "成交", "销售额", "毛利", "回款"]
    )


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("每月", "month"), ("monthly", "month"), ("per week", "week"), ("每天", "day"), ("每星期", "week"),
        ("2026-11", "2026-11"), ("2026年3月", "2026-03"), ("202612", "2026-12"), ("Dec 2026", "2026-12"),
        ("2026-W47", "2026-W47"), ("2026-w7", "2026-W07"), ("2026年第53周", "2026-W53"),
        ("2026-11-30", "2026-11-30"), ("2026/12/1", "2026-12-01"),
        ("本月", "2026-11"), ("next month", "2026-12"), ("上个月", "2026-10"),
        ("本周", "2026-W48"), ("下周", "2026-W49"), ("last week", "2026-W47"),
        ("今天", "2026-11-24"), ("tomorrow", "2026-11-25"), ("昨天", "2026-11-23"),
        ("11月", "2026-11"), ("12月", "2026-12"), ("3月份", "2027-03"),  # the next one to come, this one counts
    ],
)  # fmt: skip
def test_periods(text: str, period: str) -> None:
    assert targets.read_period(text, TODAY) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-W54",
        "2025-W53",
        "13月",
        "周末前",
        "2026",
        "0000-05",
        "0000-W10",
        "9999-W52",
        "May 0000",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(Usage):
        targets.read_period(text, TODAY)


@pytest.mark.parametrize("text", ["本月", "下周", "今天", "12月"])
def test_a_sheet_says_nothing_of_when_it_was_written(text: str) -> None:
    with pytest.raises(Usage):
        targets.read_period(text)


@pytest.mark.parametrize(
    ("period", "kind", "first", "last"),
    [
        ("2026-02", "month", "2026-02-01", "2026-02-28"),
        ("2026-W53", "week", "2026-12-28", "2027-01-03"),
        ("2026-W01", "week", "2025-12-29", "2026-01-04"),
        ("2026-11-24", "day", "2026-11-24", "2026-11-24"),
    ],
)
def test_the_days_of_a_period(period: str, kind: str, first: str, last: str) -> None:
    assert targets.kind_of(period) == kind
    days = targets.span(period)
    assert [day.isoformat() for day in days] == [first, last]
    assert {targets.label_of(kind, day) for day in days} == {period}


def test_values_are_fen_or_counts() -> None:
    assert targets.read_value("sales", "30万", "x") == 30_000_000
    assert targets.read_value("visits", "100 家", "x") == 100
    for text in ("1.5", "-3", "很多", "", "9" * 5000):
        with pytest.raises(Usage):
            targets.read_value("visits", text, "x")


@pytest.mark.parametrize(
    ("today", "days", "left", "elapsed"),
    [
        ("2026-10-31", 21, 21, 0.0),
        ("2026-11-01", 21, 21, 0.0),  # a Sunday
        ("2026-11-02", 21, 21, 0.0),  # the first working day is not over
        ("2026-11-24", 21, 5, 0.7619),  # 24 25 26 27 30 are left; 16 of 21 are gone
        ("2026-11-28", 21, 1, 0.9524),
        ("2026-12-01", 21, 0, 1.0),
    ],
)
def test_how_far_november_has_run(today: str, days: int, left: int, elapsed: float) -> None:
    """2 to 6, 9 to 13, 16 to 20, 23 to 27, and the 30th: 21 days from Monday to Friday."""
    first, last = targets.span("2026-11")
    run = targets.run("month", first, last, date.fromisoformat(today), MONDAYS)
    assert (run.days, run.left, run.elapsed) == (days, left, elapsed)


def test_a_holiday_is_no_working_day_and_a_make_up_day_is_one() -> None:
    """October 2026 by a calendar told: the 1st to the 7th are off, Saturday the 10th is worked.

    1 2 5 6 7 of 22 weekdays fall away, one Saturday comes: 18.
    """
    told = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}
    first, last = targets.span("2026-10")
    assert targets.run("month", first, last, first, WorkCalendar(told)).days == 18


def test_a_day_is_one_day_worked_or_not() -> None:
    sunday = date(2026, 11, 22)
    assert targets.run("day", sunday, sunday, sunday, MONDAYS) == (1, 1)
    assert targets.run("day", sunday, sunday, TODAY, MONDAYS) == (1, 0)


def test_a_week_of_holidays_has_no_share() -> None:
    off = WorkCalendar({}, frozenset())
    monday, sunday = targets.span("2026-W48")
    assert targets.run("week", monday, sunday, TODAY, off).elapsed is None


@pytest.mark.parametrize(
    ("target", "actual", "left", "needed"),
    [
        (100, 78, 5, 5),  # 4.4
        (100, 80, 5, 4),
        (100, 100, 5, 0),
        (100, 120, 0, 0),
        (100, 99, 0, None),
        (100, -50, 3, 50),  # a margin below nothing
        (30_000_000, 11_600_000, 7, 2_628_572),  # 18.4 of 30 ten-thousands in 7 days: 26,285.72 yuan, upwards
    ],
)
def test_what_a_day_must_now_bring(target: int, actual: int, left: int, needed: int | None) -> None:
    assert targets.needed(target, actual, left) == needed


def test_rounding() -> None:
    assert [targets.upwards(Fraction(one, 2)) for one in (-3, 3, 4)] == [-1, 2, 2]
    assert [targets.nearest(Fraction(one, 4)) for one in (1, 2, 3, 4, 6)] == [0, 1, 1, 1, 2]
