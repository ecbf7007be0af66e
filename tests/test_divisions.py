"""Province, city and district of an address."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Book

from salesflow.divisions import Place, locate

SICHUAN = ("四川省", "成都市")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("四川省成都市武侯区科华南路1号", (*SICHUAN, "武侯区")),
        ("中国 四川省-成都市-武侯区 科华南路1号", (*SICHUAN, "武侯区")),
        ("成都武侯区科华南路1号", (*SICHUAN, "武侯区")),
        ("四川成都科华南路1号", (*SICHUAN, "")),
        ("武侯区科华南路1号", (*SICHUAN, "武侯区")),
        ("成都市高新区天府大道1号", (*SICHUAN, "高新区")),
        ("成都市成都高新区天府大道1号", (*SICHUAN, "高新区")),
        ("四川天府新区华阳街道", (*SICHUAN, "天府新区")),
        ("合肥市经济技术开发区芙蓉路", ("安徽省", "合肥市", "经济技术开发区")),
        ("合肥经开区芙蓉路", ("安徽省", "合肥市", "经开区")),
        ("苏州工业园区星湖街", ("江苏省", "苏州市", "工业园区")),
        ("南京市溧水县经济开发区汽车城", ("江苏省", "南京市", "溧水县")),
        ("成都市双流县西航港", (*SICHUAN, "双流县")),
        ("北京市朝阳区建国路1号", ("北京市", "北京市", "朝阳区")),
        ("上海市上海市浦东新区张江", ("上海市", "上海市", "浦东新区")),
        ("重庆渝北区回兴", ("重庆市", "重庆市", "渝北区")),
        ("广西壮族自治区南宁市青秀区", ("广西壮族自治区", "南宁市", "青秀区")),
        ("广西南宁青秀区", ("广西壮族自治区", "南宁市", "青秀区")),
        ("新疆乌鲁木齐市天山区", ("新疆维吾尔自治区", "乌鲁木齐市", "天山区")),
        ("四川省凉山州西昌市", ("四川省", "凉山彝族自治州", "西昌市")),
        ("云南省大理市下关镇", ("云南省", "大理白族自治州", "大理市")),
        ("江苏省昆山市前进路", ("江苏省", "苏州市", "昆山市")),
        ("义乌市稠州北路", ("浙江省", "金华市", "义乌市")),
        ("长沙县星沙大道", ("湖南省", "长沙市", "长沙县")),
        ("河南省济源市", ("河南省", "济源市", "")),
        ("吉林市船营区", ("吉林省", "吉林市", "船营区")),
        ("乐山市市中区嘉定路", ("四川省", "乐山市", "市中区")),
        ("成都市阳光小区12号", (*SICHUAN, "")),
        ("成都市市区一环路", (*SICHUAN, "")),
        ("台湾省台北市信义路", ("台湾省", "台北市", "")),
        # there are several: no city is guessed
        ("朝阳区建国路1号", ("", "", "朝阳区")),
        ("市中区嘉定路", ("", "", "市中区")),
        # the beginning of a street's name is no city
        ("南京东路100号", ("", "", "")),
        ("中山一路5号", ("", "", "")),
        ("河南路12号", ("", "", "")),
        ("朝阳大街5号", ("", "", "")),
        ("科华南路1号", ("", "", "")),
        ("No. 1 Kehua Road, Chengdu", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_an_address(address: str, expected: tuple[str, str, str]) -> None:
    assert locate(address) == Place(*expected)


def test_what_is_known_is_never_contradicted() -> None:
    nothing = Place("", "", "")
    assert locate("成都市武侯区科华南路", city="重庆") == nothing
    assert locate("成都市武侯区科华南路", province="重庆市") == nothing
    assert locate("成都市武侯区科华南路", province="四川").area == "武侯区"
    assert locate("高新区天府大道", city="成都") == Place("", "", "高新区")
    assert locate("朝阳区建国路1号", city="长春市") == Place("吉林省", "长春市", "朝阳区")
    # a city of a county stands in the column of cities: its address says the province alone
    assert locate("江苏省昆山市前进路1号", city="昆山") == Place("江苏省", "", "")


def test_a_place_alone() -> None:
    assert locate("四川 成都", loose=True) == Place("四川省", "成都市", "")
    assert locate("上海", loose=True) == Place("上海市", "上海市", "")
    assert locate("华北", loose=True) == Place("", "", "")


def where(book: Book, lead: str) -> tuple[str | None, ...]:
    """Province, city and area of the lead."""
    found = book.show(lead)
    return found["province"], found["city"], found["area"]


ROWS = """店名,城市,区域,地址
一店,,,四川省成都市武侯区科华南路1号
二店,成都,,高新区天府大道2号
三店,重庆,,成都市武侯区科华南路3号
四店,成都,城南片区,四川省成都市武侯区科华南路4号
五店,,,科华南路5号
"""


def test_blanks_are_filled_out_of_the_address(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS, encoding="utf-8")
    book("import", str(path))
    assert where(book, "一店") == ("四川省", "成都市", "武侯区")
    assert where(book, "二店") == (None, "成都", "高新区")
    assert where(book, "三店") == (None, "重庆", None)
    assert where(book, "四店") == ("四川省", "成都", "城南片区")
    assert where(book, "五店") == (None, None, None)


def test_once_more_the_same_file_changes_nothing(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS, encoding="utf-8")
    book("import", str(path))
    book("edit", "一店", "--set", "area=城南片区")
    assert book("import", str(path), "--json").json["duplicates"] == 5
    assert book("import", str(path), "--json", "--on-duplicate", "update").json["unchanged"] == 5
    assert where(book, "一店") == ("四川省", "成都市", "城南片区")


def test_a_lead_known_without_its_city_is_the_same(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS, encoding="utf-8")
    book("add", "一店", "--address", "科华南路1号")
    answer = book("import", str(path), "--json", "--on-duplicate", "update").json
    assert (answer["added"], answer["updated"]) == (4, 1)
    assert where(book, "一店") == ("四川省", "成都市", "武侯区")


def test_a_column_of_whole_places(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "店名,所在地区\n一店,四川省/成都市/武侯区\n二店,四川 成都\n三店,西南大区\n", encoding="utf-8"
    )
    book("import", str(path))
    assert where(book, "一店") == ("四川省", "成都市", "武侯区")
    assert where(book, "二店") == ("四川省", "成都市", None)
    assert book.show("三店")["custom"] == {"所在地区": "西南大区"}
    assert where(book, "三店") == (None, None, None)
