"""``spend``: what a source costs, by period; how much of it falls where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import Book
from team_kit import join, rep_book, sound

from salesflow import spending
from salesflow.errors import Usage

TODAY = date(2026, 11, 24)


def test_a_cost_is_added_to_changed_and_taken_away(book: Book) -> None:
    """3,000 and 500 are 3,500; each is one step."""
    assert "花费 3,000" in book("spend", "展销会", "3000").out
    assert "一共 3,500" in book("spend", "展销会", "500", "2026-11").out
    assert book("spend", "edit", "exhibition", "4000", "2026-11", "--json").json["amount"] == 4000
    listed = book("spend", "list", "--json").json
    assert [(one["source"], one["period"], one["amount"], one["from"], one["to"]) for one in listed] == [
        ("exhibition", "2026-11", 4000, "2026-11-01", "2026-11-30")
    ]
    book("undo", "--yes")
    assert book("spend", "--json").json[0]["amount"] == 3500
    book("redo")
    book("spend", "remove", "展销会", "2026-11")
    assert book("spend", "--json").json == []


def test_what_cannot_be_noted_is_refused(book: Book) -> None:
    """No source, no such source, no amount, no period, each month, nothing there."""
    book.refuse(2, "spend", "add")
    book.refuse(2, "spend", "火星", "5")
    book.refuse(2, "spend", "add", "展销会")
    book.refuse(2, "spend", "展销会", "5", "啥")
    book.refuse(2, "spend", "展销会", "5", "每月")
    book.refuse(2, "spend", "展销会", "-5", "2026-11")
    book.refuse(3, "spend", "remove", "展销会", "2026-10")
    book.refuse(3, "spend", "edit", "展销会", "5", "2026-10")


@pytest.mark.parametrize(
    ("text", "period", "first", "last"),
    [
        ("2026-11", "2026-11", "2026-11-01", "2026-11-30"),
        ("上月", "2026-10", "2026-10-01", "2026-10-31"),
        ("2026-W47", "2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-11-22", "2026-11-22", "2026-11-22", "2026-11-22"),
        ("2026", "2026", "2026-01-01", "2026-12-31"),
        ("2026年", "2026", "2026-01-01", "2026-12-31"),
        ("去年", "2025", "2025-01-01", "2025-12-31"),
        ("2026-Q4", "2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026q1", "2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026年第三季度", "2026-Q3", "2026-07-01", "2026-09-30"),
    ],
)
def test_periods(text: str, period: str, first: str, last: str) -> None:
    """What is written, how it is stored, its days."""
    assert spending.read_period(text, TODAY) == period
    assert [day.isoformat() for day in spending.span(period)] == [first, last]


@pytest.mark.parametrize("text", ["", "啥", "每周", "2026-Q5", "2026-13"])
def test_no_periods(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(Usage):
        spending.read_period(text, TODAY)


def test_a_month_falls_evenly_on_its_days() -> None:
    """100.00 in 30 days: 10 days are 33.33, the next ten 33.33, the last 33.34; a day outside nothing."""
    parts = [
        spending.falls_in("2026-11", 10000, date(2026, 11, first), date(2026, 11, first + 9))
        for first in (1, 11, 21)
    ]
    assert parts == [3333, 3333, 3334]
    assert spending.falls_in("2026-11", 10000, date(2026, 12, 1), date(2026, 12, 31)) == 0


@settings(max_examples=40)
@given(
    st.sampled_from(["2026", "2026-Q1", "2026-11", "2026-W47", "2026-11-22"]),
    st.integers(0, 10**9),
    st.integers(0, 365),
)
def test_the_parts_are_the_whole(period: str, amount: int, cut: int) -> None:
    """Wherever it is cut."""
    start, end = date(2025, 12, 1), date(2027, 1, 31)
    at = start + timedelta(days=cut)
    halves = (
        spending.falls_in(period, amount, start, at),
        spending.falls_in(period, amount, at + timedelta(1), end),
    )
    assert sum(halves) == amount == spending.falls_in(period, amount, start, end)


def test_another_rep_s_costs_come_with_the_book(book: Book) -> None:
    """New ones come, what is noted here stands, a newer word on the same note counts, once; what went stays gone."""
    li = rep_book(book, "李想")
    li("spend", "展销会", "3000", "2026-10")
    li("spend", "互联网", "1000", "2026-10")
    book("spend", "互联网", "700", "2026-10")
    assert join(book, li)[0]["spends"] == 1
    assert join(book, li)[0]["spends"] == 0
    li("spend", "edit", "展销会", "3500", "2026-10", now="2026-11-25T09:00")
    assert join(book, li)[0]["spends"] == 1
    listed = {one["source"]: one["amount"] for one in book("spend", "--json").json}
    assert listed == {"exhibition": 3500, "internet": 700}
    book("spend", "remove", "展销会", "2026-10")
    assert join(book, li)[0]["spends"] == 0
    sound(book)
