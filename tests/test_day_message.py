"""The day as a message: who was met is named once; what there is to do next is what ``today`` counts for that day."""

from __future__ import annotations

import pytest
from kit import Book

EVENING = "2026-11-24T18:00"  # a Tuesday


@pytest.fixture
def full(book: Book) -> Book:
    """Of tomorrow: one promised, one of last week, one of today, one parked until then; and a first contact."""
    book("add", "甲店", "--area", "高新", "--note", "来过", "--next", "11-20", now="2026-11-18T09:00")
    book("add", "乙店", "--area", "高新", "--note", "来过", "--next", "11-24", now="2026-11-18T09:00")
    book("add", "丙店", "--area", "武侯", "--note", "来过", "--next", "11-25", now="2026-11-18T09:00")
    book("add", "丁店", "--note", "来过", "--next", "11-26", now="2026-11-18T09:00")
    book("add", "戊店", "--area", "武侯", "--note", "来过", now="2026-11-18T09:00")
    book("park", "5", "--reason", "other", "--why", "装修", "--until", "11-25", now="2026-11-18T10:00")
    book("add", "己店", "--source", "enquiry", now="2026-11-24T08:00")  # until 11-25 20:00
    book("add", "庚店", "--source", "enquiry", now="2026-11-24T15:00")  # until 11-26 03:00
    book.now = EVENING
    return book


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "明天 5 件（首次跟进 1、逾期 2、约好 2）：高新 2  武侯 2"),
        ("en", "Tomorrow: 5 to do (first contacts 1, overdue by then 2, promised 2): 高新 2  武侯 2"),
    ],
)
def test_tomorrow_is_what_today_has_for_that_day(full: Book, lang: str, line: str) -> None:
    assert line in full("report", "day", "-f", "chat", lang=lang).lines
    counts = full("today", "--date", "明天", "--json").json["counts"]
    assert [counts[kind] for kind in ("first_contact", "overdue", "due")] == [1, 2, 2]


def test_a_past_day_tells_what_was_to_do_then(full: Book) -> None:
    said = full("report", "day", "--date", "11-24", "-f", "chat").lines
    full("visit", "1", "见了", "--no-next", now="2026-11-25T10:00")
    assert (
        full("report", "day", "--date", "11-24", "-f", "chat", now="2026-11-25T11:00").lines[-2:] == said[-2:]
    )


@pytest.mark.parametrize(
    ("lang", "line", "none"),
    [
        ("zh", "11-30 周一 1 件", "11-30 周一没有要办的"),
        ("en", "11-30 Mon: 1 to do", "11-30 Mon: nothing to do"),
    ],
)
def test_before_a_weekend_it_is_the_next_working_day(book: Book, lang: str, line: str, none: str) -> None:
    book("add", "甲店", "--note", "来过", "--next", "12-01", now="2026-11-27T09:00")
    assert none in book("report", "day", "-f", "chat", lang=lang, now="2026-11-27T18:00").lines
    book("next", "1", "11-30", "--why", "提前", now="2026-11-27T18:01")
    assert line in book("report", "day", "-f", "chat", lang=lang, now="2026-11-27T18:02").lines


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("吴主管：现用膜合同12月底到期", "1 甲店 吴主管：现用膜合同12月底到期"),
        ("见到吴志强，说再看看", "1 甲店 吴主管：说再看看"),
        ("和吴主管谈了试贴", "1 甲店 吴主管：谈了试贴"),
        ("吴主管的车还在修", "1 甲店 吴主管：吴主管的车还在修"),
        ("见吴主管", "1 甲店 吴主管"),
    ],
)
def test_who_was_met_is_named_once(book: Book, note: str, line: str) -> None:
    book("add", "甲店")
    book("contact", "1", "吴志强", "--title", "主管")
    book("visit", "1", note, "--with", "吴志强", "--no-next")
    assert line in book("report", "day", "-f", "chat").lines
