"""CSV and TSV become a table: header, delimiter, rows with their lines, faults; and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from salesflow.errors import SalesflowError, Unusable
from salesflow.exchange.delimited import write_delimited
from salesflow.exchange.tabular import Table, TableRow, read_table
from salesflow.texts import has_text, t

KNOWN = {"店名", "电话", "地址", "备注", "城市", "市场名称", "name", "公司名称", "dealer_name", "phone"}


def known(cells: Sequence[str]) -> int:
    """How many of the cells are column names."""
    return sum(cell in KNOWN for cell in cells)


def read(data: bytes | str, name: str = "list.csv", **options: Any) -> Table:
    """The table in these bytes (a str is UTF-8)."""
    raw = data.encode() if isinstance(data, str) else data
    return read_table(BytesIO(raw), name=name, looks_like_header=known, **options)


def rows(data: bytes | str, name: str = "list.csv", **options: Any) -> list[TableRow]:
    """All rows in these bytes."""
    return list(read(data, name, **options).rows)


def refused(data: bytes | str, name: str = "list.csv", **options: Any) -> SalesflowError:
    """The error that reading these bytes to the end gives, said in both languages in two lines at most."""
    with pytest.raises(SalesflowError) as caught:
        rows(data, name, **options)
    error = caught.value
    for lang in ("zh", "en"):
        text = t(error.key, lang, **error.values)
        assert "{" not in text
        assert len(text.splitlines()) <= 2
    return error


# --- rows and their lines


def test_cells_are_text_and_rows_know_their_line() -> None:
    table = read('店名,电话,备注\n华星,13800138000,\n\n,,\n宝马,028-1,"第一行\r\n第二行"\n奔驰,1,x\n')
    assert table.header == ("店名", "电话", "备注")
    assert (table.format, table.encoding, table.sheet, table.header_row) == ("csv", "utf-8", "", 1)
    assert list(table.rows) == [
        TableRow(2, ("华星", "13800138000", "")),
        TableRow(5, ("宝马", "028-1", "第一行\n第二行")),
        TableRow(7, ("奔驰", "1", "x")),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    found = rows(end.join(["店名,电话", "甲,1", "乙,2", ""]))
    assert found == [TableRow(2, ("甲", "1")), TableRow(3, ("乙", "2"))]


def test_ragged_rows_have_a_fault_with_both_counts_and_the_others_are_taken() -> None:
    found = rows("店名,电话,备注\n甲,1\n乙,2,b,c,d\n丙,3,c,,\n丁,4,\n戊,\n己,6,f\n")
    faults = {row.number: (row.fault.key, dict(row.fault.values)) for row in found if row.fault}
    assert faults == {
        2: ("exchange.fewer_cells", {"cells": 2, "header": 3}),
        3: ("exchange.more_cells", {"cells": 5, "header": 3}),
    }
    assert [row.cells for row in found if not row.fault] == [
        ("丙", "3", "c"),
        ("丁", "4", ""),
        ("戊", "", ""),
        ("己", "6", "f"),
    ]
    assert found[1].cells == ("乙", "2", "b", "c", "d")


def test_a_cell_that_is_too_long_costs_its_row_alone() -> None:
    found = rows(f"店名,备注\n甲,{'长' * 65536}\n乙,{'x' * 65537}\n丙,{'x' * 10_000_000}\n丁,ok\n")
    assert [row.fault.values if row.fault else None for row in found] == [
        None,
        {"column": 2, "size": 65537},
        {"column": 2, "size": 10_000_000},
        None,
    ]
    assert {row.fault.key for row in found if row.fault} == {"exchange.long_cell"}


def test_every_fault_is_said_in_both_languages() -> None:
    for name in ("more_cells", "fewer_cells", "long_cell", "swallowed", "not_an_object", "bad_character"):
        assert has_text(f"exchange.{name}", "zh")
        assert has_text(f"exchange.{name}", "en")


# --- header and delimiter


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize("head", ["店名{0}电话{0}地址", "x{0}y{0}z"])
def test_the_delimiter_is_found(mark: str, head: str) -> None:
    text = "\n".join([head.format(mark), f"甲{mark}1{mark}锦江区", f"乙{mark}2{mark}青羊区"])
    table = read(text, "list.txt")
    assert table.header == tuple(head.format(mark).split(mark))
    assert [row.cells for row in table.rows] == [("甲", "1", "锦江区"), ("乙", "2", "青羊区")]
    assert table.format == ("tsv" if mark == "\t" else "csv")


def test_commas_in_the_text_do_not_win_over_the_delimiter_of_the_header() -> None:
    table = read("店名;备注\n甲;好, 很好, 非常好\n乙;a, b, c\n")
    assert table.header == ("店名", "备注")
    assert [row.cells[1] for row in table.rows] == ["好, 很好, 非常好", "a, b, c"]


def test_one_column_is_a_table_too() -> None:
    table = read("店名\n成都华星，红牌楼店\n重庆宝渝，机场路店\n")
    assert table.header == ("店名",)
    assert [row.cells for row in table.rows] == [("成都华星，红牌楼店",), ("重庆宝渝，机场路店",)]


def test_a_title_above_the_header_is_passed_over() -> None:
    table = read("2026 年客户名单,,\n\n制表：王,,\n店名,电话,备注\n甲,1,x\n")
    assert table.header == ("店名", "电话", "备注")
    assert table.header_row == 4
    assert list(table.rows) == [TableRow(5, ("甲", "1", "x"))]


def test_a_title_above_names_that_nobody_knows_is_passed_over_too() -> None:
    assert read("Our list,,\nshop,tel,why\na,1,x\n").header == ("shop", "tel", "why")


def test_a_row_of_data_with_one_word_of_a_header_is_not_the_header() -> None:
    table = read("shop,kind,why\na,1,x\nb,电话,x\n")
    assert table.header == ("shop", "kind", "why")
    assert len(list(table.rows)) == 2


def test_without_a_header_the_columns_are_numbered() -> None:
    table = read("甲,1,\n乙,2,x\n", header=False)
    assert (table.header, table.header_row) == (("1", "2", "3"), 0)
    assert list(table.rows) == [TableRow(1, ("甲", "1", "")), TableRow(2, ("乙", "2", "x"))]


def test_a_column_without_a_name_is_called_by_its_number_and_blank_ones_at_the_end_are_cut() -> None:
    table = read("店名,,电话,,,\n甲,好,1,,x,\n乙,,2,,,\n")
    assert table.header == ("店名", "2", "电话", "4", "5")
    assert [row.cells for row in table.rows] == [("甲", "好", "1", "", "x"), ("乙", "", "2", "", "")]
    assert read("店名,电话,,\n甲,1,,\n").header == ("店名", "电话")


def test_names_of_columns_lose_the_space_around_them() -> None:
    assert read(' 店名 ,"联系\n电话"\n甲,1\n').header == ("店名", "联系 电话")


# --- quotes


def test_a_quote_that_is_never_closed_names_the_line_where_it_opened() -> None:
    error = refused('店名,备注\n甲,"两\n行"\n乙,"没完\n丙,x\n丁,y\n')
    assert (type(error), error.exit_code, error.key, error.values["line"]) == (
        Unusable,
        5,
        "exchange.open_quote",
        4,
    )


def test_within_a_row_it_is_the_quote_that_is_open() -> None:
    assert refused('店名,a,b\n甲,"一\n二","三\n四,五\n').values["line"] == 3


@pytest.mark.parametrize("bad", ['乙,"a"b', '乙,"说""好"了'])
def test_text_after_a_closing_quote_is_refused_with_its_line(bad: str) -> None:
    error = refused(f"店名,备注\n甲,x\n{bad}\n丙,y\n")
    assert (error.exit_code, error.key, error.values["line"]) == (5, "exchange.bad_quote", 3)


def test_a_quote_inside_a_plain_cell_is_text() -> None:
    assert [row.cells[1] for row in rows('店名,备注\n甲,19" 轮毂\n乙,"说""好"""\n')] == ['19" 轮毂', '说"好"']


def test_rows_that_two_stray_quotes_swallowed_are_not_taken_in_silence() -> None:
    found = rows('店名,电话,地址,备注\n甲,1,a,"开头\n乙,2,b,x\n丙,3,c,结尾"\n丁,4,d,z\n')
    assert [row.fault.key if row.fault else None for row in found] == ["exchange.swallowed", None]
    assert found[0].fault is not None
    assert found[0].fault.values == {"line": 2, "rows": 3}


def test_an_endless_open_quote_does_not_fill_the_memory() -> None:
    error = refused(b'name,note\na,"' + b"0123456,89\n" * 1_700_000)
    assert (error.key, error.values["line"]) == ("exchange.open_quote", 2)


# --- the guard against formulas


def test_the_guard_of_an_export_is_taken_off() -> None:
    assert [row.cells[1] for row in rows("店名,电话\n甲,'+86 138\n乙,'=1+1\n丙,'tis\n丁,''-x\n")] == [
        "+86 138",
        "=1+1",
        "'tis",
        "'-x",
    ]


def test_what_is_written_is_utf8_with_a_mark_and_crlf() -> None:
    written = b"".join(write_delimited(["店名", "备注"], [["甲", "=1\n2"], ["乙", "-5"]]))
    assert written == '\ufeff店名,备注\r\n甲,"\'=1\n2"\r\n乙,-5\r\n'.encode()
    assert b"".join(write_delimited(["a", "b"], [["x\ty", "1"]], "\t")) == b'a\tb\r\n"x\ty"\t1\r\n'
    assert b"".join(write_delimited(["a"], [["=1"]], bom=False, guarded=False)) == b"a\r\n=1\r\n"


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.text(
    "'=+-@\t\n\r\",，;|＝1a 宝", max_size=8
)


def usual(cell: str) -> str:
    """The cell with every line break as LF, which is all that a file may change."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


@example([("", "", "0"), ("", "", "\t")], ",")
@settings(deadline=None)  # how long it takes depends on what else the machine does
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), st.sampled_from([",", "\t"]))
def test_what_is_written_is_read_back(table: list[tuple[str, ...]], delimiter: str) -> None:
    written = b"".join(write_delimited(["店名", "电话", "备注"], table, delimiter))
    expected = [tuple(map(usual, row)) for row in table if any(cell.strip() for cell in row)]
    assume(expected)
    assert [row.cells for row in read(written).rows] == expected


# --- real lists and large ones


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "count"),
    [
        ("wey_2020.xlsx", "xlsx", "", 321),
        ("skoda_2019.xlsx", "xlsx", "", 502),
        ("skoda_2020.xlsx", "xlsx", "", 498),
        ("ds_gb18030.csv", "csv", "gb18030", 96),
        ("ford.jsonl", "jsonl", "utf-8", 573),
        ("excel_paste.tsv", "tsv", "utf-8", 27),
    ],
)
def test_real_lists_give_every_row(
    shared: Callable[[str], Path], name: str, kind: str, encoding: str, count: int
) -> None:
    table = read_table(shared(f"data/dealers/{name}"), name=name, looks_like_header=known)
    found = list(table.rows)
    assert (table.format, table.encoding, len(found)) == (kind, encoding, count)
    assert [row for row in found if row.fault] == []
    assert {len(row.cells) for row in found} == {len(table.header)}


def test_the_pasted_list_keeps_its_line_break_and_the_row_without_a_name(
    shared: Callable[[str], Path],
) -> None:
    found = list(read_table(shared("data/dealers/excel_paste.tsv"), name="p", looks_like_header=known).rows)
    assert ("宁波", "宁波国际汽车城\n（宁波骏元汽车服务有限公司）") in [row.cells for row in found]
    assert ("苏州", "") in [row.cells for row in found]
    assert (found[0].number, found[-1].number) == (2, 29)


def test_a_large_file_is_not_held_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("店名,电话,地址\n")
        out.writelines(f"店{i},138{i:08},锦江区\n" for i in range(100_000))
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_table(path, name="large.csv", looks_like_header=known).rows)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < 10_000_000  # chunks of 1 MB and the sample; the rows themselves are four times that
