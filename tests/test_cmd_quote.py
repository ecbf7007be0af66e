"""``quote`` and ``payment``: recorded, listed, asked for by gates, collected in reports (F15, F16, L6)."""

from __future__ import annotations

import pytest
from kit import Book, filled
from other_process import add_process


def fill_shops(book: Book) -> None:
    """Two shops, each with an order."""
    book("add", "华星宝马")
    book("add", "锦泰奥迪")
    book("order", "1", "5万")
    book("order", "2", "3万")


@pytest.fixture
def shops(book: Book) -> Book:
    """Two shops with an order each."""
    return filled(book, fill_shops)


def test_a_quote_is_recorded_and_listed(shops: Book) -> None:
    """F16: the record; steps and warnings are reckoned from it."""
    before = shops.steps()
    shops("quote", "华星", "368", "报给王经理", "--product", "前挡", "--at", "昨天")
    done = shops("quote", "华星", "35", "万", "--in-return", "首批40台")
    assert all(part in done.out for part in ("#1 华星宝马", "35 万", "换来：首批40台"))
    assert shops.steps() == before + 2
    told = ("id", "lead_id", "quoted_on", "amount", "product", "in_return", "note", "by")
    assert [tuple(one[key] for key in told) for one in shops.show()["quotes"]] == [
        (2, 1, "2026-11-24", 350000, None, "首批40台", None, "陈磊"),
        (1, 1, "2026-11-23", 368, "前挡", None, "报给王经理", "陈磊"),
    ]
    assert [one["id"] for one in shops("quote", "1", "--json").json] == [2, 1]
    assert shops("quote", "2", "--json").json == []
    assert [one["name"] for one in shops("报价", "--json").json] == ["华星宝马", "华星宝马"]
    assert "首批40台" in shops("show", "1").out
    shops("undo", "2")
    assert shops.show()["quotes"] == []


def test_a_payment_is_recorded_and_listed(shops: Book) -> None:
    """L6: for an order, or for none that anybody named."""
    before = shops.steps()
    done = shops("payment", "1", "2万", "--order", "1", "--method", "转账", "--at", "11-20")
    assert all(part in done.out for part in ("#1 华星宝马", "2 万", "转账", "订单 1", "11-20 周五"))
    made = shops("payment", "1", "1000.10", "定金", "--json").json
    assert shops.steps() == before + 2
    assert made == {"id": 2, "lead_id": 1, "order_id": None, "paid_on": "2026-11-24", "amount": 1000.1,
                    "method": None, "note": "定金", "by": "陈磊"}  # fmt: skip
    assert [one["id"] for one in shops.show()["payments"]] == [2, 1]
    assert "共 2 笔　21,000.10" in shops("payment").out
    assert shops("回款", "列", "2", "--json").json == []
    assert "转账" in shops("show", "1").out
    shops("undo", "2")
    assert shops.show()["payments"] == []


@pytest.mark.parametrize("noun", ["quote", "payment"])
def test_every_format(shops: Book, noun: str) -> None:
    assert noun in shops(noun, lang="en").out  # none yet: how to record one
    shops(noun, "1", "368")
    for fmt in ("table", "plain", "md", "chat", "jsonl", "csv", "tsv", "json"):
        assert "368" in shops(noun, "1", "-f", fmt).out and "华星宝马" in shops(noun, "-f", fmt).out


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["quote", "1", "0"], 2, "0"),
        (["quote", "1", "abc"], 2, "abc"),
        (["quote", "1", "--", "-5"], 2, "-5"),
        (["quote", "1", "--product", "前挡"], 2, "salesflow quote"),
        (["quote", "1", "368", "--at", "明天"], 1, "2026-11-25"),
        (["quote", "1", "368", "--product", "a\x1bb"], 2, "--product"),
        (["payment", "1", "0"], 2, "0"),
        (["payment", "1", "--method", "转账"], 2, "salesflow payment"),
        (["payment", "1", "2万", "--at", "2026-12-01"], 1, "2026-12-01"),
        (["payment", "1", "2万", "--order", "2"], 3, "2"),  # the other shop's
        (["payment", "1", "2万", "--order", "99"], 3, "99"),
        (["payment", "1", "2万", "--order", "x"], 2, "--order"),
        (["payment", "没这家", "2万"], 3, "没这家"),
    ],
)
def test_what_is_refused(shops: Book, words: list[str], code: int, named: str) -> None:
    assert named in shops.refuse(code, *words, lines=6).err


def test_gates_ask_for_a_quote_and_for_all_that_was_ordered(book: Book) -> None:
    """The gate language's words quote and payment are met by these records."""

    def want(kind: str, value: str) -> dict[str, object]:
        return {"kind": kind, "code": kind, "value": value, "name": {"zh": kind, "en": kind},
                "ask": {"zh": kind, "en": kind}}  # fmt: skip

    titles = {"zh": "段", "en": "part"}
    stages = [
        {"code": "one", "titles": titles},
        {"code": "two", "titles": titles, "gate": [want("quote", "made")]},
        {"code": "three", "titles": titles, "gate": [want("payment", "full")]},
    ]
    add_process(book, "oil", stages=stages)
    book("add", "甲厂", "--process", "oil")
    assert "salesflow quote 1" in book.refuse(1, "advance", "1", lines=4).err
    book("quote", "1", "368")
    assert book("advance", "1", "--json").json["stage"] == "two"
    book("order", "1", "1000")
    book("payment", "1", "999.99")
    assert "salesflow payment 1" in book.refuse(1, "advance", "1", lines=4).err
    book("payment", "1", "0.01")
    assert book("advance", "1", "--json").json["stage"] == "three"


def test_collected_is_what_was_paid_in_the_period(shops: Book) -> None:
    """L6. Paid: 100.05 on Sunday 22 (week 47), 20000 on Monday 23 and 0.10 on Tuesday 24 (week 48)."""
    shops("payment", "1", "100.05", "--at", "2026-11-22")
    shops("payment", "1", "2万", "--at", "2026-11-23")
    shops("payment", "2", "0.10")
    week = shops("report", "week", "--json").json
    assert (week["totals"]["collected"], week["previous"]["collected"]) == (20000.1, 100.05)
    before = shops("report", "week", "--date", "2026-11-22", "--json").json
    assert (before["totals"]["collected"], before["previous"]["collected"]) == (100.05, 0)
    assert shops("report", "month", "--json").json["totals"]["collected"] == 20100.15
    assert shops("report", "day", "--json").json["totals"]["collected"] == 0.1
    # a payment recorded on Tuesday for Sunday belongs to the week of Sunday; one of today is in what runs
    assert shops("report", "week", "--json", now="2026-11-23T08:00").json["totals"]["collected"] == 20000
    assert "20,000.10" in shops("report", "week").out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_history_of_a_lead_tells_all_of_it(shops: Book, lang: str) -> None:
    """What a rep did beyond follow-ups is told too, what was taken back among it."""
    shops("quote", "1", "368", "--in-return", "首批40台")
    shops("payment", "1", "2万", "--method", "转账")
    shops("objection", "1", "太贵", "--answer", "算账")
    shops("objection", "edit", "1", "1", "--worked", "no")
    shops("incident", "1", "前挡起泡", "--due", "周五")
    shops("incident", "follow", "1", "1", "师傅去看了")
    shops("incident", "solve", "1", "1", "重贴一张")
    shops("team", "sign", "1", "--by", "李经理")
    shops("referral", "1", "天府丰田", "--as", "same_group")
    shops("undo")
    out = shops("history", "1", lang=lang).out
    wanted = ["368", "首批40台", "转账", "太贵", "算账", "前挡起泡", "师傅去看了", "重贴一张", "李经理", "#3"]
    assert [part for part in wanted if part not in out] == []
    assert ("没用" if lang == "zh" else "did not work") in out
