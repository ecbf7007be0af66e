"""``contact`` of somebody who is known, and people who come into the book with a follow-up (F1, F13, F14)."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book, filled


def fill_shop(book: Book) -> None:
    """A shop with two people."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", "--contact", "李总 13900005678 decision_maker")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with two people."""
    return filled(book, fill_shop)


def people(book: Book, lead: str = "1") -> dict[str, Any]:
    """The lead's people by name."""
    return {one["name"]: one for one in book("contact", lead, "--json").json}


def test_a_role_of_somebody_known_is_given_to_them(shop: Book) -> None:
    """F13: the command that `advance` names for a missing insider works with a name that is there."""
    steps = shop.steps()
    done = shop("contact", "1", "李总", "--role", "insider", "--weight", "5")
    assert "已经在，补上了" in done.out and "内线" in done.out and done.err == ""
    assert shop.steps() == steps + 1
    one = people(shop)["李总"]
    assert (one["roles"], one["phones"], one["weight"]) == (["decision_maker", "insider"], ["13900005678"], 5)
    assert len(people(shop)) == 2
    assert "is there already" in shop("contact", "1", "李总", "--role", "finance", lang="en").out
    shop("undo", "2", "--yes")
    assert people(shop)["李总"]["roles"] == ["decision_maker"]


def test_a_second_number_is_added_and_said(shop: Book) -> None:
    """F1: it may be another person of the same name."""
    done = shop("contact", "1", "李总", "13900009999", "--json")
    assert done.json["phones"] == ["13900005678", "13900009999"]
    assert "undo" in done.err and "李总" in done.err
    assert shop("contact", "1", "李总", "13900009999", "buyer").err == ""


@pytest.mark.parametrize("words", [["李总"], ["李总", "13900005678"], ["李总", "--role", "决策人"]])
def test_nothing_new_is_refused(shop: Book, words: list[str]) -> None:
    """F1."""
    assert "李总" in shop.refuse(1, "contact", "1", *words).err


def test_nobody_of_that_name_says_how_to_add_them(shop: Book) -> None:
    """F14."""
    assert "salesflow contact 1 张队长" in shop.refuse(3, "visit", "1", "看了", "--with", "张队长").err
    shop("add", "乙店")
    assert "salesflow contact 2 张队长" in shop.refuse(3, "visit", "2", "看了", "--with", "张队长").err


def test_a_person_named_with_a_follow_up_comes_into_the_book(shop: Book) -> None:
    """F14: whoever was added was met."""
    steps = shop.steps()
    done = shop("visit", "1", "看了样品", "--contact", "张队长 13900007777 buyer")
    assert "张队长" in done.out and done.err == "" and shop.steps() == steps + 1
    one = people(shop)["张队长"]
    assert (one["roles"], one["last_met"]) == (["buyer"], "2026-11-24")
    shop("undo", "--yes")
    assert "张队长" not in people(shop) and shop.show()["followups"] == 0


def test_a_person_who_is_known_is_told_more_of(shop: Book) -> None:
    """F14: the second one was met, for the note names them."""
    shop("visit", "1", "和张队长看了样品", "--contact", "李总 insider", "--contact", "张队长 13900007777")
    found = people(shop)
    assert found["李总"]["roles"] == ["decision_maker", "insider"]
    assert [found[name]["last_met"] for name in ("李总", "张队长")] == [None, "2026-11-24"]
    shop("visit", "1", "又看了", "--contact", "赵工", "--with", "李总")
    assert shop.show()["followup_list"][0]["with"] == "李总"


def test_of_a_new_lead_the_person_was_met(shop: Book) -> None:
    """F14: the one there is, or the one whom the note names."""
    shop("call", "丙店", "问前挡价格", "--new", "--in", "--contact", "李姐 13900001209")
    assert people(shop, "2")["李姐"]["last_met"] == "2026-11-24"
    shop(
        "call", "丁店", "周哥问价", "--new", "--contact", "吴姐 13900001210", "--contact", "周哥 13900001211"
    )
    assert [people(shop, "3")[name]["last_met"] for name in ("吴姐", "周哥")] == [None, "2026-11-24"]
    before = shop.dump()
    assert "--contact" in shop("visit", "戊店", "看了", "--new", "--with", "钱总", code=2).err
    assert shop.dump() == before


def test_what_makes_a_new_lead_alone_is_said_of_one_that_is_there(shop: Book) -> None:
    """F1: nothing that was said goes in silence."""
    done = shop("visit", "1", "看了", "--area", "武侯区", "--set", "supplier=无", "--new")
    assert "--area --set" in done.err and "salesflow edit 1" in done.err
    assert shop.show()["area"] is None
    assert shop("visit", "1", "又看了").err == ""


def test_who_says_not_now_is_asked_for_the_rest_first(shop: Book) -> None:
    """F6: the answer of a follow-up asks what `today` asks."""
    shop("edit", "1", "--set", "need=no")
    said = shop("visit", "1", "不急", tty=True, answers=["", ""]).out
    assert "有没有需求" not in said and "卖什么品牌" in said


@pytest.mark.parametrize(
    "words", [["139", "0000", "1207", "buyer"], ["139 0000 1207", "buyer"], ["buyer", "1390000", "1207"]]
)
def test_a_number_written_in_groups_is_one_number(shop: Book, words: list[str]) -> None:
    """F1."""
    shop("contact", "1", "王姐", *words)
    shop("add", "乙店", "--anyway", "--contact", " ".join(["王姐", *words]))
    for lead in ("1", "2"):
        one = people(shop, lead)["王姐"]
        assert (one["phones"], one["roles"]) == (["13900001207"], ["buyer"])


def test_two_numbers_stay_two(shop: Book) -> None:
    """F1."""
    shop("contact", "1", "王姐", "13900001207", "13900001208")
    assert people(shop)["王姐"]["phones"] == ["13900001207", "13900001208"]
