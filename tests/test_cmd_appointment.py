"""Appointments, planned calls, and what came of a visit's goal (F11, F12, E9, K7, K10, M4)."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book, filled

FRIDAY = "2026-11-27"  # the clock stands on Tuesday the 24th


def fill_shop(book: Book) -> None:
    """A shop with a person, graded, first seen on Monday."""
    book("add", "华星宝马", "-g", "A", "--contact", "王建国 13900001234", now="2026-11-23T09:00")
    book("visit", "1", "看了", "--no-next", now="2026-11-23T10:00")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with a person, graded, first seen on Monday."""
    return filled(book, fill_shop)


def newest(book: Book) -> dict[str, Any]:
    """The newest follow-up."""
    found: dict[str, Any] = book.show()["followup_list"][0]
    return found


# --- what is promised


def test_a_place_makes_a_visit_where_the_usual_way_is_a_call(shop: Book) -> None:
    """M4: inside sales mostly calls; what is booked at a place is gone to, unless another way is said."""
    shop("add", "锐捷电子", "--process", "logistics")
    done = shop("next", "2", "周五", "14:00", "看货", "--place", "3号门")
    assert "14:00  拜访  看货" in done.out and shop.show("2")["next_via"] == "visit"
    shop("add", "蜀锦服装", "--process", "logistics")
    shop("next", "3", "周五", "14:00", "视频会", "--place", "线上", "--via", "phone")
    assert shop.show("3")["next_via"] == "phone"
    shop("next", "1", "周五", "--place", "店里")  # visits are the usual way of this one: nothing to infer
    assert shop.show()["next_via"] is None


def test_an_appointment_has_a_time_a_place_and_a_purpose(shop: Book) -> None:
    """F12, M4: who booked it and who keeps it, inside and field."""
    words = [
        "周五",
        "10:00",
        "送报价",
        "--purpose",
        "needs",
        "--place",
        "武侯大道1号",
        "--booked-by",
        "小周",
        "--keeper",
        "李四",
    ]
    done = shop("next", "1", *words)
    for part in ("11-27 周五 10:00", "送报价", "了解需求", "武侯大道1号", "小周约，李四去"):
        assert part in done.out
    assert shop.show()["appointment"] == {
        "date": FRIDAY,
        "time": "10:00",
        "place": "武侯大道1号",
        "purpose": "needs",
        "purpose_title": "了解需求",
        "booked_by": "小周",
        "keeper": "李四",
        "effect": None,
        "questions": None,
        "content": None,
    }
    for lang, told in (("zh", "小周约，李四去"), ("en", "booked by 小周, kept by 李四")):
        assert told in shop("show", "1", lang=lang).out


def test_where_nobody_says_it_the_rep_booked_it_and_the_owner_keeps_it(shop: Book) -> None:
    """M4."""
    shop("edit", "1", "--set", "owner=李四")
    shop("next", "1", "周五", "10:00")
    found = shop.show()["appointment"]
    assert (found["booked_by"], found["keeper"]) == ("陈磊", "李四")
    assert shop.show()["planned"] is None
    assert "陈磊约" not in shop("show", "1").out


def test_a_day_alone_is_no_appointment(shop: Book) -> None:
    shop("next", "1", "周五", "送样")
    assert (shop.show()["appointment"], shop.show()["planned"]) == (None, None)
    shop("next", "1", "--no-next")
    assert (shop.show()["appointment"], shop.show()["planned"]) == (None, None)


def test_an_outgoing_call_is_planned(shop: Book) -> None:
    """K10: goal, effect wanted, questions, content, time."""
    words = [
        "明天",
        "15:30",
        "约店总",
        "--via",
        "phone",
        "--effect",
        "店总肯见",
        "--questions",
        "哪天有空",
        "--content",
        "新样膜",
    ]
    record = shop("next", "1", *words, "--json").json
    assert (record["next_date"], record["next_time"], record["next_reason"], record["next_via"]) == (
        "2026-11-25",
        "15:30",
        "约店总",
        "phone",
    )
    planned = record["planned"]
    assert (planned["effect"], planned["questions"], planned["content"]) == ("店总肯见", "哪天有空", "新样膜")
    for lang, told in (("zh", "要问：哪天有空"), ("en", "To ask: 哪天有空")):
        assert told in shop("show", "1", lang=lang).out


def test_a_new_day_keeps_all_but_the_time(shop: Book) -> None:
    shop("next", "1", "周五", "10:00", "送报价", "--purpose", "needs", "--place", "店里", "--keeper", "李四")
    record = shop("next", "1", "下周一", "--why", "店总出差", "--json").json
    assert (record["next_date"], record["next_time"], record["next_reason"], record["reschedules"]) == (
        "2026-11-30",
        None,
        "送报价",
        1,
    )
    kept = record["planned"]
    assert (kept["purpose"], kept["place"], kept["keeper"]) == ("needs", "店里", "李四")
    assert record["appointment"] is None


def test_without_a_day_the_promise_that_stands_is_filled_in(shop: Book) -> None:
    shop("next", "1", "周五", "10:00", "送报价")
    record = shop("next", "1", "--place", "二楼", "--purpose", "了解需求", "--json").json
    found = record["appointment"]
    assert (found["date"], found["time"], found["place"], found["purpose"]) == (
        FRIDAY,
        "10:00",
        "二楼",
        "needs",
    )
    assert (record["next_reason"], record["reschedules"]) == ("送报价", 0)
    shop("undo")
    assert shop.show()["appointment"]["place"] is None
    shop("redo")
    # it may be late already: the day does not change
    late = shop("next", "1", "--keeper", "李四", "--json", now="2026-12-01T09:00").json
    assert (late["next_date"], late["appointment"]["keeper"], late["reschedules"]) == (FRIDAY, "李四", 0)


def test_what_next_refuses(shop: Book) -> None:
    """F11: a purpose is one of the process's."""
    assert "了解需求" in shop.refuse(2, "next", "1", "周五", "--purpose", "了解需要").err
    shop.refuse(2, "next", "1", "--place", "店里")  # no promise stands
    shop.refuse(2, "next", "1", "周五", "--place", "")
    shop.refuse(2, "next", "1", "周五", "--keeper", "a\x1bb")


def test_history_tells_what_changed(shop: Book) -> None:
    shop("next", "1", "周五", "10:00", "--purpose", "needs", "--place", "店里")
    shop("next", "1", "--place", "二楼")
    assert "地点 店里 > 二楼" in shop("history", "1").out


# --- what came of it


def test_the_result_and_the_hook_by_option(shop: Book) -> None:
    """E9: the result against the goal, and the hook for the next contact."""
    shop("next", "1", "今天", "送样品")
    words = ["样品收了", "--goal-met", "partly", "--result", "肯试一台", "--hook", "下次带检测报告"]
    made = shop("visit", "1", *words, "--json").json["followup"]
    assert (made["goal_met"], made["result"], made["hook"], made["purpose"]) == (
        "partly",
        "肯试一台",
        "下次带检测报告",
        None,
    )
    said = shop("show", "1").out
    assert "结果：办成一部分，肯试一台" in said and "由头：下次带检测报告" in said
    assert "result: partly reached; 肯试一台" in shop("show", "1", lang="en").out


def test_the_follow_up_takes_the_purpose_of_the_promise_that_it_keeps(shop: Book) -> None:
    """F11."""
    shop("next", "1", "今天", "--purpose", "needs")
    shop("visit", "1", "谈了")
    assert newest(shop)["purpose"] == "needs"
    shop("visit", "1", "又谈了", "--purpose", "relationship")
    assert newest(shop)["purpose"] == "relationship"
    shop("next", "1", "周五", "--purpose", "market")
    shop("call", "1", "路过一问")  # the promise of Friday stands
    assert newest(shop)["purpose"] is None
    assert shop.show()["planned"]["purpose"] == "market"
    shop("call", "1", "提前谈了", "--next", "下周三")  # now it is kept
    assert newest(shop)["purpose"] == "market"


def test_an_older_follow_up_keeps_nothing(shop: Book) -> None:
    shop("next", "1", "今天", "--purpose", "needs")
    shop("log", "1", "补记", "--at", "2026-11-20")
    older = next(one for one in shop.show()["followup_list"] if one["note"] == "补记")
    assert older["purpose"] is None and shop.show()["planned"]["purpose"] == "needs"


def test_a_gate_counts_the_contacts_of_a_purpose(book: Book) -> None:
    """What a purpose is recorded for: here the visit that must be booked first (M1)."""
    book("add", "远通货运", "--process", "logistics")
    book("call", "1", "聊了聊")
    wanted = "salesflow log 1 记录 --purpose book_visit"
    for _ in range(5):
        if wanted in book("advance", "1", "--dry-run").out:
            break
        book("advance", "1", "--force", "--why", "试")
    assert wanted in book("advance", "1", "--dry-run").out
    book("next", "1", "今天", "约上门", "--via", "phone", "--purpose", "book_visit")
    book("call", "1", "约好了周五", "--no-next")  # takes the purpose of the promise
    assert wanted not in book("advance", "1", "--dry-run").out


def test_on_a_terminal_the_result_and_the_hook_are_asked_for(shop: Book) -> None:
    """E9: after the note, where the promise that is kept now had a goal."""
    shop("next", "1", "今天", "送样品")
    done = shop("visit", "1", tty=True, answers=["样品收了", "y 肯试一台", "带检测报告"])
    assert "送样品" in done.err
    made = newest(shop)
    assert (made["note"], made["goal_met"], made["result"], made["hook"]) == (
        "样品收了",
        "yes",
        "肯试一台",
        "带检测报告",
    )


@pytest.mark.parametrize(
    ("answer", "met", "result"),
    [
        ("", None, None),
        ("y", "yes", None),
        ("成，收下两块", "yes", "收下两块"),
        ("p 只见到前台", "partly", "只见到前台"),
        ("没成 店总出差", "no", "店总出差"),
        ("N", "no", None),
        ("只见到前台", None, "只见到前台"),
        ("样品没成问题", None, "样品没成问题"),
    ],
)
def test_one_question_takes_both(shop: Book, answer: str, met: str | None, result: str | None) -> None:
    shop("next", "1", "今天", "送样品")
    shop("visit", "1", "去了", tty=True, answers=[answer, ""])
    made = newest(shop)
    assert (made["goal_met"], made["result"], made["hook"]) == (met, result, None)


def test_a_slip_is_asked_again(shop: Book) -> None:
    shop("next", "1", "今天", "送样品")
    shop("visit", "1", "去了", tty=True, answers=["y 收\x1b了", "y 收了", ""])
    assert newest(shop)["result"] == "收了"


def test_nothing_is_asked_without_a_goal_or_an_answer_or_a_terminal(shop: Book) -> None:
    shop("next", "1", "今天")
    shop("visit", "1", "去了", tty=True)  # what for was never said
    shop("next", "1", "今天", "送样品")
    shop("call", "1", "没接", tty=True)
    shop("next", "1", "今天", "送样品")
    shop("visit", "1", "去了", "--goal-met", "yes", "--hook", "带报告", tty=True)
    shop("next", "1", "今天", "送样品")
    shop("visit", "1", "去了")  # a pipe is never asked
    assert len(shop.show()["followup_list"]) == 5


def test_what_log_refuses(shop: Book) -> None:
    assert "partly" in shop.refuse(2, "log", "1", "x", "--goal-met", "perhaps").err
    shop.refuse(2, "log", "1", "x", "--purpose", "gossip")
    shop.refuse(2, "log", "1", "x", "--hook", "a\x1bb")


def test_the_marks_of_a_note_stay_as_they_are(shop: Book) -> None:
    shop("log", "1", "结果：好 目的：了解 由头：报告 地点：店里")
    made = newest(shop)
    assert (made["result"], made["purpose"], made["hook"]) == (None, None, None)


def test_it_is_taken_back_whole(shop: Book) -> None:
    shop("next", "1", "今天", "10:00", "送样品", "--purpose", "needs")
    before = shop.show()
    shop("visit", "1", "去了", "--result", "收了", "--hook", "报告")
    shop("undo")
    after = shop.show()
    assert {**after, "updated_at": ""} == {**before, "updated_at": ""}


# --- who came to whom


def test_incoming_and_outgoing_calls_are_told_apart(shop: Book) -> None:
    """K7, K10: in the file, before the note is asked for, and in the day's message."""
    shop("call", "1", "他们问价格", "--in", "--no-next")
    shop("call", "1", "我们约了周三", "--no-next")
    lines = shop("show", "1").lines
    assert any("来电" in text and "他们问价格" in text for text in lines)
    assert any("电话" in text and "我们约了周三" in text for text in lines)
    said = shop("report", "day", "-f", "chat").out
    assert "来电 1" in said and "电话 1" in said
    assert "they called 1" in shop("report", "day", "-f", "chat", lang="en").out
    shop("call", "1", "又来问", "--in", "--no-next")
    assert "来电" in shop("visit", "1", tty=True, answers=["x"]).err


def test_before_the_note_is_asked_for_the_last_word_and_the_plan_are_shown(shop: Book) -> None:
    """F12: the same as ``prepare`` says, short."""
    shop("visit", "1", "看样品", "--hook", "带检测报告", "--no-next")
    shop("next", "1", "今天", "10:30", "送报价", "--purpose", "needs", "--questions", "月销多少")
    shop("objection", "1", "嫌贵")
    said = shop("visit", "1", tty=True, answers=["送了", "y", ""]).err
    for part in ("王建国", "13900001234", "10:30", "送报价", "了解需求", "月销多少", "带检测报告", "嫌贵"):
        assert part in said


def test_the_reason_of_a_move_can_be_given_after_it(shop: Book) -> None:
    """K4: the command that the answer names supplies it; a reason that is there stays."""
    shop("next", "1", "2026-12-01", "送样", "--why", "x")
    said = shop("next", "1", "2026-12-02").err
    assert "salesflow next 1 --why" in said
    done = shop("next", "1", "--why", "他出差")
    assert "他出差" in done.out and done.err == ""
    newest = shop.show()["reschedule_list"][0]
    assert (newest["to"], newest["why"], shop.show()["next_reason"]) == ("2026-12-02", "他出差", "送样")
    count = shop.show()["reschedules"]
    shop.refuse(2, "next", "1", "--why", "别的理由")
    shop("next", "1", "2026-12-02", "--why", "别的理由")
    assert (shop.show()["reschedule_list"][0]["why"], shop.show()["reschedules"]) == ("他出差", count)
    shop("next", "1", "2026-12-03")
    assert "他开会" in shop("next", "1", "2026-12-03", "--why", "他开会").out
    assert "without reason" in shop("next", "1", "2026-12-04", lang="en").err
