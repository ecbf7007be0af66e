"""Processes as data: look-ups by code or title, the file's mistakes, the copy in the book (L11)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import processes
from salesflow.errors import Unusable, Usage
from salesflow.processes import Process
from salesflow.processes.lines import find_lines
from salesflow.texts import t

NAME = "film-4s"
FILE = processes.builtin(NAME)
FILM = processes.load(FILE, NAME)
Find = Callable[[str], Any]

SMALL = """\
code = "small"
title = { zh = "小", en = "Small" }
default_via = "walk"

[[stage]]
code = "new"
title = { zh = "新", en = "New" }
gate = []

[[stage]]
code = "deal"
title = { zh = "成交", en = "Deal" }
won = true
gate = [
  { person = "boss", reach = true },
  { order = "signed" },
]

[grade_none]
every = 5

[via]
walk = { zh = "走访", en = "walk" }

[roles]
boss = { zh = "老板（店主）", en = "boss" }
"""


def mistakes(text: str, lang: str = "en") -> list[str]:
    """The lines that say what is wrong with a file."""
    with pytest.raises(Usage) as caught:
        processes.load(text, "mine.toml", lang)
    assert caught.value.key == "process.mistakes"
    assert caught.value.values == {"name": "mine.toml", "count": len(caught.value.lines)}
    return list(caught.value.lines)


# The default process


def test_the_default_process_is_the_one_that_was_designed(shared: Callable[[str], Path]) -> None:
    """F2, F3, F5: codes and titles, gates, intervals, to the letter; what came later only adds."""
    ours, theirs = tomllib.loads(FILE), tomllib.loads(shared("design/film-4s.toml").read_text("utf-8"))
    for stage in ours["stage"]:
        del stage["guide"], stage["work"]
        stage.pop("chance", None)
    for grade in ours["grade"]:
        del grade["effort"]
    for way in ours["via"].values():
        way.pop("incoming_zh", None), way.pop("incoming_en", None)
    assert {key: ours[key] for key in theirs} == theirs


def test_stages_and_gates_of_the_default_process() -> None:
    """F5: four stages, each entered through its gate."""
    gates = {stage.code: [want.code for want in stage.gate] for stage in FILM.stages}
    assert gates == {
        "info": [],
        "qualified": ["need", "person", "brands", "address", "followup"],
        "prospect": [
            "supplier",
            "volume_month",
            "insider",
            "buyer",
            "decision_maker",
            "ownership",
            "visit",
            "goal",
        ],
        "customer": ["order"],
    }
    assert [stage.code for stage in FILM.stages if stage.won] == ["customer"]
    assert FILM.stage("customer").interval == 30
    assert [want.reach for want in FILM.stage("prospect").gate if want.kind == "person"] == [
        False,
        True,
        True,
    ]


def test_grades_of_the_default_process() -> None:
    """K2: the closing window and the interval of each grade."""
    assert [(one.code, one.within, one.every) for one in FILM.grades] == [
        ("H", 7, 2),
        ("A", 30, 7),
        ("B", 90, 14),
        ("C", None, 30),
        ("D", None, 60),
    ]
    assert FILM.grade_none_every == 7
    assert (FILM.first_contact_hours, FILM.park_days, FILM.visits_to_deal) == (36, 90, (4, 11))
    assert (FILM.retry_days, FILM.retry_times, FILM.new_customer_days) == (1, 3, 60)


def test_sources_ways_and_reasons_of_the_default_process() -> None:
    """F3: a passive source is one where they asked us; reasons say what has to come with them."""
    assert [one.code for one in FILM.sources if one.passive] == ["enquiry", "referral"]
    assert [one.code for one in FILM.ways if one.counts_as_visit] == ["visit"]
    assert FILM.via("phone").title("zh", incoming=True) == "来电"
    assert FILM.via("other").title("zh", incoming=True) == "其他"
    assert FILM.reason("lost", "competitor").needs == "to"
    assert FILM.reason("parked", "contract").needs == "until"
    assert not FILM.reason("lost", "invalid").counts
    assert FILM.reason("lost", "price").counts


def test_every_stage_has_a_guide_in_both_languages() -> None:
    """L12: what to prepare, ask, present, answer and how to close, and an open point to ask."""
    for stage in FILM.stages:
        parts = {item.part for item in stage.guide}
        assert parts == {"prepare", "ask", "present", "answer", "close", "open"}, stage.code
        assert all(item.title("zh") and item.title("en") for item in stage.guide)
        assert [item for item in stage.guide if item.part == "open"][-1].until is None, "nothing left to ask"


def test_names_that_this_trade_has_for_fields() -> None:
    """F1: 现用膜 and 月销量 are the process's own words, 地址 is everyone's."""
    assert FILM.field_title("supplier", "zh") == "现用膜"
    assert FILM.field_title("volume_month", "zh") == "月销量"
    assert FILM.field_title("address", "zh") == "地址"
    assert FILM.field_title("address", "en") == "address"
    assert FILM.field_title("编号", "zh") == "编号"


# Look-ups


@pytest.mark.parametrize(
    ("find", "word", "code"),
    [
        (FILM.stage, "prospect", "prospect"),
        (FILM.stage, "准客户", "prospect"),
        (FILM.stage, "客户", "customer"),
        (FILM.stage, " Prospect ", "prospect"),
        (FILM.grade, "a", "A"),
        (FILM.grade, "Ａ", "A"),
        (FILM.grade, "A级", "A"),
        (FILM.grade, "h 级", "H"),
        (FILM.source, "扫街", "street"),
        (FILM.source, "地图", "street"),
        (FILM.source, "扫街、地图", "street"),
        (FILM.source, "来电", "enquiry"),
        (FILM.source, "Referral", "referral"),
        (FILM.via, "VISIT", "visit"),
        (FILM.via, "来访", "visit"),
        (FILM.via, "饭局", "event"),
        (FILM.role, "采购负责人", "buyer"),
        (FILM.role, "精品部", "buyer"),
        (FILM.role, "采购负责人(精品部)", "buyer"),
        (FILM.role, "经理人", "manager"),
        (FILM.role, "店总", "manager"),
        (FILM.role, "使用人", "user"),
        (FILM.kind, "4s店", "4s"),
        (FILM.kind, "４Ｓ 店", "4s"),
        (FILM.attitude, "中立", "neutral"),
        (lambda word: FILM.reason("lost", word), "联系不上", "unresponsive"),
        (lambda word: FILM.reason("lost", word), "选了别家", "competitor"),
        (lambda word: FILM.reason("parked", word), "等预算", "budget"),
        (lambda word: FILM.reason("parked", word), "credit", "credit"),
    ],
)
def test_a_code_or_a_title_in_either_language_is_found(find: Find, word: str, code: str) -> None:
    assert find(word).code == code


@pytest.mark.parametrize(
    ("find", "word", "near"),
    [
        (FILM.stage, "prospct", "prospect"),
        (FILM.stage, "准可户", "准客户"),
        (FILM.role, "desicion_maker", "decision_maker"),
        (FILM.source, "refferal", "referral"),
    ],
)
def test_an_unknown_word_names_the_nearest(find: Find, word: str, near: str) -> None:
    with pytest.raises(Usage) as caught:
        find(word)
    for lang in ("zh", "en"):
        said = t(caught.value.key, lang, **caught.value.values)
        assert word in said and near in said


@pytest.mark.parametrize("word", ["", "  ", "zzz", "[red]", "{0}", "客" * 500])
def test_a_word_near_to_nothing_names_what_there_is(word: str) -> None:
    with pytest.raises(Usage) as caught:
        FILM.grade(word)
    said = t(caught.value.key, "zh", **caught.value.values)
    assert "H、A、B、C、D" in said
    assert len(said) < 200


def test_a_part_of_two_titles_is_neither() -> None:
    """A word that two roles share in their brackets decides nothing."""
    text = SMALL + 'chief = { zh = "总管（店主）", en = "chief" }\n'
    process = processes.load(text, "small")
    assert process.role("老板").code == "boss"
    with pytest.raises(Usage):
        process.role("店主")


def test_the_order_of_stages_and_grades() -> None:
    assert FILM.first_stage.code == "info"
    assert [FILM.stage_index(stage.code) for stage in FILM.stages] == [0, 1, 2, 3]
    following = [FILM.next_stage(stage.code) for stage in FILM.stages]
    assert [stage and stage.code for stage in following] == ["qualified", "prospect", "customer", None]
    assert FILM.hottest == "H"


def test_short_titles_fit_a_narrow_column() -> None:
    assert [processes.short_title(role, "zh") for role in FILM.roles] == [
        "决策人",
        "采购负责人",
        "经理人",
        "使用人",
        "影响人",
        "财务",
        "内线",
    ]


# The copy in the book


def test_the_copy_in_the_book_is_the_process() -> None:
    assert processes.from_json(processes.to_json(FILM)) == FILM
    assert processes.to_json(processes.from_json(processes.to_json(FILM))) == processes.to_json(FILM)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"stages": 5}', '{"stages": [{"x": 1}]}', "[" * 99999]
)
def test_a_damaged_copy_is_said(text: str) -> None:
    with pytest.raises(Unusable) as caught:
        processes.from_json(text)
    assert t(caught.value.key, "zh") and t(caught.value.key, "en")


def test_builtin_processes_are_all_without_mistake() -> None:
    assert NAME in processes.builtin_names()
    for name in processes.builtin_names():
        process = processes.load(processes.builtin(name), name)
        assert isinstance(process, Process)
        assert process.code == name


def test_an_unknown_builtin_names_the_nearest() -> None:
    with pytest.raises(Usage) as caught:
        processes.builtin("film")
    assert NAME in t(caught.value.key, "en", **caught.value.values)


# A company's own file


def test_a_small_process_needs_little() -> None:
    process = processes.load(SMALL, "small")
    boss, order = process.stage("deal").gate
    assert (boss.ask["zh"], boss.ask["en"]) == ("老板是谁", "who is the boss")
    assert boss.ask_reach["zh"] == "老板怎么联系"
    assert (boss.name["zh"], boss.name_reach["zh"]) == ("老板", "老板的电话或微信")
    assert order.ask["zh"] == "离签约还差什么"
    assert process.grade_none_every == 5
    assert process.hottest == ""


@pytest.mark.parametrize(
    ("line", "hours"), [("", 0), ("first_contact_hours = 0\n", 0), ("first_contact_hours = 24\n", 24)]
)
def test_without_hours_there_is_no_deadline_for_the_first_contact(line: str, hours: int) -> None:
    """K1: the deadline is each company's own; a file that names none has none, in the book too."""
    process = processes.load(line + SMALL, "small")
    assert process.first_contact_hours == hours
    assert processes.from_json(processes.to_json(process)).first_contact_hours == hours


@pytest.mark.parametrize("text", ["\ufeff" + SMALL, SMALL.replace("\n", "\r\n")])
def test_a_file_from_windows_is_read(text: str) -> None:
    assert processes.load(text, "small") == processes.load(SMALL, "small")


def test_a_field_of_ones_own_may_be_wanted() -> None:
    own = '[fields]\nwing = { zh = "洗车机", en = "car wash", own = true }\n'
    text = SMALL.replace('{ order = "signed" }', '{ field = "wing" }') + own
    want = processes.load(text, "small").stage("deal").gate[1]
    assert (want.code, want.ask["zh"], want.ask["en"]) == ("wing", "洗车机", "car wash")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('code = "small"', 'code = "s m"', 1, "the code 's m'"),
        ('code = "small"\n', "", 1, "code is missing"),
        ('{ zh = "小", en = "Small" }', '{ zh = "小" }', 2, "title has no title (en)"),
        ('{ zh = "小", en = "Small" }', '{ zh = " ", en = "Small" }', 2, "title has no title (zh)"),
        ('default_via = "walk"', 'default_via = "wlak"', 3, "Did you mean 'walk'?"),
        ('default_via = "walk"', 'default_via = "walk"\nretry_day = 1', 4, "Did you mean 'retry_days'?"),
        ('default_via = "walk"', 'default_via = "walk"\npark_days = 0', 4, "whole number"),
        ('default_via = "walk"', 'default_via = "walk"\npark_days = "ten"', 4, "whole number"),
        ('default_via = "walk"', 'default_via = "walk"\npark_days = nan', 4, "whole number"),
        ('default_via = "walk"', 'default_via = "walk"\npark_days = true', 4, "whole number"),
        ('default_via = "walk"', 'default_via = "walk"\nvisits_to_deal = [11, 4]', 4, "two numbers"),
        ("gate = []\n", "", 5, "the stage 'new' has no gate"),
        ("gate = []", "gate = 3", 8, "stage.1.gate must be a list"),
        ('code = "deal"', 'code = "new"', 10, "'new' stands twice"),
        ('zh = "成交"', 'zh = "新"', 10, "'新' stands twice"),
        ("won = true", "won = false", 5, "no stage says won"),
        ("won = true", "won = 1", 13, "true or false"),
        ("won = true", "won = true\ninterval = -3", 14, "stage.2.interval"),
        ('person = "boss"', 'person = "bos"', 15, "Did you mean 'boss'?"),
        ('person = "boss"', 'persno = "boss"', 15, "Did you mean 'person'?"),
        ("reach = true", "raech = true", 15, "Did you mean 'reach'?"),
        ("reach = true", 'ask = { zh = "谁" }', 15, "stage.2.gate.1.ask has no title (en)"),
        ('order = "signed"', 'order = "sent"', 16, "'sent' cannot stand here"),
        ('order = "signed"', 'field = "adress"', 16, "Did you mean 'address'?"),
        ('order = "signed"', 'order = "signed", goal = true', 16, "exactly one of"),
        ('order = "signed"', "goal = false", 16, "goal can only be true"),
        ('order = "signed"', "visits = 0", 16, "whole number"),
        ('{ order = "signed" }', '"order"', 16, "must be a table"),
        ("every = 5", "each = 5", 19, "every is missing"),
        ("every = 5", "every = inf", 20, "grade_none.every"),
        ("[grade_none]\nevery = 5\n", "", 1, "grade_none is missing"),
        ('walk = { zh = "走访", en = "walk" }', "walk = 1", 23, "via.walk"),
        ("boss = {", '"bo ss" = {', 26, "the code 'bo ss'"),
        ("boss = {", "phone = {", 26, "another code"),
    ],
)
def test_each_mistake_is_named_with_its_line(old: str, new: str, line: int, said: str) -> None:
    """L11: a company writes its own process; the file's mistakes are said where they stand."""
    assert old in SMALL
    found = mistakes(SMALL.replace(old, new, 1))
    assert any(one.startswith(f"line {line}: ") and said in one for one in found), found


TAIL = '[completeness]\nrequired = ["adress", "boss.reach", "boss.phone", "need", "need"]\n'
MORE = """
[sources.active]
met = { zh = "碰上", en = "met" }
[sources.passive]
met = { zh = "来人", en = "came" }
[lost]
price = { zh = "价", en = "price", needs = "money" }
[[grade]]
code = "A"
every = 7
[[grade]]
code = "A"
within = "soon"
[fields]
addres = { zh = "地址", en = "address" }
"""


def test_all_mistakes_are_said_at_once_in_the_order_of_their_lines() -> None:
    found = mistakes(SMALL + MORE + TAIL)
    lines = [int(one.removeprefix("line ").partition(":")[0]) for one in found]
    assert lines == [31, 33, 37, 37, 39, 41, 43, 43, 43]
    zh = mistakes(SMALL + MORE + TAIL, "zh")
    assert len(zh) == len(found)
    assert zh[0] == "第 31 行：来源「met」不能既是主动又是被动"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\ufeff", 1),
        ("code = ", 1),
        ("code = 1\n\ncode = 2\n", 3),
        ("a = '\n", 1),
        ("\0", 1),
        ("x = " + "[" * 5000 + "]" * 5000, 1),
        ("n = " + "9" * 5000, 1),
        ("[stage]\ncode = 1\n[[stage]]\n", 3),
        ("stage = 5\nvia = 5\ngrade = {}\nroles = []\nsources = 1\ncompleteness = 2\nfields = 3", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_said(text: str, line: int) -> None:
    assert mistakes(text)[0].startswith(f"line {line}: ")


ALL_LINES = FILE.splitlines()


@given(
    st.integers(0, len(ALL_LINES) - 1), st.sampled_from(["", "x = 1", "[", "code = 5", "gate = [{}]", "}"])
)
@settings(max_examples=150, deadline=None)
def test_a_spoilt_line_is_a_mistake_or_none_and_never_a_crash(number: int, line: str) -> None:
    text = "\n".join([*ALL_LINES[:number], line, *ALL_LINES[number + 1 :]])
    try:
        processes.load(text, NAME)
    except Usage as found:
        assert found.lines


def test_the_lines_of_a_file() -> None:
    text = """\
a.b = 1
# [not.a.table]
"c d" = "x = { [ # not a comment"
[t.u]
v = [ 1, [2,
  3], { w = 1.5,
 } ]
[[l]]
m = '''
n = 1
'''
[[l]]
o = 2020-01-01 10:00:00
[l.p]
q = true
"""
    lines = find_lines(text)
    assert {path: lines[path] for path in [("a", "b"), ("c d",), ("t", "u"), ("t", "u", "v", 1)]} == {
        ("a", "b"): 1,
        ("c d",): 3,
        ("t", "u"): 4,
        ("t", "u", "v", 1): 5,
    }
    assert lines["t", "u", "v", 1, 1] == 6
    assert lines["t", "u", "v", 2, "w"] == 6
    assert (lines["l", 0, "m"], lines["l", 1], lines["l", 1, "o"], lines["l", 1, "p", "q"]) == (9, 12, 13, 15)
    assert ("n",) not in lines
