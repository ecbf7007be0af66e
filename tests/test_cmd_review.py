"""``review``: the end of the day, one by one; then the report on the clipboard and the list to the phone."""

from __future__ import annotations

import pytest
from kit import Book
from test_cmd_push import Robot, robot, secrets

__all__ = ["robot"]

EVENING = "2026-11-24T18:00"  # a Tuesday


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is put on the clipboard, one text after the other."""
    held: list[str] = []
    monkeypatch.setattr("pyperclip.copy", held.append)
    return held


@pytest.fixture
def book(book: Book, board: list[str]) -> Book:
    """One promise three days late, one of today, and a shop that was rung for the first time today."""
    book.now = "2026-11-18T09:00"
    book(
        "add",
        "西部奔驰",
        "-g",
        "B",
        "--contact",
        "何建军 13900003301",
        "--note",
        "来过",
        "--next",
        "11-21 谈账期",
    )
    book("next", "1", "11-21", "谈账期", "--via", "phone")
    book("add", "羊西沃尔沃", "-g", "B", "--note", "来过", "--next", "11-24 约见店总")
    book.now = EVENING
    book("add", "双流捷豹")
    book("call", "3", "要前挡价格 下次周五发报价")
    return book


def test_what_is_left_is_gone_through_one_by_one(book: Book, board: list[str]) -> None:
    done = book("review", tty=True, answers=["n 明天", "何总开会", "电话里约好了 下次周四见店总", "B"])
    assert "1/3  #1 西部奔驰  B  迟3天  电话 谈账期  何建军 13900003301" in done.out
    assert "2/3  #2 羊西沃尔沃  B  今天" in done.out
    assert "3/3  #3 双流捷豹  今天头一次跟进，还没定级别（H A B C D）" in done.out
    first = book.show(1)
    assert (first["next_date"], first["next_reason"]) == ("2026-11-25", "谈账期")
    assert first["reschedule_list"][0]["why"] == "何总开会"
    assert book.show(2)["next_date"] == "2026-11-26"  # 24 November is a Tuesday
    assert (book.show(3)["grade"], book.show(3)["next_date"]) == ("B", "2026-11-27")
    assert len(board) == 1 and board[0].startswith("【日报】11-24 周二 陈磊")
    assert board[0] in done.out and "日报已放进剪贴板" in done.err


def test_a_message_that_was_rung_instead_is_a_call_that_nobody_answered(book: Book) -> None:
    book("next", "1", "11-21", "谈账期", "--via", "wechat", "--why", "方便", now="2026-11-18T10:00")
    book("review", tty=True, answers=["没人接", "q"])
    one = book.show(1)["followup_list"][0]
    assert (one["via"], one["answered"]) == ("phone", False)


def test_a_lead_is_parked_or_lost_or_left_as_it_is(book: Book) -> None:
    done = book("review", tty=True, answers=["x", "1", "", "p", "1", "12-20", ""])
    assert book.show(1)["status"] == "lost" and book.show(2)["status"] == "parked", done
    assert book.show(3)["grade"] is None


def test_what_cannot_be_done_is_said_and_asked_again(book: Book) -> None:
    done = book("review", tty=True, answers=["n 尽快", "", "q"])
    assert "尽快" in done.err and book.show(1)["next_date"] == "2026-11-21"


@pytest.mark.parametrize(("lang", "said"), [("zh", "没选原因"), ("en", "No reason was chosen")])
def test_a_reason_left_empty_is_said_without_options(book: Book, lang: str, said: str) -> None:
    done = book("review", tty=True, answers=["p", "", "x", "", "q"], lang=lang)
    assert done.err.count(said) == 2 and "--" not in done.err and book.show(1)["status"] == "open"
    codes = [one["code"] for one in book("process", "show", "--json").json["parked"]]
    done = book("review", tty=True, answers=["p", str(codes.index("other") + 1), "", "q"], lang=lang)
    assert "--" not in done.err and book.show(1)["status"] == "open"


def test_ctrl_d_is_q_and_what_was_done_stays_done(book: Book, board: list[str]) -> None:
    done = book("review", tty=True, answers=["没接"])
    assert done.code == 0 and board == [] and book.show(1)["followups"] == 2


def test_q_stops_without_the_day_s_report(book: Book, board: list[str]) -> None:
    book("review", tty=True, answers=["q"])
    assert board == []


def test_a_first_contact_without_an_answer_wants_no_grade(book: Book) -> None:
    book("add", "金牛领克")
    book("call", "4", "没接")
    assert "金牛领克" not in book("review", tty=True, answers=["", "", ""]).out.partition("【日报】")[0]


def test_without_a_clipboard_the_report_is_shown_all_the_same(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyperclip

    def none(text: str) -> None:
        raise pyperclip.PyperclipException

    monkeypatch.setattr("pyperclip.copy", none)
    done = book("review", tty=True, answers=["", "", ""])
    assert "【日报】" in done.out and "没有剪贴板" in done.err


def test_the_next_working_day_s_list_is_sent_where_a_push_is_set_up(book: Book, robot: Robot) -> None:
    book("config", "push.phone", "wecom")
    secrets(book, f'[phone]\nurl = "{robot.url}"\n')
    # on Friday evening all three are due for Monday: 11-21, 11-24 and 11-27
    done = book("review", tty=True, answers=["", "", "", ""], now="2026-11-27T18:00")
    assert "11-30 周一 有 3 件，发到 phone？" in done.err
    assert robot.texts[0].startswith("【11-30 周一】要办 3 件") and "已发到 phone" in done.out
    assert "何建军" not in robot.texts[0] and "13900003301" not in robot.texts[0]
    book("review", tty=True, answers=["", "", "", "n"], now="2026-11-27T18:00")
    assert len(robot.texts) == 1


def test_of_several_one_is_chosen_and_a_failure_is_loud(book: Book, robot: Robot) -> None:
    book("config", "push.group", "wecom")
    book("config", "push.phone", "wecom")
    secrets(book, f'[phone]\nurl = "{robot.url}"\n')
    book("review", tty=True, answers=["", "", "", "2"])
    assert len(robot.texts) == 1
    book("review", tty=True, answers=["", "", "", ""])
    assert len(robot.texts) == 1
    robot.answer = lambda one, _: one.say({"errcode": 1, "errmsg": "no"})
    done = book("review", tty=True, answers=["", "", "", "2"], code=5)
    assert "没发出去" in done.err and "已发到" not in done.out


def test_nothing_left_ends_the_day_at_once(book: Book, board: list[str]) -> None:
    for lead in ("1", "2", "3"):
        book("lose", lead, "--reason", "price")
    assert "没有剩下的" in book("review", tty=True).out and len(board) == 1


def test_the_week_goes_through_what_nobody_has_touched(book: Book) -> None:
    done = book("review", "--week", tty=True, answers=["", ""], now="2026-11-27T18:00")
    assert "1/2  #1 西部奔驰" in done.out and "2/2  #2 羊西沃尔沃" in done.out


def test_the_report_is_written_as_asked_for(book: Book, board: list[str]) -> None:
    done = book("review", "-f", "md", tty=True, answers=["", "", ""])
    assert done.out.rstrip().endswith(board[0]) and board[0].startswith("# ")


@pytest.mark.parametrize(
    ("lang", "head", "left"),
    [("zh", "【日报】11-24 周二", "还有 3 条没过"), ("en", "[Day] 11-24 Tue", "Not gone through: 3")],
)
def test_without_a_terminal_the_message_alone_ends_the_day(
    book: Book, board: list[str], robot: Robot, lang: str, head: str, left: str
) -> None:
    book("config", "push.phone", "wecom")
    secrets(book, f'[phone]\nurl = "{robot.url}"\n')
    done = book("review", "-f", "chat", lang=lang)
    assert done.out.startswith(head) and board == [done.out.rstrip("\n")]
    assert left in done.err and "today --date 2026-11-25 --push phone" in done.err
    assert robot.texts == []
    assert "review -f chat" in book("review", lang=lang, code=2).err
