"""What other programs export is read by its own headers: map services, registers, Outlook, CRMs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from kit import Book

WHERE = ("province", "city", "area", "address", "lat", "lng", "phone")


def put(book: Book, path: Path, rows: list[list[str]], *words: str, encoding: str = "utf-8") -> Any:
    """The answer of the import of these rows, the first of which is the header; every column is accounted for."""
    with path.open("w", encoding=encoding, newline="") as handle:
        csv.writer(handle).writerows(rows)
    answer = book("import", str(path), "--json", *words).json
    assert answer["rows"] == sum(answer[name] for name in ("added", "duplicates", "rejected"))
    return answer


def person(book: Book, lead: str) -> dict[str, Any]:
    """What is known of the lead's one person."""
    (found,) = book.show(lead)["contacts"]
    return {key: value for key, value in found.items() if value and key != "id"}


AMAP = [
    ["id", "name", "type", "typecode", "address", "location", "tel", "pname", "cityname", "adname", "pcode",
     "citycode", "adcode", "business_area", "distance"],
    ["B0FF1", "成都华星宝马4S店", "汽车销售;宝马特约销售", "020600", "科华南路1号", "104.081234,30.612345",
     "028-85550001;13900000001", "四川省", "成都市", "武侯区", "510000", "028", "510107", "[]", "1200"],
    ["B0FF2", "成都先锋汽车", "汽车服务", "010000", "[]", "104.01,30.6", "[]", "四川省", "成都市", "高新区",
     "510000", "028", "510107", "[]", "[]"],
]  # fmt: skip


def test_amap_points_of_interest(book: Book, tmp_path: Path) -> None:
    answer = put(book, tmp_path / "a.csv", AMAP, encoding="utf-8-sig")
    assert answer["mapping"] == {
        "name": "name", "address": "address", "location": "location", "tel": "phone", "pname": "province",
        "cityname": "city", "adname": "area",
    }  # fmt: skip
    lead = book.show("华星宝马")
    expected = [
        "四川省",
        "成都市",
        "武侯区",
        "科华南路1号",
        30.612345,
        104.081234,
        "028-85550001 / 13900000001",
    ]
    assert [lead[key] for key in WHERE] == expected
    assert lead["custom"] == {
        "id": "B0FF1", "type": "汽车销售;宝马特约销售", "typecode": "020600", "pcode": "510000", "citycode": "028",
        "adcode": "510107", "distance": "1200",
    }  # fmt: skip
    other = book.show("先锋")  # [] says nothing
    assert (other["address"], other["phone"]) == (None, None)
    assert not {"business_area", "distance"} & other["custom"].keys()


QICHACHA = [
    ["企业名称", "登记状态", "法定代表人", "注册资本", "成立日期", "所属省份", "所属城市", "所属区县",
     "电话", "更多电话",
     "邮箱", "更多邮箱", "统一社会信用代码", "企业注册地址", "经营范围"],
    ["成都华星名仕汽车销售服务有限公司", "存续", "王建国", "5000万元人民币", "2010-05-06", "四川省",
     "成都市", "武侯区",
     "028-85550002", "13900000011；13900000012", "a@example.com", "-", "91510100MA00000001",
     "武侯区科华南路2号", "汽车销售"],
    ["成都某某汽车有限公司", "注销", "-", "-", "-", "四川省", "成都市", "-", "-", "-", "-", "-", "91510100MA00000002",
     "-", "汽车"],
]  # fmt: skip


def test_a_register_of_companies_qichacha(book: Book, tmp_path: Path) -> None:
    put(book, tmp_path / "a.csv", QICHACHA, encoding="gb18030")
    lead = book.show("名仕")
    assert [lead[key] for key in WHERE] == [
        "四川省",
        "成都市",
        "武侯区",
        "武侯区科华南路2号",
        None,
        None,
        "028-85550002",
    ]
    expected = {"name": "王建国", "phones": ["13900000011", "13900000012"], "email": "a@example.com"}
    assert person(book, "名仕") == expected
    assert (lead["status"], lead["created_at"][:10]) == ("open", "2026-11-24")
    assert lead["custom"] == {
        "登记状态": "存续", "注册资本": "5000万元人民币", "成立日期": "2010-05-06",
        "统一社会信用代码": "91510100MA00000001", "经营范围": "汽车销售",
    }  # fmt: skip
    other = book.show("某某")
    assert (other["contacts"], other["phone"], other["area"]) == ([], None, None)


TIANYANCHA = [
    ["天眼查导出 2026-11-01", "", "", "", "", "", "", "", "", ""],
    ["公司名称", "经营状态", "法定代表人", "成立日期", "省份", "城市", "有效手机号", "更多电话", "注册地址",
     "最新年报地址"],
    ["重庆某某汽车销售有限公司", "存续（在营、开业、在册）", "李强", "2015/3/2", "重庆", "重庆市", "13900000021",
     "023-67000001;13900000022", "重庆市渝北区金渝大道1号", "重庆市渝北区金渝大道88号"],
]  # fmt: skip


def test_a_register_of_companies_tianyancha(book: Book, tmp_path: Path) -> None:
    put(book, tmp_path / "a.csv", TIANYANCHA)
    lead = book.show("重庆某某")
    assert (lead["province"], lead["city"], lead["area"]) == ("重庆", "重庆市", "渝北区")
    assert lead["phone"] == "023-67000001"
    assert sorted(person(book, "重庆某某")["phones"]) == ["13900000021", "13900000022"]
    # one address is the lead's, the other is not lost
    said = {lead["address"], *lead["custom"].values()}
    assert {"重庆市渝北区金渝大道1号", "重庆市渝北区金渝大道88号"} < said


OUTLOOK_ZH = [
    ["英文称谓", "名", "中间名", "姓", "中文称谓", "单位", "部门", "职务", "商务地址 街道", "商务地址 市/县",
     "商务地址 省/市/自治区", "商务地址 邮政编码", "商务电话", "商务电话 2", "单位主要电话", "移动电话", "住宅电话",
     "电子邮件地址", "附注", "类别"],
    ["", "建国", "", "王", "先生", "华星宝马", "销售部", "店长", "科华南路3号", "成都", "四川", "610000",
     "028-85550003", "",
     "028-85550004", "13900000031", "", "wang@example.com", "老客户", "重点"],
    ["", "", "", "", "", "先锋汽车", "", "", "", "", "", "", "028-85550005", "", "", "", "", "", "", ""],
    ["", "敏", "", "赵", "", "", "", "", "", "", "", "", "", "", "", "13900000032", "", "", "", ""],
]  # fmt: skip


def test_outlook_in_chinese(book: Book, tmp_path: Path) -> None:
    answer = put(book, tmp_path / "a.csv", OUTLOOK_ZH, "--people", encoding="gbk")
    assert (answer["encoding"], answer["added"]) == ("gb18030", 3)
    lead = book.show("华星宝马")
    assert [lead[key] for key in WHERE] == [
        "四川",
        "成都",
        None,
        "科华南路3号",
        None,
        None,
        "028-85550003 / 028-85550004",
    ]
    assert person(book, "华星宝马") == {
        "name": "王建国", "title": "店长", "phones": ["13900000031"], "email": "wang@example.com",
        "department": "销售部",
    }  # fmt: skip
    assert lead["note"] == "老客户"
    assert book.show("先锋汽车")["contacts"] == []
    # who has no firm stands for himself, where that is asked for
    assert person(book, "赵敏") == {"name": "赵敏", "phones": ["13900000032"]}


OUTLOOK_EN = [
    ["First Name", "Middle Name", "Last Name", "Company", "Department", "Job Title", "Business Street",
     "Business City",
     "Business Phone", "Mobile Phone", "E-mail Address", "Notes", "Categories"],
    ["Jane", "Q", "Miller", "Star Motors", "Sales", "Manager", "1 Kehua Road", "Chengdu", "028-85550006",
     "13900000041",
     "jane@example.com", "met at fair", "VIP;Fair"],
    ["Bob", "", "Stone", "", "", "", "", "", "", "13900000042", "", "", ""],
]  # fmt: skip


def test_outlook_in_english(book: Book, tmp_path: Path) -> None:
    put(book, tmp_path / "a.csv", OUTLOOK_EN, "--people")
    lead = book.show("Star Motors")
    assert (lead["address"], lead["city"], lead["phone"]) == ("1 Kehua Road", "Chengdu", "028-85550006")
    assert (lead["tags"], lead["note"], lead["custom"]) == (
        ["VIP", "Fair"],
        "met at fair",
        {"Middle Name": "Q"},
    )
    assert person(book, "Star Motors") == {
        "name": "Jane Miller", "title": "Manager", "phones": ["13900000041"], "email": "jane@example.com",
        "department": "Sales",
    }  # fmt: skip
    assert person(book, "Bob Stone")["phones"] == ["13900000042"]


HUBSPOT = [
    ["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Mobile Phone Number", "Job Title",
     "Company Name",
     "Associated Company", "Lifecycle Stage", "Lead Status", "Contact owner", "Create Date",
     "Last Activity Date", "City",
     "State/Region"],
    ["51", "建国", "王", "wang@example.com", "028-85550007", "+86 139 0000 0051", "店长", "", "华星宝马",
     "lead", "NEW",
     "Sun Li", "2018-02-13 09:05", "2018-03-02 10:00", "成都", "四川"],
]  # fmt: skip


def test_hubspot_contacts(book: Book, tmp_path: Path) -> None:
    put(book, tmp_path / "a.csv", HUBSPOT)
    lead = book.show("华星宝马")
    assert (lead["owner"], lead["created_at"], lead["last_followup_at"]) == (
        "Sun Li", "2018-02-13T09:05", "2018-03-02T10:00",
    )  # fmt: skip
    assert (lead["province"], lead["city"], lead["phone"]) == ("四川", "成都", "028-85550007")
    assert person(book, "华星宝马")["phones"] == ["13900000051"]
    # words of another program's funnel are kept, and no stage of ours
    assert lead["custom"] == {"Record ID": "51", "Lifecycle Stage": "lead", "Lead Status": "NEW"}


def test_hubspot_deals(book: Book, tmp_path: Path) -> None:
    rows = [
        ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Deal owner", "Associated Company"],
        ["9001", "车膜 2018", "appointmentscheduled", "12,000.50", "2018-05-01", "Sun Li", "华星宝马"],
    ]
    put(book, tmp_path / "a.csv", rows)
    lead = book.show("华星宝马")
    assert (lead["goal_value"], lead["goal_on"], lead["owner"]) == (12000.5, "2018-05-01", "Sun Li")
    assert lead["custom"]["Deal Name"] == "车膜 2018"
    put(book, tmp_path / "b.csv", [row[:6] for row in rows])  # without a firm the deal is the name
    assert book.show("车膜 2018")["goal_value"] == 12000.5


def test_pipedrive_people_and_deals(book: Book, tmp_path: Path) -> None:
    people = [
        ["Person - Name", "Person - Phone", "Person - Email (Work)", "Organization - Name", "Organization - Address",
         "Person - Owner", "Person - ID"],
        ["王建国", "028-85550008, 13900000061", "wang@example.com", "华星宝马",
         "四川省成都市武侯区科华南路8号", "Sun Li", "7"],
    ]  # fmt: skip
    put(book, tmp_path / "a.csv", people)
    lead = book.show("华星宝马")
    assert [lead[key] for key in ("province", "city", "area", "owner")] == [
        "四川省",
        "成都市",
        "武侯区",
        "Sun Li",
    ]
    assert person(book, "华星宝马") == {
        "name": "王建国", "phones": ["028-85550008", "13900000061"], "email": "wang@example.com",
    }  # fmt: skip
    deals = [
        ["Deal - Title", "Deal - Value", "Deal - Stage", "Deal - Owner", "Deal - Organization",
         "Deal - Contact person",
         "Deal - Expected close date", "Deal - Deal created"],
        ["先锋 deal", "12000", "Demo Scheduled", "Sun Li", "先锋汽车", "赵敏", "2018-05-01", "2018-02-13 09:00:00"],
    ]  # fmt: skip
    put(book, tmp_path / "b.csv", deals)
    lead = book.show("先锋汽车")
    assert (lead["goal_value"], lead["goal_on"], lead["created_at"]) == (
        12000,
        "2018-05-01",
        "2018-02-13T09:00",
    )
    assert (person(book, "先锋汽车")["name"], lead["custom"]["Deal - Title"]) == ("赵敏", "先锋 deal")
    activities = [
        ["Activity - Subject", "Activity - Due date", "Organization - Name", "Person - Name"],
        ["回访", "2026-12-01", "大众一店", "钱进"],
    ]
    put(book, tmp_path / "c.csv", activities)
    lead = book.show("大众一店")
    assert (lead["next_date"], lead["next_reason"]) == ("2026-12-01", "回访")


SALESFORCE = """First Name,Last Name,Full Name,Company,Lead Source,Lead Status,Lead Owner,Phone,Mobile,City,Rating,Id
建国,王,王建国,华星宝马,Web,Open - Not Contacted,Sun Li,028-85550009,13900000071,成都,Hot,00Q01
敏,赵,赵敏,先锋汽车,Partner Referral,Working,Sun Li,(028) 8555-0010,,成都,Warm,00Q02


"Leads by source"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"Confidential Information - Do Not Distribute"
"Generated By:  Sun Li  11/20/2026 9:00 AM"
"""


def test_a_salesforce_report_and_the_lines_below_it(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(SALESFORCE, encoding="utf-8")
    answer = book("import", str(path), "--json").json
    assert (answer["rows"], answer["added"], answer["rejected"]) == (6, 2, 4)
    assert [one["row"] for one in answer["rejects"]] == [6, 7, 8, 9]
    lead = book.show("华星宝马")
    assert lead["custom"] == {
        "Lead Source": "Web", "Lead Status": "Open - Not Contacted", "Rating": "Hot", "Id": "00Q01",
    }  # fmt: skip
    assert person(book, "华星宝马") == {"name": "王建国", "phones": ["13900000071"]}
    assert book.show("先锋汽车")["phone"] == "028-85550010"


def test_a_footer_of_a_report_in_a_sheet_with_the_name_first(book: Book, tmp_path: Path) -> None:
    rows = [["Account Name", "Phone", "City"], ["华星宝马", "028-85550009", "成都"]]
    rows += [
        [text, "", ""] for text in ("Total", "Copyright (c) 2026 Example Ltd", "Confidential Information - x")
    ]
    answer = put(book, tmp_path / "a.csv", rows)
    assert (answer["added"], answer["rejected"]) == (1, 3)


def test_salesforce_by_its_names_for_programs(book: Book, tmp_path: Path) -> None:
    rows = [
        ["Id", "LastName", "FirstName", "Name", "Company", "Title", "Phone", "MobilePhone", "LeadSource", "Status",
         "OwnerId", "CreatedDate"],
        ["00Q03", "王", "建国", "王建国", "华星宝马", "店长", "028-85550011", "13900000081", "Web", "Working", "0050",
         "2018-02-13T08:30:00.000+0000"],
    ]  # fmt: skip
    put(book, tmp_path / "a.csv", rows)
    lead = book.show("华星宝马")
    assert (lead["created_at"], lead["status"], lead["custom"]["Status"]) == (
        "2018-02-13T08:30",
        "open",
        "Working",
    )
    assert person(book, "华星宝马") == {"name": "王建国", "title": "店长", "phones": ["13900000081"]}


SUMS = [
    "合计",
    "合 计：",
    "总计（2家）",
    "小计: 2",
    "共 2 家",
    "本页小计",
    "Grand Total",
    "Subtotal: 2",
    "TOTAL",
]


@pytest.mark.parametrize("word", SUMS)
def test_a_row_that_sums_up_is_no_lead(book: Book, tmp_path: Path, word: str) -> None:
    rows = [
        ["店名", "月销量", "电话"],
        ["华星宝马", "30", "13900000001"],
        [word, "30", ""],
        ["合计汽车行", "1", ""],
    ]
    answer = put(book, tmp_path / "a.csv", rows)
    assert [(one["row"], word in one["reason"]) for one in answer["rejects"]] == [(3, True)]
    assert answer["added"] == 2


def test_a_sum_in_the_column_of_numbers(book: Book, tmp_path: Path) -> None:
    rows = [["序号", "店名", "月销量"], ["1", "华星宝马", "30"], ["合计", "", "30"]]
    answer = put(book, tmp_path / "a.csv", rows)
    assert answer["rejects"] == [{"row": 3, "reason": "「合计」是合计，不是一家"}]


def test_a_second_and_a_third_person_in_columns_of_their_own(book: Book, tmp_path: Path) -> None:
    rows = [
        ["店名", "联系人1", "电话1", "职务1", "联系人2", "电话2", "职务2", "第三联系人", "第三联系人电话"],
        ["甲店", "张三", "13900000001", "店长", "李四", "13900000002", "采购", "王五", "028-85551234"],
        ["乙店", "张三", "028-85550001", "", "", "13900000003", "", "", ""],
    ]
    put(book, tmp_path / "a.csv", rows)
    found = [(one["name"], one["title"], one["phones"]) for one in book.show("甲店")["contacts"]]
    assert found == [
        ("张三", "店长", ["13900000001"]), ("李四", "采购", ["13900000002"]), ("王五", None, ["028-85551234"]),
    ]  # fmt: skip
    assert [one["name"] for one in book.show("乙店")["contacts"]] == ["张三"]
    assert book.show("乙店")["phone"] == "028-85550001 / 13900000003"


def test_a_list_in_two_languages(book: Book, tmp_path: Path) -> None:
    rows = [
        ["省", "Province", "市", "City", "区", "店名", "类型", "地址", "电话", "备注"],
        [
            "四川",
            "Sichuan Province",
            "成都市",
            "Chengdu City",
            "武侯区",
            "成都宝悦",
            "4S",
            "科华南路1号",
            "028-85550001",
            "-",
        ],
    ]
    put(book, tmp_path / "a.csv", rows)
    lead = book.show("成都宝悦")
    assert (lead["province"], lead["city"], lead["area"]) == ("四川", "成都市", "武侯区")


HEADERS = {
    "name": "经销店名称 车行名称 门店全称 企业全称 服务网点名称 4S店名称 客户单位 dealer_full_name 店名*",
    "phone": "销售部电话 24小时热线 前台电话 店内座机 联系方式 服务电话2",
    "address": "店址 企业注册地址 具体地址 门店详细地址 full_address",
    "city": "城市名称 所属地市 所在城市 市/州",
    "area": "区/县 所属行政区 区县名称 行政区划",
    "province": "省份名称 省/自治区 所属省份",
    "brands": "授权品牌 主营品牌 代理品牌 品牌名称",
    "last_followup": "最近一次跟进时间 最后拜访时间 上次拜访时间 最近联系",
    "next": "下次跟进计划 下次回访日期 下次拜访时间 计划跟进日期",
    "source": "获客渠道 线索来源 来源方式",
    "owner": "跟进销售 客户负责人 业务员 归属人",
    "note": "沟通情况 最新进展 备注说明 客户备注",
    "region": "省市区 所在地区 省/市/区",
    "email": "邮箱地址 电子信箱 企业邮箱",
}


@pytest.mark.parametrize(
    ("field", "header"), [(field, name) for field, names in HEADERS.items() for name in names.split(" ")]
)
def test_what_sheets_call_their_columns(field: str, header: str) -> None:
    from salesflow.exchange.recognise import find_field

    found = find_field(header, "leads")
    assert found is not None and found[0] == field


@pytest.mark.parametrize(
    "header", ["网址", "IP地址", "图片地址", "uid2", "id1", "序号", "注册资本", "大区", "经销商代码"]
)
def test_what_is_nothing_that_we_know(header: str) -> None:
    from salesflow.exchange.recognise import find_field

    assert find_field(header, "leads") is None
