"""Columns by their names, and rows as records: tables of sheets as people keep them."""

from __future__ import annotations

import pytest

from salesflow.errors import Usage
from salesflow.exchange.mapping import Record, known_columns, plan
from salesflow.texts import t


def read(sheet: str, **options: object) -> list[Record]:
    """The records of a sheet written as lines of cells parted by ``|``."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in sheet.strip().splitlines()]
    found = plan(header, rows, **options)  # type: ignore[arg-type]
    return [found.record(row) for row in rows]


def mapping(header: str, row: str = "", **options: object) -> dict[str, str]:
    """The fields by header of a sheet with this header and one row."""
    names = header.split("|")
    cells = row.split("|") if row else ["x"] * len(names)
    return plan(names, [cells], **options).mapping  # type: ignore[arg-type]


HEADERS = [
    ("店名|联系人|电话|级别|上次跟进|下次跟进|备注", "name contact phone grade last_followup next note"),
    ("门店名称（必填）|* 所在 城市：|详细地址|月销量（台）", "name city address volume_month"),
    ("经销商|主营品牌|所属省份|所在城市|区县|手机号|职务|微信号", "name brands province city area phone - -"),
    ("客户名称|负责人|联系电话|意向|进度|来源|简称", "name contact phone grade stage source short"),
    ("公司名称|法定代表人|联系人|更多电话|经营范围", "name contact contact phone -"),
    ("企业名称|登记状态|注册资本|统一社会信用代码|有效手机号", "name - - - phone"),
    ("sjname|fullname|jingdu|weidu|selltel|servicetel", "name name lng lat phone phone"),
    ("dealer_name|pointx|pointy|service_tel", "name lng lat phone"),
    ("id|name|type|typecode|address|location|tel|pname|cityname|adname",
     "- name - - address location phone province city area"),
    ("姓|名|单位|职务|商务地址 街道|商务地址 市/县|商务地址 省/市/自治区|商务电话|移动电话|电子邮件地址|附注",
     "contact_last contact_first name title address city province phone mobile email note"),
    ("First Name|Last Name|Company|Job Title|Business Phone|Mobile Phone|E-mail Address|Notes",
     "contact_first contact_last name title phone mobile email note"),
    ("Record ID|Company name|Phone Number|Lifecycle Stage|Create Date|Close Date|Amount|State/Region",
     "- name phone stage created goal_on goal_value province"),
    ("Organization - Name|Person - Name|Person - Phone|Organization - Address|Deal - Value|Deal - Stage",
     "name contact contact_phone address goal_value stage"),
    ("Name|Company|Lead Source|Lead Owner|Phone|Mobile|Street|City|Rating",
     "contact name source owner phone mobile address city grade"),
    ("姓名|电话|公司", "contact phone name"),
    ("姓名|电话|地址", "name phone address"),
    ("店名|电话1|电话2|联系人|联系人手机", "name phone phone contact contact_phone"),
    ("4S店名|前台电话|年销量|现用膜|股份结构|目标产值|目标日期|标签|转介绍人",
     "name phone volume_year supplier ownership goal_value goal_on tags referrer"),
    ("name|short|kind|brands|need|grade|received_at|next_date|next_reason|lat|lng|supplier|volume_month|via",
     "name short kind brands need grade received next next_reason lat lng supplier volume_month via"),
    ("店名|传真|序号|编号|成立日期", "name - - - -"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "fields"), HEADERS)
def test_headers(header: str, fields: str) -> None:
    expected = {n: f for n, f in zip(header.split("|"), fields.split(), strict=True) if f != "-"}
    assert mapping(header) == expected


def test_what_has_no_field_is_custom() -> None:
    found = plan(["店名", "编号", "分类"], [["华星", "7", ""]])
    assert found.custom == ["编号", "分类"]
    assert found.record(["华星", "7", ""]).custom == {"编号": "7"}


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("id|name|grade", "id name grade"),
        ("id|grade|next", "id grade next"),
        ("uid|id|name|completeness|visits", "uid id name - -"),
        ("id|image|fullname|code", "- - name -"),
    ],
)
def test_id_is_ours_only_among_our_own_names(header: str, fields: str) -> None:
    expected = {n: f for n, f in zip(header.split("|"), fields.split(), strict=True) if f != "-"}
    assert mapping(header) == expected


def test_our_own_reckoned_columns_are_left_aside() -> None:
    found = plan(["uid", "name", "completeness", "custom.编号"], [])
    assert found.unused == ["completeness"]
    assert found.record(["u1", "华星", "0.5", "7"]).custom == {"编号": "7"}


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (["店名", "联系人", "电话"], 3),
        (["客户名单 2026"], 0),
        (["华星宝马", "王经理", "13900001234"], 0),
        (["Dealer Name", "CITY", "foo"], 2),
        (["", "电话2", "月销量（台）"], 2),
    ],
)
def test_known_columns(cells: list[str], count: int) -> None:
    assert known_columns(cells) == count


# What a row becomes.

BLANKS = ["", "-", "无", "[]", "NaN", "null", "None", "Select", "N/A", "/", " ", "　", "--", "暂无"]


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks(blank: str) -> None:
    found = plan(["店名", "地址", "电话", "品牌", "备注", "月销量", "编号", "微信"], [])
    record = found.record(["华星", *[blank] * 7])
    assert record.values == {"name": "华星"}
    assert record.custom == {}
    assert record.faults == ()


def test_none_is_an_answer_about_the_supplier_and_the_need() -> None:
    [record] = read("店名|现用膜|需求|地址\n华星|无|无|无")
    assert record.values == {"name": "华星", "supplier": "无", "need": "no"}


def test_a_row_without_a_name() -> None:
    [record] = read("店名|地址\n-|武侯大道1号")
    assert [fault.key for fault in record.faults] == ["mapping.row_without"]
    assert record.faults[0].values == {"column": "店名"}


def test_a_line_break_and_invisible_characters_in_a_name() -> None:
    found = plan(["店名"], [])
    assert found.record(["国际汽车城\n（骏元）"]).values["name"] == "国际汽车城 （骏元）"
    assert found.record(["华\u200b星\u202e"]).values["name"] == "华星"
    assert found.record(["\ufeff华星\t"]).values["name"] == "华星"
    assert found.counts == {"invisible": 2}


def test_control_characters_are_faults() -> None:
    found = plan(["店名", "编号"], [])
    assert [f.key for f in found.record(["华\x1b[31m星", ""]).faults] == ["names.control"]
    assert found.record(["华星", "a\x07b"]).custom == {"编号": "ab"}
    assert [f.key for f in found.record(["华" * 1001, ""]).faults] == ["names.too_long"]


@pytest.mark.parametrize(
    ("cell", "brands"),
    [
        ("宝马", ["宝马"]),
        ("宝马/奔驰", ["宝马", "奔驰"]),
        ("宝马、奔驰，奥迪；MINI", ["宝马", "奔驰", "奥迪", "MINI"]),
        ("宝马,宝马", ["宝马"]),
        ('["宝马", "奔驰"]', ["宝马", "奔驰"]),
        ("长安 马自达", ["长安 马自达"]),
        ("宝马\n奔驰", ["宝马", "奔驰"]),
    ],
)
def test_brands(cell: str, brands: list[str]) -> None:
    assert plan(["店名", "品牌"], []).record(["华星", cell]).values["brands"] == brands


PHONES = [
    # a mobile beside a person is the person's, a landline is the shop's
    ("店名|联系人|电话", "华星|王经理|13900001234", [], ["13900001234"]),
    ("店名|联系人|电话", "华星|王经理|028-85551234", ["028-85551234"], []),
    ("店名|联系人|电话", "华星|王经理|028-85551234/13900001234", ["028-85551234"], ["13900001234"]),
    ("店名|联系人|电话", "华星||13900001234", ["13900001234"], []),
    ("店名|电话", "华星|13900001234", ["13900001234"], []),
    ("店名|联系人|手机|固话", "华星|王经理|13900001234|85551234", ["85551234"], ["13900001234"]),
    ("店名|联系人|联系人电话", "华星|王经理|028-85551234", [], ["028-85551234"]),
    ("店名|联系人", "华星|王建国 13900001234", [], ["13900001234"]),
    # several columns join, each number once
    ("店名|servicetel|selltel", "华星|028-85551234|028-85551235", ["028-85551235", "028-85551234"], []),
    ("店名|tel|service_tel", "华星|028-85551234|028-85551234", ["028-85551234"], []),
    ("店名|电话1|电话2", "华星|028-85551234|13900001234", ["028-85551234", "13900001234"], []),
]


@pytest.mark.parametrize(("header", "row", "shop", "person"), PHONES)
def test_phones(header: str, row: str, shop: list[str], person: list[str]) -> None:
    [record] = read(f"{header}\n{row}")
    assert record.values.get("phone", []) == shop
    assert record.values.get("contact_phone", []) == person


def test_the_name_in_a_cell_with_a_phone() -> None:
    [record] = read("店名|联系人\n华星|王建国 13900001234")
    assert record.values["contact"] == "王建国"


def test_masked_and_rounded_phones() -> None:
    found = plan(["店名", "电话"], [])
    assert found.record(["华星", "138****1234"]).values == {"name": "华星"}
    assert found.counts == {"masked_phones": 1}
    [fault] = found.record(["华星", "1.38E+10"]).faults
    assert fault.key == "names.phone_rounded"


def test_what_belongs_to_a_person_stays_where_there_is_none() -> None:
    first, second = read("店名|联系人|微信|职务\n华星|王经理|wx123|店长\n锦泰||wx456|店总")
    assert first.values == {"name": "华星", "contact": "王经理", "wechat": "wx123", "title": "店长"}
    assert second.values == {"name": "锦泰"}
    assert second.custom == {"微信": "wx456", "职务": "店总"}


def test_a_name_in_two_columns() -> None:
    chinese, western = read("单位|姓|名\n华星|王|建国\nHuaxing|Smith|Tom")
    assert chinese.values["contact"] == "王建国"
    assert western.values["contact"] == "Tom Smith"


def test_the_fuller_column_wins_and_the_other_fills_its_blanks() -> None:
    first, second = read("name|fullname\nDS成都亨孚|成都亨孚汽车销售服务有限公司\nDS庞大|")
    assert first.values["name"] == "成都亨孚汽车销售服务有限公司"
    assert first.custom == {"name": "DS成都亨孚"}
    assert second.values["name"] == "DS庞大"


def test_a_number_is_no_city() -> None:
    found = plan(["店名", "city", "城市"], [["华星", "5101", "成都"]])
    assert found.mapping == {"店名": "name", "城市": "city"}
    assert found.custom == ["city"]


@pytest.mark.parametrize(
    ("header", "cells", "place", "custom"),
    [
        ("纬度|经度", "30.66|104.06", (30.66, 104.06), {}),
        ("纬度|经度", "104.06|30.66", (30.66, 104.06), {}),
        ("lon|lat", "104.06|30.66", (30.66, 104.06), {}),
        ("坐标|备用", "104.06,30.66|x", (30.66, 104.06), {"备用": "x"}),
        ("坐标|备用", "30.66, 104.06|x", (30.66, 104.06), {"备用": "x"}),
        ("坐标|备用", ",30.66,104.06|x", (30.66, 104.06), {"备用": "x"}),
        ("纬度|经度", "-|-", None, {}),
        ("纬度|经度", "51.5|-0.12", None, {"纬度": "51.5", "经度": "-0.12"}),
        ("纬度|经度", "30.66|", None, {"纬度": "30.66"}),
        ("纬度|经度", "inf|104", None, {"纬度": "inf", "经度": "104"}),
        ("纬度|备用", "30.66|x", None, {"纬度": "30.66", "备用": "x"}),
        ("坐标|备用", "武侯区|x", None, {"坐标": "武侯区", "备用": "x"}),
    ],
)
def test_coordinates(
    header: str, cells: str, place: tuple[float, float] | None, custom: dict[str, str]
) -> None:
    found = plan(["店名", *header.split("|")], [])
    record = found.record(["华星", *cells.split("|")])
    assert (record.values.get("lat"), record.values.get("lng")) == (place or (None, None))
    assert record.custom == custom


def test_coordinates_are_counted() -> None:
    found = plan(["店名", "纬度", "经度", "坐标"], [])
    found.record(["a", "30.66", "104.06", "104.06,30.66"])
    found.record(["b", "104.06", "30.66", "104.06,30.66"])
    found.record(["c", "0", "0", ""])
    assert found.record(["d", "30.66", "", ",30.66,104.06"]).custom == {}
    assert found.record(["e", "30.66", "104.06", "31,105"]).custom == {"坐标": "31,105"}
    assert found.counts == {"swapped_coordinates": 1, "bad_coordinates": 1}


@pytest.mark.parametrize(
    ("header", "cell", "cars"),
    [
        ("月销量", "120", 120),
        ("月销量", "约30台", 30),
        ("月销量", "1,200", 1200),
        ("月销量", "30.0", 30),
        ("年销量", "1200", 100),
        ("日销量", "4", 120),
        ("月销量", "30-40", None),
        ("月销量", "不清楚", None),
    ],
)
def test_cars_sold_a_month(header: str, cell: str, cars: int | None) -> None:
    record = plan(["店名", header], []).record(["华星", cell])
    assert record.values.get("volume_month") == cars
    assert record.custom == ({} if cars else {header: cell})


def test_goal_value_is_in_fen() -> None:
    found = plan(["店名", "目标产值"], [])
    assert found.record(["华星", "5.8万"]).values["goal_value"] == 5_800_000
    assert [f.key for f in found.record(["华星", "-5"]).faults] == ["names.negative_amount"]


def test_notes_join_and_keep_their_lines() -> None:
    [record] = read("店名|备注|跟进记录\n华星|重点|11-05 去了")
    assert record.values["note"] == "重点\n11-05 去了"
    kept = plan(["店名", "备注"], []).record(["华星", " 一\r\n二\u200b \n"])
    assert kept.values["note"] == "一\n二"


def test_dates_and_codes_stay_as_written() -> None:
    [record] = read("店名|级别|上次跟进|下次跟进|阶段\n华星|A级|2026/11/5|下周三|准客户")
    assert record.values == {
        "name": "华星", "grade": "A级", "last_followup": "2026/11/5", "next": "下周三", "stage": "准客户",
    }  # fmt: skip


# What the rep says about the columns.


def test_overrides_win() -> None:
    found = plan(["甲", "店名", "电话"], [], overrides={"甲": "name", "店名": "short", "电话": "custom"})
    assert found.mapping == {"甲": "name", "店名": "short"}
    assert found.record(["华星", "华", "1"]) == Record({"name": "华星", "short": "华"}, {"电话": "1"}, ())


def test_a_column_left_aside() -> None:
    found = plan(["店名", "编号"], [], overrides={" 编号 ": "-"})
    assert found.unused == ["编号"]
    assert found.record(["华星", "7"]).custom == {}


def test_defaults_fill_blanks() -> None:
    found = plan(["店名", "城市"], [], defaults={"city": "成都", "brands": "宝马/MINI", "kind": "4s"})
    assert found.record(["华星", ""]).values == {
        "name": "华星", "city": "成都", "brands": ["宝马", "MINI"], "kind": "4s",
    }  # fmt: skip
    assert found.record(["锦泰", "眉山"]).values["city"] == "眉山"


def test_a_field_given_up_becomes_custom() -> None:
    found = plan(["店名", "状态", "公司名称"], [["华", "存续", "华星宝马"]])
    without = found.without("状态")
    assert without.mapping == {"店名": "name", "公司名称": "name"}
    assert without.record(["华", "存续", "华星宝马"]) == Record(
        {"name": "华星宝马"}, {"状态": "存续", "店名": "华"}, ()
    )


@pytest.mark.parametrize(
    ("header", "options", "key"),
    [
        (["地址", "备用"], {}, "mapping.no_name"),
        (["店名"], {"overrides": {"没有": "name"}}, "mapping.no_column"),
        (["店名"], {"overrides": {"店名": "nmae"}}, "mapping.no_field_near"),
        (["店名"], {"overrides": {"店名": "戊"}}, "mapping.no_field"),
        (["店名"], {"defaults": {"colour": "红"}}, ""),
        (["店名"], {"defaults": {"volume_month": "很多"}}, "mapping.not_a_number"),
        (["金额"], {"kind": "orders"}, "mapping.no_key_column"),
    ],
)
def test_refused_by_name(header: list[str], options: dict[str, object], key: str) -> None:
    with pytest.raises(Usage) as caught:
        plan(header, [], **options)  # type: ignore[arg-type]
    assert not key or caught.value.key == key
    for lang in ("zh", "en"):
        assert t(caught.value.key, lang, **caught.value.values)


# Other kinds.

KINDS = [
    ("followups", "客户|日期|方式|内容|下次跟进", "lead at via note next_date"),
    ("followups", "lead|at|via|note|learned|did|feedback|progress|next_date|next_reason|by",
     "lead at via note learned did feedback progress next_date next_reason by"),
    ("stages", "lead|stage|at|why|by", "lead stage at why by"),
    ("contacts", "公司|姓名|角色|手机|微信|生日", "lead name roles phone wechat birthday"),
    ("orders", "account|close_date|close_value|sales_agent|product", "lead signed_on amount by product"),
    ("payments", "客户名称|回款金额|回款日期|订单号", "lead amount on order"),
    ("targets", "指标|月份|目标", "metric period target"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "header", "fields"), KINDS)
def test_other_kinds(kind: str, header: str, fields: str) -> None:
    expected = dict(zip(header.split("|"), fields.split(), strict=True))
    assert mapping(header, kind=kind) == expected


def test_an_order() -> None:
    [record] = read("客户|金额|签约日期\n华星|5.8万|2026-11-05", kind="orders")
    assert record.values == {"lead": "华星", "amount": 5_800_000, "signed_on": "2026-11-05"}
