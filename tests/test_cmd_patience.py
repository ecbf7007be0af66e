"""Patience (L4): giving up before the visits in which deals are made is said and asked about, never refused."""

from __future__ import annotations

import pytest
from kit import Book, filled

SAID = {"zh": "第 4 到第 11 次", "en": "visit 4 and visit 11"}


def fill_shop(book: Book) -> None:
    """A shop that was visited once."""
    book("add", "华星宝马", now="2026-11-23T09:00")
    book("visit", "1", "看了", "-g", "A", "--no-next", now="2026-11-23T10:00")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop that was visited once."""
    return filled(book, fill_shop)


def last(book: Book) -> dict[str, str | None]:
    """How the lead's status changed last."""
    found: dict[str, str | None] = book.show()["status_moves"][-1]
    return found


@pytest.mark.parametrize("words", [["lose", "1", "--reason", "price"], ["park", "1", "--reason", "season"]])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_pipe_it_is_said_on_stderr_and_done(shop: Book, words: list[str], lang: str) -> None:
    done = shop(*words, lang=lang)
    assert SAID[lang] in done.err and "1" in done.err and done.err.count("\n") == 1
    assert SAID[lang] not in done.out
    assert shop.show()["status"] in ("lost", "parked")


def test_json_says_it_too_and_stays_json(shop: Book) -> None:
    done = shop("lose", "1", "--reason", "price", "--json")
    assert done.json["status"] == "lost" and SAID["zh"] in done.err


def test_on_a_terminal_why_is_asked_for(shop: Book) -> None:
    done = shop("lose", "1", "--reason", "price", tty=True, answers=["店总换了人"])
    assert SAID["zh"] in done.err
    assert (last(shop)["reason"], last(shop)["why"]) == ("price", "店总换了人")


def test_an_empty_answer_is_taken(shop: Book) -> None:
    shop("park", "1", "--reason", "season", tty=True, answers=[""])
    assert (last(shop)["reason"], last(shop)["why"]) == ("season", None)


def test_why_is_not_asked_for_twice(shop: Book) -> None:
    shop("lose", "1", "--reason", "price", "--why", "没利润", tty=True)
    assert last(shop)["why"] == "没利润"
    shop("undo")
    # a reason that wants something told has asked for that
    shop("lose", "1", "--reason", "competitor", tty=True, answers=["某品牌"])
    assert (last(shop)["competitor"], last(shop)["why"]) == ("某品牌", None)


def test_from_the_fourth_visit_on_nothing_is_said(shop: Book) -> None:
    for day in (23, 24, 24):
        assert SAID["zh"] in shop("lose", "1", "--reason", "price").err
        shop("undo")
        shop("visit", "1", "又去", "--at", f"2026-11-{day}")
    assert shop.show()["visits"] == 4
    assert shop("lose", "1", "--reason", "price").err == ""


def test_calls_are_no_visits(shop: Book) -> None:
    for _ in range(5):
        shop("call", "1", "打了")
    assert SAID["zh"] in shop("park", "1", "--reason", "season").err


def test_a_wrong_entry_is_exempt(shop: Book) -> None:
    assert shop("lose", "1", "--reason", "invalid").err == ""
    shop("undo")
    shop("lose", "1", "--reason", "invalid", tty=True)


def test_a_customer_is_exempt(shop: Book) -> None:
    shop("order", "1", "5.8万")
    assert shop.show()["stage"] == "customer"
    assert shop("lose", "1", "--reason", "closed").err == ""


def test_what_is_refused_says_nothing_of_it(shop: Book) -> None:
    assert SAID["zh"] not in shop.refuse(2, "lose", "1", "--reason", "other").err
    shop("lose", "1", "--reason", "invalid")
    assert SAID["zh"] not in shop.refuse(1, "lose", "1", "--reason", "price").err
