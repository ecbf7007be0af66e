"""``competitor``: whom a lead buys from, or might (F13, F15)."""

from __future__ import annotations

import pytest
from kit import Book, filled

KEYS = ["id", "name", "strengths", "weaknesses", "price", "relation", "supporter", "note", "by", "created_at"]


def fill_shops(book: Book) -> None:
    """Three shops; the first has two people."""
    book("add", "甲店", "--contact", "赵总 决策人", "--contact", "王建国 13900001234")
    book("add", "乙店", "--contact", "钱总")
    book("add", "丙店")


@pytest.fixture
def shops(book: Book) -> Book:
    """Three shops; the first has two people."""
    return filled(book, fill_shops)


def test_a_competitor_with_all_that_is_known(shops: Book) -> None:
    """F13, F15."""
    done = shops("competitor", "1", "红牌 膜业", "--strengths", "牌子响", "--weaknesses", "质保短", "--price", "0.35万",
                 "--relation", "老乡", "--supporter", "赵", "--note", "合同到年底", "--json").json  # fmt: skip
    assert done == {
        "id": 1, "name": "红牌 膜业", "strengths": "牌子响", "weaknesses": "质保短", "price": 3500, "relation": "老乡",
        "supporter": "赵总", "note": "合同到年底", "by": "陈磊", "created_at": "2026-11-24T10:05",
    }  # fmt: skip
    assert shops.show()["competitors"] == [done]
    out = shops("show", "1").out
    assert "竞争对手" in out and "3,500" in out and "老乡" in out
    assert shops("competitor", "1", "--json").json == [done]
    header = shops("competitor", "1", "-f", "csv").lines[0].removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    assert header.split(",") == KEYS


def test_options_alone_need_a_name(shops: Book) -> None:
    shops.refuse(2, "competitor", "1", "--price", "350")
    assert "还没记对手" in shops("competitor", "1").out
    assert "no competitors yet" in shops("competitor", "1", lang="en").out
    assert shops("competitor", "1", "--json").json == []
    assert "竞争对手" not in shops("show", "1").out


def test_a_competitor_is_changed_and_emptied(shops: Book) -> None:
    """F13."""
    shops("competitor", "1", "红牌", "--price", "350", "--supporter", "赵总", "--note", "x")
    done = shops("competitor", "edit", "1", "红", "--price", "360.5", "--supporter", "-", "--note", "-", "--name",
                 "红牌膜业", "--json").json  # fmt: skip
    assert (done["name"], done["price"], done["supporter"], done["note"]) == ("红牌膜业", 360.5, None, None)
    shops("竞争对手", "改", "1", "红牌膜业", "--name", "红牌膜业", "--price", "-")
    assert shops.show()["competitors"][0]["price"] is None
    shops("undo", "2", "--yes")
    assert shops.show()["competitors"][0]["supporter"] == "赵总"
    assert "价 350 > 360.50" in shops("history", "1").out or "350" in shops("history", "1").out


def test_remove(shops: Book) -> None:
    shops("competitor", "1", "红牌")
    shops("competitor", "remove", "1", "红牌")
    assert shops.show()["competitors"] == []
    shops("undo", "--yes")
    assert [one["name"] for one in shops.show()["competitors"]] == ["红牌"]


def test_a_supporter_who_is_taken_off_leaves_the_competitor(shops: Book) -> None:
    """F13."""
    shops("competitor", "1", "红牌", "--supporter", "赵总")
    shops("contact", "remove", "1", "赵总")
    assert shops.show()["competitors"][0]["supporter"] is None


@pytest.mark.parametrize("again", ["红牌", " 红 牌 ", "ＲＥＤ"])
def test_the_same_name_twice_is_refused(shops: Book, again: str) -> None:
    """F13: at one lead; another lead may have it too."""
    shops("competitor", "1", "红牌")
    shops("competitor", "1", "red")
    assert "edit" in shops.refuse(1, "competitor", "add", "1", again).err
    shops("competitor", "2", again)
    shops.refuse(1, "competitor", "edit", "1", "red", "--name", "红牌")


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["add", "1", "红牌", "--price", "-5"], 2, "-5"),
        (["add", "1", "红牌", "--price", "abc"], 2, "abc"),
        (["add", "1", "红牌", "--supporter", "钱总"], 3, "赵总"),  # of another lead
        (["add", "1", "红\x1b牌"], 2, ""),
        (["add", "1", "红牌", "--strengths", "a\x00b"], 2, ""),
        (["add", "1"], 2, "competitor"),
        (["add", "99", "红牌"], 3, ""),
        (["edit", "1", "紫牌", "--price", "5"], 3, "紫牌"),
        (["edit", "1", "绿牌"], 2, "--price"),
        (["remove", "1", "绿"], 4, "绿牌"),
    ],
)
def test_what_competitor_refuses(shops: Book, words: list[str], code: int, named: str) -> None:
    """F13: and nothing changes."""
    shops("competitor", "1", "绿牌")
    shops("competitor", "1", "绿叶")
    assert named in shops.refuse(code, "competitor", *words).err


def test_without_a_lead_all_names_with_leads_and_deals_lost(shops: Book) -> None:
    """F13: red is named at two leads and won one of them, blue won a lead that nobody noted it at."""
    shops("competitor", "1", "Red")
    shops("competitor", "2", "red")
    shops("competitor", "2", "绿牌")
    shops("lose", "2", "--reason", "competitor", "--to", "RED", "--why", "价")
    shops("lose", "3", "--reason", "competitor", "--to", "蓝牌", "--why", "价")
    assert shops("competitor", "--json").json == [
        {"name": "Red", "leads": 2, "lost": 1},
        {"name": "绿牌", "leads": 1, "lost": 0},
        {"name": "蓝牌", "leads": 0, "lost": 1},
    ]
    shops("reopen", "3")
    assert [one["name"] for one in shops("competitor", "--json").json] == ["Red", "绿牌"]
    assert "Red" in shops("competitor").out and "leads" in shops("competitor", lang="en").out


def test_without_any_it_says_how_to_begin(shops: Book) -> None:
    assert "salesflow competitor" in shops("competitor").out
    assert shops("competitor", "-f", "csv").lines[0].endswith("name,leads,lost")


def test_others_see_a_surname(shops: Book) -> None:
    """K8."""
    shops("competitor", "1", "红牌", "--supporter", "王建国")
    assert "王建国" not in shops("competitor", "1", "-f", "chat").out
    shops("edit", "1", "--consent", "今天")
    assert "王建国" in shops("competitor", "1", "-f", "chat", "--with-personal").out


def test_what_is_said_of_a_competitor_who_is_there_is_noted(shops: Book) -> None:
    """F13: what only became known later."""
    shops("competitor", "1", "红牌", "--price", "350")
    done = shops("competitor", "1", " 红 牌", "--strengths", "便宜")
    assert "已经在" in done.out
    (one,) = shops.show()["competitors"]
    assert (one["price"], one["strengths"]) == (350, "便宜")
