"""``paste``: what was written on the phone becomes follow-ups, once, in one step (cli.md, ``paste``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Book

CHAT = """陈磊 2026-11-24 10:05
华星宝马 见王经理 报了368，嫌贵 下次周五送第二份报价
陈磊(2026-11-24 14:40)
#2 试贴两台，满意
下次：周四谈合同 级别：A
————— 2026-11-23 —————
陈磊 17:02
锦泰 电话 要价格表
陈磊 17:30
新客户 金牛领克 扫街看到的
"""


@pytest.fixture
def book(book: Book) -> Book:
    """Two dealers, the first with a manager, on the evening of Tuesday 24 November 2026."""
    book.now = "2026-11-20T09:00"
    book("add", "成都华星宝马汽车销售服务有限公司", "--short", "华星宝马", "--contact", "王建国 经理人")
    book("add", "锦泰奥迪", "--short", "锦泰")
    book.now = "2026-11-24T20:00"
    return book


def test_entries_of_a_chat_are_follow_ups_of_their_leads_and_times(book: Book) -> None:
    done = book("paste", "-", "--yes", "--json", stdin=CHAT).json
    assert done == {"entries": 4, "logged": 4, "added": 1, "skipped": 0, "unmatched": []}
    first = book.show(1)["followup_list"][0]
    assert (first["at"], first["via"], first["with"]) == ("2026-11-24T10:05", "visit", "王建国")
    # 24 November 2026 is a Tuesday: Friday is the 27th, Thursday the 26th
    assert book.show(1)["next_date"] == "2026-11-27" and book.show(1)["next_reason"] == "送第二份报价"
    second = book.show(2)
    assert [(one["at"], one["via"]) for one in second["followup_list"]] == [
        ("2026-11-24T14:40", "visit"),
        ("2026-11-23T17:02", "phone"),
    ]
    assert second["followup_list"][1]["note"] == "要价格表"  # the way stands by itself, and not in the note
    assert second["followup_list"][0]["note"] == "试贴两台，满意\n下次：周四谈合同 级别：A"
    assert (second["grade"], second["next_date"], second["next_reason"]) == ("A", "2026-11-26", "谈合同")
    third = book.show(3)
    assert third["name"] == "金牛领克" and third["followup_list"][0]["at"] == "2026-11-23T17:30"


def test_the_same_text_twice_adds_nothing_and_undo_takes_all_of_it_back(book: Book) -> None:
    book("paste", "-", "--yes", stdin=CHAT)
    again = book("paste", "-", "--yes", "--json", stdin=CHAT).json
    assert again == {"entries": 4, "logged": 0, "added": 0, "skipped": 4, "unmatched": []}
    book("undo")
    assert [one["followups"] for one in book("list", "--json").json] == [0, 0]
    assert book("check").out == ""


def test_nothing_is_written_before_it_is_accepted(book: Book) -> None:
    before = book("history", "--json").json
    shown = book("paste", "-", stdin=CHAT, code=2, lang="zh")
    assert "跟进 4 条，新客户 1 家" in shown.out and "11-27 周五 送第二份报价" in shown.out
    assert "还没写入" in shown.err and "--yes" in shown.err
    assert book("history", "--json").json == before and book.show(1)["followups"] == 0


def test_a_line_of_nobody_is_told_by_its_number_and_the_others_are_taken(book: Book) -> None:
    text = "晚上和老李吃饭\n#1 送了样品\n#99 不知道是谁\n"
    done = book("paste", "-", "--yes", "--json", stdin=text).json
    assert (done["logged"], [(one["line"], one["text"]) for one in done["unmatched"]]) == (
        1,
        [(1, "晚上和老李吃饭"), (3, "#99 不知道是谁")],
    )


def test_a_name_that_two_leads_have_is_nobody_until_its_number_is_written(book: Book) -> None:
    book("add", "锦泰", "--address", "别处路1号")
    done = book("paste", "-", "--yes", "--json", stdin="锦泰 送了样品\n#3 送了样品\n").json
    assert done["logged"] == 1 and done["unmatched"][0]["candidates"] == [2, 3]


def test_the_list_for_the_phone_comes_back_with_what_was_written_under_its_lines(book: Book) -> None:
    book("next", "1", "今天", "送样品")
    book("next", "2", "今天", "送样品")
    printed = book("today", "-f", "chat", lang="zh").out.splitlines()
    at = next(place for place, line in enumerate(printed) if line.startswith("#1 "))
    printed.insert(at + 1, "样品收下了 下次12月3号听回话")
    done = book("paste", "-", "--yes", "--json", stdin="\n".join(printed)).json
    assert (done["entries"], done["logged"], done["unmatched"]) == (1, 1, [])
    assert book.show(1)["followup_list"][0]["note"] == "样品收下了 下次12月3号听回话"
    assert book.show(1)["next_date"] == "2026-12-03" and book.show(2)["followups"] == 0


def test_a_reply_without_a_way_goes_by_that_of_the_promise_that_it_keeps(book: Book) -> None:
    book("next", "1", "今天", "问回话", "--via", "wechat")
    book("next", "2", "12-20", "问回话", "--via", "wechat")
    book("paste", "-", "--yes", stdin="#1 说再等等\n#2 路过坐了坐\n")
    assert book.show(1)["followup_list"][0]["via"] == "wechat"
    assert book.show(2)["followup_list"][0]["via"] == "visit"  # its day has not come: the process's own way


@pytest.mark.parametrize(
    ("note", "via", "answered"),
    [
        ("没人接", "phone", False),
        ("没接，晚上再打", "phone", False),
        ("没接微信", "wechat", False),
        ("没回", "wechat", False),
        ("没接到货", "wechat", True),
    ],
)
def test_what_nobody_picked_up_was_a_telephone(book: Book, note: str, via: str, answered: bool) -> None:
    book("next", "1", "今天", "问回话", "--via", "wechat")
    book("paste", "-", "--yes", stdin=f"#1 {note}\n")
    (one,) = book.show(1)["followup_list"]
    assert (one["via"], one["answered"]) == (via, answered)


@pytest.mark.parametrize(
    ("note", "via", "incoming", "answered", "kept"),
    [
        ("拜访 送了样品", "visit", False, True, "送了样品"),
        ("到店 送了样品", "visit", False, True, "送了样品"),
        ("见到李总，谈得好", "visit", False, True, "见到李总，谈得好"),
        ("见不到人", "visit", False, True, "见不到人"),
        ("电话：说下周再看", "phone", False, True, "说下周再看"),
        ("电话谈了账期", "phone", False, True, "电话谈了账期"),
        ("来电 问前挡价格", "phone", True, True, "问前挡价格"),
        ("微信 发了质保书", "wechat", False, True, "发了质保书"),
        ("没接电话", "visit", False, False, "没接电话"),
        ("电话 没接", "phone", False, False, "没接"),
        ("没回款，再催", "visit", False, True, "没回款，再催"),
    ],
)
def test_the_first_word_is_the_way(
    book: Book, note: str, via: str, incoming: bool, answered: bool, kept: str
) -> None:
    book("paste", "-", "--yes", stdin=f"锦泰奥迪 {note}")
    (one,) = book.show(2)["followup_list"]
    assert (one["via"], one["incoming"], one["answered"], one["note"]) == (via, incoming, answered, kept)


def test_what_cannot_be_recorded_is_refused_with_its_line_and_nothing_is_written(book: Book) -> None:
    text = "#1 送了样品\n陈磊 2027-01-05 10:00\n#2 还没到的一天\n"
    shown = book("paste", "-", stdin=text, code=2, lang="zh")
    assert "第 3 行" in shown.err
    refused = book("paste", "-", "--yes", stdin=text, code=1, lang="zh")
    assert refused.out == "" and book.show(1)["followups"] == 0


@pytest.mark.parametrize(("lang", "line"), [("zh", "第 2 行「#2 又去了"), ("en", "Line 2 '#2 又去了")])
def test_one_bad_entry_is_named_by_its_line_and_the_good_ones_stay_out_too(
    book: Book, lang: str, line: str
) -> None:
    before = book.dump()
    refused = book("paste", "-", "--yes", stdin="#1 送了样品\n#2 又去了 下次昨天\n", code=1, lang=lang)
    assert line in refused.err and "2026-11-23" in refused.err
    # paste has no --anyway to advise
    assert "--anyway" not in refused.err and len(refused.err.strip().splitlines()) == 2
    assert book.dump() == before


def test_an_empty_text_a_missing_file_and_one_that_is_no_text(book: Book, tmp_path: Path) -> None:
    assert book("paste", "-", "--yes", stdin="  \n", code=2).out == ""
    assert book("paste", str(tmp_path / "none.txt"), "--yes", code=3).out == ""
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64))
    assert book("paste", str(picture), "--yes", code=5).out == ""
    gbk = tmp_path / "gbk.txt"
    gbk.write_bytes("锦泰奥迪 送了样品".encode("gb18030"))
    assert book("paste", str(gbk), "--yes", "--json").json["logged"] == 1


def test_the_clipboard_is_read_by_default(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyperclip.paste", lambda: "锦泰奥迪 送了样品")
    assert book("paste", "--yes", "--json").json["logged"] == 1


def test_without_a_clipboard_a_file_or_a_pipe_is_named(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyperclip

    def none() -> str:
        raise pyperclip.PyperclipException

    monkeypatch.setattr("pyperclip.paste", none)
    assert "salesflow paste -" in book("paste", "--yes", code=5).err


def test_on_a_terminal_an_entry_is_named_changed_left_out_and_accepted(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(
        "晚上和老李吃饭\n陈磊 2026-11-24 10:00\n#1 送了样品\n陈磊 2026-11-24 11:00\n#2 打错了\n", "utf-8"
    )
    # whose is the first: lead 2's; the second becomes another note, the third is left out, then all is taken
    shown = book("paste", str(file), tty=True, answers=["锦泰", "2", "送了样品，收下了", "-3", ""])
    assert "1 to 3" not in shown.err
    assert [one["note"] for one in book.show(2)["followup_list"]] == ["晚上和老李吃饭"]
    assert [one["note"] for one in book.show(1)["followup_list"]] == ["送了样品，收下了"]


def test_on_a_terminal_q_leaves_all_of_it(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("#1 送了样品\n", "utf-8")
    book("paste", str(file), tty=True, answers=["q"])
    assert book.show(1)["followups"] == 0


def test_names_without_a_space_behind_them_as_dictated(book: Book) -> None:
    book("paste", "-", "--yes", stdin="华星宝马的王经理说再等等\n锦泰奥迪说价格可以\n")
    assert book.show(1)["followup_list"][0]["note"] == "的王经理说再等等"
    assert book.show(2)["followup_list"][0]["note"] == "说价格可以"


def test_the_verb_of_an_english_note_stays(book: Book) -> None:
    book("paste", "-", "--yes", stdin="#1 Met Li, he signs\n#2 phone no answer\n", lang="en")
    (first,), (second,) = book.show(1)["followup_list"], book.show(2)["followup_list"]
    assert (first["note"], first["via"]) == ("Met Li, he signs", "visit")
    assert (second["note"], second["via"], second["answered"]) == ("no answer", "phone", False)


def replied(lines: list[str], start: str, reply: str) -> str:
    """The lines with a reply under the one that begins so."""
    place = next(place for place, line in enumerate(lines) if line.startswith(start))
    return "\n".join([*lines[: place + 1], reply, *lines[place + 1 :]])


def test_every_line_of_a_list_is_known_again_whatever_stands_in_it(book: Book) -> None:
    book("next", "1", "今天", "送样品")
    book("next", "2", "今天")  # nothing but its number and name
    book("incident", "1", "贴错了一台", "--due", "明天")
    for lang in ("zh", "en"):
        printed = book("today", "-f", "chat", lang=lang).lines
        assert (
            book("paste", "-", "--yes", code=2, stdin="\n".join(printed)).out == ""
        )  # nobody wrote anything
    text = replied(printed, "#2 ", "样品收下了")
    done = book("paste", "-", "--yes", "--json", stdin=text).json
    assert (done["logged"], done["unmatched"]) == (1, [])
    assert book.show(2)["followup_list"][0]["note"] == "样品收下了"


def test_a_list_of_a_lead_that_has_another_name_since(book: Book) -> None:
    book("next", "2", "今天", "送样品")
    printed = book("today", "-f", "chat").lines
    book("edit", "2", "--set", "name=锦泰红牌楼店", "--set", "short=红牌楼")
    book("paste", "-", "--yes", stdin=replied(printed, "#2 ", "样品收下了"))
    assert book.show(2)["followup_list"][0]["note"] == "样品收下了"


def test_what_is_written_on_the_line_itself_is_kept(book: Book) -> None:
    book("next", "1", "今天", "送样品")
    text = "\n".join(
        f"{line}，收下了" if line.startswith("#1 ") else line for line in book("today", "-f", "chat").lines
    )
    book("paste", "-", "--yes", stdin=text)
    assert book.show(1)["followup_list"][0]["note"] == "收下了"


def test_lines_as_older_lists_had_them_are_no_notes(book: Book) -> None:
    text = "#1 华星宝马 10:00 送报价单｜王经理｜武侯 ▸内线是谁\n收下了\n"
    text += "#2 锦泰奥迪 14:30 试贴｜李总｜高新\n#2 锦泰 139****0012\n"
    assert book("paste", "-", "--yes", "--json", stdin=text).json["logged"] == 1
    assert book.show(1)["followup_list"][0]["note"] == "收下了" and book.show(2)["followups"] == 0


def test_a_bar_in_a_note_is_no_mark_of_a_list(book: Book) -> None:
    book("paste", "-", "--yes", stdin="#1 报了368｜嫌贵\n锦泰奥迪 前挡｜侧后挡都要\n")
    assert book.show(1)["followup_list"][0]["note"] == "报了368｜嫌贵"
    assert book.show(2)["followup_list"][0]["note"] == "前挡｜侧后挡都要"


def test_a_company_is_known_by_what_the_screens_call_it(book: Book) -> None:
    book("add", "成都天府丰田汽车销售服务有限公司", "--set", "city=成都")
    book("paste", "-", "--yes", stdin="天府丰田 送了样品\n")
    assert book.show(3)["followup_list"][0]["note"] == "送了样品"


@pytest.mark.parametrize(
    ("line", "name", "note"),
    [
        ("new lead Best Motors, saw their sign", "Best Motors", "saw their sign"),
        ("new Bank of East Lake: wants 20 sets", "Bank of East Lake", "wants 20 sets"),
        ("new lead Best Motors left a card", "Best Motors", "left a card"),
        ("new lead A & B Motors. Met Li", "A & B Motors", "Met Li"),
        ("new lead best motors, left a card", "best motors", "left a card"),
        ("new lead lynk from the road", "lynk", "from the road"),
        ("new lead 3M Wuhan - a card", "3M Wuhan", "a card"),
        ("新客户 BMW 华星 扫街", "BMW", "华星 扫街"),
    ],
)
def test_an_english_name_is_taken_whole(book: Book, line: str, name: str, note: str) -> None:
    book("paste", "-", "--yes", stdin=line, lang="en")
    found = book.show(3)
    assert (found["name"], found["followup_list"][0]["note"]) == (name, note)


@pytest.mark.parametrize(
    ("lang", "line"),
    [("en", "new lead Lynk from the road"), ("en", "New lead: Lynk from the road"), ("en", "new Lynk from the road"),
     ("en", "新线索 Lynk 扫街"), ("zh", "新客户 Lynk 扫街"), ("zh", "新线索：Lynk 扫街")],
)  # fmt: skip
def test_a_new_lead_is_announced_as_people_say_it(book: Book, lang: str, line: str) -> None:
    found = book("paste", "-", "--yes", "--json", stdin=line, lang=lang).json
    assert (found["added"], found["logged"]) == (1, 1)
    assert "Lynk" in [one["name"] for one in book("list", "--json").json]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_reminder_in_the_list_asks_and_comes_back_with_what_was_written_behind_it(
    book: Book, lang: str
) -> None:
    book("incident", "1", "膜起泡", "--due", "今天")
    line = next(one for one in book("today", "-f", "chat", lang=lang).lines if "膜起泡" in one)
    assert line.startswith("#1 ") and line.endswith({"zh": "▸谈得怎么样", "en": "▸how did it go"}[lang])
    book("paste", "-", "--yes", stdin=line, code=2)  # nobody wrote anything
    book("paste", "-", "--yes", stdin=f"{line} 重贴了一台")
    assert book.show(1)["followup_list"][0]["note"] == "重贴了一台"
