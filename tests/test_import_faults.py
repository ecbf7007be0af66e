"""Files that are broken, strange or hostile, each by the number it has in the catalogue of faults (C and X)."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from kit import Book, Run

HEAD = "店名,电话,地址,级别,备注"
NAMES = ("rows", "added", "duplicates", "rejected")


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Callable[..., Run]:
    """``take(data)`` imports a file of these bytes or this text; whatever comes of it, the book is sound."""

    def do(data: bytes | str, *words: str, name: str = "list.csv", code: int = 0, **more: Any) -> Run:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        before = book.dump()
        done = book("import", str(path), *words, code=code, **more)
        if code:
            assert book.dump() == before
            assert len(done.err.splitlines()) <= 13
        assert "Traceback" not in done.err
        book("check")
        return done

    return do


def counts(done: Run) -> tuple[int, ...]:
    """Rows, added, duplicates, rejected."""
    return tuple(done.json[name] for name in NAMES)


def names(book: Book) -> list[str]:
    """The names in the book, in the order of their ids."""
    return [one["name"] for one in sorted(book("list", "--json").json, key=lambda one: int(one["id"]))]


def test_c1_a_double_far_below_costs_nothing_but_itself(book: Book, take: Any) -> None:
    rows = "".join(f"店{n},,,,\n" for n in range(1500))
    done = take(f"{HEAD}\n{rows}店1001,,,,\n", "--json")
    assert counts(done) == (1501, 1500, 1, 0)
    # with --strict a bad row, however far below, leaves nothing behind
    book("undo", "--yes")
    take(f"{HEAD}\n{rows}店X,,,没有,\n", "--strict", code=1)
    assert names(book) == []


def test_c2_more_cells_than_the_header(book: Book, take: Any) -> None:
    done = take(f"{HEAD}\n甲,1,2,A,x,多,了\n乙,,,,\n", "--json", lang="en")
    assert counts(done) == (2, 1, 0, 1)
    assert "7" in done.json["rejects"][0]["reason"] and "5" in done.json["rejects"][0]["reason"]


def test_c3_fewer_cells_than_the_header(book: Book, take: Any) -> None:
    done = take(f"{HEAD}\n甲,13900000001,路\n乙,,,,\n", "--json")
    assert counts(done) == (2, 1, 0, 1)
    assert names(book) == ["乙"]


def test_c4_a_quote_that_is_not_closed(book: Book, take: Any) -> None:
    done = take(f'{HEAD}\n甲,1,2,A,x\n乙,1,2,A,"没完\n丙,1,2,A,x\n丁,1,2,A,x\n', code=5)
    assert "3" in done.err
    # two of them swallow the rows between: the row that holds rows is not taken
    done = take(f'{HEAD}\n甲,1,2,A,x\n乙,1,2,A,"没完\n丙,1,2,A,x\n丁,1,2,A,x"\n戊,,,,\n', "--json")
    assert counts(done) == (3, 2, 0, 1)
    assert names(book) == ["甲", "戊"]


def test_c5_text_behind_a_closing_quote(take: Any) -> None:
    assert "2" in take(f'{HEAD}\n"a"b,1,2,A,x\n', code=5).err
    assert "2" in take(f'{HEAD}\n"a\\"b",1,2,A,x\n', code=5).err


def test_c6_a_mark_at_the_beginning(book: Book, take: Any) -> None:
    assert counts(take(f"\ufeff{HEAD}\n甲,,,,\n", "--json")) == (1, 1, 0, 0)
    assert names(book) == ["甲"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gbk", "gb18030", "utf-8-sig", "utf-8"])
def test_c7_encodings(book: Book, take: Any, encoding: str) -> None:
    text = f"{HEAD}\n成都宝马张三店,13900000001,科华南路,A,谈得不错\n"
    take(text.encode(encoding), "--json")
    assert names(book) == ["成都宝马张三店"]


def test_c7_big5_is_told_from_gb18030(book: Book, take: Any) -> None:
    """C7: both are double bytes without a mark; the names of its columns are the traditional ones."""
    text = (
        "店名,聯絡電話,地址,聯絡人,行動電話,備註,級別,上次跟進\n"
        "台北華星汽車,028-85551234,台北市信義路五段7號,王建國,13900001111,談過價格,A,2026/11/3\n"
    )
    done = take(text.encode("big5"), "--json")
    assert done.json["encoding"] == "big5" and done.json["custom"] == []
    lead = book.show("台北華星汽車")
    assert (lead["phone"], lead["grade"], lead["contacts"][0]["phones"]) == (
        "028-85551234",
        "A",
        ["13900001111"],
    )
    # traditional characters in GB18030, and rare simplified ones, stay what they are
    assert (
        take(text.replace("台北華星", "高雄錦泰").encode("gb18030"), "--json").json["encoding"] == "gb18030"
    )
    assert take("店名\n鑫鑫犇\n".encode("gbk"), "--json").json["encoding"] == "gb18030"


def test_c7_characters_without_a_place_of_their_own_are_kept(book: Book, take: Any) -> None:
    # two names as GB18030 writes them: its old places for them lie in the private area of Unicode
    row = "店".encode("gb18030") + b"\xa8\xbc" + "与".encode("gb18030") + b"\xfe\x59"
    take(f"{HEAD}\n".encode("gb18030") + row + b",,,,\n")
    assert names(book)[0].encode("gb18030") == row


def test_c8_a_nul(take: Any) -> None:
    assert "2" in take(f"{HEAD}\n甲\0乙,,,,\n", code=5).err


def test_c9_a_cell_of_ten_megabytes(book: Book, take: Any) -> None:
    done = take(f"{HEAD}\n甲,,,,{'x' * 10_000_000}\n乙,,,,\n", "--json")
    assert counts(done) == (2, 1, 0, 1)
    assert names(book) == ["乙"]


def test_c10_two_columns_of_one_name(take: Any) -> None:
    assert "电话" in take("店名,电话,电话\n甲,1,2\n", code=5).err


@pytest.mark.parametrize("text", ["", "\n\n", HEAD, f"{HEAD}\n", f"{HEAD}\n,,,,\n\n"])
def test_c11_nothing_but_a_header(take: Any, text: str) -> None:
    take(text, code=5)


@pytest.mark.parametrize(
    ("mark", "ending"), [(",", "\r"), (";", "\n"), ("\t", "\r\n"), ("，", "\n"), ("|", "\n")]
)
def test_c12_line_ends_and_delimiters(book: Book, take: Any, mark: str, ending: str) -> None:
    rows = [HEAD.split(","), ["甲", "13900000001", "科华路", "A", "x"], ["乙", "", "", "", ""]]
    done = take(ending.join(mark.join(row) for row in rows) + ending, "--json")
    assert counts(done) == (2, 2, 0, 0)
    assert book.show("甲")["phone"] == "13900000001"


@pytest.mark.parametrize("cell", ["1.38E+10", "1.38001E+10", "1.38E10"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_c13_a_phone_that_was_rounded(book: Book, take: Any, cell: str, lang: str) -> None:
    done = take(f"店名,联系电话\n甲,{cell}\n乙,13900000001\n", "--json", lang=lang)
    assert counts(done) == (2, 1, 0, 1)
    reason = done.json["rejects"][0]["reason"]
    assert "联系电话" in reason and cell in reason


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("13800138000.0", "13800138000"),
        ("1.3800138001E+10", "13800138001"),
        ("2885551234", "028-85551234"),
        ("57188886666", "0571-88886666"),
        ("'+86 138 0013 8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ('"=""02885551234"""', "028-85551234"),
        ("'02885551234", "028-85551234"),
    ],
)
def test_c13_a_phone_that_can_be_made_out(book: Book, take: Any, cell: str, phone: str) -> None:
    take(f"店名,电话\n甲,{cell}\n")
    assert book.show("甲")["phone"] == phone


def test_c14_the_same_file_again_and_after_a_kill(book: Book, take: Any, tmp_path: Path) -> None:
    text = f"{HEAD}\n" + "".join(f"店{n},,,,\n" for n in range(1000))
    assert counts(take(text, "--json")) == (1000, 1000, 0, 0)
    assert counts(take(text, "--json")) == (1000, 0, 1000, 0)
    large = tmp_path / "large.csv"
    rows = "".join(f"分店{n},1390000{n:04},科华路{n}号,A,x\n" for n in range(9000))
    large.write_text(f"{HEAD}\n{rows}", encoding="utf-8")
    before = book.dump()
    path = {"PATH": "", "SALESFLOW_DB": str(book.path), "SALESFLOW_NOW": book.now}
    command = [sys.executable, "-m", "salesflow", "import", str(large)]
    root = Path(__file__).resolve().parent.parent
    process = subprocess.Popen(
        command, env=path, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(1)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    if book.dump() != before:  # it was quicker: then it is whole
        assert len(names(book)) == 10_000
    book("import", str(large))
    assert len(names(book)) == 10_000
    book("check")


def test_c15_a_file_name_that_is_no_text(book: Book) -> None:
    before = book.dump()
    book("import", "\udcff\udcfe.csv", code=2)
    assert book.dump() == before


def test_c16_a_list_comes_through_a_pipe(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEAD}\n" + "".join(f"店{n},,,,{'x' * 300}\n" for n in range(1000))
    assert len(text) > 128 * 1024
    done = subprocess.run(
        [sys.executable, "-m", "salesflow", "import", "-", "--json"],
        input=text.encode(),
        env={"PATH": "", "SALESFLOW_DB": str(book.path), "SALESFLOW_NOW": book.now},
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        check=True,
    )
    assert b'"added": 1000' in done.stdout


@pytest.mark.parametrize("number", [str(2**63), str(2**200), "-1", "²", "٣", "１２", "1e3", ""])
def test_c17_numbers_that_are_no_ids(book: Book, take: Any, number: str) -> None:
    done = take(f"id,name,phone\n{number},甲,１３８００１３８０００\n", "--json")
    assert counts(done) == (1, 1, 0, 0)
    assert book.show("甲")["phone"] == "13800138000"


def test_c17_a_volume_beyond_all_bounds_is_kept_as_it_is_written(book: Book, take: Any) -> None:
    take("店名,月销量\n甲,99999999999999999999\n丙,٣\n丁,３０\n")
    found = [book.show(name)["volume_month"] for name in "甲丙丁"]
    assert found == [None, None, 30]
    assert book.show("甲")["custom"] == {"月销量": "99999999999999999999"}


def test_c18_without_standard_input_nothing_is_asked(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{HEAD}\n甲,,,,\n", encoding="utf-8")
    run = 'exec <&-; exec "$0" -m salesflow import "$1" --json'
    done = subprocess.run(
        ["/bin/sh", "-c", run, sys.executable, str(path)],
        env={"PATH": "", "SALESFLOW_DB": str(book.path), "SALESFLOW_NOW": book.now},
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert names(book) == ["甲"]


@pytest.mark.parametrize("name", ["list.csv", "list.json"])
def test_more_columns_than_any_list_has(take: Any, name: str) -> None:
    """A million of them would take minutes to be known."""
    columns = [f"c{n}" for n in range(2001)]
    text = ",".join(columns) + "\n" + "1," * 2000 + "1\n"
    if name.endswith("json"):
        text = "[{" + ",".join(f'"{one}":1' for one in columns) + "}]"
    assert "2001" in take(text, name=name, code=5).err


# --- workbooks


def workbook() -> bytes:
    """A good workbook of one row."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD.split(","))
        page.write_row(1, 0, ["甲", "13900000001", "科华路", "A", "x"])
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The good workbook with another content of this part."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in {*old.namelist(), name}:
            new.writestr(part, content if part == name else old.read(part))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: bytes) -> bytes:
    """The XML of a sheet."""
    return b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, rows)


FAR = sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
BILLION = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WRONG_INDEX = sheet(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(with_part(SHEET, FAR), id="x1"),
        pytest.param(with_part(SHEET, sheet(b" " * 60_000_000)), id="x2"),
        pytest.param(
            with_part(STRINGS, b"<sst %s><si><t>%s</t></si></sst>" % (MAIN, b"a" * 60_000_000)), id="x3"
        ),
        pytest.param(with_part(SHEET, BILLION + sheet(b"")), id="x4 entities"),
        pytest.param(with_part(STRINGS, OUTSIDE + b"<sst/>"), id="x4 a file outside"),
        pytest.param(b"PK\x03\x04 this is no archive", id="x5 no zip"),
        pytest.param(workbook()[:900], id="x5 half"),
        pytest.param(with_part(SHEET, WRONG_INDEX), id="x5 a wrong index"),
        pytest.param(with_part(SHEET, b"<worksheet><sheetData><row"), id="x5 torn"),
    ],
)
def test_x_a_hostile_workbook_is_one_line_and_exit_5(book: Book, take: Any, data: bytes) -> None:
    started = time.monotonic()
    done = take(data, name="list.xlsx", code=5)
    assert time.monotonic() - started < 45
    assert 0 < len(done.err.splitlines()) <= 2
    assert "passwd" not in done.err and "root:" not in done.err


def test_x_a_good_workbook_is_read(book: Book, take: Any) -> None:
    assert counts(take(workbook(), "--json", name="list.xlsx")) == (1, 1, 0, 0)


# --- rejected rows go out, are corrected, and come back


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rejects_are_corrected_and_imported_again(book: Book, tmp_path: Path, lang: str, kind: str) -> None:
    rows = [
        ["我的客户", "", "", "", ""],
        ["店名", "联系电话", "级别", "上次跟进", "片区"],
        ["甲店", "13900000001", "A", "2026-11-01", "东"],
        ["乙店", "1.38E+10", "A", "2026-11-02", "西"],
        ["丙店", "13900000003", "没有的级", "2026-11-03", "南"],
        ["丁店", "13900000004", "B", "2026-13-45", "北"],
        ["", "13900000005", "B", "2026-11-05", "中"],
        ["合计", "5", "", "", ""],
    ]
    path = tmp_path / f"list.{kind}"
    if kind == "csv":
        path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="gb18030")
    else:
        with xlsxwriter.Workbook(path) as made:
            page = made.add_worksheet()
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
    bad = tmp_path / "bad.csv"
    done = book("import", str(path), "--json", "--rejects", str(bad), lang=lang)
    assert counts(done) == (6, 1, 0, 5)
    assert bad.stat().st_mode & 0o777 == 0o600
    header, *lines = bad.read_text(encoding="utf-8-sig").splitlines()
    aside = "导入行号,未导入原因" if lang == "zh" else "import_row,import_reason"
    assert header == f"{aside},店名,联系电话,级别,上次跟进,片区"
    assert [line.split(",")[0] for line in lines] == ["4", "5", "6", "7", "8"]
    assert lines[0].endswith("乙店,1.38E+10,A,2026-11-02,西") and "联系电话" in lines[0].split("乙店")[0]
    assert "上次跟进" in lines[2].split("丁店")[0] and "2026-13-45" in lines[2].split("丁店")[0]

    # one is corrected, the others stay as they are
    bad.write_text(
        "\n".join([header, lines[0].replace("1.38E+10", "13800138000"), *lines[1:]]), encoding="utf-8"
    )
    again = book("import", str(bad), "--json", "--rejects", str(bad), lang=lang)
    assert counts(again) == (5, 1, 0, 4)
    lead = book.show("乙店")
    assert (lead["phone"], lead["area"], lead["custom"]) == ("13800138000", "西", {})
    # and once more: the reasons are not heaped up, nothing is added twice
    header, *lines = bad.read_text(encoding="utf-8-sig").splitlines()
    assert header == f"{aside},店名,联系电话,级别,上次跟进,片区" and len(lines) == 4
    other = "en" if lang == "zh" else "zh"
    third = book("import", str(bad), "--json", "--rejects", str(bad), lang=other, code=1)
    assert "4" in third.err
    assert counts(book("import", str(path), "--json")) == (6, 0, 1, 5)


@pytest.mark.parametrize("kind", ["xlsx", "tsv", "jsonl", "json"])
def test_rejects_of_any_kind_are_corrected_and_imported_again(book: Book, tmp_path: Path, kind: str) -> None:
    """Leading zeros and what looks like a formula stand as they were typed; a blank column is there to be filled."""
    path, bad = tmp_path / "a.csv", tmp_path / f"bad.{kind}"
    path.write_text("店名,编号,收到日期,备注\n好店,1,,\n,007,2026-11-02,=1+1\n", encoding="utf-8")
    assert counts(book("import", str(path), "--rejects", str(bad), "--json")) == (2, 1, 0, 1)
    assert bad.stat().st_mode & 0o777 == 0o600
    if kind == "xlsx":
        made = openpyxl.load_workbook(bad)
        page = made.active
        assert [cell.value for cell in page[1]][2:] == ["店名", "编号", "收到日期", "备注"]
        assert [cell.value for cell in page[2]][2:] == [None, "007", "2026-11-02", "=1+1"]
        assert page["F2"].data_type == "s" and not page.column_dimensions["C"].hidden
        page["C2"] = "甲店"
        made.save(bad)
    else:
        text = bad.read_text("utf-8")
        blank = {"tsv": "\t\t007", "jsonl": '"店名":""', "json": '"店名": ""'}[kind]
        assert blank in text
        bad.write_text(
            text.replace(blank, blank.replace('""', '"甲店"').replace("\t\t", "\t甲店\t")), "utf-8"
        )
    assert counts(book("import", str(bad), "--json")) == (1, 1, 0, 0)
    lead = book.show("甲店")
    assert (lead["custom"], lead["received_at"]) == ({"编号": "007"}, "2026-11-02T00:00")
    assert lead["note"] == "=1+1"


def test_rejects_are_written_as_no_workbook_that_cannot_be(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("店名\n甲店\n", encoding="utf-8")
    assert ".xlsx" in book.refuse(2, "import", str(path), "--rejects", str(tmp_path / "bad.xls")).err


def test_f4_a_short_list_with_what_steers_a_screen_loses_that_row_alone(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("店名,备注\n坏\x07店,x\n好店,a\n又坏\x1b[31m店,x\n", encoding="utf-8")
    answer = book("import", str(path), "--json")
    assert [one["row"] for one in answer.json["rejects"]] == [2, 4]
    assert "\x07" not in answer.out + answer.err and "\x1b" not in answer.out + answer.err
