"""A process that leads follow is changed: what it does to them, what stays readable, what reports say (L11)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from kit import Book, filled
from process_kit import OTHER, SMALL, data, funnel, state, take, without, write

from salesflow import processes
from salesflow.processes.changes import compare, succeed

NEXT = without(SMALL, 'code = "talk"', 'code = "chat"')
NEXT = without(NEXT, '{ zh = "谈着", en = "Talking" }', '{ zh = "聊着", en = "Chatting" }')
SEE = "zh"


def load(text: str) -> processes.Process:
    """The process of a text."""
    return processes.load(text, "test")


def fill_ours(book: Book) -> None:
    """Leads of ours: open in new, open, parked and lost in talk, one deal; one of another process."""
    take(book, SMALL)
    for name in ("甲", "乙", "丙", "丁", "戊"):
        book("add", name, "--process", "ours", "--source", "met", "--grade", "Y")
    for lead in ("2", "3", "4", "5"):
        book("advance", lead, "talk", "--force", "--why", "x")
    book("park", "3", "--reason", "later")
    book("lose", "4", "--reason", "dear")
    book("order", "5", "100")
    book("add", "别家")


@pytest.fixture
def ours(book: Book) -> Book:
    """A book whose leads follow a small process."""
    return filled(book, fill_ours)


# What two versions differ in


def test_what_is_gone_added_and_counted_in_other_days() -> None:
    new = NEXT.replace("every = 3\n", "every = 4\n").replace("every = 6", "every = 7")
    new = new.replace("first_contact_hours = 24", "first_contact_hours = 36\npark_days = 30")
    found = compare(load(SMALL), load(new.replace("interval = 10\n", "")))
    assert [(one.noun, one.code, one.after) for one in found.gone] == [("stage", "talk", "new")]
    assert [(one.noun, one.code) for one in found.added] == [("stage", "chat")]
    assert {(one.what, one.code, one.old, one.new) for one in found.intervals} == {
        ("grade_none_every", "", 6, 7),
        ("first_contact_hours", "", 24, 36),
        ("park_days", "", 90, 30),
        ("every", "X", 3, 4),
    }
    assert [
        one.what for one in compare(load(SMALL), load(SMALL.replace("interval = 10\n", ""))).intervals
    ] == ["interval"]
    assert compare(load(SMALL), load(SMALL)) == ((), (), ())


GONE = {
    "grade": (
        '[[grade]]\ncode = "X"\nwithin = 5\nevery = 3\ntitle = { zh = "急", en = "urgent" }\n',
        "X",
        "急",
    ),
    "source": ('met = { zh = "碰上的", en = "met" }\n', "met", "碰上的"),
    "via": ('fax = { zh = "传真", en = "fax" }\n', "fax", "传真"),
    "kind": ('shop = { zh = "小店", en = "small shop" }\n', "shop", "小店"),
    "role": ('clerk = { zh = "店员", en = "clerk" }\n', "clerk", "店员"),
    "attitude": ('warm = { zh = "热情", en = "warm" }\n', "warm", "热情"),
    "lost": ('dear = { zh = "嫌贵", en = "too dear" }\n', "dear", "嫌贵"),
    "parked": ('later = { zh = "过阵子", en = "later on" }\n', "later", "过阵子"),
    "field": ('wing = { zh = "洗车机", en = "car wash", own = true }\n', "wing", "洗车机"),
}


@pytest.mark.parametrize("noun", GONE)
def test_names_are_carried_from_version_to_version_and_a_code_that_comes_back_leaves_them(noun: str) -> None:
    part, code, title = GONE[noun]
    first, fewer = load(SMALL), load(without(SMALL, part))
    second = succeed(first, fewer)
    third = succeed(second, fewer._replace(titles={"zh": "新名", "en": "new name"}))
    for one in (second, third, processes.from_json(processes.to_json(third))):
        assert [(old.noun, old.code) for old in one.former] == [(noun, code)]
        shown = one.field_title(code, SEE) if noun == "field" else one.known(noun, code).title(SEE)
        assert shown == title
    assert succeed(third, first).former == ()


def test_stages_that_are_gone_keep_their_place() -> None:
    """Forwards stays forwards in the reports of the past."""
    first = load(SMALL)
    middle = re.sub(r"\[\[stage\]\]\ncode = \"talk\".*?(?=\[\[stage\]\])", "", SMALL, flags=re.S)
    second = succeed(first, load(middle))
    assert second.places == {"new": 0, "talk": 1, "deal": 2}
    both = re.sub(r"\[\[stage\]\]\ncode = \"new\".*?(?=\[\[stage\]\])", "", middle, flags=re.S)
    third = succeed(second, load(both))
    assert third.places == {"new": 0, "talk": 1, "deal": 2}
    assert third.won_codes == {"deal"}
    renamed = succeed(first, load(SMALL.replace('code = "deal"', 'code = "signed"')))
    assert renamed.places == {"new": 0, "talk": 1, "deal": 2, "signed": 3}
    assert renamed.won_codes == {"deal", "signed"}


# A stage that vanishes


def test_a_stage_that_vanishes_needs_a_place_for_its_leads(ours: Book) -> None:
    """L11: told with how many stand in it, and the option that says where they go."""
    refused = ours.refuse(1, "process", "edit", "ours", write(ours, NEXT))
    assert "谈着" in refused.err and "3 家" in refused.err and "--move talk=" in refused.err


@pytest.mark.parametrize(
    ("to", "near"),
    [
        (["talk"], "talk"),
        (["talk="], "talk="),
        (["=chat"], "=chat"),
        (["talk=nope"], "nope"),
        (["talk=talk"], "talk"),
        (["new=chat"], "new"),
        (["nope=chat"], "nope"),
        (["talk=chat", "deal=chat"], "deal"),
    ],
)
def test_a_place_that_is_none(ours: Book, to: list[str], near: str) -> None:
    options = [word for pair in to for word in ("--move", pair)]
    assert near in ours.refuse(2, "process", "edit", "ours", write(ours, NEXT), *options).err


def test_what_a_change_does_is_shown_and_nothing_done(ours: Book) -> None:
    before = ours.dump()
    path = write(ours, NEXT.replace("every = 20", "every = 30"))
    assert ours("process", "edit", "ours", path, "--dry-run").lines == [
        "流程 ours 换成新的，走它的有 5 家：",
        "  取消阶段「谈着」：在跟 1、暂缓 1、战败 1，要写明改到哪里：--move talk=新阶段",
        "  新加阶段：聊着",
        "  级别 不急 几天跟一次：20 改成 30",
        "  已经定好的下次日期不动",
        "只看不改",
    ]
    told = ours("process", "edit", "ours", path, "--move", "talk=聊着", "--dry-run", "--json").json
    assert (told["changed"], told["dry_run"], told["moved"]) == (True, True, 0)
    assert told["stages"] == [
        {"code": "talk", "title": "谈着", "open": 1, "parked": 1, "lost": 1, "to": "chat", "to_title": "聊着"}
    ]
    assert told["intervals"] == [{"what": "every", "code": "Y", "title": "不急", "old": 20, "new": 30}]
    assert ours.dump() == before


def test_leads_of_a_stage_that_vanishes_are_moved_in_one_step(ours: Book) -> None:
    before, steps = state(ours), ours.steps()
    done = ours("process", "edit", "ours", write(ours, NEXT), "--move", "talk=chat", "--json").json
    assert (done["moved"], ours.steps()) == (3, steps + 1)
    assert {one["name"]: (one["stage"], one["status"]) for one in ours("list", "--json").json} == {
        "甲": ("new", "open"),
        "乙": ("chat", "open"),
        "丙": ("chat", "parked"),
        "丁": ("chat", "lost"),
        "戊": ("deal", "open"),
        "别家": ("info", "open"),
    }
    first, second = ours.show(2)["moves"]
    assert (first["from"], first["to"], second["from"], second["to"]) == ("new", "talk", "talk", "chat")
    assert "谈着" in second["why"]
    assert ours("check").out == ""
    ours("undo")
    assert state(ours) == before
    ours("redo")
    ours("check")
    ours("undo", "2")


def test_no_promise_moves_by_itself(ours: Book) -> None:
    ours("next", "1", "2026-12-04", "再去")
    ours("process", "edit", "ours", write(ours, SMALL.replace("every = 20", "every = 2")))
    assert ours.show(1)["next_date"] == "2026-12-04"
    assert ours("check").out == ""


def test_on_a_terminal_it_asks_where_to_and_whether(ours: Book) -> None:
    path, before = write(ours, NEXT), state(ours)
    left = ours("process", "edit", "ours", path, tty=True, answers=["2", "n"])
    assert "没有改" in left.out and "谈着" in left.err and state(ours) == before
    done = ours("process", "edit", "ours", path, tty=True, answers=["2", "y"])
    assert "3 家换了阶段" in done.out
    assert {stage for (stage,) in ours.sql("SELECT stage FROM lead WHERE process = 'ours'")} == {
        "new",
        "chat",
        "deal",
    }


def test_the_same_file_again_is_no_step(ours: Book) -> None:
    steps = ours.steps()
    assert "没有改" in ours("process", "edit", "ours", write(ours, SMALL)).out
    assert ours("process", "use", write(ours, SMALL), "--json").json["changed"] is False
    assert ours.steps() == steps + 1  # new leads follow it now
    ours("process", "edit", "ours", write(ours, SMALL + "# one more remark\n"))
    assert ours("process", "show", "ours", "--toml").out.endswith("# one more remark\n")


def test_a_file_of_another_code_is_named(ours: Book) -> None:
    refused = ours.refuse(2, "process", "edit", "ours", write(ours, OTHER))
    assert "theirs" in refused.err and "ours" in refused.err
    ours.refuse(2, "process", "edit", "ours")
    ours.refuse(2, "process", "edit", "theirs", write(ours, OTHER))


def test_a_built_in_process_is_edited_before_its_first_use(book: Book) -> None:
    name = processes.builtin_names()[1]
    text = processes.builtin(name).replace("park_days = ", "park_days = 1", 1)
    assert "收进了账本" in book("process", "edit", name, write(book, text)).out
    assert book("process", "show", name, "--toml").out == text
    book("undo")
    assert book("process", "show", name, "--toml").out == processes.builtin(name)


def test_update_brings_the_shipped_version_back(book: Book) -> None:
    first, other = processes.builtin_names()[:2]
    shipped = processes.builtin(first)
    book("process", "edit", first, write(book, shipped.replace("park_days = 90", "park_days = 60")))
    assert data(book, first)["park_days"] == 60
    told = book("process", "update", first, "--json").json
    assert [(one["what"], one["old"], one["new"]) for one in told["intervals"]] == [("park_days", 60, 90)]
    assert "park_days" not in data(book, first)
    assert book("process", "update", "--json").json["changed"] is False
    take(book, SMALL)
    assert first in book.refuse(1, "process", "update", "ours").err
    book.refuse(1, "process", "update", other)


# What is gone stays readable


def fill_named(book: Book) -> None:
    """A lead whose records name everything that the next version has no more."""
    take(book, SMALL)
    book(
        "add", "甲", "--process", "ours", "--source", "met", "--kind", "shop", "--grade", "X",
        "--set", "wing=有", "--contact", "小周 13900001234 店员",
    )  # fmt: skip
    book("contact", "edit", "1", "小周", "--attitude", "warm")
    book("log", "1", "发了报价", "--via", "fax", "-n", "2026-11-27 听回话", "--next-via", "fax")
    book("add", "乙", "--process", "ours", "--source", "met")
    book("park", "2", "--reason", "later")
    book("add", "丙", "--process", "ours", "--source", "met")
    book("lose", "3", "--reason", "dear")


@pytest.fixture
def named(book: Book) -> Book:
    """A book whose records name what the next version has no more."""
    return filled(book, fill_named)


def fewer() -> str:
    """The process without everything that a record may name and a process may do without."""
    text = SMALL
    for part, _, _ in GONE.values():
        text = without(text, part)
    return text


def test_what_records_name_is_counted_and_stays_readable_everywhere(named: Book) -> None:
    """L11: history and reports say the same words as before."""
    screens = [["show", "1"], ["show", "2"], ["show", "3"], ["history", "1"], ["history", "2"], ["history", "3"],
               ["list"], ["contact", "1"], ["report", "week"], ["report", "day"], ["report", "day", "-f", "chat"],
               ["today"], ["today", "--date", "2026-11-27"], ["find", "甲"],
               ["export", "leads", "-f", "csv"], ["report", "week", "--json"]]  # fmt: skip
    before = [named(*words).out for words in screens]
    told = named("process", "edit", "ours", write(named, fewer()), "--json").json
    assert {(one["noun"], one["code"], one["title"], one["records"]) for one in told["gone"]} == {
        ("grade", "X", "急", 1),
        ("source", "met", "碰上的", 3),
        ("via", "fax", "传真", 2),  # the follow-up and the promise
        ("kind", "shop", "小店", 1),
        ("role", "clerk", "店员", 1),
        ("attitude", "warm", "热情", 1),
        ("lost", "dear", "嫌贵", 1),
        ("parked", "later", "过阵子", 1),
        ("field", "wing", "洗车机", 1),
    }
    for words, said in zip(screens, before, strict=True):
        after = named(*words).out
        if words[0] == "history":
            assert after == said, words
            continue
        for title in ("碰上的", "小店", "店员", "热情", "传真", "嫌贵", "过阵子", "洗车机"):
            assert after.count(title) == said.count(title), (words, title)
        assert "Traceback" not in after
    assert named("check").out == ""
    for lead in ("1", "2", "3"):
        assert "Traceback" not in named("evaluate", lead, code=None).err
        named("prepare", lead)
        named("advance", lead, "--dry-run", code=None)


def test_gone_codes_cannot_be_given_any_more(named: Book) -> None:
    named("process", "edit", "ours", write(named, fewer()))
    for words in (
        ["add", "丁", "--process", "ours", "--source", "met"],
        ["edit", "1", "--grade", "X"],
        ["log", "1", "x", "--via", "fax"],
        ["contact", "edit", "1", "小周", "--role", "clerk"],
        ["lose", "1", "--reason", "dear"],
    ):
        named.refuse(2, *words)
    named("edit", "1", "--set", "address=东街1号")
    named("contact", "edit", "1", "小周", "--phone", "13900005555")
    named("log", "1", "又去了")
    lead = named.show(1)
    assert (lead["source"], lead["grade"], lead["contacts"][0]["roles"]) == ("met", "X", ["clerk"])


def test_a_lost_lead_that_did_not_count_does_not_count_when_its_reason_is_gone(book: Book) -> None:
    take(book, SMALL)
    for name, reason in (("甲", "wrong"), ("乙", "dear")):
        book("add", name, "--process", "ours")
        book("lose", name, "--reason", reason)
    gone = without(SMALL, 'wrong = { zh = "记错了", en = "a mistake", counts = false }\n')
    book("process", "edit", "ours", write(book, gone))
    week = book("report", "week", "--json").json
    assert week["totals"]["lost"] == 1 and [one["name"] for one in week["lost"]] == ["乙"]


# The figures


def test_a_change_of_the_process_is_no_progress_of_its_leads(ours: Book) -> None:
    """K1: who was moved because a stage is gone has neither advanced nor won."""
    before = ours("report", "week", "--json").json
    assert funnel(before, "ours") == {"new": (5, 4, 1), "talk": (4, 1, 1), "deal": (1, 0, 1)}
    ours("process", "edit", "ours", write(ours, NEXT), "--move", "talk=deal")
    after = ours("report", "week", "--json").json
    assert after["totals"] == before["totals"]
    assert after["advanced"] == before["advanced"]
    # the stage that is gone has a line as long as the period knew it; three went to the deals
    assert funnel(after, "ours") == {
        "new": (5, 4, 1),
        "talk": (4, 4, 0),
        "chat": (0, 0, 0),
        "deal": (4, 0, 2),
    }
    assert [line["title"] for line in after["funnel"] if line["process"] == "ours"] == [
        "新来的", "谈着", "聊着", "成了",
    ]  # fmt: skip
    ours.now = "2026-12-02T09:00"
    assert list(funnel(ours("report", "week", "--json").json, "ours")) == ["new", "chat", "deal"]
    assert ours("report", "week", "--date", "2026-11-29", "--json").json["totals"] == before["totals"]


def at(book: Book, day: str, *words: str) -> None:
    """A command on a day of November at nine."""
    book(*words, now=f"2026-11-{day}T09:00")


def fill_two(book: Book) -> None:
    """Two processes in one book; two leads change theirs in the middle of the week of 2026-11-16."""
    for text in (SMALL, OTHER):
        path = write(book, text, "process.toml")
        at(book, "02", "process", "use", path)
    at(book, "09", "add", "丁", "--process", "theirs")
    at(book, "10", "add", "甲", "--process", "ours")
    at(book, "12", "advance", "1", "talk", "--force", "--why", "x")
    at(book, "16", "add", "乙", "--process", "ours")
    at(book, "17", "add", "丙", "--process", "theirs")
    at(book, "17", "advance", "2", "talk", "--force", "--why", "x")
    at(book, "18", "edit", "2", "--process", "theirs")
    at(book, "19", "edit", "4", "--process", "ours", "--why", "看错了")
    at(book, "20", "order", "2", "5000")


@pytest.fixture
def two(book: Book) -> Book:
    """A book with two processes, leads of which change theirs."""
    return filled(book, fill_two)


def test_the_funnel_of_each_process_is_right_when_leads_change_theirs(two: Book) -> None:
    """L11, K1: worked out by hand. 甲 (2): ours new 10, talk 17; theirs talk 18, deal 20. 丙 (4): theirs ask 17,
    ours new 19. 乙 (3): ours new 16. 丁 (1): theirs ask 9, talk 12."""
    two.now = "2026-11-23T09:00"
    week = two("report", "week", "--date", "2026-11-22", "--json").json
    assert funnel(week, "ours") == {"new": (2, 1, 2), "talk": (1, 1, 0), "deal": (0, 0, 0)}
    assert funnel(week, "theirs") == {"ask": (1, 1, 0), "talk": (1, 1, 1), "deal": (1, 0, 1)}
    totals = {name: week["totals"][name] for name in ("new_leads", "advanced", "moved_back", "won", "orders")}
    assert totals == {"new_leads": 2, "advanced": 2, "moved_back": 0, "won": 1, "orders": 1}
    assert [(one["name"], one["from"], one["to"], one["to_title"]) for one in week["advanced"]] == [
        ("甲", "new", "talk", "谈着"),
        ("甲", "talk", "deal", "成了"),
    ]
    rates = {
        (line["process"], line["stage"]): (line["conversion"], line["median_days"]) for line in week["funnel"]
    }
    assert rates == {
        ("ours", "new"): (0.3333, 7),  # 甲 of three went on, after seven days
        ("ours", "talk"): (0.0, None),  # it left, and not forwards
        ("ours", "deal"): (None, None),
        ("theirs", "ask"): (0.5, 3),  # 丁, after three days; 丙 left for another process
        ("theirs", "talk"): (0.5, 2),
        ("theirs", "deal"): (None, None),
    }
    assert week["stock"] == {"start": 2, "end": 4}


def test_the_week_before_is_told_as_it_was(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    before = two("report", "week", "--date", "2026-11-15", "--json").json
    assert funnel(before, "ours") == {"new": (1, 0, 1), "talk": (0, 0, 0), "deal": (0, 0, 0)}
    assert funnel(before, "theirs") == {"ask": (1, 1, 0), "talk": (1, 0, 1), "deal": (0, 0, 0)}
    assert before["totals"]["won"] == 0
    middle = two("report", "day", "--date", "2026-11-17", "--json").json
    assert funnel(middle, "ours") == {"new": (0, 1, 1), "talk": (1, 0, 1), "deal": (0, 0, 0)}
    assert funnel(middle, "theirs") == {"ask": (1, 0, 1), "talk": (0, 0, 1), "deal": (0, 0, 0)}


def test_each_process_has_a_part_of_its_own_on_the_screen(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    lines = two("report", "week", "--date", "2026-11-22").lines
    assert "我们的" in lines and "他们的" in lines and lines.index("我们的") < lines.index("他们的")
    assert two("report", "funnel", "--json").json["report"] == "funnel"


def test_lists_keep_processes_apart_and_today_shows_all(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    assert [one["id"] for one in two("list", "--process", "ours", "--json").json] == [3, 4]
    assert [one["id"] for one in two("list", "--process", "他们的", "--json").json] == [1, 2]
    assert "流程" in two("list").lines[0] and "流程" not in two("list", "--process", "ours").lines[0]
    assert [one["id"] for one in two("list", "--stage", "talk", "--json").json] == [1]
    assert [one["id"] for one in two("list", "--stage", "谈着,打听,再谈", "--json").json] == [1]
    two.refuse(2, "list", "--stage", "打听", "--process", "ours")
    assert {one["process"] for one in two("today", "--json").json["items"]} == {"ours", "theirs"}


def test_where_several_processes_know_a_word_all_are_meant(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    text = OTHER.replace('"theirs"', '"third"').replace('code = "deal"', 'code = "sold"')
    two("process", "use", write(two, text))
    two("add", "己", "--process", "third")
    two("order", "5", "100")
    assert [one["id"] for one in two("list", "--stage", "成了", "--json").json] == [2, 5]


# A lead that follows another process


def test_a_lead_follows_another_process_and_comes_back_by_undo(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    before, steps = state(two), two.steps()
    said = two("edit", "1", "--process", "ours", "--stage", "new", "--why", "换一套跟", "--tag", "换过").out
    assert "改走 我们的" in said and two.steps() == steps + 1
    lead = two.show(1)
    assert (lead["process"], lead["stage"], lead["tags"]) == ("ours", "new", ["换过"])
    assert [(one["from_process"], one["from"], one["process"], one["to"]) for one in lead["moves"]] == [
        ("theirs", "ask", "theirs", "talk"),
        ("theirs", "talk", "ours", "new"),
    ]
    assert "改走「我们的」，在「新来的」（换一套跟）" in two("history", "1").out
    assert "再谈" in two("history", "1").out
    two("undo")
    assert state(two) == before


def test_there_and_back_again(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    two("edit", "1", "--process", "ours")
    two("advance", "1", "deal", "--force", "--why", "x")
    two("edit", "1", "--process", "theirs", "--stage", "ask")
    told = [
        (one.get("from_process"), one["from"], one.get("process"), one["to"]) for one in two.show(1)["moves"]
    ]
    assert told == [
        ("theirs", "ask", "theirs", "talk"),
        ("theirs", "talk", "ours", "talk"),
        ("ours", "talk", "ours", "deal"),
        ("ours", "deal", "theirs", "ask"),
    ]
    assert two("check").out == ""
    two("undo", "3")
    assert "moves" in two.show(1) and len(two.show(1)["moves"]) == 1


def test_it_brings_the_names_of_its_codes_along(named: Book) -> None:
    """A source, grade or role that the other process does not know stays readable."""
    bare = re.sub(r"\[(sources|kinds|roles|attitudes|lost|parked|fields)[^\[]*", "", OTHER)
    take(named, bare + '\n[sources.active]\nnews = { zh = "报纸", en = "news" }\n')
    named("edit", "1", "--process", "theirs")
    named("edit", "3", "--process", "theirs")
    said = named("show", "1").out + named("show", "3").out + named("history", "3").out
    for title in ("碰上的", "小店", "店员", "热情", "传真", "洗车机"):
        assert title in said, title
    week = named("report", "week", "--json").json
    assert [one["reason_title"] for one in week["lost"]] == ["嫌贵"]
    assert {one["source_title"] for one in week["new_leads"]} == {"碰上的"}
    named.refuse(2, "edit", "1", "--set", "kind=shop")
    named("undo", "2")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--process", "theirs"], 1),
        (["--process", "nope"], 2),
        (["--process", "ours", "--stage", "ask"], 2),
        (["--stage", "talk"], 2),
        (["--process", "ours", "--set", "grade=H"], 2),
    ],
)
def test_a_process_that_it_cannot_follow(two: Book, words: list[str], code: int) -> None:
    two.refuse(code, "edit", "1", *words, now="2026-11-23T09:00")


def test_what_else_is_edited_goes_by_the_other_process(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    name = processes.builtin_names()[0]
    two("edit", "1", "--process", name, "--grade", "A", "--set", "kind=4S 店")
    lead = two.show(1)
    assert (lead["process"], lead["stage"], lead["grade"], lead["kind"]) == (name, "info", "A", "4s")


def test_a_stage_named_past_shut_gates_is_kept_as_forced(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    two("edit", "3", "--process", "theirs", "--stage", "deal")
    assert two.show(3)["moves"][-1]["forced"] is True
    two("edit", "4", "--process", "theirs", "--stage", "ask")
    assert two.show(4)["moves"][-1]["forced"] is False


def test_parked_and_lost_leads_change_too(two: Book) -> None:
    two.now = "2026-11-23T09:00"
    two("park", "3", "--reason", "later")
    two("lose", "4", "--reason", "dear")
    for lead in ("3", "4"):
        two("edit", lead, "--process", "theirs")
    assert [(two.show(lead)["process"], two.show(lead)["status"]) for lead in (3, 4)] == [
        ("theirs", "parked"),
        ("theirs", "lost"),
    ]
    assert two("check").out == ""
    assert two("report", "week", "--json").json["totals"]["lost"] == 1


# What is read


def test_today_reads_no_process_that_nobody_follows(two: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    from salesflow.reports import processes as reading

    real = reading.from_json
    monkeypatch.setattr(reading, "from_json", lambda text: read.append(real(text).code) or real(text))
    two("today", now="2026-11-23T09:00")
    assert sorted(read) == ["ours", "theirs"]  # theirs is the one of new leads; nobody follows the first
    read.clear()
    two("report", "week", now="2026-11-23T09:00")
    assert len(read) == len(set(read))


def test_two_books_of_the_same_steps_hold_the_same_process(two: Book) -> None:
    assert [code for (code,) in two.sql("SELECT code FROM process ORDER BY id")] == [
        processes.builtin_names()[0],
        "ours",
        "theirs",
    ]
    for code in ("ours", "theirs"):
        text: Any = two.sql("SELECT data FROM process WHERE code = ?", code)[0][0]
        assert processes.to_json(processes.from_json(text)) == text


def test_work_goes_on_with_a_promise_whose_way_is_gone(named: Book) -> None:
    named("next", "1", "2026-11-27", "听回话", "--via", "fax", "--why", "x")
    named("process", "edit", "ours", write(named, fewer()))
    named("next", "1", "2026-11-30", "--why", "他出差")
    assert (named.show(1)["next_date"], named.show(1)["next_via"]) == ("2026-11-30", "fax")
    named("log", "1", "没接", "--no-answer")
    named("review", "--spread", "2", "--why", "x", now="2026-12-03T09:00")
    named("reopen", "2", "--next", "2026-11-28")
    named("reopen", "3")
    assert named("check").out == ""


def test_a_lead_whose_promise_has_a_way_that_is_gone_is_parked_and_brought_back(named: Book) -> None:
    named("process", "edit", "ours", write(named, without(SMALL, GONE["via"][0])))
    named("park", "1", "--reason", "later", "--until", "2026-12-20")
    assert named.show(1)["next_date"] == "2026-12-20"
    named("reopen", "1", "--next", "2026-11-28")
    named("edit", "1", "--process", processes.builtin_names()[0])
    named("next", "1", "2026-11-29", "--why", "x")
    assert named("check").out == ""


def test_a_sheet_of_ours_is_read_back_after_the_change(named: Book) -> None:
    """What a lead was recorded with is no mistake of its row."""
    named("process", "edit", "ours", write(named, fewer()))
    sheet = str(named.path.parent / "leads.csv")
    named("export", "leads", "-o", sheet)
    before = state(named)
    answer = named("import", sheet, "--on-duplicate", "update", "--json").json
    assert (answer["unchanged"], answer["rejected"]) == (3, 0)
    assert state(named) == before


def test_a_process_without_leads_has_no_funnel_where_another_has(book: Book) -> None:
    name = processes.builtin_names()[0]
    assert {line["process"] for line in book("report", "week", "--json").json["funnel"]} == {name}
    take(book, SMALL)
    book("add", "甲", "--process", "ours")
    assert {line["process"] for line in book("report", "week", "--json").json["funnel"]} == {"ours"}


def test_a_lead_is_parked_with_its_promise_though_its_process_has_no_such_way(named: Book) -> None:
    """The other process has no fax: what was promised stays readable, and another lead can promise none."""
    take(named, without(OTHER, GONE["via"][0]))
    named("edit", "1", "--process", "theirs", "--stage", "ask")
    named("add", "丁", "--process", "theirs")
    named.refuse(2, "next", "4", "2026-11-28", "--via", "fax")
    named("park", "1", "--reason", "later", "--until", "2026-12-20")
    lead = named.show(1)
    assert (lead["status"], lead["next_date"], lead["next_reason"], lead["next_via"]) == (
        "parked", "2026-12-20", "听回话", "fax",
    )  # fmt: skip
    assert "传真" in named("show", "1").out
    assert named("check").out == ""
