"""NOTE: its marks are obeyed and kept; who is named is found."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.notes import Note, parse_note, people_named
from salesflow.texts import t

SUNDAY = datetime.date(2026, 11, 22)
GRADES = ("H", "A", "B", "C", "D")


def _note(text: str) -> Note:
    return parse_note(text, SUNDAY, GRADES)


def _promise(text: str) -> tuple[str, str]:
    note = _note(text)
    return (f"{note.when.date} {note.when.time or ''}".strip() if note.when else "", note.what)


@pytest.mark.parametrize(
    ("text", "when", "what"),
    [
        ("见王经理 报了368，嫌贵 下次周五送第二份报价", "2026-11-27", "送第二份报价"),
        ("下次 周五 送样品 级别 A", "2026-11-27", "送样品"),
        ("下次：12月1日下午3点，送样。客户满意", "2026-12-01 15:00", "送样"),
        ("样品收下，下次12-01", "2026-12-01", ""),
        ("下次 周五。带样", "2026-11-27", ""),
        ("下次 下周一上午10点 开会", "2026-11-23 10:00", "开会"),
        ("下次 月底前 结款", "2026-11-30", "结款"),
        ("下次 3个工作日后 回电", "2026-11-25", "回电"),
        ("下次 11-27 周五 谈", "2026-11-27", "谈"),
        ("下次 明天3点见", "2026-11-23", "3点见"),
        ("Next: Fri 3pm send quote. He liked it", "2026-11-27 15:00", "send quote"),
        ("liked it, next: dec 1 send 3.5 mil sample", "2026-12-01", "send 3.5 mil sample"),
        ("next：tomorrow call", "2026-11-23", "call"),
        ("下次再说吧。下次周五", "2026-11-27", ""),
        ("下次 周五\n第二行", "2026-11-27", ""),
    ],
)
def test_the_next_mark_sets_the_day_and_what_for(text: str, when: str, what: str) -> None:
    assert _promise(text) == (when, what)
    assert _note(text).text == text
    assert _note(text).warnings == ()


@pytest.mark.parametrize(
    "text",
    ["下次再说", "下次 5.8万的单", "下次 3号厅见", "下次 周五到周六", "下次 明天或后天", "下次 周五左右",
     "下次 周五后", "下次 2月30日", "next: fri or mon", "next: soon", "下次"],
)  # fmt: skip
def test_a_next_mark_without_one_day_sets_none_and_says_so(text: str) -> None:
    note = _note(text)
    assert note.when is None and note.what == ""
    assert [key for key, _ in note.warnings] == ["notes.no_date"]


@pytest.mark.parametrize("text", ["他说下次周五", "the next friday", "annext: fri", "见面"])
def test_what_is_no_mark_is_not_obeyed(text: str) -> None:
    assert _note(text) == Note(text)


def test_two_marks_that_disagree_set_nothing() -> None:
    note = _note("下次 周三 下次 周四 级别 A，级别 B")
    assert note.when is None and note.grade is None
    assert [key for key, _ in note.warnings] == ["notes.two_dates", "notes.two_grades"]


def test_the_day_counts_from_the_follow_up() -> None:
    when = parse_note("下次 明天", datetime.date(2026, 11, 2), GRADES).when
    assert when is not None and when.date == datetime.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("级别 A", "A"),
        ("级别a", "A"),
        ("好。级别：H，急", "H"),
        ("級別:B", "B"),
        ("Grade: c", "C"),
        ("级别A级", "A"),
    ],
)
def test_the_grade_mark(text: str, grade: str) -> None:
    assert _note(text).grade == grade


def test_grades_are_the_process_own() -> None:
    assert parse_note("级别 高", SUNDAY, ("高", "中", "低")).grade == "高"
    assert parse_note("级别 A1", SUNDAY, ("A", "A1")).grade == "A1"


@pytest.mark.parametrize("text", ["级别 X", "级别 AB", "grade: high"])
def test_a_grade_that_is_none_is_said(text: str) -> None:
    note = _note(text)
    assert note.grade is None
    assert [key for key, _ in note.warnings] == ["notes.no_grade"]


def test_the_four_parts() -> None:
    note = _note("见了 了解：用3M，月销90；措施：送样。反馈：嫌贵 进展：无 下次 周五 再谈")
    assert (note.learned, note.did, note.feedback, note.progress) == ("用3M，月销90", "送样。", "嫌贵", "无")
    assert note.what == "再谈"
    english = _note("learned: uses 3M did: sent sample feedback: ok progress: none grade: a")
    assert (english.learned, english.did, english.feedback) == ("uses 3M", "sent sample", "ok")
    assert (english.progress, english.grade) == ("none", "A")


def test_parts_want_their_colon() -> None:
    assert _note("了解 用3M").learned is None
    assert _note("了解：").learned is None


@pytest.mark.parametrize(
    "text",
    ["没接", "没人接", "没回", "没接电话", "没回微信", "没人接，晚上再打", "没接 晚上再打", "沒人接",
     "没回消息，下次明天", "no answer", "No answer, try again", " 没接 "],
)  # fmt: skip
def test_nobody_answered(text: str) -> None:
    assert _note(text).no_answer


@pytest.mark.parametrize(
    "text", ["没回款", "没接到货", "说没接", "电话没接", "no answers yet", "没人接待", "没回复"]
)
def test_somebody_did(text: str) -> None:
    assert not _note(text).no_answer


def test_every_warning_has_its_text() -> None:
    notes = [_note("下次再说 级别 X"), _note("下次周三 下次周四 级别A 级别B")]
    for key, values in (w for note in notes for w in note.warnings):
        for lang in ("zh", "en"):
            assert t(key, lang, **values)


PEOPLE: list[tuple[int, str, list[str]]] = [
    (1, "王建国", ["决策人"]),
    (2, "赵总", []),
    (3, "李丽", ["财务", "会计"]),
    (4, "李强", ["采购负责人", "经理人"]),
    (5, "John Smith", []),
    (6, "欧阳明", []),
    (7, "小陈", []),
    (8, "陈大伟", []),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("见王建国", [1]),
        ("见王经理，要和赵总商量", [1, 2]),
        ("老王说行", [1]),
        ("李会计在，李经理不在", [3, 4]),
        ("李强说", [4]),
        ("欧阳总在", [6]),
        ("met John, john smith is fine", [5]),
        ("小陈在", [7]),
        ("陈主管在", [8]),
        ("", []),
        ("李姐在", []),
        ("赵经理在", []),
        ("王总共买三台", []),
        ("小李在", []),
        ("Johnson called", []),
    ],
)
def test_who_is_named(text: str, ids: list[int]) -> None:
    assert people_named(text, PEOPLE) == ids


def test_two_of_one_name_are_nobody() -> None:
    assert people_named("见王建国", [(1, "王建国", []), (2, "王建国", [])]) == []


@settings(deadline=None)  # how long it takes depends on what else the machine does
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(1, 9), st.text(max_size=4), st.just(()))))
def test_no_text_breaks_a_note(text: str, people: list[tuple[int, str, tuple[str, ...]]]) -> None:
    for mark in ("", "下次", "下次：", "级别", "next: ", "了解："):
        assert _note(mark + text).text == (mark + text).strip()
    assert set(people_named(text, people)) <= {p[0] for p in people}
