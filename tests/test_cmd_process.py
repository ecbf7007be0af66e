"""``process``: several processes in one book, made, drawn, used, copied (L11); guides (L12)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from kit import Book
from process_kit import SMALL, held, state, take, write

from salesflow import processes
from salesflow.render.layout import width

FIRST, *OTHERS = processes.builtin_names()
OTHER = "lubricant"
OTHER_TITLE = processes.builtin_titles(OTHER)["zh"]


# A book takes a process in when it is first used


def test_a_new_book_holds_the_default_process_alone(book: Book) -> None:
    """L11: a book keeps the processes that it uses."""
    assert held(book) == [FIRST]
    listed = book("process", "list", "--json").json
    assert [(one["code"], one["default"], one["in_book"]) for one in listed] == [
        (FIRST, True, True),
        *((name, False, False) for name in OTHERS),
    ]
    assert "自带，还没用过" in book("process", "list").out
    assert "built in, not used yet" in book("process", "list", lang="en").out


def sheet(book: Book, text: str) -> str:
    """A sheet of leads beside the book."""
    return write(book, text, "leads.csv")


FIRST_USES = {
    "add": ["add", "甲", "--process", OTHER],
    "add by title": ["add", "甲", "--process", OTHER_TITLE],
    "log": ["log", "甲", "来了", "--new", "--process", OTHER],
    "config": ["config", "process", OTHER],
    "use": ["process", "use", OTHER],
    "edit": ["edit", "1", "--process", OTHER],
    "column": ["import", "leads.csv"],
    "default": ["import", "plain.csv", "--default", f"process={OTHER}"],
    "option": ["import", "plain.csv", "--process", OTHER],
}


@pytest.mark.parametrize("words", FIRST_USES.values(), ids=FIRST_USES)
def test_a_built_in_process_is_taken_in_by_its_first_use_in_the_same_step(
    book: Book, words: list[str]
) -> None:
    book("add", "早就有的店")
    write(book, f"店名,流程\n乙,{OTHER}\n丙,\n", "leads.csv")
    write(book, "店名\n乙\n", "plain.csv")
    before, steps = state(book), book.steps()
    words = [str(book.path.parent / word) if word.endswith(".csv") else word for word in words]
    book(*words)
    assert held(book) == [FIRST, OTHER]
    assert book.steps() == steps + 1
    book("undo")
    assert state(book) == before
    book("redo")
    assert held(book) == [FIRST, OTHER]
    book("check")


def test_a_sheet_names_the_process_of_each_row(book: Book) -> None:
    book("import", write(book, f"店名,流程\n乙,{OTHER}\n丙,\n丁,{OTHER_TITLE}\n戊,没有的流程\n", "leads.csv"))
    follows = {one["name"]: one["process"] for one in book("list", "--json").json}
    assert follows == {"乙": OTHER, "丙": FIRST, "丁": OTHER}


def test_rows_that_are_there_already_take_no_process_in(book: Book) -> None:
    book("add", "乙")
    path = write(book, f"店名,流程\n乙,{OTHER}\n", "leads.csv")
    before = state(book)
    assert book("import", path, "--json").json["duplicates"] == 1
    assert state(book) == before


def test_an_update_reads_a_row_by_the_process_that_its_lead_follows(book: Book) -> None:
    take(book, SMALL)
    book("add", "甲", "--process", "ours", "--grade", "Y")
    book("add", "乙", "--grade", "B")
    path = write(book, "店名,级别\n甲,急\n乙,A\n", "leads.csv")
    answer = book("import", path, "--on-duplicate", "update", "--json").json
    assert (answer["updated"], answer["rejected"]) == (2, 0)
    assert [one["grade"] for one in book("list", "--json").json] == ["X", "A"]
    named = write(book, f"店名,流程,地址\n甲,{FIRST},东街1号\n", "other.csv")
    refused = book.refuse(1, "import", named, "--on-duplicate", "update", lines=12)
    assert "--process" in refused.err


@pytest.mark.parametrize(
    "words",
    [
        ["add", "甲", "--process", "lubricnt"],
        ["log", "甲", "来了", "--new", "--process", "lubricnt"],
        ["config", "process", "lubricnt"],
        ["process", "use", "lubricnt"],
        ["process", "show", "lubricnt"],
        ["process", "edit", "lubricnt", "x.toml"],
        ["process", "update", "lubricnt"],
        ["process", "new", "a", "--from", "lubricnt"],
        ["guide", "--process", "lubricnt"],
        ["list", "--process", "lubricnt"],
        ["edit", "1", "--process", "lubricnt"],
        ["import", "SHEET", "--process", "lubricnt"],
    ],
    ids=" ".join,
)
def test_an_unknown_process_names_the_nearest(book: Book, words: list[str], tmp_path: Path) -> None:
    book("add", "早就有的店")
    sheet = tmp_path / "leads.csv"
    sheet.write_text("店名\n新来的店\n", "utf-8")
    assert OTHER in book.refuse(2, *[str(sheet) if word == "SHEET" else word for word in words]).err


def test_a_built_in_process_is_shown_and_guides_before_it_is_used(book: Book) -> None:
    """L12: the guide of a stage of whichever process."""
    before = book.dump()
    shown = book("process", "show", OTHER, "--json").json
    assert (shown["code"], shown["in_book"], shown["leads"]) == (OTHER, False, {})
    stages = [stage.code for stage in processes.load(processes.builtin(OTHER), OTHER).stages]
    assert [stage["code"] for stage in shown["stages"]] == stages
    assert {one["stage"] for one in book("guide", "--process", OTHER, "--json").json} == set(stages)
    assert book("guide", stages[1], "--process", OTHER).out
    assert book("list", "--process", OTHER, "--json").json == []
    assert book.dump() == before


# A process of one's own


def test_new_is_a_copy_under_a_code_and_title_of_its_own(book: Book) -> None:
    """L11: a company writes its own process, beginning with another one."""
    book("process", "new", "ours", "--from", FIRST, "--name", "我们的流程")
    text = book("process", "show", "ours", "--toml").out
    old, new = tomllib.loads(processes.builtin(FIRST)), tomllib.loads(text)
    assert new == old | {"code": "ours", "title": {"zh": "我们的流程", "en": "我们的流程"}}
    assert text.count("#") == processes.builtin(FIRST).count("#"), "comments stay"
    assert held(book) == [FIRST, "ours"]
    assert book("config", "process", "--json").json == {"process": FIRST}
    book("undo")
    assert held(book) == [FIRST]


@pytest.mark.parametrize("name", processes.builtin_names())
def test_every_built_in_process_can_be_copied(book: Book, name: str) -> None:
    made = book("process", "new", "our-2", "--from", name, "--name", "a \"b\" \\ 'c'", "--json").json
    assert (made["process"], made["title"]) == ("our-2", "a \"b\" \\ 'c'")
    copied = processes.load(book("process", "show", "our-2", "--toml").out, "our-2")
    shipped = processes.load(processes.builtin(name), name)
    assert copied == shipped._replace(code="our-2", titles=copied.titles)


def test_a_copy_of_a_copy_and_a_title_left_out(book: Book) -> None:
    take(book, SMALL)
    book("process", "new", "ours2", "--from", "我们的")
    assert book("process", "show", "ours2", "--json").json["titles"] == {"zh": "ours2", "en": "ours2"}
    text = book("process", "show", "ours2", "--toml").out
    assert "# how we sell" in text and "# may change" in text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["ours"], 2),
        (["a b", "--from", FIRST], 2),
        (["流程", "--from", FIRST], 2),
        (["-", "--from", FIRST], 2),
        (["x" * 41, "--from", FIRST], 2),
        (["ours", "--from", "nope"], 2),
        (["ours", "--from", FIRST, "--name", "a\x1bb"], 2),
        ([FIRST, "--from", FIRST], 1),
        ([OTHER, "--from", FIRST], 1),
    ],
)
def test_a_name_that_cannot_be_one_makes_no_process(book: Book, words: list[str], code: int) -> None:
    book.refuse(code, "process", "new", *words)


def test_a_process_whose_file_is_not_there_cannot_be_copied(book: Book) -> None:
    from other_process import add_process

    add_process(book, "oil")
    book.refuse(1, "process", "show", "oil", "--toml")
    book.refuse(1, "process", "new", "x", "--from", "oil")
    assert book("process", "show", "oil", "--json").json["code"] == "oil"


def test_source_is_the_file_to_the_letter(book: Book) -> None:
    assert book("process", "show", FIRST, "--toml").out == processes.builtin(FIRST)
    assert book("process", "show", OTHER, "--toml").out == processes.builtin(OTHER)
    take(book, SMALL)
    assert book("process", "show", "ours", "--toml").out == SMALL


def test_use_takes_a_file_in_and_new_leads_follow_it(book: Book) -> None:
    """L11: the seventh company's process, from its file to its first lead."""
    steps = book.steps()
    said = book("process", "use", write(book, SMALL)).out
    assert "收进了账本" in said and "新客户从现在起走" in said and book.steps() == steps + 1
    book("add", "甲", "--source", "came", "--grade", "急", "--contact", "老周 13900001234 老板")
    lead = book.show(1)
    assert (lead["process"], lead["stage"], lead["source"], lead["grade"]) == ("ours", "new", "came", "X")
    assert lead["contacts"][0]["roles"] == ["boss"]
    book("log", "1", "来坐了坐", "--in")
    assert book.show(1)["followup_list"][0]["via"] == "walk"
    assert "进店" in book("show", "1").out
    book("edit", "1", "--set", "address=东街1号")
    book("advance", "1")
    assert book.show(1)["stage"] == "talk"
    book("check")


def test_use_of_a_name_that_is_a_file_too(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book.path.parent)
    Path(FIRST).write_text("not this", "utf-8")
    Path("mine").write_text(SMALL, "utf-8")
    book("process", "use", FIRST)
    assert book("process", "use", "mine", "--json").json["process"] == "ours"
    assert book("process", "use", "-", "--json", stdin=SMALL).json["changed"] is False


def test_use_says_what_would_be_and_changes_nothing(book: Book) -> None:
    before = book.dump()
    book("process", "use", OTHER, "--dry-run")
    book("process", "use", write(book, SMALL), "--dry-run")
    assert book("process", "use", write(book, SMALL), "--dry-run", "--json").json["dry_run"] is True
    assert book.dump() == before
    book.refuse(2, "process", "use")
    book.refuse(2, "process", "use", OTHER, "--move", "a=b")


# Drawn


def drawn(book: Book, *words: str, **more: Any) -> list[str]:
    """The lines of ``process show``."""
    return book("process", "show", *words, **more).lines


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("tty", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("name", processes.builtin_names())
def test_a_drawing_fits_eighty_columns(book: Book, name: str, tty: bool, lang: str) -> None:
    """L7: stages, gates and grades on one sheet, in a pipe as on a terminal."""
    lines = drawn(book, name, lang=lang, tty=tty, COLUMNS="80", TERM="dumb")
    assert max(map(width, lines)) <= 80
    assert not set("–—…·→★│▼└") & set("".join(lines))


def test_the_drawing_tells_everything_of_a_process(book: Book) -> None:
    take(book, SMALL)
    for name in ("甲", "乙", "丙"):
        book("add", name, "--process", "ours")
    book("advance", "3", "--force", "--why", "x")
    book("lose", "2", "--reason", "dear")
    assert drawn(book, "ours") == [
        "ours   我们的",
        "",
        "新来的  new   在跟 1 家   33% 成交",
        "  |",
        "  |  进「谈着」要有：地址",
        "  v",
        "谈着  talk   在跟 1 家   每 10 天跟一次   67% 成交",
        "  |",
        "  |  进「成了」要有：签下的订单或供货协议",
        "  v",
        "成了  deal   在跟 0 家   成交",
        "",
        "级别",
        "X  急   5 天内成交   3 天跟一次",
        "Y  不急   成交日期没定   20 天跟一次",
        "-  6 天跟一次",
        "",
        "天数",
        "收到后 24 小时内首次联系",
        "没接隔 1 个工作日再打，最多连打 3 次",
        "暂缓没写日期的，90 天后再看",
        "成交一般要拜访 4 到 11 次",
        "第一张订单后 60 天内算新客户",
        "货用完前 7 天提醒再订",
        "报价最多退 3 步，再退就提醒",
        "",
        "来源",
        "met   碰上的",
        "came  自己来的（对方找来）",
        "",
        "方式",
        "walk  走访（算拜访）（对方找来：进店）",
        "fax   传真",
        "",
        "角色",
        "boss   老板",
        "clerk  店员",
        "",
        "类型",
        "shop  小店",
        "",
        "态度",
        "warm  热情",
        "",
        "战败原因",
        "dear   嫌贵",
        "wrong  记错了（不算战败）",
        "",
        "暂缓原因",
        "later  过阵子",
        "",
        "资料项，edit --set 代码=内容",
        "wing  洗车机",
    ]
    shown = book("process", "show", "ours", "--json").json
    assert (shown["leads"], shown["default"], shown["in_book"]) == ({"new": 1, "talk": 1}, False, True)


def test_the_drawing_names_the_fields_that_a_rep_can_set(book: Book) -> None:
    lines = drawn(book, "logistics")
    head = lines.index("资料项，edit --set 代码=内容")
    assert lines[head + 1] == "supplier         现用物流"
    assert "lanes            主要线路" in lines[head:]


@pytest.mark.parametrize("fmt", ["md", "chat", "csv", "jsonl", "plain", "table"])
def test_a_process_goes_into_every_format(book: Book, fmt: str) -> None:
    for words in (["list"], ["show"], ["show", OTHER]):
        assert book("process", *words, "-f", fmt).out


# A stage's guide


def test_a_guide_is_found_in_whichever_process_has_the_stage(book: Book) -> None:
    """L12: a rep need not say which process; the one of new leads comes first."""
    from other_process import add_process

    book("process", "use", OTHER)
    book("process", "use", FIRST)
    own = processes.load(processes.builtin(FIRST), FIRST).stages[1]
    other = processes.load(processes.builtin(OTHER), OTHER).stages[0]
    found = book("guide", other.code, "--json").json
    assert [one["code"] for one in found] == [item.code for item in other.guide]
    assert book("guide", other.title("zh"), "--json").json == found
    add_process(book, "copy")
    of_ours = book("guide", own.code, "--json").json
    assert [one["code"] for one in of_ours] == [item.code for item in own.guide]
    book("process", "use", OTHER)
    refused = book.refuse(2, "guide", own.code).err
    assert FIRST in refused and "copy" in refused and "--process" in refused
    assert book("guide", own.code, "--process", "copy", "--json").json == of_ours
    assert "prspect" in book.refuse(2, "guide", "prspect").err
