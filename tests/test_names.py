"""Who is the same: names, cities and addresses as they are compared."""

from __future__ import annotations

import pytest

from salesflow.errors import Usage
from salesflow.names import (
    address_key,
    addresses_contradict,
    cities_contradict,
    city_key,
    clean_line,
    label_of,
    name_key,
    similar_key,
    surname,
)
from salesflow.texts import t

ZWSP, BOM, RLO, NBSP = "\u200b", "\ufeff", "\u202e", "\u00a0"


@pytest.mark.parametrize(
    ("text", "cleaned", "dropped"),
    [
        ("华星宝马", "华星宝马", False),
        ("  华星宝马\t\n", "华星宝马", False),
        (f"华星{ZWSP}宝马", "华星宝马", True),
        (f"{BOM}华星宝马", "华星宝马", True),
        (f"华星{RLO}宝马", "华星宝马", True),
        (f"华星{NBSP}宝马", f"华星{NBSP}宝马", False),
        ("[/] [red]", "[/] [red]", False),
        ("华星🚗", "华星🚗", False),
        ("𠮷田汽车", "𠮷田汽车", False),
    ],
)
def test_clean_line(text: str, cleaned: str, dropped: bool) -> None:
    assert clean_line(text, "name") == (cleaned, dropped)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "names.empty_name"),
        (" \t ", "names.empty_name"),
        (ZWSP + BOM, "names.empty_name"),
        ("华星\x1b[31m", "names.control"),
        ("华\x00星", "names.control"),
        ("华星\n宝马", "names.control"),
        ("华星\u2028宝马", "names.control"),
        ("华星\udcff", "names.control"),
        ("\x07", "names.control"),
        ("长" * 1001, "names.too_long"),
    ],
)
def test_clean_line_refuses(text: str, key: str) -> None:
    with pytest.raises(Usage) as caught:
        clean_line(text, "name")
    assert caught.value.key == key
    for lang in ("zh", "en"):
        assert t(key, lang, **caught.value.values)


def test_clean_line_names_the_option() -> None:
    with pytest.raises(Usage) as caught:
        clean_line(" ", "--short")
    assert "--short" in t(caught.value.key, "en", **caught.value.values)


SAME_NAMES = [
    ("华星宝马（红牌楼店）", "华星宝马(红牌楼店)"),
    ("华星宝马【红牌楼店】", "华星宝马(红牌楼店)"),
    ("华星宝马〔红牌楼店〕", "华星宝马[红牌楼店]"),
    ("华星 BMW　4S店", "华星bmw4s店"),
    ("华星ＢＭＷ", "华星bmw"),
    (f"华{ZWSP}星{NBSP}宝马", "华星宝马"),
    ("Straße Auto", "STRASSE AUTO"),
]


@pytest.mark.parametrize(("first", "second"), SAME_NAMES)
def test_names_that_are_the_same(first: str, second: str) -> None:
    assert name_key(first) == name_key(second)


def test_names_that_are_not() -> None:
    assert name_key("华星宝马（红牌楼店）") != name_key("华星宝马（机场路店）")
    assert name_key("华星宝马有限公司") != name_key("华星宝马")
    assert name_key("先锋") != name_key("先峰")


@pytest.mark.parametrize(
    ("city", "key"),
    [
        ("成都市", "成都"),
        ("成都", "成都"),
        ("苏州市", "苏州"),
        ("苏州", "苏州"),
        ("阿里地区", "阿里"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("楚雄州", "楚雄"),
        ("津市市", "津市"),
        ("津市", "津市"),
        ("沙市", "沙市"),
        ("西双版纳傣族自治州", "西双版纳"),
        ("西双版纳州", "西双版纳"),
        ("延边朝鲜族自治州", "延边"),
        ("黔西南布依族苗族自治州", "黔西南"),
        ("恩施土家族苗族自治州", "恩施"),
        ("海西蒙古族藏族自治州", "海西"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("伊犁哈萨克自治州", "伊犁"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("德宏傣族景颇族自治州", "德宏"),
        ("四川省成都市", "成都"),
        ("1101", ""),
        ("1101.0", ""),
        ("１１０１", ""),
        ("", ""),
        (" ", ""),
        ("Chengdu", "chengdu"),
    ],
)
def test_city_key(city: str, key: str) -> None:
    assert city_key(city) == key


def test_cities_contradict_only_when_both_are_known() -> None:
    assert cities_contradict("成都", "苏州")
    assert not cities_contradict("成都", "成都")
    assert not cities_contradict("成都", "")
    assert not cities_contradict("", "")


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        ("四川省成都市武侯区武侯大道1号", "武侯大道１号", False),
        ("武侯大道1号", "四川省成都市武侯区，武侯大道 1 号。", False),
        ("武侯大道1号", "武侯大道2号", True),
        ("武侯大道1号", "武侯大道1号附1号", True),
        ("武侯大道1号", "", False),
        ("", "", False),
    ],
)
def test_addresses(first: str, second: str, contradict: bool) -> None:
    assert addresses_contradict(address_key(first), address_key(second)) is contradict


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("成都宝悦汽车有限公司", "成都宝悦汽车销售服务有限公司"),
        ("成都宝悦汽车有限公司（红牌楼店）", "成都宝悦(红牌楼店)"),
        ("四川华星 4S店", "四川华星汽车贸易有限公司"),
    ],
)
def test_possible_doubles(first: str, second: str) -> None:
    assert similar_key(first) == similar_key(second)


def test_no_possible_doubles() -> None:
    assert similar_key("成都宝悦有限公司") != similar_key("成都宝源有限公司")
    assert similar_key("宝悦（红牌楼店）") != similar_key("宝悦（机场路店）")
    assert similar_key("成都宝悦", "成都市") == similar_key("宝悦汽贸")
    assert similar_key("有限公司") == "有限公司"


@pytest.mark.parametrize(
    ("name", "short", "city", "shown"),
    [
        ("成都华星宝马汽车销售服务有限公司", "华星宝马", "成都市", "华星宝马"),
        ("成都华星宝马汽车销售服务有限公司", None, "成都市", "华星宝马"),
        ("成都市华星汽车贸易有限责任公司", None, "成都", "华星"),
        ("四川港宏集团有限公司", None, None, "四川港宏集团"),
        ("华星汽车销售有限公司(红牌楼店)", None, None, "华星(红牌楼店)"),
        ("华星汽车销售有限公司红牌楼分公司", None, None, "华星红牌楼"),
        ("红旗体验中心", None, "成都", "红旗体验中心"),
        ("成都汽车贸易有限公司", None, "成都", "成都汽车贸易有限公司"),
        ("BMW Chengdu Ltd", None, None, "BMW Chengdu Ltd"),
    ],
)
def test_screens_print_a_short_label(name: str, short: str | None, city: str | None, shown: str) -> None:
    assert label_of(name, short, city) == shown


@pytest.mark.parametrize(
    ("name", "said"),
    [("王建国", "王**"), ("王强", "王*"), ("欧阳建国", "欧**"), ("王经理", "王经理"), ("刘工", "刘工"),
     ("张队长", "张队长"), ("李总（精品部）", "李总"), ("周店总", "周店总"), ("老王", "老王"), ("小李子", "小**"),
     ("李经纶", "李**"), ("陈先进", "陈**"), ("张主恩", "张**"), ("王", "王"), ("Tom Lee", "Lee"), ("", ""),
     (None, "")],
)  # fmt: skip
def test_others_read_the_surname_and_the_title(name: str | None, said: str) -> None:
    """K8: a given name that begins like a title is no title."""
    assert surname(name) == said
