"""Workbooks are read in a child process: cells as a person types them, hostile files refused."""

from __future__ import annotations

import struct
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from test_exchange_reading import known, read, refused, rows
from xlwt.CompoundDoc import XlsDoc

from salesflow.errors import Unusable, Usage
from salesflow.exchange.tabular import TableRow, read_table

HEAD = ("店名", "电话", "备注")


def xlsx(fill: Callable[[Any], None]) -> bytes:
    """A workbook that ``fill`` fills."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def sheet_of(*lines: tuple[object, ...]) -> bytes:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)

    return xlsx(fill)


def xls(*lines: tuple[object, ...]) -> xlwt.Workbook:
    book = xlwt.Workbook()
    sheet = book.add_sheet("旧表")
    for place, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write(place, column, cell)
    return book


def saved(book: xlwt.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_numbers_and_moments_are_text() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("客户")
        day, minute, hour = (
            book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm")
        )
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ("甲", 13800138000, 0.1))
        sheet.write_row(2, 0, ("乙", True, "两\r\n行"))
        sheet.write(3, 0, "丙")
        sheet.write_datetime(3, 1, datetime(2026, 1, 2), day)
        sheet.write_datetime(3, 2, datetime(2026, 1, 2, 9, 30), minute)
        sheet.write_row(4, 0, ("丁", "028-1"))
        sheet.write_datetime(4, 2, time(14, 5), hour)
        sheet.write_row(5, 0, ("戊", -3.5, 0.000012))

    table = read(xlsx(fill), "a.xlsx")
    assert (table.format, table.encoding, table.sheet, table.header) == ("xlsx", "", "客户", HEAD)
    assert [row.cells for row in table.rows] == [
        ("甲", "13800138000", "0.1"),
        ("乙", "TRUE", "两\n行"),
        ("丙", "2026-01-02", "2026-01-02T09:30"),
        ("丁", "028-1", "14:05"),
        ("戊", "-3.5", "0.000012"),
    ]


def test_rows_are_numbered_as_the_sheet_numbers_them() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(1, 1, 1, 3, "客户名单")
        sheet.write_row(3, 1, HEAD)
        sheet.write_row(4, 1, ("甲", "1"))
        sheet.write_row(6, 1, ("乙", "2", "x"))

    table = read(xlsx(fill), "a.xlsx")
    assert (table.header, table.header_row) == (HEAD, 4)
    assert list(table.rows) == [TableRow(5, ("甲", "1", "")), TableRow(7, ("乙", "2", "x"))]


def test_an_old_workbook_is_read_whatever_its_name() -> None:
    book = xls(HEAD, ("甲", 13800138000, True))
    sheet = book.get_sheet(0)
    sheet.write(4, 0, "乙")
    sheet.write(4, 1, date(2026, 1, 2), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    data = saved(book)
    for name in ("a.xls", "a.xlsx", "a.et", "a.csv"):
        table = read(data, name)
        assert (table.format, table.sheet) == ("xls", "旧表")
        assert list(table.rows) == [
            TableRow(2, ("甲", "13800138000", "TRUE")),
            TableRow(5, ("乙", "2026-01-02", "")),
        ]


def merged_lines(merge: Callable[[int, int, int, str], None], write: Callable[[int, int, str], None]) -> None:
    for column, name in enumerate(("城市", *HEAD)):
        write(0, column, name)
    merge(1, 3, 0, "成都")
    for row, name in ((1, "甲"), (2, "乙"), (4, "丙")):
        write(row, 1, name)
    write(4, 0, "重庆")


MERGED = [(2, ("成都", "甲", "", "")), (3, ("成都", "乙", "", "")), (5, ("重庆", "丙", "", ""))]


def test_merged_cells_are_filled_down_and_make_no_rows() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        merged_lines(lambda top, end, at, text: sheet.merge_range(top, at, end, at, text), sheet.write)

    old = xlwt.Workbook()
    sheet = old.add_sheet("s")
    merged_lines(lambda top, end, at, text: sheet.write_merge(top, end, at, at, text), sheet.write)
    for data in (xlsx(fill), saved(old)):
        assert [(row.number, row.cells) for row in rows(data, "a")] == MERGED


def test_a_header_of_two_rows_with_merged_cells() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "店名")
        sheet.merge_range(0, 1, 0, 2, "联系方式")
        sheet.write_row(1, 1, ("电话", "地址"))
        sheet.write_row(2, 0, ("甲", "1", "锦江区"))

    table = read(xlsx(fill), "a.xlsx")
    assert (table.header, table.header_row) == (("店名", "电话", "地址"), 2)
    assert list(table.rows) == [TableRow(3, ("甲", "1", "锦江区"))]


def several(book: Any) -> None:
    book.add_worksheet("空")
    hidden = book.add_worksheet("藏")
    hidden.hide()
    hidden.write_row(0, 0, HEAD)
    hidden.write_row(1, 0, ("藏", "0"))
    book.add_chartsheet("图")
    book.add_worksheet("封面").write(0, 0, "2026 年")
    shown = book.add_worksheet("客户")
    shown.write_row(0, 0, HEAD)
    shown.write_row(1, 0, ("甲", "1"))


def test_the_first_visible_sheet_with_rows_is_taken() -> None:
    assert read(xlsx(several), "a.xlsx").sheet == "客户"


def test_a_sheet_is_taken_by_name() -> None:
    table = read(xlsx(several), "a.xlsx", sheet="藏")
    assert (table.sheet, [row.cells for row in table.rows]) == ("藏", [("藏", "0", "")])


@pytest.mark.parametrize("name", ["没有", "", "--help", "图"])
def test_an_unknown_sheet_names_those_that_there_are(name: str) -> None:
    error = refused(xlsx(several), "a.xlsx", sheet=name)
    assert (type(error), error.exit_code, error.key) == (Usage, 2, "exchange.unknown_sheet")
    assert error.values["sheets"] == "空, 藏, 封面, 客户"


def test_a_column_without_a_name_is_kept_when_there_is_something_in_it() -> None:
    table = read(sheet_of((*HEAD, "", ""), ("甲", "1", "", "", "记得带样品"), ("乙", "2")), "a.xlsx")
    assert table.header == (*HEAD, "4", "5")
    assert [row.cells for row in table.rows] == [("甲", "1", "", "", "记得带样品"), ("乙", "2", "", "", "")]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (sheet_of(), "no_rows"),
        (sheet_of(HEAD), "no_rows"),
        (sheet_of(("店名", "店名"), ("甲", "1")), "double_header"),
    ],
)
def test_a_workbook_without_a_list_is_refused(data: bytes, key: str) -> None:
    error = refused(data, "a.xlsx")
    assert (error.exit_code, error.key) == (5, f"exchange.{key}")


# --- hostile and damaged workbooks


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with some parts replaced or added: ``sheet`` is its first sheet."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    replaced = {names.get(part, part): content for part, content in parts.items()}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *replaced}:
            new.writestr(name, replaced[name] if name in replaced else old.read(name))
    return out.getvalue()


GOOD = sheet_of(HEAD, ("甲", "1", "x"))
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
FAR = SHEET % (
    b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + SHEET % b"<sheetData/>"


def many_parts() -> bytes:
    return repacked(GOOD, **{f"xl/media/{number}.bin": b"" for number in range(1000)})


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (repacked(GOOD, sheet=SHEET % (b"<sheetData>" + b" " * 30_000_000 + b"</sheetData>")), "bomb"),
        (repacked(GOOD, sheet=ENTITIES), "bomb"),
        (repacked(GOOD, strings=ENTITIES), "bomb"),
        (many_parts(), "bomb"),
        (repacked(GOOD, sheet=FAR), "workbook_failed"),
        (GOOD[: len(GOOD) // 2], "not_a_workbook"),
        (b"PK\x05\x06" + bytes(18), "not_a_workbook"),
        (repacked(GOOD, sheet=b"<worksheet><sheetData><row"), "not_a_workbook"),
    ],
    ids=["ratio", "doctype", "doctype in strings", "parts", "far corner", "half", "empty zip", "torn xml"],
)
def test_a_hostile_workbook_is_one_line(data: bytes, key: str) -> None:
    error = refused(data, "a.xlsx")
    assert (type(error), error.exit_code, error.key) == (Unusable, 5, f"exchange.{key}")


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    part = SHEET % (b"<sheetData>" + b" " * 30_000_000 + b"</sheetData>")
    data = repacked(GOOD, sheet=part)
    true, false = struct.pack("<I", len(part)), struct.pack("<I", 9)
    assert data.count(true) == 2  # before the part and in the list at the end
    assert refused(data.replace(true, false), "a.xlsx").exit_code == 5


def test_a_zip_of_something_else_is_no_workbook() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(out.getvalue(), "a.docx").key == "exchange.not_a_workbook"


def locked_xlsx() -> bytes:
    """What Excel makes of a locked .xlsx: a compound file with the encrypted package in it."""
    out = BytesIO()
    XlsDoc().save(out, bytes(5000))
    names = ["Workbook", "EncryptedPackage"]
    old, new = (
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) for name in names
    )
    return out.getvalue().replace(old, new)


def locked_xls() -> bytes:
    """An .xls whose second record asks for a password."""
    stream = xls(HEAD, ("甲", 1, "x")).get_biff_data()
    first = 4 + struct.unpack("<H", stream[2:4])[0]
    out = BytesIO()
    XlsDoc().save(out, stream[:first] + struct.pack("<HH6x", 0x2F, 6) + stream[first:])
    return out.getvalue()


@pytest.mark.parametrize("data", [locked_xlsx(), locked_xls()], ids=["xlsx", "xls"])
def test_a_locked_workbook_is_said_to_be_locked(data: bytes) -> None:
    assert refused(data, "a.xlsx").key == "exchange.password"


def test_a_reader_that_hangs_or_cannot_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for fault in (subprocess.TimeoutExpired("child", 60), OSError()):

        def failing(*_: object, fault: Exception = fault, **__: object) -> None:
            raise fault

        monkeypatch.setattr(subprocess, "run", failing)
        assert refused(GOOD, "a.xlsx").key == "exchange.workbook_failed"


def test_the_reader_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "客户 名单.xlsx"
    path.write_bytes(GOOD)
    (tmp_path / "json.py").write_text("raise SystemExit(9)", "utf-8")
    monkeypatch.chdir(tmp_path)
    table = read_table(path, name=path.name, looks_like_header=known)
    assert [row.cells for row in table.rows] == [("甲", "1", "x")]
