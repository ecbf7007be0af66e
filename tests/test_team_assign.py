"""``team assign``: the pool given out by area first, then evenly (F10); ``--owner`` and ``--pool`` elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Book, filled
from team_kit import rep_book, sound


def fill_pool(book: Book) -> None:
    """陈磊 has three in 武侯区, one lost, 李想 two in 金牛区 and one in 武侯区, 王芳 one; six are nobody's."""

    def add(name: str, owner: str, *more: str) -> None:
        book("add", name, "--set", f"owner={owner}", *more, now="2026-11-20T09:00")

    add("磊一", "陈磊", "--area", "武侯区")
    add("磊二", "陈磊", "--area", "武侯区")
    add("磊三", "陈磊", "--area", "武侯区")
    book("lose", "3", "--reason", "price", now="2026-11-20T10:00")
    add("想一", "李想", "--area", "金牛区")
    add("想二", "李想", "--area", "金牛区")
    add("想三", "李想", "--area", "武侯区")
    add("芳一", "王芳")
    for name, more in (
        ("池一", ["--area", "武侯区"]),
        ("池二", ["--area", "武侯区"]),
        ("池三", ["--area", "青羊区"]),
        ("池四", []),
        ("池五", ["--area", "金牛区", "--source", "enquiry"]),
        ("池六", ["--source", "enquiry"]),
    ):
        book("add", name, *more, now="2026-11-21T09:00")
        book("edit", name, "--set", "owner=", now="2026-11-21T09:01")
    # 王芳 was the first to phone whoever had asked, 陈磊 the second
    for rep, now in (("王芳", "2026-11-21T10:00"), ("陈磊", "2026-11-21T11:00")):
        book("config", "rep", rep, now=now)
        book("log", "池五", "打了电话", "--via", "phone", "--no-next", now=now)


@pytest.fixture
def pool(book: Book) -> Book:
    """Six leads that nobody owns, 8 to 13."""
    return filled(book, fill_pool)


def test_the_pool_is_listed(pool: Book) -> None:
    """`edit --set owner=` puts a lead there; `--owner -` is the same; `--owner` takes part of a name."""
    names = [one["name"] for one in pool("list", "--pool", "--json").json]
    assert names == ["池一", "池二", "池三", "池四", "池五", "池六"]
    assert [one["name"] for one in pool("list", "--owner", "-", "--json").json] == names
    assert [one["name"] for one in pool("list", "--owner", "芳", "--json").json] == ["芳一"]
    assert "王芳" in pool.refuse(2, "list", "--owner", "赵四").err
    assert len(pool("export", "leads", "--pool", "-f", "json").json) == 6


def test_each_goes_where_it_should_and_says_why(pool: Book) -> None:
    """By hand.

    Open: 李想 3, 王芳 1, 陈磊 2. Passive ones first: 池五 to 王芳, who phoned first (2 now); 池六, without any
    contact or area, to the fewest, 王芳 before 陈磊 (3). 池一, 池二: 武侯区 is 陈磊's with 2 against 1, a lost one
    counts for nobody (4). 池三: nobody has 青羊区, 李想 and 王芳 have 3 each: 李想. 池四 has no area: 王芳.
    """
    done = pool("team", "assign", "--json").json
    assert [(one["name"], one["to"], one["why"]) for one in done["given"]] == [
        ("池五", "王芳", "first_contact"), ("池六", "王芳", "evenly"), ("池一", "陈磊", "area"),
        ("池二", "陈磊", "area"), ("池三", "李想", "evenly"), ("池四", "王芳", "evenly"),
    ]  # fmt: skip
    assert done["reps"] == [
        {"rep": "李想", "open_before": 3, "given": 1, "open_after": 4},
        {"rep": "王芳", "open_before": 1, "given": 3, "open_after": 4},
        {"rep": "陈磊", "open_before": 2, "given": 2, "open_after": 4},
    ]
    assert (done["left"], done["dry_run"]) == (0, False)
    owners = {one["name"]: one["owner"] for one in pool("list", "--json", "--status", "open").json}
    assert all(owners[one["name"]] == one["to"] for one in done["given"])
    assert pool("list", "--pool", "--json").json == []
    sound(pool)


def test_it_is_one_step_and_says_so_in_lines(pool: Book) -> None:
    """A line a lead, a line a rep; a dry run changes nothing; undo puts all of them back."""
    before = pool.dump()
    tried = pool("team", "assign", "--dry-run")
    assert pool.dump() == before and "什么都没改" in tried.out
    steps = pool.steps()
    lines = pool("team", "assign").lines
    assert pool.steps() == steps + 1 and lines == tried.lines[:-1] and len(lines) == 6 + 3
    assert "池一　给 陈磊　武侯区他最多（2 家）" in lines[2]
    assert "找上门来的" in lines[0] and "2026-11-21" in lines[0]
    pool("undo")
    assert len(pool("list", "--pool", "--json").json) == 6
    assert pool("team", "assign", "--dry-run", lang="en").out.count(" to ") >= 6


def test_to_whom_and_whose_areas_are_can_be_said(pool: Book) -> None:
    """--to gives to these alone, --area-of beats what the leads say."""
    done = pool("team", "assign", "--to", "李想", "--to", "赵四", "--area-of", "赵四=武侯,青羊区")
    assert "赵四" in done.err
    owners = {one["name"]: one["owner"] for one in pool("list", "--json").json}
    assert [owners[f"池{number}"] for number in "一二三"] == ["赵四"] * 3
    # 李想 has 金牛区, but 池五 asked us and neither of the two was the first to phone: by its area, then
    assert owners["池五"] == "李想"
    assert {owners["池四"], owners["池六"]} <= {"李想", "赵四"}


def test_by_area_leaves_the_rest_in_the_pool(pool: Book) -> None:
    """--by-area: an area that nobody has, or none, stays nobody's, and is counted."""
    done = pool("team", "assign", "--by-area", "--json").json
    assert (done["left"], {one["name"] for one in done["given"] if one["why"] == "nobody"}) == (
        3,
        {"池三", "池四", "池六"},
    )
    assert [one["name"] for one in pool("list", "--pool", "--json").json] == ["池三", "池四", "池六"]


def test_some_of_the_pool(pool: Book) -> None:
    """By name, or by the filters of list."""
    assert [one["name"] for one in pool("team", "assign", "池三", "池一", "--json").json["given"]] == [
        "池一",
        "池三",
    ]
    done = pool("team", "assign", "--area", "武侯", "--dry-run", "--json").json
    assert [one["name"] for one in done["given"]] == ["池二"]
    done = pool("team", "assign", "--source", "enquiry", "--limit", "1", "--json").json
    assert [one["name"] for one in done["given"]] == ["池五"]


def test_what_cannot_be_given_out_is_said(pool: Book, book: Book) -> None:
    """A lead that somebody owns, an area without a name, an empty pool, nobody to give to."""
    assert "陈磊" in pool.refuse(1, "team", "assign", "磊一").err
    pool.refuse(2, "team", "assign", "--area-of", "武侯区")
    pool("team", "assign")
    assert "没有要分" in pool("team", "assign").out
    for lead in pool("list", "--json").json:
        pool("edit", str(lead["id"]), "--set", "owner=")
    assert "--to" in pool.refuse(1, "team", "assign").err


def test_today_of_one_rep(pool: Book) -> None:
    """--owner: that rep's leads alone, counts too; - the pool's; all of them stand in it without."""
    for number, name in enumerate(("磊一", "想一", "池一")):
        pool("next", name, f"2026-11-24 {10 + number}:00", "拜访")
    assert len(pool("today", "--json").json["items"]) == len(pool("list", "--status", "open", "--json").json)
    mine = pool("today", "--owner", "李想", "--json").json
    assert {one["name"] for one in mine["items"]} == {"想一", "想二", "想三"}
    assert mine["counts"]["first_contact"] == 3
    assert [one["kind"] for one in mine["reminders"]] == ["appointment"]
    assert mine["reminders"][0]["lead_id"] in {one["lead_id"] for one in mine["items"]}
    nobody = pool("today", "--owner", "-", "--json").json
    assert {one["name"] for one in nobody["items"]} == {f"池{number}" for number in "一二三四五六"}


def test_a_sheet_goes_to_the_pool(book: Book) -> None:
    """A cell says so, or --default for the rows that name nobody; what these tell has an author all the same."""
    sheet = book.path.with_name("list.csv")
    sheet.write_text("名称,归属人,上次跟进,备注\n甲店,,2026-11-10,聊过\n乙店,李想,,\n丙店,公海,,\n", "utf-8")
    book("import", str(sheet), "--default", "owner=pool")
    owners = {one["name"]: one["owner"] for one in book("list", "--json").json}
    assert owners == {"甲店": None, "乙店": "李想", "丙店": None}
    assert book.show("甲店")["followup_list"][0]["by"] == "陈磊"
    sound(book)
    before = book.dump()
    book("import", str(sheet), "--default", "owner=pool", "--on-duplicate", "update")
    assert book.dump() == before


def test_a_sheet_of_ours_keeps_the_pool(pool: Book) -> None:
    """Exported and imported into a new book: nobody's stays nobody's."""
    sheet = pool.path.with_name("out.csv")
    pool("export", "leads", "-o", str(sheet))
    fresh = rep_book(pool, "总部")
    fresh("import", str(sheet))
    assert {one["name"]: one["owner"] for one in fresh("list", "--json").json} == {
        one["name"]: one["owner"] for one in pool("list", "--json").json
    }


@pytest.mark.parametrize("said", ["", "-", "公海", "pool"])
def test_an_owner_of_no_name_is_the_pool_wherever_it_is_said(book: Book, tmp_path: Path, said: str) -> None:
    """``edit``, ``add`` and ``import --default`` mean the same; a cell that names somebody beats the default."""
    book("add", "甲店")
    book("edit", "1", "--set", f"owner={said}")
    book("add", "乙店", "--set", f"owner={said}")
    sheet = tmp_path / "名单.csv"
    sheet.write_text("店名,归属人\n丙店,\n丁店,李想\n", "utf-8")
    book("import", str(sheet), "--default", f"owner={said}")
    assert [one["owner"] for one in book("list", "--sort", "id", "--json").json] == [None, None, None, "李想"]
    assert [one["name"] for one in book("list", "--pool", "--sort", "id", "--json").json] == [
        "甲店",
        "乙店",
        "丙店",
    ]
