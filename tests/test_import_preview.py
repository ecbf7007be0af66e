"""How a file will be read is shown before anything is written; a person may refuse it, or change a column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from kit import Book

from salesflow.exchange.columns import KINDS

ROWS = """我的客户 2026
店名,联系人,电话,备用号,片区经理
华星宝马,王建国,13900001111,13800001111,孙丽
先锋汽车,李总,13900002222,,孙丽
东区大众,赵敏,13900003333,,周强
西城福特,陈总,13900004444,,吴刚
"""


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    """The file of the rows."""
    path = tmp_path / "客户.csv"
    path.write_text(ROWS, encoding="gb18030")
    return str(path)


def workbook(path: Path, **sheets: list[list[str]]) -> str:
    """The file of a workbook with these sheets."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
    return str(path)


def line(text: str, column: str) -> str:
    """The line of the preview that begins with this column."""
    return next(one for one in text.splitlines() if one.startswith(column))


def test_a_trial_shows_every_column_with_three_values(book: Book, sheet: str) -> None:
    done = book("import", sheet, "--dry-run", "--json")
    assert done.json["added"] == 4
    assert line(done.err, "店名").split() == ["店名", "店名", "name", "华星宝马、先锋汽车、东区大众"]
    assert "contact" in line(done.err, "联系人") and "王建国、李总、赵敏" in line(done.err, "联系人")
    assert "custom" in line(done.err, "片区经理") and "孙丽、周强、吴刚" in line(done.err, "片区经理")
    assert "gb18030" in done.err and "第 2 行" in done.err
    assert book("list", "--json").json == []
    english = book("import", sheet, "--dry-run", lang="en").err
    assert "kept as it is" in line(english, "片区经理") and "header is on line 2" in english


def test_what_is_left_aside_is_shown_too(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("店名,电话,传真\n一店,13900001111,028-85551234\n", encoding="utf-8")
    done = book("import", str(path), "--dry-run", "--map", "传真=-")
    assert line(done.err, "传真").split() == ["传真", "不读", "-", "028-85551234"]


def test_off_a_terminal_nothing_is_asked_and_nothing_shown(book: Book, sheet: str) -> None:
    done = book("import", sheet)
    assert "新增 4" in done.out
    assert "前几格" not in done.err


def test_enter_accepts(book: Book, sheet: str) -> None:
    done = book("import", sheet, tty=True, answers=[""])
    assert "前几格" in done.err
    assert len(book("list", "--json").json) == 4


def test_no_changes_nothing(book: Book, sheet: str) -> None:
    before = book.path.read_bytes()
    done = book("import", sheet, tty=True, answers=["n"])
    assert "没有导入" in done.out
    assert book.path.read_bytes() == before


def test_yes_asks_nothing(book: Book, sheet: str) -> None:
    assert "前几格" not in book("import", sheet, "--yes", tty=True).err
    assert len(book("list", "--json").json) == 4


def test_end_of_input_is_an_interruption(book: Book, sheet: str) -> None:
    book("import", sheet, tty=True, code=130)
    assert book("list", "--json").json == []


def test_a_column_is_read_otherwise(book: Book, sheet: str) -> None:
    answers = ["备用号=联系人电话", "片区经理=owner", "没有=phone", "备用号=胡说", "随便", ""]
    done = book("import", sheet, tty=True, answers=answers)
    assert "没有" in done.err and "胡说" in done.err and "随便" in done.err
    assert "--save-profile" in done.err
    lead = book.show("华星宝马")
    assert (lead["owner"], lead["contacts"][0]["phones"]) == ("孙丽", ["13900001111", "13800001111"])
    assert lead["custom"] == {}


def test_a_column_can_be_kept_or_left_aside(book: Book, sheet: str) -> None:
    book("import", sheet, tty=True, answers=["联系人=custom", "片区经理=-", ""])
    lead = book.show("华星宝马")
    assert lead["contacts"] == []
    assert lead["custom"] == {"联系人": "王建国", "备用号": "13800001111"}


def test_the_name_cannot_be_taken_away(book: Book, sheet: str) -> None:
    done = book("import", sheet, tty=True, answers=["店名=-", ""])
    assert "name" in done.err
    assert len(book("list", "--json").json) == 4


def saved(book: Book, sheet: str) -> None:
    """The book with a profile for the sheet, and without its leads."""
    book("import", sheet, "--map", "片区经理=owner", "--save-profile", "片区表")
    book("undo", "--yes")
    book("import", sheet, "--map", "片区经理=owner", "--save-profile", "片区表")
    for lead in book("list", "--json").json:
        book("edit", str(lead["id"]), "--set", "owner=无主")


def test_a_profile_is_offered_for_the_same_header(book: Book, sheet: str, tmp_path: Path) -> None:
    saved(book, sheet)
    other = tmp_path / "五月.csv"
    header = ROWS.splitlines()[1]
    other.write_text(
        f"{header}\n南门店,钱进,13900005555,,郑和\n北门店,冯玉,13900006666,,郑和\n", encoding="utf-8"
    )
    # off a terminal it is named and not used
    done = book("import", str(other), "--json", "--dry-run")
    assert "--profile 片区表" in done.err
    assert done.json["mapping"].get("片区经理") is None
    # said by name it is used, and nothing more is said
    done = book("import", str(other), "--json", "--dry-run", "--profile", "片区表")
    assert done.json["mapping"]["片区经理"] == "owner"
    assert "--profile" not in done.err
    # on a terminal it is what Enter takes
    done = book("import", str(other), tty=True, answers=[""])
    assert "片区表" in done.err
    assert book.show("南门店")["owner"] == "郑和"


def test_a_profile_may_be_refused(book: Book, sheet: str, tmp_path: Path) -> None:
    saved(book, sheet)
    other = tmp_path / "五月.csv"
    other.write_text(f"{ROWS.splitlines()[1]}\n南门店,钱进,13900005555,,郑和\n", encoding="utf-8")
    book("import", str(other), tty=True, answers=["-", ""])
    assert book.show("南门店")["custom"] == {"片区经理": "郑和"}


def test_a_profile_keeps_the_order_of_dates(book: Book, tmp_path: Path) -> None:
    """3/4/2018 was said to be the 3rd of April: the next file of that header is read so, and refused without it."""
    first, second = tmp_path / "四月.csv", tmp_path / "五月.csv"
    first.write_text("店名,收到日期\n甲店,3/4/2018\n", encoding="utf-8")
    second.write_text("店名,收到日期\n乙店,5/6/2018\n", encoding="utf-8")
    book("import", str(first), "--date-order", "dmy", "--save-profile", "英国表")
    assert book.show("甲店")["received_at"] == "2018-04-03T00:00"
    assert "--date-order" in book.refuse(2, "import", str(second)).err
    done = book("import", str(second), "--profile", "英国表", "--dry-run", "--json")
    assert done.json["added"] == 1 and "dmy" in done.err
    # said on the command line it beats the profile's
    book("import", str(second), "--profile", "英国表", "--date-order", "mdy")
    assert book.show("乙店")["received_at"] == "2018-05-06T00:00"
    book("undo")
    # on a terminal the profile is offered, and Enter takes both; without it the file cannot be read
    assert "--date-order" in book("import", str(second), tty=True, answers=["-", ""], code=2).err
    done = book("import", str(second), tty=True, answers=[""])
    assert "英国表" in done.err and "dmy" in done.err
    assert book.show("乙店")["received_at"] == "2018-06-05T00:00"
    # saved again by the profile it keeps what it knew; a file of plain dates needs none of it
    third = tmp_path / "六月.csv"
    third.write_text("店名,收到日期\n丙店,7/8/2018\n", encoding="utf-8")
    book("import", str(third), "--profile", "英国表", "--save-profile", "新表")
    book("undo")
    book("redo")
    fourth = tmp_path / "七月.csv"
    fourth.write_text("店名,收到日期\n丁店,9/8/2018\n", encoding="utf-8")
    book("import", str(fourth), "--profile", "新表")
    assert book.show("丁店")["received_at"] == "2018-08-09T00:00"


def test_another_header_is_offered_nothing(book: Book, sheet: str, tmp_path: Path) -> None:
    saved(book, sheet)
    other = tmp_path / "五月.csv"
    other.write_text("店名,电话\n南门店,13900005555\n", encoding="utf-8")
    assert "--profile" not in book("import", str(other)).err


def test_files_with_one_header_are_asked_about_once(book: Book, sheet: str, tmp_path: Path) -> None:
    other = tmp_path / "五月.csv"
    other.write_text(f"{ROWS.splitlines()[1]}\n南门店,钱进,13900005555,,郑和\n", encoding="utf-8")
    book("import", sheet, str(other), tty=True, answers=["片区经理=owner", ""])
    assert (book.show("南门店")["owner"], book.show("华星宝马")["owner"]) == ("郑和", "孙丽")


SHEETS: dict[str, Any] = {
    "一月": [["店名", "电话"], ["甲店", "13900000001"], ["乙店", "13900000002"]],
    "说明": [["随便", "写写"], ["第一", "第二"]],
    "二月": [["二月名单"], ["公司名称", "手机"], ["乙店", "13900000002"], ["丙店", "13900000003"]],
}


def test_all_sheets_of_a_workbook(book: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "月.xlsx", **SHEETS)
    done = book("import", path, "--sheet", "all", "--json")
    said = [(one["file"], one["sheet"], one["rows"], one["added"], one["duplicates"]) for one in done.json]
    assert said == [(path, "一月", 2, 2, 0), (path, "二月", 2, 1, 1)]
    assert "说明" in done.err
    assert sorted(one["name"] for one in book("list", "--json").json) == ["丙店", "乙店", "甲店"]


def test_sheets_by_name(book: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "月.xlsx", **SHEETS)
    done = book("import", path, "--sheet", "二月", "--sheet", "一月", "--json")
    assert [one["sheet"] for one in done.json] == ["二月", "一月"]
    assert len(book("list", "--json").json) == 3
    book("import", path, "--sheet", "三月", "--sheet", "一月", code=2)


def test_one_sheet_and_the_others_are_named(book: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "月.xlsx", **SHEETS)
    done = book("import", path, "--json")
    assert done.json["added"] == 2
    assert "sheet" not in done.json
    assert "二月" in done.err and "--sheet all" in done.err


def test_rejects_of_several_sheets_say_which(book: Book, tmp_path: Path) -> None:
    sheets = {name: [*rows, ["", "13900000009"]] for name, rows in SHEETS.items() if name != "说明"}
    path = workbook(tmp_path / "月.xlsx", **sheets)
    out = tmp_path / "不行.csv"
    book("import", path, "--sheet", "all", "--rejects", str(out))
    rows = out.read_text(encoding="utf-8-sig").splitlines()
    assert [("一月" in row, "二月" in row) for row in rows[1:]] == [(True, False), (False, True)]


def test_of_two_names_the_second_is_shown_to_fill_in(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("fullname,name\n成都华星汽车销售有限公司,华星\n,锦泰\n", encoding="utf-8")
    done = book("import", str(path), "--dry-run")
    assert line(done.err, "fullname").split()[1:3] == ["店名", "name"]
    assert "补空" in line(done.err, "name")


def test_where_the_format_names_the_fields_no_line_is_the_header(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"店名": "一店"}\n', encoding="utf-8")
    assert "第 0 行" not in book("import", str(path), "--dry-run").err


def test_what_was_agreed_to_is_not_told_again(book: Book, sheet: str) -> None:
    done = book("import", sheet, "--save-profile", "片区表", tty=True, answers=[""])
    assert "新增 4" in done.out and "店名=name" not in done.out
    assert "记下" in done.out and "片区表" in done.out
    assert "店名=name" in book("import", sheet).out


def test_a_sheet_that_is_longer_than_the_screen_names_its_blank_columns_in_a_line(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    blank = [f"空列{number}" for number in range(1, 31)]
    path.write_text(",".join(["店名", *blank]) + "\n一店" + "," * 30 + "\n", encoding="utf-8")
    done = book("import", str(path), tty=True, answers=["n"], LINES="24")
    assert len(done.err.splitlines()) < 24
    assert "空列1、空列2" in done.err.replace("\n", "") and "空列30" in done.err
    tall = book("import", str(path), tty=True, answers=["n"], LINES="60")
    assert "原样留着" in line(tall.err, "空列30")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_title(book: Book, tmp_path: Path, kind: str) -> None:
    """What a preview shows, in both languages, and what --map and the prompt take."""
    path = tmp_path / "a.csv"
    # each column by the first of its names that is not of another field's
    path.write_text(",".join(f"c{place}" for place, _ in enumerate(KINDS[kind])) + "\n" + "," * (len(KINDS[kind]) - 1)
                    + "x\n", "utf-8")  # fmt: skip
    words = [word for place, field in enumerate(KINDS[kind]) for word in ("--map", f"c{place}={field}")]
    for lang in ("zh", "en"):
        done = book("import", str(path), "--kind", kind, "--dry-run", *words, lang=lang, code=None)
        assert done.code < 3, done


def test_map_knows_a_field_by_its_title_too(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n一店,13900001111\n", encoding="utf-8")
    done = book("import", str(path), "--map", "甲=店名", "--map", "乙=电话", "--json")
    assert done.json["mapping"] == {"甲": "name", "乙": "phone"}
    assert "没有" in book.refuse(2, "import", str(path), "--map", "甲=什么名").err
