"""``target solve``: the value formula for one's own month, each figure with its cases (E2)."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book, filled


def fill_work(book: Book) -> None:
    """20 visits from 2 to 23 November and 5 orders of 58,000 on the 20th, a target of 400,000 a month.

    On Tuesday the 24th: 17 working days since the 2nd, so 20/17 visits a day; 5 of 20 visits brought an order: 25 %;
    58,000 an order. Signed 290,000 of 400,000: 110,000 are to go in the 5 working days left (24 25 26 27 30).
    """
    book("add", "甲店", now="2026-11-02T08:00")
    for count in range(20):
        day = (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23)[count % 16]
        book("visit", "1", f"第{count}次", "--no-next", now=f"2026-11-{day:02d}T{9 + count // 16:02d}:00")
    for count in range(5):
        book("order", "1", "58000", f"第{count}单", "--no-advance", now=f"2026-11-20T1{count}:00")
    book("target", "set", "sales", "40万", "每月", now="2026-11-20T15:00")


@pytest.fixture
def work(book: Book) -> Book:
    """The book of three weeks."""
    return filled(book, fill_work)


def factors(data: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The value of each factor and where it comes from."""
    return {one["name"]: (one["value"], one["source"]) for one in data["factors"]}


def test_the_month_s_target_as_visits_of_a_day(work: Book) -> None:
    """110,000 / (5 x 25 % x 58,000) = 110,000 / 72,500 = 1.5172: 2 visits a day."""
    data = work("target", "solve", "--json").json
    assert {name: data[name] for name in ("solve", "value", "needed", "month", "goal", "reached")} == {
        "solve": "visits", "value": 1.5172, "needed": 2, "month": "2026-11", "goal": 400000, "reached": 290000,
    }  # fmt: skip
    assert factors(data) == {
        "sales": (110000, "target"), "visits": (1.5172, "solved"), "days": (5, "calendar"), "rate": (0.25, "history"),
        "order": (58000, "history"),
    }  # fmt: skip
    rate = data["factors"][3]
    assert (rate["cases"], rate["of"], rate["first"], rate["last"]) == (5, 20, "2026-11-02", "2026-11-24")
    lines = work("target", "solve").lines
    assert lines[:2] == ["2026-11 销售额目标 40 万，已签 29 万，还差 11 万", "每个工作日要拜访 2 次（1.52）"]
    assert any("20 次拜访成 5 单，2026-11-02 至 2026-11-24" in line for line in lines)
    assert any("5 单平均" in line for line in lines)
    english = work("目标", "算", lang="en").lines
    assert english[:2] == [
        "2026-11 sales target 400,000, signed 290,000, to go 110,000",
        "2 visits each working day (1.52)",
    ]


def test_an_order_cancelled_on_the_day_itself_is_none(work: Book) -> None:
    """232,000 signed, 168,000 to go; 4 of 20 visits brought an order: 168,000 / (5 x 20 % x 58,000) = 2.8966."""
    work("order", "cancel", "1", "--why", "不要了")
    data = work("target", "solve", "--json").json
    assert (data["reached"], data["value"], factors(data)["rate"]) == (232000, 2.8966, (0.2, "history"))


def test_a_month_to_come_is_whole(work: Book) -> None:
    """December has 23 working days: 400,000 / (23 x 25 % x 58,000) = 400,000 / 333,500 = 1.1994."""
    for month in ("2026-12", "下月", "12月"):
        data = work("target", "solve", "--month", month, "--json").json
        assert (data["value"], data["month"], data["reached"]) == (1.1994, "2026-12", 0)
        assert factors(data)["days"] == (23, "calendar")


@pytest.mark.parametrize(
    ("words", "value", "needed"),
    [
        # 20/17 x 5 x 25 % x 58,000 = 85,294.1176
        (["sales"], 85294.12, 85294.12),
        # 6 x 5 x 25 % x 58,000
        (["--visits", "6"], 435000, 435000),
        # 110,000 / (5 x 5 x 58,000) = 7.5862 %
        (["rate", "--visits", "5"], 0.075862, 0.0759),
        # 110,000 / (3 x 25 % x 58,000) = 2.5287
        (["days", "--visits", "3"], 2.5287, 3),
        # 110,000 / (2 x 5 x 25 %)
        (["order", "--visits", "2"], 44000, 44000),
        # 110,000 / (3 x 5 x 25 %) = 29,333.33.., and a fen less is not enough
        (["order", "--visits", "3"], 29333.33, 29333.34),
        # the month's sum said, by what is signed less: 50,000 / 72,500
        (["--sales", "34万"], 0.6897, 1),
    ],
)
def test_any_one_of_them(work: Book, words: list[str], value: float, needed: float) -> None:
    data = work("target", "solve", *words, "--json").json
    assert (data["value"], data["needed"]) == (value, needed)


def test_at_one_s_own_pace(work: Book) -> None:
    """290,000 signed and 85,294.12 to come."""
    out = work("target", "solve", "sales").out
    assert "2026-11 已签 29 万\n能做 85,294.12，全月 375,294.12\n" in out
    assert "20 次拜访，17 个工作日" in out


def test_the_plain_formula_takes_nothing_from_the_book(book: Book) -> None:
    """300,000 / (22 x 5 % x 58,000) = 4.7022."""
    words = ("target", "solve", "--sales", "30万", "--days", "22", "--rate", "5%", "--order", "5.8万")
    for rate in ("5%", "0.05", "1/20", "５％"):
        data = book(*words[:-3], rate, *words[-2:], "--json").json
        assert (data["value"], data["needed"], data["month"], data["goal"]) == (4.7022, 5, None, None)
    assert book(*words).lines[0] == "每个工作日要拜访 5 次（4.7）"
    assert (
        book(*words[:3], "30万", "--days", "22", "--rate", "5%", "--visits", "5", "--json").json["needed"]
        == 54545.46
    )
    for fmt in ("table", "plain", "md", "csv", "tsv", "jsonl", "chat"):
        for lang in ("zh", "en"):
            assert book(*words, "-f", fmt, lang=lang).out


def test_a_target_that_is_reached_wants_nothing(work: Book) -> None:
    work("target", "set", "sales", "29万", "本月")
    data = work("target", "solve", "--json").json
    assert (data["value"], data["needed"]) == (0, 0)
    assert "目标已经做到了。" in work("target", "solve").lines


def test_few_orders_in_three_months_make_it_a_year(work: Book) -> None:
    """On 2 March the last 90 days hold no order; the year does. The holidays of 2027 are not known yet."""
    run = work("target", "solve", "--json", now="2027-03-02T09:00")
    rate = run.json["factors"][3]
    assert (rate["cases"], rate["of"], rate["first"]) == (5, 20, "2026-11-02")
    assert "2027-03-31" in run.err


def test_what_cannot_be_is_said(work: Book) -> None:
    """110,000 in 5 visits at 10,000 an order: 220 %; 50 days where 5 are left."""
    assert "一单以上" in work("target", "solve", "rate", "--visits", "1", "--order", "1万").out
    assert "只剩 5 个工作日" in work("target", "solve", "days", "--visits", "0.1").out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--sales", "30万"], "--rate --order"),
        (["--sales", "30万", "--visits", "5"], "--order"),
        ([], "--sales"),
        (["sales"], "--visits --rate --order"),
        (["--rate", "5%"], "--sales"),
        (["--sales", "1", "--visits", "1", "--days", "1", "--rate", "1", "--order", "1"], "--visits"),
        (["visits", "--visits", "3"], "--visits"),
        (["早餐"], "早餐"),
        (["--sales", "0"], "sales"),
        (["--rate", "150%"], "150%"),
        (["--rate", "五"], "五"),
        (["--visits", "-1"], "-1"),
        (["--days", "0"], "--days"),
        (["--month", "2026-10"], "2026-10"),
        (["--month", "2026-W48"], "2026-W48"),
    ],
)
def test_what_is_refused_says_what_to_give(book: Book, words: list[str], named: str) -> None:
    """An empty book: no history and no target."""
    assert named in book.refuse(2, "target", "solve", *words).err


def test_the_month_s_last_working_day_is_over(work: Book) -> None:
    """31 October is a Saturday."""
    work.now = "2026-10-31T09:00"
    assert "2026-10" in work.refuse(2, "target", "solve", "--sales", "30万").err


def test_of_one_rep(work: Book) -> None:
    """陈磊 did it all; a target of his own is 580,000: 290,000 / 72,500 = 4."""
    work("target", "set", "sales", "58万", "每月", "--rep", "陈磊")
    assert work("target", "solve", "--rep", "陈磊", "--json").json["value"] == 4
    assert "--rate --order" in work.refuse(2, "target", "solve", "--rep", "李想", "--sales", "30万").err
