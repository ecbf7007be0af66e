"""What a customer's file is given that nobody should give it: numbers, names and texts out of all bounds."""

from __future__ import annotations

import pytest
from kit import Book

HUGE = "9" * 5000  # more digits than Python turns into a number


@pytest.fixture
def file(book: Book) -> Book:
    """Lead 1 with a person, an objection and an incident."""
    book("add", "华星宝马", "--contact", "王建国 13900001234 内线")
    book("objection", "1", "太贵", "--answer", "算五年的账")
    book("incident", "1", "起泡")
    return book


@pytest.mark.parametrize("number", [HUGE, "9" * 19, "-1", "１", "²", "1.0", "#"])
@pytest.mark.parametrize(
    "words", ["objection edit 1 X --text y", "objection remove 1 X", "incident solve 1 X ok"]
)
def test_no_number_of_a_record_is_too_long_to_be_refused(file: Book, words: str, number: str) -> None:
    file.refuse(2, *(number if word == "X" else word for word in words.split()))


@pytest.mark.parametrize(
    "text", [HUGE, f"{'9' * 30}-1-1", "1_1-2", "-1-2", "11-31", "2025-02-29", "0-0", "٣-٣", "生日"]
)
def test_what_is_no_birthday_is_refused(file: Book, text: str) -> None:
    file.refuse(2, "contact", "edit", "1", "王建国", f"--birthday={text}")


def test_a_birthday_in_full_width_is_one(file: Book) -> None:
    file("contact", "edit", "1", "王建国", "--birthday", "１２月５日")
    assert file.show()["contacts"][0]["birthday"] == "12-05"


@pytest.mark.parametrize(
    "words", ["show X", "prepare X", "competitor X 威固", "edit 1 --set parent=X", "list --parent X"]
)
def test_a_name_of_any_length_is_merely_not_found(file: Book, words: str) -> None:
    done = file.refuse(3, *(word.replace("X", "长" * 60_000) for word in words.split()))
    assert len(done.err) < 500 and "坏" not in done.err


def test_words_too_long_to_search_for_are_refused(file: Book) -> None:
    assert "1000" in file.refuse(2, "find", "x" * 60_000).err


@pytest.mark.parametrize(
    "words",
    ["contact chain 1 X", "competitor edit 1 X --note a", "objection 1 贵 --with X", "prepare 1 -f X"],
)
def test_an_error_has_two_lines_whatever_was_typed(file: Book, words: str) -> None:
    file("competitor", "1", "威固")
    for typed in ("a\nb\nc", "x" * 100_000, "\x1b[31m"):
        done = file.refuse(
            2 if "-f" in words else 3, *(typed if word == "X" else word for word in words.split())
        )
        assert max(map(len, done.err.split("\n"))) < 5000
