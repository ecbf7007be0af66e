"""``log visit call``: what is recorded, the marks of a note, ``--literal``, stdin (cli.md, NOTE)."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book, filled


def fill_shop(book: Book) -> None:
    """A shop with two people."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", "--contact", "李总 13900005678")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with two people."""
    return filled(book, fill_shop)


def made(book: Book, *words: str, **more: Any) -> dict[str, Any]:
    """The follow-up that ``WORDS`` recorded, with the lead under ``lead``."""
    record = book(*words, "--json", **more).json
    followup: dict[str, Any] = record["followup"]
    return followup | {"lead": record}


@pytest.mark.parametrize(
    ("words", "via", "incoming", "visits"),
    [
        (["log", "1", "x"], "visit", False, 1),
        (["l", "1", "x"], "visit", False, 1),
        (["visit", "1", "x"], "visit", False, 1),
        (["拜访", "1", "x"], "visit", False, 1),
        (["v", "1", "x"], "visit", False, 1),
        (["call", "1", "x"], "phone", False, 0),
        (["c", "1", "x"], "phone", False, 0),
        (["call", "1", "x", "--in"], "phone", True, 0),
        (["来电", "1", "x"], "phone", True, 0),
        (["log", "1", "x", "--via", "wechat"], "wechat", False, 0),
        (["log", "1", "x", "-v", "邮件"], "email", False, 0),
        (["log", "1", "x", "-v", "event"], "event", False, 0),
        (["log", "1", "x", "-v", "other", "--incoming"], "other", True, 0),
    ],
)
def test_the_ways(shop: Book, words: list[str], via: str, incoming: bool, visits: int) -> None:
    followup = made(shop, *words)
    assert (followup["via"], followup["incoming"], followup["lead"]["visits"]) == (via, incoming, visits)


def test_a_call_of_theirs_is_named_so(shop: Book) -> None:
    assert "来电" in shop("来电", "1", "问价格").out
    assert "来电" in shop("show", "1").out
    assert "they called" in shop("show", "1", lang="en").out


def test_a_way_by_its_incoming_title_says_that_they_came(shop: Book) -> None:
    """K7, K10: 来电 and 来店 are how a rep calls it."""
    assert made(shop, "log", "1", "问价", "-v", "来电")["incoming"] is True
    assert made(shop, "log", "1", "回价", "-v", "电话")["incoming"] is False
    shop("add", "陈建", "--process", "showroom")
    followup = made(shop, "log", "陈建", "看车", "-v", "来店")
    assert (followup["via"], followup["incoming"]) == ("visit", True)


def test_the_note_is_all_the_remaining_words(shop: Book) -> None:
    assert made(shop, "log", "1", "报了368，", "嫌贵", "3*4=12", "[x]")["note"] == "报了368， 嫌贵 3*4=12 [x]"


def test_the_options_say_the_parts(shop: Book) -> None:
    followup = made(shop, "log", "1", "x", "--learned", "a", "--did", "b", "--feedback", "c", "--progress", "d", "--at",
                    "昨天 16:00", "--with", "李总", "-g", "b")  # fmt: skip
    assert [
        followup[name] for name in ("learned", "did", "feedback", "progress", "at", "with", "grade", "by")
    ] == [
        "a",
        "b",
        "c",
        "d",
        "2026-11-23T16:00",
        "李总",
        "B",
        "陈磊",
    ]
    assert followup["recorded_at"] == "2026-11-24T10:05"


@pytest.mark.parametrize(
    ("at", "stored"),
    [("今天", "2026-11-24T10:05"), ("昨天", "2026-11-23T00:00"), ("周一", "2026-11-23T00:00"),
     ("周二", "2026-11-17T00:00"), ("11-20 15:30", "2026-11-20T15:30"), ("3天前", "2026-11-21T00:00"),
     ("yesterday 3pm", "2026-11-23T15:00")],
)  # fmt: skip
def test_at_is_read_as_past(shop: Book, at: str, stored: str) -> None:
    assert made(shop, "log", "1", "x", "--at", at)["at"] == stored


def test_a_day_without_a_time_is_told_without_one(shop: Book) -> None:
    """K4: what was not recorded on the day it happened has no hour that anybody knows."""
    assert "11-23 周一  " in shop("log", "1", "看了", "--at", "昨天").out
    assert "11-23 周一 16:00" in shop("log", "1", "看了", "--at", "昨天 16:00").out


NOTES: list[tuple[str, dict[str, object]]] = [
    ("报了368 下次周五送报价", {"next_date": "2026-11-27", "next_reason": "送报价"}),
    ("下次：周五 送报价", {"next_date": "2026-11-27", "next_reason": "送报价"}),
    ("嫌贵，下次3天后送样。他很忙", {"next_date": "2026-11-27", "next_reason": "送样"}),
    ("seen. Next: fri send film", {"next_date": "2026-11-27", "next_reason": "send film"}),
    ("看了 级别A", {"grade": "A"}),
    ("grade: b 看了", {"grade": "B"}),
    ("了解：用某品牌 反馈：嫌贵", {"learned": "用某品牌", "feedback": "嫌贵"}),
    ("learned: a did: b progress: c", {"learned": "a", "did": "b", "progress": "c"}),
    ("见王建国", {"with": "王建国"}),
    ("见李总 谈价", {"with": "李总"}),
    ("见王经理", {"with": "王建国"}),
    ("没接", {"answered": False}),
    # what is no mark
    ("他说下一次再谈", {"next_date": "2026-12-01", "next_reason": None}),
    ("报5.8万 下次5.8万再谈", {"next_date": "2026-12-01"}),
    ("下次3号店见", {"next_date": "2026-12-01"}),
    ("下次周五或周六", {"next_date": "2026-12-01"}),
    ("下次周五前后", {"next_date": "2026-12-01"}),
    ("高级别墅", {"grade": None}),
    ("没回款", {"answered": True}),
]


@pytest.mark.parametrize(("note", "expected"), NOTES)
def test_the_marks_are_obeyed_and_stay_in_the_text(
    shop: Book, note: str, expected: dict[str, object]
) -> None:
    followup = made(shop, "log", "1", *note.split())
    assert followup["note"] == note
    assert {name: followup[name] for name in expected} == expected


@pytest.mark.parametrize("note", [note for note, _ in NOTES])
def test_literal_takes_the_note_as_it_stands(shop: Book, note: str) -> None:
    followup = made(shop, "log", "1", note, "--literal")
    assert followup["note"] == note
    assert (followup["grade"], followup["learned"], followup["answered"], followup["next_reason"]) == (
        None,
        None,
        True,
        None,
    )
    assert followup["next_date"] == "2026-12-01"


@pytest.mark.parametrize("note", ["下次周五左右去", "下次尽快", "下次周五 下次周六", "级别Z", "级别A 级别B"])
def test_a_mark_that_cannot_be_obeyed_is_said_and_the_rest_recorded(shop: Book, note: str) -> None:
    for lang in ("zh", "en"):
        done = shop("log", "1", note, lang=lang)
        assert done.err.count("\n") == 1
    assert shop.show()["followups"] == 2


def test_an_option_beats_a_mark(shop: Book) -> None:
    followup = made(shop, "log", "1", "见李总 下次周五送样 级别A 反馈：嫌贵", "--next", "周四 送报价", "-g", "C",
                    "--feedback", "好", "--with", "王建国")  # fmt: skip
    expected = {
        "next_date": "2026-11-26",
        "next_reason": "送报价",
        "grade": "C",
        "feedback": "好",
        "with": "王建国",
    }
    assert {name: followup[name] for name in expected} == expected


def test_a_dash_reads_the_note_from_stdin(shop: Book) -> None:
    followup = made(shop, "log", "1", "-", stdin="报了368\n下次周五送报价\n")
    assert (followup["note"], followup["next_date"]) == ("报了368\n下次周五送报价", "2026-11-27")
    shop.refuse(1, "log", "1", "-", stdin="  \n")
    shop.refuse(1, "log", "1", "-", stdin="长" * 65_537)
    shop.refuse(2, "log", "1", "-", stdin="a\x00b")


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["x", "--via", "vist"], 2, "visit"),
        (["x", "--grade", "Q"], 2, "H"),
        (["x", "--with", "nobody"], 3, "王建国"),
        (["x", "--with", "王建国", "--with", "李总"], 2, ""),
        (["x", "--at", "明天"], 1, "2026-11-25"),
        (["x", "--at", "2月30日"], 2, "2月30日"),
        (["x", "--next", "尽快"], 2, "尽快"),
        (["x", "--next", ""], 2, "--next"),
        (["x", "--next", "周五", "--next-via", "fone"], 2, "phone"),
        (["x", "--next", "周五", "--for", "a\x1bb"], 2, "--for"),
        (["x" * 65_537], 1, "65537"),
        (["x", "--phoen", "1"], 2, "--phone"),
    ],
)
def test_what_log_refuses(shop: Book, words: list[str], code: int, named: str) -> None:
    assert named in shop.refuse(code, "log", "1", *words).err


def test_without_a_note_on_a_terminal_it_is_asked_for(shop: Book) -> None:
    shop("log", "1", "x", "--next", "周五 送样", "-g", "A")
    done = shop("visit", "1", tty=True, answers=["看了 下次周四", "A"])
    for part in ("王建国", "13900001234", "11-27 周五", "送样"):
        assert part in done.err
    assert shop.show()["followup_list"][0]["note"] == "看了 下次周四"
    before = shop.dump()
    shop("visit", "1", tty=True, answers=[""], code=1)
    shop("visit", "1", tty=True, code=130)
    assert shop.dump() == before


def test_the_answer_is_one_line_in_a_pipe_and_says_how_to_undo_on_a_terminal(shop: Book) -> None:
    assert shop("log", "1", "x").out.count("\n") == 1
    done = shop("log", "1", "x", tty=True, answers=["", "A"])
    assert done.out.count("\n") == 3 and "salesflow undo" in done.out and "有效信息" in done.out


def test_a_first_follow_up_receives_a_name_on_a_list(shop: Book) -> None:
    file = shop.path.with_name("list.csv")
    file.write_text("店名\n甲店\n", "utf-8")
    shop("import", str(file))
    assert shop.show(2)["received_at"] is None
    shop("log", "2", "看了", "--at", "昨天 16:00")
    assert shop.show(2)["received_at"] == "2026-11-23T16:00"


def test_the_way_of_the_promise_is_one_of_the_processs(shop: Book) -> None:
    assert made(shop, "log", "1", "x", "-n", "周五", "--next-via", "微信")["lead"]["next_via"] == "wechat"
    for words in (["add", "乙", "-n", "周五"], ["log", "1", "x", "-n", "周五"]):
        shop.refuse(2, *words, "--next-via", "fone")
    shop("park", "1", "--reason", "season")
    shop.refuse(2, "reopen", "1", "-n", "周五", "--next-via", "fone")
