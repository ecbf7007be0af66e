"""A customer's goal: value and day, each change kept with its reason (E8)."""

from __future__ import annotations

import pytest
from kit import Book


@pytest.fixture
def shop(book: Book) -> Book:
    """One shop, whose goal is 120,000 until the end of the year, set on the 2nd."""
    book("add", "甲店", now="2026-11-02T09:00")
    book("edit", "1", "--goal", "12万", "--goal-on", "2026-12-31", now="2026-11-02T10:00")
    return book


def test_each_change_is_kept_with_its_reason(shop: Book) -> None:
    shop("edit", "1", "--goal", "10万", "--why", "预算砍了", now="2026-11-10T09:00")
    shop("edit", "1", "--goal", "8万", "--goal-on", "2027-01-31", "--why", "推到年后", now="2026-11-20T09:00")
    by = {"by": "陈磊"}
    assert shop.show()["goals"] == [
        {"at": "2026-11-20T09:00", "goal_value": 80000, "goal_on": "2027-01-31", "was_value": 100000,
         "was_on": "2026-12-31", "why": "推到年后", **by},
        {"at": "2026-11-10T09:00", "goal_value": 100000, "goal_on": "2026-12-31", "was_value": 120000,
         "was_on": "2026-12-31", "why": "预算砍了", **by},
        {"at": "2026-11-02T10:00", "goal_value": 120000, "goal_on": "2026-12-31", "was_value": None, "was_on": None,
         "why": None, **by},
    ]  # fmt: skip
    out = shop("show", "1").out
    assert "目标改过 2 次" in out
    assert "11-10 周二  12 万 > 10 万   预算砍了" in out
    assert "11-20 周五  10 万 12-31 > 8 万 2027-01-31   推到年后" in out
    assert "目标产值 12 万 > 10 万（预算砍了）" in shop("history", "1").out
    shop("undo", "--yes")
    assert len(shop.show()["goals"]) == 2
    assert shop.show()["goal_value"] == 100000


def test_a_goal_that_is_only_set_is_no_change(shop: Book) -> None:
    assert "目标改过" not in shop("show", "1").out
    run = shop("edit", "1", "--goal", "12万")  # the same again
    assert "理由" not in run.err
    shop("add", "乙店")
    assert "理由" not in shop("edit", "2", "--goal", "5万").err
    assert "理由" not in shop("edit", "2", "--goal-on", "月底").err
    assert [one["goal_on"] for one in shop.show(2)["goals"]] == ["2026-11-30"]


def test_without_a_reason_is_said(shop: Book) -> None:
    """Elsewhere than on a terminal it is taken, and said on stderr."""
    run = shop("edit", "1", "--goal-on", "2026-11-30")
    assert "没写理由" in run.err and "--why" in run.err
    assert "没写理由" in shop("show", "1").out
    assert "reason" in shop("edit", "1", "--set", "goal_value=", lang="en").err
    assert shop.show()["goals"][0]["goal_value"] is None


def test_on_a_terminal_the_reason_is_asked_for(shop: Book) -> None:
    shop("edit", "1", "--goal", "9万", tty=True, answers=("他们换了老板",))
    assert shop.show()["goals"][0]["why"] == "他们换了老板"
    run = shop("edit", "1", "--goal", "8万", tty=True, answers=("",))
    assert "没写理由" in run.err
    assert shop.show()["goals"][0]["why"] is None


def test_leads_whose_goal_is_near(shop: Book) -> None:
    shop("add", "乙店")
    shop("add", "丙店")
    shop("add", "丁店")
    shop("edit", "2", "--goal", "30万", "--goal-on", "2026-11-30")
    shop("edit", "3", "--goal", "5万", "--goal-on", "2027-03-01")
    near = shop("list", "--goal-before", "2026-12-31", "--sort", "goal", "--json").json
    assert [one["id"] for one in near] == [2, 1]
    assert [one["id"] for one in shop("list", "--goal-before", "月底", "--json").json] == [2]
    assert [one["id"] for one in shop("list", "--sort", "goal", "--json").json] == [2, 1, 3, 4]
    shop.refuse(2, "list", "--goal-before", "过几天")
