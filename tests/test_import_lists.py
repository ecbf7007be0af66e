"""Lists as makers and offices hand them over: titles and groups among the rows, odd headers, repeated rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from kit import Book

COUNTS = ("rows", "added", "duplicates", "rejected")


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Any:
    """``take(name, data)``: the counts of importing the file."""

    def imported(name: str, data: str | bytes) -> tuple[int, ...]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        answer = book("import", str(path), "--json").json
        return tuple(answer[one] for one in COUNTS)

    return imported


def names(book: Book) -> list[str]:
    """The names in the book, in the order of their ids."""
    return [one["name"] for one in sorted(book("list", "--json").json, key=lambda one: int(one["id"]))]


def test_a_header_of_two_lines_with_merged_cells(book: Book, tmp_path: Path) -> None:
    """A title, then 联系方式 above 销售热线 and 售后热线, a remark below: three dealers."""
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("经销商")
        page.merge_range(0, 0, 0, 5, "一汽丰田经销商名录（2021）")
        for column, name in ((0, "序号"), (1, "经销商名称"), (4, "地址"), (5, "省份")):
            page.merge_range(1, column, 2, column, name)
        page.merge_range(1, 2, 1, 3, "联系方式")
        page.write_row(2, 2, ["销售热线", "售后热线"])
        page.write_row(3, 0, [1, "北京首汽丰田", "010-87391234", "010-87395678", "朝阳区东四环南路", "北京"])
        page.write_row(4, 0, [2, "成都三和丰田", "028-85191234", "", "武侯区机场路", "四川"])
        page.write_row(5, 0, [3, "绵阳通力丰田", "0816-2381234", "", "绵阳市高新区", "四川"])
        page.write(7, 0, "注：以上信息以官网为准")
    answer = book("import", str(path), "--json").json
    assert tuple(answer[one] for one in COUNTS) == (4, 3, 0, 1)
    assert book.show("北京首汽丰田")["phone"] == "010-87391234 / 010-87395678"


def test_headings_of_groups_are_no_dealers(book: Book, take: Any) -> None:
    """A province or a city alone in its row, with or without a count; a shop that is called so has more to it."""
    text = (
        "经销商名称,电话,地址\n四川省（2家）,,\n成都一店,028-85551234,成都市\n绵阳一店,0816-2381234,绵阳市\n"
        "重庆市,,\n重庆一店,023-68681234,渝北区\n内蒙古自治区：,,\n好又多超市,,\n成都市,028-85550000,\n"
    )
    assert take("list.csv", text) == (8, 5, 0, 3)
    assert names(book) == ["成都一店", "绵阳一店", "重庆一店", "好又多超市", "成都市"]


def test_the_header_again_is_no_dealer(book: Book, take: Any) -> None:
    """Two lists put one below the other."""
    assert take("list.csv", "店名,电话\n甲店,13900001111\n店名,电话\n乙店,13900002222\n") == (3, 2, 0, 1)
    assert names(book) == ["甲店", "乙店"]


def test_a_header_far_down_in_gb18030(book: Book, take: Any) -> None:
    text = (
        "广汽本田特约店,,,\n数据日期：2020-03-01,,,\n,,,\n,,,\n特约店名称,省份,电话,地址\n"
        "广汽本田成都精典店,四川,028-87441234,成都市金牛区\n广汽本田成都三环店,四川,028-85551111,成都市成华区\n"
        "合计：2家,,,\n"
    )
    assert take("list.csv", text.encode("gb18030")) == (3, 2, 0, 1)


def test_repeated_rows_with_a_known_true_count(book: Book, take: Any) -> None:
    """Five: one name in two showrooms, one with brackets of two kinds, one in two cities; the rest says the same."""
    text = (
        "经销商,城市,地址,电话\n"
        "成都华星宝马,成都市,机场路1号,028-85551234\n成都华星宝马,成都,机场路1号,028-85551234\n"
        "成都华星宝马 ,成都市,,13900001111\n成都华星宝马,成都市,天府大道2号,028-85559999\n"
        "锦泰（奥迪）,成都市,,\n锦泰(奥迪),成都,,\n锦 泰（奥迪）,成都,蜀汉路,\n"
        "天府丰田,绵阳,,\n天府丰田,成都,,\n天府丰田,,,\n"
    )
    assert take("list.csv", text) == (10, 5, 5, 0)
    # the same again, shuffled, with other columns between: nothing new
    lines = text.splitlines()
    again = "\n".join(["备注," + lines[0], *("," + line for line in reversed(lines[1:]))])
    assert take("again.csv", again)[1:] == (0, 10, 0)


def test_places_within_a_record_of_json(book: Book, take: Any) -> None:
    data = {
        "code": 0,
        "data": {
            "total": 2,
            "list": [
                {
                    "dealerName": "吉利成都店",
                    "addr": {"province": "四川", "city": "成都", "detail": "机场路1号"},
                },
                {"dealerName": "吉利乐山店", "tel": "0833-2121212;0833-2121213", "addr": {"city": "乐山"}},
            ],
        },
    }
    assert take("list.json", json.dumps(data, ensure_ascii=False)) == (2, 2, 0, 0)
    one = book.show("吉利成都店")
    assert (one["province"], one["city"], one["address"], one["custom"]) == ("四川", "成都", "机场路1号", {})


def test_an_english_list(book: Book, take: Any) -> None:
    text = (
        "Dealer Name,Province,City,Address,Sales Hotline,After-sales Hotline\n"
        '"Chengdu Volvo (Jinjiang)",Sichuan,Chengdu,"88 Tianfu Ave, High-tech Zone",028-8555 1234,028-8555 1235\n'
    )
    assert take("list.csv", text) == (1, 1, 0, 0)
    assert book.show(1)["phone"] == "028-85551234 / 028-85551235"
