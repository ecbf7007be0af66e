"""Targets of quarters and ranges: the sum of those of their months, weeks or working days, or none."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book

# The rep sells 58,000 on October 20th and collects nothing; visits on October 20th and November 3rd and 24th.
LOG = (
    ("2026-10-05T09:00", "add 华星宝马 --grade H"),
    ("2026-10-20T09:00", "visit 1 谈价 --next 11-03"),
    ("2026-10-20T10:00", "order 1 5.8万 --no-advance"),
    ("2026-11-03T09:00", "visit 1 又谈 --next 11-24"),
    ("2026-11-24T09:00", "visit 1 再谈 --next 12-01"),
)


@pytest.fixture
def told(book: Book) -> Book:
    """The book with all of it in, without a target."""
    for now, words in LOG:
        book(*words.split(), now=now)
    return book


def lines(book: Book, *words: str) -> dict[str, dict[str, Any]]:
    """The targets of a report by their metric."""
    return {one["metric"]: one for one in book("report", *words, "--json").json["targets"]}


def test_a_quarter_has_the_sum_of_its_months(told: Book) -> None:
    # every month 100,000, but December 250,000: 450,000; of it 58,000 are 12.89 %
    told("target", "set", "sales", "10万", "--period", "month")
    told("target", "set", "sales", "25万", "--period", "2026-12")
    found = lines(told, "quarter")["sales"]
    assert (found["target"], found["actual"], found["attainment"]) == (450000, 58000, 0.1289)
    assert found["summed_from"] == "month"
    screen = told("report", "quarter").out
    assert "45 万" in screen
    assert "目标是各月目标的合计。" in screen
    assert "summed_from" not in lines(told, "month")["sales"]
    assert "合计" not in told("report", "month").out


def test_a_quarter_of_which_a_month_has_no_target_has_none(told: Book) -> None:
    told("target", "set", "sales", "10万", "--period", "2026-10")
    told("target", "set", "sales", "10万", "--period", "2026-11")
    assert lines(told, "quarter") == {}
    told("target", "set", "sales", "5万", "--period", "2026-12")
    assert lines(told, "quarter")["sales"]["target"] == 250000
    assert lines(told, "quarter", "--date", "2026-08-15") == {}  # July to September


def test_targets_of_weeks_and_days_say_nothing_of_a_quarter(told: Book) -> None:
    told("target", "set", "visits", "20", "--period", "week")
    told("target", "set", "calls", "5", "--period", "day")
    assert lines(told, "quarter") == {}


def test_a_range_of_whole_months_or_weeks_has_theirs(told: Book) -> None:
    told("target", "set", "visits", "30", "--period", "month")
    told("target", "set", "visits", "8", "--period", "week")
    told("target", "set", "visits", "5", "--period", "2026-W45")  # November 2nd to 8th
    months = lines(told, "month", "--from", "2026-09-01", "--to", "2026-10-31")["visits"]
    assert (months["target"], months["actual"], months["summed_from"]) == (60, 1, "month")
    # three weeks from October 26th to November 15th: 8 + 5 + 8, visited on the 3rd
    weeks = lines(told, "week", "--from", "2026-10-26", "--to", "2026-11-15")["visits"]
    assert (weeks["target"], weeks["actual"], weeks["summed_from"]) == (21, 1, "week")
    assert lines(told, "week", "--from", "2026-10-26", "--to", "2026-11-14") == {}


def test_any_other_range_has_those_of_its_working_days(told: Book) -> None:
    # November 18th 2026 is a Wednesday: to Tuesday the 24th there are five working days
    told("target", "set", "visits", "4", "--period", "day")
    told("target", "set", "visits", "1", "--period", "2026-11-20")  # Friday
    told("target", "set", "visits", "2", "--period", "2026-11-21")  # Saturday, set for itself: it counts
    found = lines(told, "week", "--from", "2026-11-18", "--to", "2026-11-24")["visits"]
    assert (found["target"], found["actual"], found["summed_from"]) == (4 * 4 + 1 + 2, 1, "day")
    assert "各个工作日" in told("report", "week", "--from", "2026-11-18", "--to", "2026-11-24").out
    weekend = lines(told, "week", "--from", "2026-11-14", "--to", "2026-11-15")
    assert weekend == {}


def test_the_reps_targets_are_added_up_too(told: Book) -> None:
    told("config", "rep", "陈磊")
    told("target", "set", "sales", "10万", "--period", "month", "--rep", "陈磊")
    told("target", "set", "sales", "5万", "--period", "2026-11", "--rep", "王芳")
    found = lines(told, "quarter")["sales"]  # 王芳 has no target of October: hers are left out
    assert (found["target"], found["reps"]) == (300000, ["陈磊"])
    by_rep = told("report", "quarter", "--by", "rep", "--json").json["targets"]
    assert [(one["rep"], one["target"]) for one in by_rep] == [("陈磊", 300000)]


def test_measures_of_a_quarter_stand_against_the_same_targets(told: Book) -> None:
    told("target", "set", "sales", "10万", "--period", "month")
    found = told("report", "kpi", "--period", "quarter", "--json").json["measures"]
    sales = next(one for one in found if one["name"] == "sales")
    assert (sales["target"], sales["attainment"]) == (300000, 0.1933)
