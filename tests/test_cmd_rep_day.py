"""Small things of a rep's day: whom to ring, what a planned call becomes, what an edit is called."""

from __future__ import annotations

from kit import Book


def test_the_list_shows_the_number_of_the_person_beside_it(book: Book) -> None:
    book("add", "华星宝马", "--phone", "028-85551234", "--contact", "王建国 13900001201")
    book("add", "锦泰奥迪", "--phone", "028-85555678")
    said = book("list").lines
    assert "王建国" in said[1] and "13900001201" in said[1]
    assert "028-85555678" in said[2]


def test_what_was_planned_as_a_call_is_recorded_as_one(book: Book) -> None:
    book("add", "华星宝马", "-g", "A")
    book("next", "1", "今天", "谈账期", "--via", "phone")
    book("review", tty=True, answers=["说下月再谈", "q"])
    assert [one["via"] for one in book.show()["followup_list"]] == ["phone"]


def test_a_field_of_ones_own_is_named_when_it_is_changed(book: Book) -> None:
    book("add", "华星宝马")
    assert "已改：楼层" in book("edit", "1", "--set", "楼层=3").out


def test_a_reason_is_asked_for_in_the_words_of_the_language(book: Book) -> None:
    book("add", "华星宝马")
    assert "价格谈不拢" in book.refuse(2, "lose", "1").err
    assert "price" in book("lose", "1", code=2, lang="en").err
