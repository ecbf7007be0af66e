"""A rep's own sheet becomes follow-ups on their days and today's list in the same minute."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from kit import Book

# the clock of the tests: Tuesday, 2026-11-24; its week began on the 23rd
OWN = """我的客户 2026
店名,联系人,电话,级别,上次跟进,下次跟进,备注
华星宝马,王经理,13900001111,A级,2026-11-20,2026-11-24,"10月底认识的
11.3 拜访 看了样品
11月10日：打电话，要再想想
2026/11/18 微信 发了报价
第二行接着写"
先锋汽车,李总,13900002222,H,11-20,11-22,谈得不错
奥迪城南店,NaN,[],Select,-,无,-
大众一店,,138****1234,,,,3-5天内回话
福特店,,1.38E+10,B,2026-11-01,,
西城店,张三,13900003333.0,c,昨天,下周三,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The sheet as a file."""
    path = tmp_path / "客户表.csv"
    path.write_text(OWN, encoding="gb18030")
    return path


def past(book: Book, lead: str) -> list[tuple[str, str, str | None]]:
    """Day, way and note of the lead's follow-ups, the oldest first."""
    found = book.show(lead)["followup_list"]
    return sorted((one["at"][:10], one["via"], one["note"]) for one in found)


def test_counts_and_mapping(book: Book, sheet: Path) -> None:
    answer = book("import", str(sheet), "--json").json
    assert list(answer) == [
        "file", "kind", "encoding", "rows", "added", "updated", "unchanged", "duplicates", "rejected",
        "possible_duplicates", "mapping", "custom", "changes", "rejects",
    ]  # fmt: skip
    assert answer["mapping"] == {
        "店名": "name", "联系人": "contact", "电话": "phone", "级别": "grade", "上次跟进": "last_followup",
        "下次跟进": "next", "备注": "note",
    }  # fmt: skip
    assert (answer["rows"], answer["added"], answer["rejected"], answer["encoding"]) == (6, 5, 1, "gb18030")
    # the note of row 3 has five lines: 福特店 begins on line 11 of the file
    assert [one["row"] for one in answer["rejects"]] == [11]
    assert "1.38E+10" in answer["rejects"][0]["reason"]


def test_every_dated_line_is_a_followup(book: Book, sheet: Path) -> None:
    book("import", str(sheet))
    assert past(book, "华星宝马") == [
        ("2026-11-03", "visit", "拜访 看了样品"),
        ("2026-11-10", "phone", "打电话，要再想想"),
        ("2026-11-18", "wechat", "微信 发了报价\n第二行接着写"),
        ("2026-11-20", "visit", None),
    ]
    lead = book.show("华星宝马")
    assert (lead["note"], lead["grade"], lead["next_date"]) == ("10月底认识的", "A", "2026-11-24")
    assert (lead["received_at"], lead["last_followup_at"]) == ("2026-11-03T00:00", "2026-11-20T00:00")
    assert (lead["followups"], lead["visits"]) == (4, 2)
    (person,) = lead["contacts"]
    assert (person["name"], person["phones"]) == ("王经理", ["13900001111"])
    assert past(book, "先锋汽车") == [("2026-11-20", "visit", "谈得不错")]
    assert past(book, "西城店") == [("2026-11-23", "visit", None)]
    assert book.show("西城店")["next_date"] == "2026-12-02"


def test_blanks_say_nothing(book: Book, sheet: Path) -> None:
    done = book("import", str(sheet), lang="en")
    assert "1 masked phones" in done.err
    for name in ("奥迪城南店", "大众一店"):
        lead = book.show(name)
        assert (lead["followups"], lead["next_date"], lead["received_at"], lead["phone"]) == (
            0,
            None,
            None,
            None,
        )
        assert (lead["contacts"], lead["grade"], lead["custom"]) == ([], None, {})
    assert book.show("大众一店")["note"] == "3-5天内回话"  # a span of days is no date


def test_the_list_of_the_day_stands_at_once(book: Book, sheet: Path) -> None:
    done = book("import", str(sheet), lang="en")
    assert "To do today: 2; names never touched: 2" in done.out
    today = book("today", "--json").json
    assert [(item["name"], item["bucket"], item["days_late"]) for item in today["items"]] == [
        ("先锋汽车", "overdue", 2),
        ("华星宝马", "due", 0),
    ]
    assert today["counts"] == {"first_contact": 0, "overdue": 1, "due": 1, "unplanned": 0, "untouched": 2}


def test_reports_count_it_in_its_own_week(book: Book, sheet: Path) -> None:
    book("import", str(sheet))

    def week(day: str) -> tuple[int, int, int, int]:
        totals = book("report", "week", "--date", day, "--json").json["totals"]
        return totals["new_leads"], totals["followups"], totals["visits"], totals["leads_touched"]

    assert week("2026-11-03") == (1, 1, 1, 1)  # 华星 on the 3rd
    assert week("2026-11-10") == (0, 1, 0, 1)  # its call on the 10th
    assert week("2026-11-18") == (1, 3, 2, 2)  # its message and visit, 先锋 on the 20th
    assert week("2026-11-24") == (1, 1, 1, 1)  # 西城 on Monday the 23rd


def test_the_book_is_sound_and_the_import_one_step(book: Book, sheet: Path) -> None:
    before, steps = rows(book), book.steps()
    book("import", str(sheet))
    after = rows(book)
    assert book.steps() == steps + 1
    assert book("check").out == ""
    book("undo", "--yes")
    assert rows(book) == before
    assert book("check").out == ""
    book("redo")
    assert rows(book) == after
    assert book("check").out == ""


def rows(book: Book) -> dict[str, list[Any]]:
    """All rows of the tables that a person's work is in."""
    tables = ("lead", "contact", "followup", "promise", "move", "setting", "import_profile")
    return {name: book.sql(f"SELECT * FROM {name} ORDER BY id") for name in tables}


def workbook(path: Path) -> Path:
    """The same kind of sheet as people keep it in Excel: title, blank row, merged cells, real dates."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["填表说明"])
    book.active.append(["每家写一行", "日期写全"])
    notes = book.create_sheet("分级")
    for row in (["等级", "几天内"], ["A", "30"], ["B", "90"]):
        notes.append(row)
    hidden = book.create_sheet("旧")
    hidden.sheet_state = "hidden"
    hidden.append(["店名", "电话"])
    hidden.append(["藏起来的店", "13700000000"])
    page = book.create_sheet("客户")
    page.append(["2026年客户跟进表"])
    page.merge_cells("A1:H1")
    page.append([])
    page.append(["店名*", "联系人", "电话", "级别", "上次跟进", "下次跟进", "备注", "区域"])
    page.append(
        ["华星宝马", "王经理", 13900001111.0, "A", dt.date(2026, 11, 20), dt.datetime(2026, 11, 24, 15, 30)]
    )
    page.append(
        ["先锋汽车", "李总", "139-0000-2222", "B", dt.datetime(2026, 11, 12), dt.date(2026, 11, 22), "谈价"]
    )
    page.append(["西城店", None, 13900003333])
    page["H4"] = "武侯区"
    page.merge_cells("H4:H6")
    more = book.create_sheet("老客户")
    more.append(["店名", "手机"])
    more.append(["老店", "13700000001"])
    book.save(path)
    return path


def test_a_workbook_as_people_keep_it(book: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "客户.xlsx")
    done = book("import", str(path), "--json", lang="en")
    assert (done.json["rows"], done.json["added"], done.json["encoding"]) == (3, 3, "")
    # no row is dropped in silence: the other sheets that have rows are named, the hidden one is not
    assert (
        done.err
        == "Only the sheet '客户' was read; there are 分级, 老客户 too: --sheet NAME, or --sheet all.\n"
    )
    leads = book("list", "--json").json
    assert [lead["area"] for lead in leads] == ["武侯区"] * 3
    first = book.show("华星宝马")
    assert (first["next_date"], first["next_time"]) == ("2026-11-24", "15:30")
    assert first["contacts"][0]["phones"] == ["13900001111"]
    assert past(book, "先锋汽车") == [("2026-11-12", "visit", "谈价")]
    assert book.show("西城店")["phone"] == "13900003333"
    counts = book("today", "--json").json["counts"]
    assert (counts["overdue"], counts["due"]) == (1, 1)


def test_another_sheet_by_its_name(book: Book, tmp_path: Path) -> None:
    path = str(workbook(tmp_path / "客户.xlsx"))
    assert book("import", path, "--sheet", "老客户", "--json").json["added"] == 1
    assert [lead["name"] for lead in book("list", "--json").json] == ["老店"]
    done = book.refuse(2, "import", path, "--sheet", "新客户")
    assert "老客户" in done.err


@pytest.mark.parametrize(
    ("line", "day", "via"),
    [
        ("11.3 拜访 王经理", "2026-11-03", "visit"),
        ("11.3 见了王经理", "2026-11-03", "visit"),  # the way of the process where none is named
        ("11/10 电话 要再想想", "2026-11-10", "phone"),
        ("11-10 打了电话", "2026-11-10", "phone"),
        ("11月10号 来电问价", "2026-11-10", "phone"),
        ("2025年12月1日 微信：发了报价", "2025-12-01", "wechat"),
        ("12.25 发微信拜年", "2025-12-25", "wechat"),  # the last one past
        ("20261101 饭局", "2026-11-01", "event"),
        ("[2026-11-01] phone: no answer", "2026-11-01", "phone"),
        ("2026.11.01 phoned by nobody", "2026-11-01", "visit"),
        ("11.3 其他人在，王经理不在", "2026-11-03", "other"),
    ],
)
def test_the_way_that_a_line_begins_with(book: Book, tmp_path: Path, line: str, day: str, via: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"店名,备注\n甲,{line}\n", encoding="utf-8")
    book("import", str(path))
    ((at, way, _),) = past(book, "甲")
    assert (at, way) == (day, via)


FIGURES = ("3.5折", "5.8万的单", "2-3台", "3-5天回话", "1.5小时", "2.5公里", "1、要样品", "10-12个月")


@pytest.mark.parametrize("line", FIGURES)
def test_figures_are_no_dates(book: Book, tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"店名,备注\n甲,{line}\n", encoding="utf-8")
    book("import", str(path))
    lead = book.show("甲")
    assert (lead["followups"], lead["note"]) == (0, line)


def test_the_way_of_a_column_of_its_own(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "店名,上次跟进,跟进方式,下次跟进,下次跟进方式,备注\n"
        "甲,2026-11-20,电话,2026-12-01,拜访,问价\n"
        '乙,2026-11-20,微信,,,"11.3 拜访 样品\n11.20 报价"\n',
        encoding="utf-8",
    )
    book("import", str(path))
    assert past(book, "甲") == [("2026-11-20", "phone", "问价")]
    assert book.show("甲")["next_via"] == "visit"
    assert past(book, "乙") == [("2026-11-03", "visit", "拜访 样品"), ("2026-11-20", "wechat", "报价")]
