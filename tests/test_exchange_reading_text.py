"""Encodings are found on the whole file; what is no list is refused by name and exit code."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from test_exchange_reading import known, read, refused, rows

from salesflow.errors import NotFound, SalesflowError, Unusable, Usage
from salesflow.exchange.tabular import read_table

LIST = "店名,电话,备注\n成都华星,13800138000,好\n喆𠮷汽车,028-85551234,\n"
CELLS = [("成都华星", "13800138000", "好"), ("喆𠮷汽车", "028-85551234", "")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LIST.encode(), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + LIST.encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + LIST.encode("utf-16-be"), "utf-16"),
        (LIST.encode("utf-16-le"), "utf-16-le"),
        (LIST.encode("utf-16-be"), "utf-16-be"),
        (LIST.encode("gb18030"), "gb18030"),
    ],
)
def test_the_same_rows_in_every_encoding_are_the_same_table(data: bytes, encoding: str) -> None:
    table = read(data)
    assert (table.encoding, table.header) == (encoding, ("店名", "电话", "备注"))
    assert [row.cells for row in table.rows] == CELLS


def test_plain_english_in_utf16_is_found_without_a_mark() -> None:
    assert read("name,phone\nStar,1\n".encode("utf-16-le")).encoding == "utf-16-le"


def test_the_whole_file_decides() -> None:
    filler = "x,1,\n" * 300_000
    text = f"name,phone,note\n{filler}宝马,1,\n"
    assert read(text.encode()).encoding == "utf-8"
    table = read(text.encode("gb18030"))
    assert table.encoding == "gb18030"
    *_, last = table.rows
    assert last.cells == ("宝马", "1", "")


def test_a_damaged_utf8_file_is_not_read_as_another_encoding() -> None:
    error = refused(LIST.encode() * 3 + b"\xff\xa1,1,\n")
    assert (error.key, error.exit_code, error.values["line"]) == ("exchange.broken_text", 5, 10)


def test_a_damaged_utf16_file_is_said() -> None:
    assert refused(b"\xff\xfe" + LIST.encode("utf-16-le") + b"\x00\xd8").key == "exchange.broken_text"


def test_rare_characters_of_gb18030_are_kept() -> None:
    name = b"\xa8\xbc\xfe\x59"  # which characters these are depends on the edition of the standard
    found = rows("店名,电话\n".encode("gb18030") + name + b",1\n")
    assert found[0].cells[0].encode("gb18030") == name


def test_a_named_encoding_is_taken_at_its_word() -> None:
    found = rows("店名,電話\n華星,1\n".encode("big5"), encoding="big5")
    assert [row.cells for row in found] == [("華星", "1")]
    assert read(LIST.encode("utf-8-sig"), encoding="UTF8").header[0] == "店名"
    assert read(LIST.encode("utf-16-le"), encoding="UTF-16").header[0] == "店名"


@pytest.mark.parametrize("name", ["nonsense", "", "base64", "rot13", "idna", "unicode_escape", "utf\0"])
def test_an_encoding_that_there_is_not_is_wrong_usage(name: str) -> None:
    error = refused(LIST, encoding=name)
    assert (type(error), error.exit_code, error.key) == (Usage, 2, "exchange.unknown_encoding")


def test_a_wrong_encoding_says_which_to_try() -> None:
    error = refused(LIST.encode("gb18030"), encoding="utf-8")
    assert (type(error), error.exit_code, error.key) == (Unusable, 5, "exchange.wrong_encoding")
    assert error.values["line"] == 1


JUNK = bytes(range(256)) * 8


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "a.csv", "empty_file"),
        (b"", "a.xlsx", "empty_file"),
        (b"\n\n ,, \n", "a.csv", "no_rows"),
        (b"\xef\xbb\xbf", "a.csv", "no_rows"),
        ("店名,电话\n", "a.csv", "no_rows"),
        ("店名,电话\n,\n\n", "a.csv", "no_rows"),
        ("店名,电话,店名\n甲,1,乙\n", "a.csv", "double_header"),
        ("店名,备注\n甲,a\0b\n", "a.csv", "nul"),
        (JUNK, "a.csv", "not_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\xfd", "a.csv", "not_text"),
        (b"\x01\x02\x03\x04\n" * 20, "a.csv", "not_text"),
        (b"name\n" + b"\xff\xfb\xff\n", "a.csv", "no_encoding"),
        (b"x" * (17 * 1024**2), "a.csv", "long_line"),
        ("<html><body><table><tr><td>店名</td></tr></table>", "导出.xls", "web_page"),
        ('<?xml version="1.0"?>\n<Workbook/>', "a.xls", "web_page"),
        ("no workbook\nat all\n", "a.xlsx", "not_a_workbook"),
        (b"PK\x03\x04 and nothing", "a.xlsx", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "not_a_workbook"),
    ],
)
def test_what_is_no_list_is_refused_by_name(data: bytes | str, name: str, key: str) -> None:
    error = refused(data, name)
    assert (type(error), error.exit_code, error.key) == (Unusable, 5, f"exchange.{key}")
    assert error.values["file"] == name


def test_a_nul_is_named_with_its_line() -> None:
    assert refused("店名,备注\n甲,x\n乙,a\0b\n").values["line"] == 3


def test_text_under_the_name_of_an_old_workbook_is_read() -> None:
    table = read("店名\t电话\n甲\t1\n".encode("gb18030"), "导出.xls")
    assert (table.format, [row.cells for row in table.rows]) == ("tsv", [("甲", "1")])


# --- the file itself


def by_path(path: Path) -> SalesflowError:
    with pytest.raises(SalesflowError) as caught:
        read_table(path, name=path.name, looks_like_header=known)
    return caught.value


def test_a_file_that_is_not_there_is_exit_3(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path / "none" / "a.csv", tmp_path / "a\0b"):
        error = by_path(path)
        assert (type(error), error.exit_code, error.key) == (NotFound, 3, "exchange.not_found")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert by_path(tmp_path).key == "exchange.is_a_folder"


def test_no_permission_is_exit_5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LIST, "utf-8")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    error = by_path(path)
    assert (error.exit_code, error.key) == (5, "exchange.no_permission")


def test_a_name_that_the_system_refuses_is_no_traceback(tmp_path: Path) -> None:
    assert by_path(tmp_path / ("x" * 5000)).exit_code in (3, 5)


def test_more_than_two_gigabytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.touch()
    os.truncate(path, 2 * 1024**3 + 1)
    assert by_path(path).key == "exchange.too_large"


def test_a_pipe_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as end:
        end.write(LIST.encode())
    with os.fdopen(reading, "rb") as pipe:
        table = read_table(pipe, name="-", looks_like_header=known)
    assert [row.cells for row in table.rows] == CELLS


def test_a_stream_that_was_partly_read_goes_on_from_there() -> None:
    stream = BytesIO(b"skip\n" + LIST.encode())
    stream.readline()
    table = read_table(stream, name="-", looks_like_header=known)
    assert [row.cells for row in table.rows] == CELLS
