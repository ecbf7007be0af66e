"""A company that none of the manuals knows writes its own process, works by it, and changes it (L11).

``data/dashcam.toml`` sells dashcams into accessory shops: own ways, grades, fields, checklists, signatures,
and every word of the gate language.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Book, filled
from process_kit import funnel, state, without, write

from salesflow.processes.gates import WORDS

FILE = Path(__file__).parent / "data" / "dashcam.toml"
TEXT = FILE.read_text("utf-8")
TALKING = TEXT[TEXT.index('[[stage]]\ncode = "talking"') : TEXT.index('[[stage]]\ncode = "display"')]

# what is written beside what belongs there, the line to look at, and what the message says of it
MISTAKES = [
    ('title = { zh = "行车记录仪进店", en = "Dashcams into shops" }', 'title = "记录仪"', '{ zh = "…", en = "…" }'),
    ("[grade_none]\nevery = 5", "[grade_none]\nevery = 0", "1 到 3650 的整数"),
    ('default_via = "shop"', "default_via = 进店", "文字要加英文引号"),
    ("won = true\ninterval = 10", 'won = "yes"\ninterval = 10', "true 或 false"),
    ("interval = 10", "interval = 10.5", "1 到 3650 的整数"),
    ('part = "ask"', 'part = "talk"', "「ask」"),
    ('person = "owner"', 'person = "boss"', "any, owner, fitter"),
    ('{ field = "shelf_space" },\n  { followup', '{ field = "shelf" },\n  { followup', "「shelf_space」"),
    ('purpose = "show_app"', 'purpose = "app"', "「show_app」"),
    (', least = 60', "", "缺 least"),
    ("least = 60", "least = 600", "1 到 100"),
    ('tick = "papers.licence"', 'tick = "shop_check.traffic"', "papers.licence"),
    ('credit = "deposit"', 'credit = "cash"', "account, deposit, none_given"),
    ('quote = "made"', "quote = true", "made"),
    ('payment = "full"', 'payment = "half"', "received, full"),
    ('signoff = "chief"', 'signoff = "boss"', "any, chief"),
    ("{ goal = true }", '{ python = "x > 3" }', "「python」"),
    ('shelf_space = { zh = "货架几米", en = "metres of shelf", own = true }',
     'shelf_space = { zh = "货架几米", en = "metres of shelf" }', "own = true"),
    ('owner = { zh = "老板", en = "owner" }', 'owner = "老板"', "roles.owner"),
    ("[signoffs]", "[signoff]", "「signoffs」"),
]  # fmt: skip


@pytest.fixture
def shops(book: Book) -> Book:
    """Three shops that follow the process since Monday, one of them worked up to talking."""
    return filled(book, fill)


def fill(book: Book) -> None:
    """The file taken in, three shops, two talks with the first."""
    book("process", "use", str(FILE))
    book(
        "add", "车友之家", "--area", "武侯区", "--contact", "赵老板 13900007001 owner", now="2026-11-23T09:00"
    )
    book("add", "顺达修理厂", "--source", "同行介绍", now="2026-11-23T09:00")
    book("add", "丙店", now="2026-11-23T09:00")
    book("visit", "1", "货架三米", "-g", "热", "--with", "赵老板", now="2026-11-23T10:00")
    book("edit", "1", "--set", "货架几米=3", "--set", "need=yes")
    book("log", "1", "装了一台", "-v", "装一台演示", "--purpose", "演示手机软件")
    book("advance", "1")


def test_the_file_is_good_and_uses_the_whole_gate_language(book: Book) -> None:
    book("process", "check", str(FILE))
    assert "会把流程 dashcam" in book("process", "use", str(FILE), "--dry-run").out
    assert book("config", "process", "--json").json["process"] == "film-4s"
    book("process", "use", str(FILE))
    drawn = book("process", "show").out.replace("\n  |  ", "")  # long lines are broken
    for line in (
        "装一台演示：1 次",
        "店行不行：60 分",
        "资信 先付押金 或更好",
        "shelf_space  货架几米",
        "主管签字",
    ):
        assert line in drawn, line
    wants = [word for word in WORDS if f"{{ {word} = " in TEXT]
    assert wants == list(WORDS)


@pytest.mark.parametrize(("right", "wrong", "named"), MISTAKES, ids=[wrong[:24] for _, wrong, _ in MISTAKES])
def test_a_usual_mistake_is_named_with_its_line(book: Book, right: str, wrong: str, named: str) -> None:
    first = TEXT[: TEXT.index(right)].count("\n") + 1
    there = range(first, first + right.count("\n") + 1)
    said = book.refuse(2, "process", "use", write(book, without(TEXT, right, wrong)), lines=9).err
    (line,) = [one for one in said.splitlines() if named in one]
    assert line.startswith(tuple(f"第 {number} 行：" for number in there)), (there, said)


def test_each_gate_opens_by_the_commands_that_it_names(shops: Book) -> None:
    """Every want of the language is supplied by what ``advance`` says."""
    told = shops("advance", "1", code=1).err
    for command in (
        "salesflow evaluate 1 shop_check", "salesflow evaluate 1 papers licence", "salesflow edit 1 --set credit=",
        "salesflow edit 1 --goal",
    ):  # fmt: skip
        assert command in told, told
    # traffic 2 x 2, fitting 4 x 1, the shelf answers itself with 4: 12 of 16
    assert "75 分" in shops("evaluate", "1", "shop_check", "车流=2", "会装=4").out
    shops("evaluate", "1", "papers", "licence")
    shops("edit", "1", "--set", "credit=月结", "--goal", "3万", "--goal-on", "年底")
    assert shops("advance", "1", "--json").json["stage"] == "display"
    shops("order", "1", "6800")  # a deal, but nobody quoted or signed
    assert shops.show()["stage"] == "display"
    shops("quote", "1", "6800")
    shops("team", "sign", "1", "--by", "主管")
    assert shops("advance", "1", "--json").json["stage"] == "deal"
    shops("payment", "1", "5000")
    assert "货款付清" in shops("advance", "1", code=1).err
    shops("payment", "1", "1800")
    assert shops("advance", "1", "--json").json["stage"] == "refill"


def test_its_own_ways_grades_and_reasons(shops: Book) -> None:
    """A shop visit is a visit, whatever its code; a grade is told by its title, asked by either."""
    assert (shops.show()["visits"], shops.show()["grade"]) == (2, "hot")  # the demonstration counts too
    assert "热 级" in shops("show", "1").out and "热" in shops("list").out
    assert [one["id"] for one in shops("list", "-g", "hot", "--json").json] == [1]
    assert shops.show()["next_date"] == "2026-11-25"  # hot: two days from the 23rd; it stands on the 24th
    shops("call", "2", "没接")
    assert shops.show(2)["next_date"] == "2026-11-26"  # two working days on
    assert "--until" in shops.refuse(2, "park", "3", "--reason", "过阵子").err
    text = without(TEXT, "phone = {", "tel = {")
    shops("process", "edit", "dashcam", write(shops, text))
    assert "--via" in shops.refuse(2, "call", "3", "问了一声").err


def test_a_stage_that_vanishes_needs_a_place_for_its_leads(shops: Book) -> None:
    before, changed = state(shops), write(shops, without(TEXT, TALKING))
    assert "--move talking=" in shops.refuse(1, "process", "edit", "dashcam", changed).err
    told = shops("process", "edit", "dashcam", changed, "--move", "谈上了=看到的店", "--dry-run").out
    assert "在跟 1" in told and state(shops) == before
    shops("process", "edit", "dashcam", changed, "--move", "谈上了=看到的店")
    record = shops.show()
    assert (record["stage"], record["moves"][-1]["from"], record["moves"][-1]["to"]) == (
        "spotted",
        "talking",
        "spotted",
    )
    assert "谈上了" in shops("history", "1").out
    week = shops("report", "week", "--json").json
    assert funnel(week, "dashcam")["spotted"][2] == 3  # all three stand in it
    assert week["totals"]["moved_back"] == 0  # nobody moved it back
    shops("undo")
    assert state(shops) == before


def test_a_code_that_changes_is_told_apart_from_a_new_title(shops: Book) -> None:
    recoded = write(shops, without(TEXT, 'code = "talking"', 'code = "talks"'))
    told = shops("process", "edit", "dashcam", recoded, "--dry-run").out
    assert "talking 换成了 talks" in told
    shops("process", "edit", "dashcam", recoded, "--move", "talking=talks")
    assert shops.show()["stage"] == "talks"
    shops("undo")
    renamed = write(shops, without(TEXT, "谈上了", "聊上了"))
    assert "没有影响" in shops("process", "edit", "dashcam", renamed).out
    assert (shops.show()["stage"], shops.show()["stage_title"]) == ("talking", "聊上了")


def test_an_interval_that_changes_moves_no_date_that_is_set(shops: Book) -> None:
    text = without(TEXT, "within = 7\nevery = 2", "within = 7\nevery = 4")
    told = shops("process", "edit", "dashcam", write(shops, text)).out
    assert "2 改成 4" in told and shops.show()["next_date"] == "2026-11-25"
    shops("log", "1", "又去了", now="2026-11-25T10:00")
    assert shops.show()["next_date"] == "2026-11-30"  # four days on is Sunday the 29th, so Monday
