"""Columns line up whatever stands in them, as tabulate writes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tabulate import tabulate

from salesflow.render.layout import columns, cut, fitted, fold, pad, width, widths
from salesflow.tables import Column

# ASCII, Chinese and Korean characters, full-width and half-width forms, narrow curly quotes.
CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
SOME = st.sampled_from("abcXYZ019 .,:;#%()-_'\"，。：（）、　“”é한ｱＡ￥𠮷")
CELLS = st.text(alphabet=st.one_of(CHINESE, SOME), max_size=9)
TITLES = st.text(alphabet=CHINESE, min_size=1, max_size=5)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], list[str]]:
    count = draw(st.integers(1, 5))
    header = draw(st.lists(TITLES, min_size=count, max_size=count))
    rows = draw(st.lists(st.lists(CELLS, min_size=count, max_size=count), min_size=1, max_size=6))
    aligns = draw(st.lists(st.sampled_from(["left", "right"]), min_size=count, max_size=count))
    return header, rows, aligns


@settings(deadline=None)  # how long it takes depends on what else the machine does
@given(tables())
def test_columns_are_those_of_tabulate(table: tuple[list[str], list[list[str]], list[str]]) -> None:
    header, rows, aligns = table
    theirs = tabulate(rows, header, tablefmt="plain", disable_numparse=True, colalign=aligns)
    assert columns(rows, aligns, header) == theirs.split("\n")
    bare = tabulate(rows, tablefmt="plain", disable_numparse=True, colalign=aligns)
    assert columns(rows, aligns) == bare.split("\n")


def test_columns_without_rows_are_the_header() -> None:
    assert columns([], ["right", "left"], ["#", "店"]) == ["  #  店"]
    assert columns([], []) == []


def test_numbers_stay_as_they_are_written() -> None:
    assert columns([["1e5", "3.10"], ["x", "华"]], ["left", "right"]) == ["1e5  3.10", "x      华"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("华星", 4),
        ("亨孚DS", 6),
        ("：（", 4),
        ("“”", 2),
        ("e\u0301", 1),
        ("𠮷", 2),
        ("ｱ", 1),
    ],
)
def test_width_counts_cells(text: str, cells: int) -> None:
    assert width(text) == cells
    assert widths([text, "华"]) == [cells, 2]


@settings(deadline=None)
@given(st.lists(CELLS, max_size=6))
def test_widths_are_the_width_of_each(texts: list[str]) -> None:
    assert widths(texts) == [width(text) for text in texts]


def test_pad_fills_to_cells() -> None:
    assert pad("华", 4) == "华  "
    assert pad("12", 4, right=True) == "  12"
    assert pad("华星宝马", 4) == "华星宝马"


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("西部奔驰之星", 12, "西部奔驰之星"),
        ("西部奔驰之星", 10, "西部奔驰.."),
        ("西部奔驰之星", 9, "西部奔.."),
        ("abcdef", 5, "abc.."),
        ("abcdef", 2, ".."),
        ("abcdef", 1, "."),
        ("abcdef", 0, ""),
        ("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301.."),
    ],
)
def test_cut_says_that_something_is_left_out(text: str, room: int, short: str) -> None:
    assert cut(text, room) == short


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("短", 20, ["短"]),
        ("还有三家没定下次", 8, ["还有三家", "没定下次"]),
        ("还有三家，没定", 8, ["还有三", "家，没定"]),
        ("见「三家」。没定", 8, ["见「三", "家」。没", "定"]),
        ("。。。。", 4, ["。。", "。。"]),
        ("try sf list again", 9, ["try sf", "list", "again"]),
        ("  abcdefgh", 6, ["  abcd", "efgh"]),
        ("没有空格：csv、tsv", 12, ["没有空格：", "csv、tsv"]),
        ("日历（.ics）", 8, ["日历", "（.ics）"]),
        ("拆开用undo）", 11, ["拆开用", "undo）"]),
        ("再写 --profile 名字", 12, ["再写", "--profile 名", "字"]),
        ("", 5, [""]),
    ],
)
def test_fold_breaks_lines_where_it_hurts_least(text: str, room: int, lines: list[str]) -> None:
    assert fold(text, room) == lines


@settings(deadline=None)
@given(CELLS, st.integers(2, 12))
def test_fold_keeps_everything_but_blanks(text: str, room: int) -> None:
    lines = fold(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= room for line in lines)


COLUMNS = (
    Column("id", "#", "id"),
    Column("name", "店", shrink=True),
    Column("area", "区", drop=1),
    Column("via", "方式", drop=2),
    Column("phone", "电话", "phone"),
    Column("stage", "阶段", wide=100),
)
NATURAL = (4, 20, 4, 4, 11, 8)


@pytest.mark.parametrize(
    ("room", "found"),
    [
        (120, {0: 4, 1: 20, 2: 4, 3: 4, 4: 11, 5: 8}),  # 51 and 5 gaps
        (99, {0: 4, 1: 20, 2: 4, 3: 4, 4: 11}),
        (47, {0: 4, 1: 20, 2: 4, 3: 4, 4: 11}),  # 43 and 4 gaps: just
        (46, {0: 4, 1: 19, 2: 4, 3: 4, 4: 11}),
        (39, {0: 4, 1: 12, 2: 4, 3: 4, 4: 11}),
        (38, {0: 4, 1: 16, 3: 4, 4: 11}),  # 区 goes, the name has its room
        (33, {0: 4, 1: 16, 4: 11}),
        (23, {0: 4, 1: 6, 4: 11}),
        (20, {0: 4, 1: 6, 4: 11}),  # nothing left to give: one cell too many and more
    ],
)
def test_fitted_drops_and_shrinks_in_order(room: int, found: dict[int, int]) -> None:
    assert fitted(COLUMNS, NATURAL, room, 1) == found
