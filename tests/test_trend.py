"""The twelve weeks behind a week's totals: the same figures as each week's own report, drawn in one line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from kit import Book

from salesflow.render.values import DIGITS, SPARKS, trend
from salesflow.reports.pictures import bar

# Three shops. Weeks by their Mondays: 09-07 is the first of the twelve that end with that of 11-23.
LOG = (
    ("2026-08-31T09:00", "add 老店 --grade A"),  # before the first of the twelve
    ("2026-09-08T09:00", "add 华星宝马 --grade H"),  # week 1: a new lead
    ("2026-09-08T10:00", "visit 2 看样品 --next 09-16"),  # a visit
    ("2026-09-09T10:00", "call 2 问价 --next 09-17"),  # a call of the same shop: two follow-ups, one touched
    ("2026-09-15T10:00", "next 2 09-18 --why 他出差"),  # week 2: a date moved
    ("2026-09-15T11:00", "advance 2 qualified --force --why 急"),  # one stage on
    ("2026-09-16T11:00", "order 2 5.8万 --cost 3万"),  # won, sold, a margin of 28,000
    ("2026-09-20T23:59", "call 1 周日最后一分钟 --no-next"),  # still week 2
    ("2026-09-21T00:00", "call 1 周一第一分钟 --no-next"),  # week 3
    ("2026-09-23T09:00", "payment 2 3万"),
    ("2026-10-01T09:00", "order 2 1万"),  # week 4: cancelled in the week after, so this week keeps it
    ("2026-10-05T09:00", "order cancel 2 --why 不要了"),
    ("2026-11-02T09:00", "add 锦泰奥迪"),  # week 9
    ("2026-11-03T09:00", "lose 3 --reason other --why 关门"),
    ("2026-11-10T09:00", "reopen 3 --next 11-20"),  # week 10
    ("2026-11-17T09:00", "park 3 --reason other --why 装修 --until 2026-12-20"),  # week 11
    ("2026-11-23T09:00", "visit 1 又去了 --no-next"),  # week 12, which is not over
)
NOW = "2026-11-24T10:05"
FIGURES = {
    "new_leads": [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
    "followups": [2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    "visits": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    "leads_touched": [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    "advanced": [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],  # to qualified, and with the order to customer
    "moved_back": [0] * 12,
    "won": [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "lost": [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
    "parked": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    "reopened": [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    "orders": [0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    "sales": [0, 58000, 0, 10000, 0, 0, 0, 0, 0, 0, 0, 0],
    "margin": [None, 28000, *[None] * 10],
    "collected": [0, 0, 30000, 0, 0, 0, 0, 0, 0, 0, 0, 0],
}


@pytest.fixture
def told(book: Book) -> Book:
    """The book with all of it in."""
    for now, words in LOG:
        book(*words.split(), now=now)
    return book


def week(book: Book, day: str = "2026-11-24") -> Any:
    """The week's report of that day as JSON."""
    return book("report", "week", "--date", day, "--json", now=NOW).json


def test_the_twelve_weeks_are_those_worked_out_by_hand(told: Book) -> None:
    found = week(told)["trend"]
    assert {name: found[name] for name in FIGURES} == FIGURES
    assert list(found) == list(week(told)["totals"])


def test_each_of_the_twelve_is_what_that_week_says_of_itself(told: Book) -> None:
    line, day = week(told)["trend"], date(2026, 11, 24)
    for place in range(12):
        own = week(told, f"{day - timedelta(weeks=11 - place)}")
        assert {name: numbers[place] for name, numbers in line.items()} == own["totals"], own["label"]


def test_the_average_of_four_leaves_out_what_the_book_does_not_know(told: Book) -> None:
    # the four weeks before 11-23: one lead lost, one reopened, one parked, one new in them
    average = week(told)["average4"]
    assert (average["new_leads"], average["lost"], average["visits"]) == (0.25, 0.25, 0.0)
    # before the week of 09-07 there is that of 08-31 alone: its one new lead is the whole average
    assert week(told, "2026-09-10")["average4"]["new_leads"] == 1.0
    assert set(week(told, "2026-09-03")["average4"].values()) == {None}


def test_only_a_week_has_its_twelve_weeks(told: Book) -> None:
    assert "trend" not in told("report", "month", "--json", now=NOW).json
    assert "trend" not in told("report", "week", "--from", "11-01", "--to", "11-20", "--json", now=NOW).json


def test_on_a_terminal_they_are_small_bars_at_the_end_of_the_line(told: Book) -> None:
    modern = {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}
    shown = told("report", "week", now=NOW, tty=True, **modern, COLUMNS="80").out
    line = next(line for line in shown.splitlines() if line.startswith("拜访"))
    assert line.split() == ["拜访", "1", "0", "0.0", "█▁▁▁▁▁▁▁▁▁▁█"]
    for old in (
        {"TERM": "dumb"},
        {"LANG": "C", "LC_CTYPE": "C"},
        {"LC_ALL": "POSIX"},
        {"SALESFLOW_ASCII": "1"},
    ):
        digits = told("report", "week", now=NOW, tty=True, **{**modern, **old}).out
        assert "900000000009" in digits
        assert not set(SPARKS) & set(digits)


def test_in_a_pipe_no_character_is_of_ambiguous_width(told: Book) -> None:
    assert not set(SPARKS) & set(told("report", "week", now=NOW).out)
    assert "█▁▁▁▁▁▁▁▁▁▁█" in told("report", "week", "-f", "md", now=NOW).out


@pytest.mark.parametrize(
    ("numbers", "drawn"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([0, 0, 0], "▁▁▁"),
        ([1, 1000], "▂█"),  # anything is more than nothing
        ([None, 0, 8], " ▁█"),
        ([-7, 0, 0], "▁██"),  # a loss: the lowest is below nothing
        ([None, None], "-"),
        ([], "-"),
    ],
)
def test_the_line_of_bars(numbers: list[float | None], drawn: str) -> None:
    assert trend(numbers, SPARKS) == drawn


def test_the_line_of_digits() -> None:
    assert trend([0, 1, 5, 9, 18], DIGITS) == "01359"  # 0.5, 2.5, 4.5 of nine are rounded up


def test_a_bar() -> None:
    assert (bar(0, 10), bar(None, 10), bar(1, 1000), bar(10, 10, 4), bar(5, 10, 4)) == (
        "",
        "",
        "#",
        "####",
        "##",
    )
