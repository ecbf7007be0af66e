"""What is said about money to somebody new: amounts behind a number, negative ones, goals, the H list, chat."""

from __future__ import annotations

import pytest
from kit import Book


@pytest.fixture
def sold(book: Book) -> Book:
    """One shop: an order of 5,000, of which 2,000 are paid on the same day."""
    book("add", "甲店")
    book("order", "1", "5000")
    book("payment", "1", "2000")
    return book


def test_an_amount_behind_the_number_changes_it_as_with_quotes(sold: Book) -> None:
    """5,000 become 6,000 and then 7,000; 2,000 paid become 2,500: 4,500 are owed."""
    assert sold("order", "edit", "1", "6000", "--json").json["amount"] == 6000
    assert sold("order", "edit", "1", "--amount", "7000", "--json").json["amount"] == 7000
    assert sold("payment", "edit", "1", "2500", "--json").json["amount"] == 2500
    assert sold("payment", "due", "--json").json["totals"]["outstanding"] == 4500
    sold.refuse(2, "order", "edit", "1", "0")
    sold.refuse(2, "payment", "edit", "1", "0")
    sold.refuse(1, "payment", "edit", "1", "7000.01")
    sold.refuse(2, "order", "edit", "1")


def test_a_negative_amount_is_not_named_by_its_first_digit(sold: Book) -> None:
    said = sold.refuse(2, "order", "1", "-100").err
    assert "小于 0" in said and "-1" not in said


def test_a_goal_of_nothing_is_none(sold: Book) -> None:
    sold("edit", "1", "--goal", "8万")
    sold("edit", "1", "--goal", "-", "--why", "没谱了")
    assert sold.show()["goal_value"] is None
    sold("edit", "1", "--goal", "8万")
    sold("edit", "1", "--goal", "0", "--why", "没谱了")
    assert sold.show()["goal_value"] is None


def test_a_factor_that_is_none_is_told_in_the_reader_s_words(sold: Book) -> None:
    assert "销售额 拜访 天数 成交率 客单价" in sold.refuse(2, "target", "solve", "客户").err
    english = sold("target", "solve", "leads", code=2, lang="en").err
    assert english.strip() == "FACTOR cannot be 'leads'; it may be: sales visits days rate order"
    assert "--rate" in sold.refuse(2, "target", "solve", "--sales", "30万", "--rate", "0").err


def test_nobody_on_the_h_list_names_the_grade(sold: Book) -> None:
    """The default process's hottest grade is H."""
    assert "salesflow edit 客户 --grade H" in sold("report", "hot").out
    assert "--grade H" in sold("report", "hot", "-f", "chat", lang="en").out


def test_the_chat_of_a_week_tells_what_was_collected(sold: Book) -> None:
    assert "销售额 5,000  回款 2,000" in sold("report", "week", "-f", "chat").lines
    sold("order", "cancel", "1", "--why", "退货")
    assert "回款 2,000" in sold("report", "week", "-f", "chat").lines


def test_what_goals_count_is_told_where_a_goal_counts(sold: Book) -> None:
    """No deal had a goal, so goals count in full; then one of 10,000 brought 5,000, and five more all of theirs.

    (5,000 + 5 x 10,000) / (10,000 + 5 x 10,000) = 92 %, but the lead that is open has no goal to be reckoned so.
    """
    sold("add", "乙店")
    sold("edit", "2", "--goal", "1万")
    sold("order", "2", "5000")
    sold("add", "丙店")
    assert "92%" not in sold("report", "forecast").out
    sold("edit", "3", "--goal", "2万")
    assert "客户目标按 92% 算" in sold("report", "forecast").out


def test_a_new_order_tells_what_was_paid_in_advance(sold: Book) -> None:
    """2,000 of 5,000 were paid; that order is cancelled, the next of 500 is paid by them, one of 3,000 by half."""
    sold("order", "cancel", "1", "--why", "改型号")
    assert "预收抵了 500" in sold("order", "1", "500").out
    assert "1,500 of it paid in advance" in sold("order", "1", "3000", lang="en").out
    assert sold("payment", "due", "--json").json["totals"]["outstanding"] == 1500
    assert "预收" not in sold("order", "1", "100").out


def test_a_monday_reminds_of_money_that_the_weekend_would_have(book: Book) -> None:
    """Due on Friday, Saturday and Sunday, November 27 to 29; the 30th is a Monday.

    Their days after are Saturday, Sunday and Monday; a week late they are on Friday, Saturday and Sunday.
    """

    def reminded(day: str) -> list[str]:
        found = book("today", "--json", now=f"{day}T08:00").json["reminders"]
        return [one["on"] for one in found if one["kind"] == "payment"]

    for place, day in enumerate(("11-27", "11-28", "11-29"), 1):
        book("add", f"{place}号店")
        book("order", str(place), "1000", "--due", f"2026-{day}")
    assert reminded("2026-11-30") == ["2026-11-27", "2026-11-28", "2026-11-29"]
    assert reminded("2026-12-01") == [] == reminded("2026-12-03")
    assert reminded("2026-12-04") == ["2026-11-27"]
    assert reminded("2026-12-05") == ["2026-11-28"]
    assert reminded("2026-12-07") == ["2026-11-28", "2026-11-29"]


def test_an_order_made_smaller_than_what_was_paid_says_so(sold: Book) -> None:
    """2,000 were paid: an order of 1,500 has 500 too much."""
    assert "多收" not in sold("order", "edit", "1", "2000").err
    assert "多收 500" in sold("order", "edit", "1", "1500").err
    assert "Paid too much by 600" in sold("order", "edit", "1", "1400", lang="en").err
