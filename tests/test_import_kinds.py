"""Follow-ups, stages, people, orders, payments and targets out of sheets: figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kit import Book

LEADS = "店名,简称,城市\n成都华星宝马店,华星,成都\n成都蓝天奥迪店,蓝天,成都\n"


@pytest.fixture
def sheet(book: Book, tmp_path: Path) -> Any:
    """``sheet("followups", text)``: the answer of importing the text as rows of that kind."""
    lead = tmp_path / "leads.csv"
    lead.write_text(LEADS, encoding="utf-8")
    book("import", str(lead))

    def take(kind: str | None, text: str, *words: str, **more: Any) -> Any:
        path = tmp_path / ("sheet.jsonl" if text.startswith("{") else "sheet.csv")
        path.write_text(text, encoding="utf-8")
        chosen = ["--kind", kind] if kind else []
        answer = book("import", str(path), *chosen, *words, "--json", **more).json
        parts = ("added", "updated", "unchanged", "duplicates", "rejected")
        assert answer["rows"] == sum(answer[part] for part in parts), answer
        return answer

    return take


MARCH = (
    "客户,日期,方式,拜访对象,内容,级别,下次跟进,下次事项,记录人\n"
    "成都华星宝马店,2026-03-02,拜访,王经理,认识了,B,2026-03-09,送样品,李四\n"
    "华星,2026-03-11 15:30,电话,王经理,样品收到,,2026-03-20,,李四\n"
    "成都华星宝马店,2026-03-16,拜访,,谈价格,A,,,李四\n"
)


def test_a_follow_up_of_last_march_is_one_of_last_march(book: Book, sheet: Any) -> None:
    answer = sheet("followups", MARCH)
    assert (answer["rows"], answer["added"], answer["kind"]) == (3, 3, "followups")
    lead = book.show(1)
    assert (lead["followups"], lead["visits"], lead["grade"]) == (3, 2, "A")
    assert lead["received_at"] == lead["first_followup_at"] == "2026-03-02T00:00"
    assert lead["last_followup_at"] == "2026-03-16T00:00"
    # the 16th came and named no other day: the 20th, promised on the 11th, still stands
    assert (lead["next_date"], lead["next_reason"]) == ("2026-03-20", None)
    newest, middle, first = lead["followup_list"]
    assert [one["by"] for one in lead["followup_list"]] == ["李四"] * 3
    assert (middle["at"], middle["via"], middle["with"], middle["incoming"]) == (
        "2026-03-11T15:30", "phone", "王经理", False,
    )  # fmt: skip
    assert (first["grade"], first["next_date"], first["next_reason"]) == ("B", "2026-03-09", "送样品")
    assert (newest["grade"], newest["next_date"]) == ("A", None)
    assert [one["name"] for one in lead["contacts"]] == ["王经理"]
    week = book("report", "week", "--date", "2026-03-11", "--json").json  # the 9th to the 15th
    assert (week["totals"]["followups"], week["totals"]["visits"], week["totals"]["leads_touched"]) == (
        1,
        0,
        1,
    )
    # promised for the 9th on the 2nd, done on the 11th
    assert week["promises"] == {
        "due": 1, "kept": 0, "kept_late": 1, "rescheduled": 0, "without_why": 0, "dropped": 0, "open": 0,
    }  # fmt: skip
    before = book("report", "week", "--date", "2026-03-02", "--json").json
    assert (before["totals"]["new_leads"], before["first_contact"]["met"]) == (1, 1)
    # the 20th, promised on the 11th, was kept on the 16th: nothing is overdue
    later = book("report", "week", "--date", "2026-03-20", "--json").json
    assert (later["promises"]["kept"], later["overdue_at_end"]) == (1, 0)
    honest = book("report", "promises", "--date", "2026-03-11", "--json").json
    assert (honest["recorded_late"], honest["rescheduled"]) == ([], [])


def test_the_same_file_twice_adds_nothing_and_equal_rows_of_one_file_are_two(book: Book, sheet: Any) -> None:
    twice = "客户,日期,方式,内容\n华星,2026-03-02,电话,打了\n华星,2026-03-02,电话,打了\n"
    assert sheet("followups", twice)["added"] == 2
    assert (sheet("followups", twice)["duplicates"], book.show(1)["followups"]) == (2, 2)
    # one more of the same is a third; the columns in another order say the same
    turned = "内容,客户,方式,日期\n" + "打了,华星,电话,2026-03-02\n" * 3
    answer = sheet("followups", turned)
    assert (answer["added"], answer["duplicates"], book.show(1)["followups"]) == (1, 2, 3)
    assert sheet("followups", turned, "--on-duplicate", "update")["unchanged"] == 3
    assert sheet("followups", turned, "--on-duplicate", "add")["added"] == 3


def test_what_was_typed_before_its_sheet_came_is_known(book: Book, sheet: Any) -> None:
    book("log", "华星", "谈了", "--via", "visit", now="2026-11-20T09:30")
    book("order", "1", "1000", now="2026-11-20T10:00")
    book("payment", "1", "400", now="2026-11-20T10:00")
    assert sheet("followups", "客户,日期,方式,内容\n华星,2026-11-20 09:30,拜访,谈了\n")["duplicates"] == 1
    assert sheet("orders", "客户,日期,金额\n华星,2026-11-20,1000\n")["duplicates"] == 1
    assert sheet("payments", "客户,日期,金额\n华星,2026-11-20,400\n")["duplicates"] == 1
    assert sheet("stages", "客户,日期,阶段\n华星,2026-11-20 10:00,客户\n")["duplicates"] == 1


def test_which_lead_is_meant(book: Book, sheet: Any) -> None:
    book("add", "成都华星宝马店", "--anyway")  # another showroom under the same name
    uid = book.show(2)["uid"]
    text = "客户,日期\n成都华星宝马店,2026-03-02\n#3,2026-03-03\n2,2026-03-04\n蓝天,2026-03-05\n没这家,2026-03-06\n"
    answer = sheet("followups", text, lang="en")
    assert answer["added"] == 3
    assert answer["rejects"] == [
        {"row": 2, "reason": "'成都华星宝马店' are several leads: #1 #3; write the id in this column"},
        {"row": 6, "reason": "no lead is called '没这家': import the leads first, or salesflow add"},
    ]
    assert [book.show(one)["followups"] for one in (1, 2, 3)] == [0, 2, 1]
    named = f"lead_uid,lead,at\n{uid},改了名,2026-04-01\n,成都华星宝马店,2026-04-02\n"
    assert sheet("followups", named)["rejected"] == 1
    assert sheet("followups", "lead,lead_id,at\n成都华星宝马店,3,2026-04-02\n")["added"] == 1


def test_an_older_sheet_leaves_the_promise_that_stands(book: Book, sheet: Any) -> None:
    book("log", "华星", "见了", "--next", "2026-12-03 送样", now="2026-11-20T09:30")
    sheet("followups", "客户,日期,内容,下次跟进\n华星,2026-03-02,三月的,2026-03-09\n")
    lead = book.show(1)
    assert (lead["next_date"], lead["next_reason"], lead["last_followup_at"]) == (
        "2026-12-03", "送样", "2026-11-20T09:30",
    )  # fmt: skip
    # that of March stood until the visit of November, which came late
    march = book("report", "month", "--date", "2026-03-09", "--json").json
    assert (march["promises"]["due"], march["promises"]["open"]) == (1, 1)
    sheet("followups", "客户,日期,内容,下次跟进\n华星,2026-11-23,昨天,2026-11-25\n")
    assert book.show(1)["next_date"] == "2026-11-25"  # the newest follow-up says so
    moves = book.sql("SELECT date, made_at, ended_at, ended FROM promise ORDER BY id")
    assert moves == [
        ("2026-03-09", "2026-03-02T00:00", "2026-11-20T09:30", "followup"),
        ("2026-12-03", "2026-11-20T09:30", "2026-11-23T00:00", "followup"),
        ("2026-11-25", "2026-11-23T00:00", None, None),
    ]


def test_of_the_leads_own_next_date_and_the_newest_follow_ups_the_later_stands(
    book: Book, sheet: Any, tmp_path: Path
) -> None:
    leads = tmp_path / "more.csv"
    leads.write_text("店名,下次跟进\n丙店,2026-11-26\n丁店,2026-12-20\n", encoding="utf-8")
    book("import", str(leads))
    sheet("followups", "客户,日期,下次跟进\n丙店,2026-11-20,2026-12-05\n丁店,2026-11-20,2026-12-05\n")
    assert [book.show(one)["next_date"] for one in ("丙店", "丁店")] == ["2026-12-05", "2026-12-20"]


def test_what_a_later_follow_up_ended_its_earlier_sheet_may_promise_anew(
    book: Book, sheet: Any, tmp_path: Path
) -> None:
    """The 15th was promised; on the 23rd at 19:10 the 30th was, which at 19:11 still lay ahead, and so stands.

    The sheet with 19:11 comes first: without the other it ends the 15th, whose day has come.
    """
    leads = tmp_path / "more.csv"
    leads.write_text("店名,收到日期,下次跟进\n丙店,2026-01-12,2026-01-15\n", encoding="utf-8")
    book("import", str(leads))
    sheet("followups", "客户,日期,下次跟进\n丙店,2026-01-23 19:11,\n")
    assert book.show("丙店")["next_date"] is None
    sheet("followups", "客户,日期,下次跟进\n丙店,2026-01-23 19:10,2026-01-30\n")
    assert book.show("丙店")["next_date"] == "2026-01-30"


def test_stages_in_any_order_among_those_of_the_book(book: Book, sheet: Any) -> None:
    book("advance", "1", "prospect", "--force", "--why", "急", now="2026-06-01T09:00")
    text = (
        "客户,阶段,日期,原因,记录人\n华星,客户,2026-08-01,签了,李四\n华星,有效信息,2026-03-01,有需求,李四\n"
        "蓝天,普通信息,2026-02-01,,\n蓝天,准客户,2026-02-10,,\n"
    )
    answer = sheet("stages", text)
    # the first stage is where a lead begins: it says when it came to us
    assert answer["added"] == 4
    lead = book.show(1)
    assert [(one["at"], one["from"], one["to"], one["by"]) for one in lead["moves"]] == [
        ("2026-03-01T00:00", "info", "qualified", "李四"),
        ("2026-06-01T09:00", "qualified", "prospect", "陈磊"),
        ("2026-08-01T00:00", "prospect", "customer", "李四"),
    ]
    assert (lead["stage"], book.show(2)["stage"]) == ("customer", "prospect")
    assert book.show(2)["received_at"] == "2026-02-01T00:00"
    august = book("report", "month", "--date", "2026-08-05", "--json").json
    assert (august["totals"]["won"], august["totals"]["advanced"]) == (1, 1)
    may = book("report", "month", "--date", "2026-05-05", "--json").json
    assert {line["stage"]: line["at_end"] for line in may["funnel"]} == {
        "info": 0, "qualified": 1, "prospect": 1, "customer": 0,
    }  # fmt: skip
    again = sheet("stages", text)
    assert (again["added"], again["duplicates"]) == (0, 4)


def test_lost_and_parked_leads(book: Book, sheet: Any) -> None:
    sheet("followups", "客户,日期,下次跟进\n华星,2026-03-02,2026-03-20\n蓝天,2026-03-02,2026-03-20\n")
    text = (
        "lead,stage,status,reason,at,until,competitor\n华星,,lost,competitor,2026-03-10,,某膜\n"
        "蓝天,,parked,later,2026-03-10,2026-12-15,\n"
    )
    reasons = [one["code"] for one in book("process", "show", "--json").json["parked"]]
    answer = sheet("stages", text.replace("later", reasons[0]))
    assert answer["added"] == 2
    lost, parked = book.show(1), book.show(2)
    assert (lost["status"], lost["next_date"], parked["status"], parked["next_date"]) == (
        "lost", None, "parked", "2026-12-15",
    )  # fmt: skip
    week = book("report", "week", "--date", "2026-03-10", "--json").json
    assert (week["totals"]["lost"], week["totals"]["parked"]) == (1, 1)
    assert (week["lost"][0]["reason"], week["lost"][0]["to"]) == ("competitor", "某膜")
    # the 20th was promised to both, and dropped with them
    assert book("report", "week", "--date", "2026-03-20", "--json").json["promises"]["dropped"] == 2
    sheet("stages", "lead,stage,at\n华星,qualified,2026-04-01\n")
    assert (book.show(1)["status"], book.show(1)["stage"]) == ("open", "qualified")


def test_parked_until_the_very_day_promised_what_for_stays(book: Book, tmp_path: Path) -> None:
    """A sheet of leads says what is promised and for what, one of stages that it is parked until that day."""
    sheets = {
        "leads": "店名,上次跟进,下次跟进,下次事项\n华星,2026-03-02,2026-12-15,送样品\n",
        "stages": "客户,状态,日期,直到\n华星,parked,2026-03-10,2026-12-15\n",
    }
    for kind, text in sheets.items():
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        book("import", str(path), "--kind", kind)
    lead = book.show(1)
    assert (lead["status"], lead["next_date"], lead["next_reason"]) == ("parked", "2026-12-15", "送样品")


def test_a_deal_by_the_words_of_any_trade(book: Book, sheet: Any) -> None:
    answer = sheet(
        "stages",
        "lead,deal_stage,at\n华星,Won,2026-04-01\n蓝天,Closed Lost,2026-04-02\n华星,Demo,2026-04-03\n",
    )
    assert (answer["added"], answer["rejected"]) == (2, 1)
    assert (book.show(1)["stage"], book.show(2)["status"]) == ("customer", "lost")


def test_an_order_enters_the_won_stage_on_its_day(book: Book, sheet: Any) -> None:
    text = (
        "客户,签约日期,金额,成本,产品,合同号,签单人\n华星,2026-04-20,2万,1.2万,膜A,HT-9,李四\n"
        '华星,2026-04-08,"58,000",,膜A,HT-7,李四\n蓝天,2026-04-09,0,,,,\n'
    )
    answer = sheet("orders", text, lang="en")
    assert (answer["added"], answer["rejected"]) == (2, 1)
    assert "framework" in answer["rejects"][0]["reason"]
    lead = book.show(1)
    assert lead["stage"] == "customer"
    assert [(one["at"], one["from"], one["to"], one["by"]) for one in lead["moves"]] == [
        ("2026-04-08T00:00", "info", "customer", "李四")
    ]
    month = book("report", "month", "--date", "2026-04-10", "--json").json["totals"]
    assert (month["orders"], month["sales"], month["won"], month["margin"]) == (2, 78000, 1, 8000)
    assert sheet("orders", "lead,signed_on,framework\n蓝天,2026-04-09,是\n")["added"] == 1
    assert book.show(2)["stage"] == "customer"
    paid = (
        "客户,回款日期,回款金额,订单号\n华星,2026-05-01,8000,HT-9\n华星,2026-05-02,1000,2\n"
        "华星,2026-05-03,500,不知道\n华星,2026-05-04,,\n"
    )
    answer = sheet("payments", paid)
    assert (answer["added"], answer["rejected"]) == (3, 1)
    signed = dict(book.sql("SELECT signed_on, id FROM sales_order WHERE lead_id = 1"))
    assert book.sql("SELECT paid_on, amount_fen, order_id, note FROM payment ORDER BY paid_on") == [
        ("2026-05-01", 800000, signed["2026-04-20"], None),
        ("2026-05-02", 100000, 2, None),
        ("2026-05-03", 50000, None, "订单号 不知道"),
    ]
    assert book("report", "month", "--date", "2026-05-10", "--json").json["totals"]["collected"] == 9500


def test_stages_that_a_file_brings_say_when_it_was_won(book: Book, sheet: Any) -> None:
    lines = [
        {"type": "order", "lead": "华星", "signed_on": "2026-04-08", "amount": "58000"},
        {"type": "stage", "lead": "华星", "stage": "customer", "at": "2026-04-12"},
        {"type": "order", "lead": "蓝天", "signed_on": "2026-04-08", "amount": "1000"},
    ]
    sheet(None, "".join(json.dumps(line) + "\n" for line in lines))
    assert [one["at"] for one in book.show(1)["moves"]] == ["2026-04-12T00:00"]
    assert [one["at"] for one in book.show(2)["moves"]] == ["2026-04-08T00:00"]
    # a sheet of stages that comes after the orders knows better too
    sheet("stages", "lead,stage,at\n蓝天,qualified,2026-03-01\n蓝天,customer,2026-04-10\n")
    assert [(one["at"], one["from"], one["to"]) for one in book.show(2)["moves"]] == [
        ("2026-03-01T00:00", "info", "qualified"),
        ("2026-04-10T00:00", "qualified", "customer"),
    ]


def test_people_by_lead_and_name(book: Book, sheet: Any) -> None:
    text = (
        "公司,姓名,角色,手机,职务,生日,性格,影响力\n华星,王建国,精品部,13900001234,经理,1980-05-06,直,4\n"
        "华星,李总,,,,5月6日,,\n"
    )
    assert sheet("contacts", text)["added"] == 2
    more = "公司,姓名,角色,手机,职务,微信\n华星,王建国,决策人,028-85551234,,wjg\n华星,李总,,,总经理,\n"
    assert sheet("contacts", more)["duplicates"] == 2
    assert sheet("contacts", more, "--on-duplicate", "update")["updated"] == 2
    assert sheet("contacts", more, "--on-duplicate", "update")["unchanged"] == 2
    wang, li = book.show(1)["contacts"]
    assert (wang["roles"], wang["phones"], wang["title"], wang["wechat"]) == (
        ["buyer", "decision_maker"], ["13900001234", "028-85551234"], "经理", "wjg",
    )  # fmt: skip
    assert (wang["birthday"], wang["character"], wang["weight"]) == ("1980-05-06", "直", 4)
    assert (li["title"], li["birthday"]) == ("总经理", "05-06")
    assert book("find", "wjg", "--json").code == 0
    assert sheet("contacts", "lead,name,weight\n华星,张三,9\n华星,赵六,2\n")["rejected"] == 1


@pytest.mark.parametrize("order", ["fc", "cf"])
def test_whom_today_asks_for_is_the_same_whichever_sheet_came_first(
    book: Book, tmp_path: Path, order: str
) -> None:
    """A follow-up knows 王经理 by name alone; the sheet of people has his phone, in whichever order they come."""
    book("add", "华星", now="2026-10-01T09:00")
    sheets = {
        "f": ("followups", "客户,日期,联系人,内容,下次\n华星,2026-11-20,王经理,谈了,2026-11-24\n"),
        "c": (
            "contacts",
            "客户,联系人,手机,职务\n华星,赵总,13900001111,总经理\n华星,王经理,13900002222,经理\n",
        ),
    }
    for one in order:
        kind, text = sheets[one]
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        answer = book("import", str(path), "--kind", kind, "--json").json
        assert answer["duplicates"] == answer["rejected"] == 0
        again = book("import", str(path), "--kind", kind, "--json").json
        assert again["duplicates"] == again["rows"]
    (item,) = book("today", "--json").json["items"]
    assert (item["contact"], item["phone"]) == ("王经理", "13900002222")
    people = {one["name"]: (one["phones"], one["title"]) for one in book.show(1)["contacts"]}
    assert people == {"赵总": (["13900001111"], "总经理"), "王经理": (["13900002222"], "经理")}


def test_targets(book: Book, sheet: Any) -> None:
    text = (
        "指标,月份,目标,销售\n拜访量,2026年11月,40,\n销售额,2026-11,50万,\n回款,2026-W47,8000.5,李四\n"
        "新增客户,每周,3,\nvisits,2026-11-22,2,\n"
    )
    assert sheet("targets", text)["added"] == 5
    assert book.sql("SELECT metric, period, rep, value FROM target ORDER BY id") == [
        ("visits", "2026-11", "", 40), ("sales", "2026-11", "", 50_000_000), ("collected", "2026-W47", "李四", 800_050),
        ("new_leads", "week", "", 3), ("visits", "2026-11-22", "", 2),
    ]  # fmt: skip
    other = "metric,period,target\nvisits,2026-11,45\nsales,2026/11,500000\n"
    assert sheet("targets", other)["duplicates"] == 2
    answer = sheet("targets", other, "--on-duplicate", "update")
    assert (answer["updated"], answer["unchanged"]) == (1, 1)
    assert book.sql("SELECT value FROM target WHERE id = 1") == [(45,)]
    bad = (
        "metric,period,target\n早餐,2026-11,1\nvisits,2026-13,1\nvisits,2026-W54,1\nvisits,2026-12,多\n"
        "visits,2026-12,1\n"
    )
    assert sheet("targets", bad)["rejected"] == 4


def test_a_month_without_its_year_is_the_next_to_come(book: Book, sheet: Any) -> None:
    """It is November 2026: 11月 is this one, 1月 the next year's, which is said; a column of years beats it."""
    answer = sheet("targets", "指标,月份,目标\n拜访,11月,40\n拜访,1月,30\n拜访,2026-12,35\n")
    assert answer["added"] == 3
    assert book.sql("SELECT period, value FROM target ORDER BY id") == [
        ("2026-11", 40), ("2027-01", 30), ("2026-12", 35),
    ]  # fmt: skip
    path = book.path.with_name("sheet.csv")
    said = book("import", str(path), "--kind", "targets", "--dry-run").err
    assert "11月 = 2026-11、1月 = 2027-01" in said
    answer = sheet("targets", "指标,年份,月份,目标\n跟进,2026,1月,30\n跟进,2026年,2,31\n")
    assert answer["added"] == 2
    assert book.sql("SELECT period FROM target WHERE metric = 'followups' ORDER BY id") == [
        ("2026-01",),
        ("2026-02",),
    ]
    assert sheet("targets", "指标,月份,目标\n拜访,13月,40\n拜访,12月,35\n")["rejected"] == 1


MIXED = [
    {"type": "followups", "lead": "7", "at": "2026-03-02", "note": "先来的"},
    {"type": "payment", "lead": "7", "on": "2026-05-01", "amount": 500, "order": "HT-1"},
    {"type": "order", "lead": "丙店", "signed_on": "2026-04-01", "amount": 1000, "number": "HT-1"},
    {"type": "lead", "id": 7, "name": "丙店", "city": "成都"},
    {"type": "contact", "lead": "丙店", "name": "王经理", "phone": "13900001234"},
    {"type": "target", "metric": "visits", "period": "2026-11", "target": 40},
    {"type": "breakfast", "lead": "丙店"},
]


def test_a_mixed_file_whose_leads_come_after_what_hangs_on_them(book: Book, sheet: Any) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in MIXED)
    answer = sheet(None, text, lang="en")
    assert (answer["kind"], answer["rows"], answer["added"], answer["rejected"]) == ("mixed", 7, 6, 1)
    assert {one["kind"]: one["added"] for one in answer["kinds"]} == {
        "leads": 1, "contacts": 1, "followups": 1, "orders": 1, "payments": 1, "targets": 1,
    }  # fmt: skip
    assert answer["rejects"][0]["row"] == 7 and "breakfast" in answer["rejects"][0]["reason"]
    lead = book.show("丙店")  # 7 is its number in the file; here it is the third
    assert (lead["id"], lead["followups"], lead["stage"], len(lead["contacts"])) == (3, 1, "customer", 1)
    assert book.sql("SELECT order_id IS NOT NULL FROM payment") == [(1,)]
    again = sheet(None, text)
    assert (again["added"], again["duplicates"], again["rejected"]) == (0, 6, 1)
    said = book("import", str(book.path.with_name("sheet.jsonl")), lang="en").out
    assert "(follow-ups): rows 1" in said and "(leads): rows 1" in said


ROWS = {
    "followups": ("客户,日期,内容", "华星,{},好", "at"),
    "stages": ("客户,日期,阶段", "华星,{},准客户", "at"),
    "orders": ("客户,日期,金额", "华星,{},1000", "signed_on"),
    "payments": ("客户,日期,金额", "华星,{},1000", "on"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_is_read_as_leads_are(book: Book, sheet: Any, tmp_path: Path, kind: str) -> None:
    header, row, field = ROWS[kind]
    good, bad = row.format("2026-03-02"), row.format("2027-01-01")
    before = book.dump()
    path = tmp_path / "sheet.csv"
    assert sheet(kind, f"{header}\n{good}\n{bad}\n", "--dry-run")["added"] == 1
    assert book.dump() == before
    book.refuse(1, "import", str(path), "--kind", kind, "--strict", lines=6)
    rejects = tmp_path / "rejects.csv"
    assert sheet(kind, f"{header}\n{good}\n{bad}\n", "--rejects", str(rejects))["rejected"] == 1
    mended = rejects.read_text("utf-8-sig").replace("2027-01-01", "2026-03-03")
    answer = sheet(kind, mended)
    assert answer["added"] == 1
    book("undo", "2", "--yes")
    assert [line for line in book.dump() if 'INTO "lead"' in line] == [
        line for line in before if 'INTO "lead"' in line
    ]
    # which day is 3/4: said, settled by the column, or refused with both readings
    unclear = f"{header}\n{row.format('3/4/2026')}\n"
    path.write_text(unclear, encoding="utf-8")
    book.refuse(2, "import", str(path), "--kind", kind)
    assert sheet(kind, unclear, "--date-order", "dmy")["added"] == 1
    assert "2026-04-03" in " ".join(book.dump()[-400:])
    # columns under other names, and what holds for all rows
    names, cells = header.split(","), row.format("2026-05-06").split(",")
    text = f"{','.join(['甲', '乙', names[2]])}\n{','.join(cells)}\n"
    mapped = sheet(kind, text, "--map", "甲=lead", "--map", f"乙={field}", "--default", "by=赵六")
    assert mapped["added"] == 1
    assert mapped["mapping"]["乙"] == field
    book.refuse(1, "import", str(_written(path, f"{header}\n{bad}\n")), "--kind", kind, lines=3)
    book.refuse(2, "import", str(_written(path, f"{names[0]}\n华星\n")), "--kind", kind)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_history_knows_no_gates_and_no_mark_in_a_note_is_obeyed(book: Book, sheet: Any) -> None:
    text = (
        "客户,日期,内容,下次跟进\n华星,2026-03-02,没接 下次：周五 级别：H,\n蓝天,2026-03-02,好,2026-03-01\n"
    )
    answer = sheet("followups", text)
    assert (answer["added"], answer["rejected"]) == (1, 1)  # a next date before its own day is none
    lead = book.show(1)
    assert (lead["grade"], lead["next_date"], lead["followup_list"][0]["answered"]) == (None, None, True)


def test_undo_of_an_import_leaves_the_book_as_it_was(book: Book, sheet: Any) -> None:
    book("advance", "1", "prospect", "--force", "--why", "急", now="2026-06-01T09:00")
    book("log", "1", "见了", "--next", "2026-12-01", now="2026-06-02T09:00")
    tables = ("lead", "followup", "promise", "move", "contact", "field_change", "sales_order")
    before = [book.sql(f"SELECT * FROM {table} ORDER BY id") for table in tables]
    lines = [
        {
            "type": "followup",
            "lead": "华星",
            "at": "2026-06-01",
            "grade": "A",
            "next_date": "2026-06-09",
            "with": "王",
        },
        {"type": "followup", "lead": "华星", "at": "2026-06-10", "next_date": "2026-06-20"},
        {"type": "stage", "lead": "华星", "stage": "qualified", "at": "2026-05-01"},
        {"type": "order", "lead": "华星", "signed_on": "2026-05-09", "amount": 10},
    ]
    assert sheet(None, "".join(json.dumps(line) + "\n" for line in lines))["added"] == 4
    changed = [book.sql(f"SELECT * FROM {table} ORDER BY id") for table in tables]
    assert changed != before
    book("undo", "--yes")
    assert [book.sql(f"SELECT * FROM {table} ORDER BY id") for table in tables] == before
    book("redo")
    assert [book.sql(f"SELECT * FROM {table} ORDER BY id") for table in tables] == changed
    book("check")


def test_names_from_stdin_are_added_all_or_none(book: Book, sheet: Any) -> None:
    assert book("add", "-", stdin="丙店\n\n丁店\n").out == "3\n4\n"
    records = book("add", "-", "--json", "--area", "武侯区", stdin="戊店\n己店\n").json
    assert [(one["name"], one["area"]) for one in records] == [("戊店", "武侯区"), ("己店", "武侯区")]
    assert book.refuse(1, "add", "-", stdin="庚店\n丙店\n").err.startswith("第 2 个「丙店」已经在了，是 #3")
    assert book.refuse(1, "add", "-", stdin="庚店\n辛店\n庚店\n").err.startswith("第 3 个「庚店」前面写过了")
    assert book("add", "-", "--anyway", stdin="庚店\n庚店\n").out == "7\n8\n"
    book.refuse(2, "add", "-", stdin="\n\n")
    book.refuse(2, "add", "-", stdin="好店\n坏\x07店\n")
    book("undo", "--yes")
    assert len(book("list", "--json").json) == 6


@pytest.mark.parametrize("order", [("leads", "followups"), ("followups", "leads")])
def test_the_last_follow_up_of_a_sheet_of_leads_is_the_newest_of_the_other_sheet(
    book: Book, tmp_path: Path, order: tuple[str, ...]
) -> None:
    sheets = {
        "leads": "店名,城市,上次跟进,下次跟进\n丙店,成都,2026-11-20,2026-11-30\n",
        "followups": (
            "客户,日期,方式,内容,下次跟进\n丙店,2026-11-20 15:00,电话,回访,2026-11-30\n丙店,2026-11-03,拜访,认识,\n"
        ),
    }
    if order[0] == "followups":
        book("add", "丙店", now="2026-11-01T09:00")
    for kind in order:
        path = tmp_path / f"{kind}.csv"
        path.write_text(sheets[kind], encoding="utf-8")
        book("import", str(path), "--kind", kind, "--on-duplicate", "update")
    lead = book.show("丙店")
    assert (lead["followups"], lead["visits"], lead["next_date"]) == (2, 1, "2026-11-30")
    assert (lead["last_followup_at"], lead["first_followup_at"]) == ("2026-11-20T15:00", "2026-11-03T00:00")
    assert [one["note"] for one in lead["followup_list"]] == ["回访", "认识"]
    later = book("report", "promises", "--date", "2026-11-30", "--json", now="2026-12-01T09:00").json
    assert later["promises"]["due"] == 1


def test_what_is_exported_comes_into_another_book_as_it_was(book: Book, tmp_path: Path) -> None:
    book("add", "丙店", "--area", "武侯区", "--grade", "B", now="2026-03-01T09:00")
    book("contact", "1", "王经理 13900001234", "精品部", now="2026-03-01T09:05")
    book("visit", "1", "认识了", "-w", "王经理", "-n", "2026-03-09 送样", now="2026-03-02T10:00")
    book("call", "1", "样品收到", "-g", "A", "--next", "2026-03-20", now="2026-03-11T15:30")
    book("advance", "1", "prospect", "--force", "--why", "急", now="2026-03-12T09:00")
    book("order", "1", "58000", now="2026-03-16T11:00")
    book("payment", "1", "20000", now="2026-03-20T11:00")
    book("add", "丁店", now="2026-03-21T09:00")
    book("lose", "丁店", "--reason", "competitor", "--to", "某膜", now="2026-03-22T09:00")
    kinds = ("leads", "contacts", "followups", "stages", "orders", "payments")
    other = Book(tmp_path / "other.db", book.patch)
    other("init", "--rep", "陈磊", now="2026-01-01T08:00")
    for kind in kinds:
        path = tmp_path / f"{kind}.csv"
        book("export", kind, "-o", str(path))
        answer = other("import", str(path), "--kind", kind, "--json").json
        known = 1 if kind == "contacts" else 0  # a sheet of leads has its first person
        assert (answer["rejected"], answer["duplicates"]) == (0, known), (kind, answer)
        again = other("import", str(path), "--kind", kind, "--json").json
        assert (again["added"], again["rejected"]) == (0, 0), (kind, again)
        assert book("import", str(path), "--kind", kind, "--json").json["added"] == 0
    for kind in kinds:
        aside = {"recorded_at", "updated_at", *(["uid"] if kind == "contacts" else [])}
        first, second = (one("export", kind, "-f", "json").json for one in (book, other))
        cut = [
            [{k: v for k, v in row.items() if k not in aside} for row in found] for found in (first, second)
        ]
        assert len(cut[0]) == len(cut[1])
        for one, two in zip(*cut, strict=True):
            assert one == two, kind
    for name in ("week", "month", "promises"):
        for day in ("2026-03-03", "2026-03-11", "2026-03-20"):
            words = ("report", name, "--date", day, "--json")
            assert book(*words).json == other(*words).json, (name, day)


def test_days_that_only_look_like_plain_ones_are_no_days(book: Book, sheet: Any) -> None:
    """A year of three digits, a week, an hour with a zone: rejected by their row, and the rest is taken."""
    days = ["0201-11-20", "2026-W47-5", "2026-11-20T10+02", "2026-11-20 24:00", "2026-11-20 10:05"]
    rows = "".join(f"华星,{day},第{number}次\n" for number, day in enumerate(days))
    answer = sheet("followups", "客户,日期,内容\n" + rows)
    assert (answer["added"], [one["row"] for one in answer["rejects"]]) == (1, [2, 3, 4, 5])
    assert [one["at"] for one in book.show(1)["followup_list"]] == ["2026-11-20T10:05"]


def test_midnight_is_how_a_spreadsheet_writes_a_day_alone(book: Book, sheet: Any) -> None:
    sheet("followups", "客户,日期,内容,下次跟进\n华星,2026-11-20 00:00,去了,2026-11-27 00:00\n")
    lead = book.show(1)
    assert (lead["next_date"], lead["next_time"]) == ("2026-11-27", None)


@pytest.mark.parametrize("order", ["fs", "sf"])
def test_what_a_sheet_of_leads_promises_now_outlives_the_past_that_other_sheets_tell(
    book: Book, tmp_path: Path, order: str
) -> None:
    sheets = {
        "leads": "店名,级别,上次跟进,下次跟进\n丙店,B,2026-09-22 10:30,2026-11-28\n",
        "followups": "客户,日期,方式,内容,级别\n丙店,2026-09-22 10:30,拜访,先放放,\n丙店,2026-09-01,拜访,认识,B\n",
        "stages": "客户,日期,状态,丢单原因,搁置到\n"
        "丙店,2026-09-22 10:30,搁置,change,2026-11-20\n丙店,2026-11-20 09:30,open,,\n",
    }
    for kind in ("leads", *(found for one in order for found in sheets if found[0] == one)):
        path = tmp_path / f"{kind}.csv"
        path.write_text(sheets[kind], encoding="utf-8")
        assert book("import", str(path), "--kind", kind, "--json").json["rejected"] == 0
    lead = book.show("丙店")
    assert (lead["status"], lead["next_date"], lead["followups"]) == ("open", "2026-11-28", 2)
    # B was given on the 1st of September and holds 90 days: a sheet of leads does not say when
    assert book("list", "--stale-grade", "--json", now="2026-11-29T09:00").json == []
    assert len(book("list", "--stale-grade", "--json", now="2026-12-02T09:00").json) == 1
    due = book("report", "promises", "--date", "2026-11-28", "--json", now="2026-12-01T09:00").json
    assert due["promises"]["due"] == 1


def test_of_a_merged_lead_the_promise_that_stands_ends_with_an_imported_follow_up(
    book: Book, tmp_path: Path
) -> None:
    book("add", "甲店", now="2026-09-07T09:00")
    book("add", "乙店", now="2026-09-07T09:00")
    book("visit", "1", "认识", "--next", "2026-09-17 送样", now="2026-09-08T09:00")
    book("next", "2", "2026-09-15", now="2026-09-08T09:01")
    book("merge", "1", "2", now="2026-09-08T10:00")
    path = tmp_path / "f.csv"
    path.write_text("客户,日期,内容\n甲店,2026-09-09,来电\n甲店,2026-09-27,见了\n", encoding="utf-8")
    book("import", str(path), "--kind", "followups", now="2026-09-28T09:00")
    assert book("check").out == ""
    assert book.show(1)["next_date"] is None
    due = book("report", "promises", "--date", "2026-09-17", "--json").json["promises"]
    assert due["kept"] == 1  # the call of the 9th is one up to that day


@pytest.mark.parametrize(("lang", "said"), [("zh", "人民币的一列"), ("en", "in yuan, take that")])
def test_another_currency_in_a_sheet_of_orders_names_the_way_out(
    book: Book, tmp_path: Path, lang: str, said: str
) -> None:
    book("add", "甲店")
    sheet = tmp_path / "orders.csv"
    sheet.write_text("lead,signed_on,amount\n甲店,2026-11-01,$500\n", "utf-8")
    refused = book("import", str(sheet), "--kind", "orders", lang=lang, code=1).err
    assert said in refused and "--map" in refused and "=amount" in refused
    sheet.write_text("lead,signed_on,amount\n甲店,2026-11-01,$500\n甲店,2026-11-02,800\n", "utf-8")
    assert said in book("import", str(sheet), "--kind", "orders", lang=lang).err
