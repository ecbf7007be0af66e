"""A long list is read a column at a time; what comes of it is what each row by itself would give."""

from __future__ import annotations

import csv
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import Book

from salesflow import schema
from salesflow.actions import imports
from salesflow.exchange import mapping

HEADER = (
    "店名", "简称", "省份", "城市", "区", "地址", "电话", "品牌", "联系人", "职务", "联系人手机", "月销量",
    "现用膜", "客户来源", "级别", "类型", "备注", "编号",
)  # fmt: skip
POOLS: tuple[tuple[str, ...], ...] = (
    (
        "成都华星宝马汽车销售服务有限公司", "锦泰奥迪", "锦泰奥迪（红牌楼店）", "ＢＭＷ店", "合计", "4S", "",
        "长城\u200b汽车", " 三和 ", "说明：以上", "甲" * 1001, "共3家", "港宏 丣丷",
    ),
    ("", "华星", "无", "锦泰"),
    ("", "四川省", "四川", "重庆市", "-"),
    ("", "成都市", "成都", "昆山", "眉山市", "28"),
    ("", "武侯区", "高新区", "无"),
    (
        "", "成都市武侯区武侯大道1号", "武侯大道1号", "四川省眉山市东坡区一环路2号", "昆山市前进路8号", "某某路",
        "重庆市渝北区金山路3号",
    ),
    (
        "", "028-85551234", "13900001234", "02885551234", "85551234", "028-85551234/13900001234", "138****1234",
        "1.38E+10", "13800138000.0", "-", "400-800-1234", "没有",
    ),
    ("", "宝马", "宝马、奔驰/MINI", '["奥迪"]', "[]"),
    ("", "王建国", "李总", "王建国 13900009999", "王建国/李总", "无", "O'Neil"),
    ("", "店总", "精品经理", "无"),
    ("", "13900005678", "+86 139 0000 5678", "028-85556789", "1390000"),
    ("", "30", "约30台", "1,200", "30.0", "几十", "9999999999"),
    ("", "无", "3M", "龙膜"),
    ("", "扫街", "客户主动咨询", "转介绍", "enquiry", "天上掉下来"),
    ("", "A", "H", "a", "Z"),
    ("", "4S店", "4s", "汽车城", "不知道什么"),
    ("", "要样品", "11-20 拜访，要样品", "合同到 12 月底", "无", "第一行\n第二行"),
    ("", "7", "无", "x\x07y"),
)  # fmt: skip
PLAIN: tuple[tuple[str, ...], ...] = (
    (
        "成都华星宝马汽车销售服务有限公司",
        "锦泰奥迪",
        "锦泰奥迪（红牌楼店）",
        "ＢＭＷ店",
        "港宏 丣丷",
        " 三和 ",
    ),
    *POOLS[1:6],
    ("", "028-85551234", "028-85556666", "-"),
    POOLS[7],
    ("王建国", "李总"),
    POOLS[9],
    ("", "13900005678", "13900009999", "028-85556789"),
    ("", "30", "120"),
    POOLS[12],
    ("", "扫街", "客户主动咨询", "客户转介绍", "enquiry"),
    ("", "A", "H"),
    ("", "4S店"),
    ("", "要样品", "下月再谈"),
    ("", "7", "无"),
)
# most rows of a list are plain; some have a cell that is not
ROW = st.one_of(
    *[st.tuples(*[st.sampled_from(pool) for pool in pools]) for pools in (PLAIN, PLAIN, PLAIN, POOLS)]
)
COLUMNS = st.sets(st.sampled_from(range(1, len(HEADER))), min_size=1)


def _told(book: Book) -> list[list[dict[str, Any]]]:
    """Every row of leads, people and follow-ups, but for the uids, which are random."""
    found = []
    with sqlite3.connect(book.path) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("lead", "contact", "followup", "promise"):
            rows = [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]
            found.append([{name: value for name, value in row.items() if name != "uid"} for row in rows])
    return found


def _imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path, *options: str, single: bool
) -> tuple[Any, Any, str]:
    book = Book(tmp_path / ("single.db" if single else "many.db"), monkeypatch, now="2026-11-22T09:00")
    book.path.unlink(missing_ok=True)
    book("init")
    with monkeypatch.context() as patch:
        patch.setattr(imports, "_WORTH", 3)
        if single:
            patch.setattr(mapping, "plain_columns", lambda *read, **others: None)
        done = book("import", str(file), "--json", *options, code=None)
    answer = done.json if done.code == 0 else done.err
    assert book("check").out == ""
    return answer, _told(book), done.err


@pytest.mark.parametrize("policy", ["skip", "add"])
@settings(
    max_examples=int(os.environ.get("REPLAY_EXAMPLES", "20")),
    derandomize="REPLAY_EXAMPLES" not in os.environ,  # the same each time, unless more are searched
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(ROW, min_size=1, max_size=30), columns=COLUMNS)
def test_many_rows_at_once_give_what_each_by_itself_gives(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    policy: str,
    rows: list[tuple[str, ...]],
    columns: set[int],
) -> None:
    places = [0, *sorted(columns)]
    file = tmp_path / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([HEADER[place] for place in places])
        writer.writerows([[row[place] for place in places] for row in rows])
    options = ("--on-duplicate", policy)
    many = _imported(tmp_path, monkeypatch, file, *options, single=False)
    single = _imported(tmp_path, monkeypatch, file, *options, single=True)
    assert many == single


def test_a_long_list_goes_that_way_and_a_sheet_with_other_columns_does_not() -> None:
    assert mapping.plan(HEADER[:3]).plain is not None
    assert mapping.plan((*HEADER[:3], "下次跟进日期")).plain is None


def test_a_list_of_which_no_row_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "torn.csv"
    file.write_text("店名,城市,电话\n" + "锦泰奥迪\n" * 600, "utf-8")
    book = Book(tmp_path / "torn.db", monkeypatch, now="2026-11-22T09:00")
    book("init")
    told = book("import", str(file), code=1).err
    assert "600 行" in told and "第 2 行：这一行只有 1 格，表头有 3 格" in told


def test_a_long_list_leaves_every_index_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "long.csv"
    lines = [f"第{number}号汽车,028-8{number:07d},王建国,139{number:08d}" for number in range(10_000, 15_200)]
    lines[5_000:5_000] = lines[:2]  # rows that were there, just when the list has become a long one
    file.write_text("店名,电话,联系人,联系人手机\n" + "\n".join(lines), "utf-8")
    book = Book(tmp_path / "long.db", monkeypatch, now="2026-11-22T09:00")
    book("init")
    done = book("import", str(file), "--json").json
    assert (done["added"], done["duplicates"]) == (5_200, 2)
    with sqlite3.connect(book.path) as connection:
        assert schema.is_ours(connection)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert book("check").out == ""
    assert [book.show(word)["id"] for word in ("028-80015199", "13900015199")] == [5_200, 5_200]
    book("undo")
    assert book("list", "--json").json == [] and book("check").out == ""
