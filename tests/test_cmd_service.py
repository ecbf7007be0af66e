"""After the deal, as commands show it: today, show, prepare, the report, lists, the file of a class."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from kit import Book
from team_kit import join, rep_book, sound

from salesflow import processes


@pytest.fixture
def shop(book: Book) -> Book:
    """Two shops on 2026-03-02 (a Monday), with every day worked but the week's end.

    华星 ordered on Monday March 2, delivered on Wednesday March 4: its care visits are due on March 9 (day 3 is
    Saturday 7), April 3 (day 30) and June 2 (day 90). 锦泰 has bought nothing.
    """
    book.now = "2026-03-02T09:00"
    book("config", "set", "workdays", "mon-fri", now="2026-03-01T08:00")
    book("add", "华星宝马")
    book("add", "锦泰奥迪")
    book("order", "1", "5.8万", "--no-advance")
    book("order", "deliver", "1", "--at", "2026-03-04", now="2026-03-04T18:00")
    return book


def reminders(book: Book, on: str, *words: str) -> list[dict[str, Any]]:
    """The reminders of that day's list that come from orders."""
    found = book("today", *words, "--json", now=f"2026-{on}T09:00").json["reminders"]
    return [one for one in found if one["kind"] in ("care", "reorder")]


def care(book: Book, on: str, lead: int = 1) -> list[tuple[str, str, str | None]]:
    """Day, state and the day done of each care visit of the lead."""
    record = book.show(lead, now=f"2026-{on}T20:00")
    return [(one["due"][5:], one["state"], one["done_on"] and one["done_on"][5:]) for one in record["care"]]


def test_care_visits_count_from_delivery_and_end_on_working_days(shop: Book) -> None:
    """As worked out for the fixture; before the delivery they counted from the signature: March 5, April 1, June 1
    (day 90 is Sunday May 31)."""
    assert [due for due, _, _ in care(shop, "03-04")] == ["03-09", "04-03", "06-02"]
    assert [due for due, _, _ in care(shop, "03-03")] == ["03-05", "04-01", "06-01"]


def test_today_reminds_from_its_day_until_somebody_answered(shop: Book) -> None:
    """Due on March 9. The window began on March 7 (5 days from delivery to the visit: the middle is day 2.5, so day 3).

    The second is due on April 3, 25 days after March 9: its window begins 13 days after, on March 22.
    """
    assert reminders(shop, "03-06") == []
    (found,) = reminders(shop, "03-09")
    assert (found["kind"], found["lead_id"], found["on"]) == ("care", 1, "2026-03-09")
    assert found["text"] == "回访  华星宝马  电话 头几台车贴得怎么样  今天"
    (late,) = reminders(shop, "03-11")
    assert late["text"].endswith("迟2天")
    shop("call", "1", "--no-answer", "没接", now="2026-03-11T10:00")
    assert len(reminders(shop, "03-12")) == 1, "nobody answered: it is still to be done"
    shop("call", "1", "贴得不错", now="2026-03-12T10:00")
    assert reminders(shop, "03-12") == []
    assert care(shop, "03-12") == [
        ("03-09", "done", "03-12"),
        ("04-03", "upcoming", None),
        ("06-02", "upcoming", None),
    ]


def test_a_care_visit_nobody_made_is_missed_and_not_for_ever_in_the_list(shop: Book) -> None:
    """The first window ends on March 21, the second begins on March 22 and ends in the middle from April 3 to
    June 2 (60 days): May 2, the day before May 3."""
    assert len(reminders(shop, "03-21")) == 1
    assert reminders(shop, "03-22") == []
    assert care(shop, "03-22")[0] == ("03-09", "missed", None)
    (found,) = reminders(shop, "04-03")
    assert "满月" in found["text"] and "请他介绍同集团的店等" in found["text"]
    assert len(reminders(shop, "05-02")) == 1
    assert reminders(shop, "05-03") == []


def test_days_ahead_show_what_comes(shop: Book) -> None:
    assert [one["on"] for one in reminders(shop, "03-06", "--days", "3")] == ["2026-03-09"]


def test_two_orders_of_one_week_are_one_line_and_one_visit(shop: Book) -> None:
    """The second order, signed on Friday March 6, is due on Monday March 9 as well: one call does for both."""
    shop("order", "1", "1万", "--no-advance", now="2026-03-06T10:00")
    (found,) = reminders(shop, "03-09")
    assert "2 单一起" in found["text"]
    shop("call", "1", "都好", now="2026-03-09T10:00")
    assert reminders(shop, "03-09") == []
    assert [state for due, state, _ in care(shop, "03-09") if due == "03-09"] == ["done", "done"]


def test_a_cancelled_order_a_lost_lead_and_an_undo_ask_for_nothing(shop: Book) -> None:
    shop("order", "cancel", "1", "--why", "不要了", now="2026-03-05T10:00")
    assert reminders(shop, "03-09") == [] and care(shop, "03-09") == []
    shop("undo", "--yes", now="2026-03-05T10:05")
    assert len(reminders(shop, "03-09")) == 1
    shop("lose", "1", "--reason", "price", now="2026-03-06T10:00")
    assert reminders(shop, "03-09") == []


def test_today_filters_reminders_like_its_list(shop: Book) -> None:
    shop("edit", "1", "--set", "area=武侯区", now="2026-03-05T10:00")
    assert len(reminders(shop, "03-09", "--area", "武侯区")) == 1
    shop("edit", "2", "--set", "area=高新区", now="2026-03-05T10:00")
    assert reminders(shop, "03-09", "--area", "高新区") == []
    assert len(reminders(shop, "03-09", "--owner", "陈磊")) == 1
    assert reminders(shop, "03-09", "--owner", "-") == []


def test_a_product_runs_out_after_its_cycle(shop: Book) -> None:
    """60 days from the delivery on March 4 are May 3; the 7 days before begin on Sunday April 26, so Friday 24.

    Another cycle later, on July 2, it is given up; who is asked is reminded of no more.
    """
    shop("product", "add", "前挡膜", "--cycle", "60天")
    shop("order", "edit", "1", "--line", "前挡膜 50 368", "--amount", "5.8万", now="2026-03-04T19:00")
    assert [one for one in reminders(shop, "04-23") if one["kind"] == "reorder"] == []
    (found,) = [one for one in reminders(shop, "04-24") if one["kind"] == "reorder"]
    assert (found["on"], found["text"]) == (
        "2026-04-24",
        "再订  华星宝马  前挡膜 还够 9 天，到 05-03 周日（一批用 60 天）",
    )
    assert [one["state"] for one in shop.show(1, now="2026-05-04T09:00")["reorders"]] == ["late"]
    assert "reorder" in [one["kind"] for one in reminders(shop, "07-02")]
    assert "reorder" not in [one["kind"] for one in reminders(shop, "07-03")]
    assert [one["state"] for one in shop.show(1, now="2026-07-03T09:00")["reorders"]] == ["stopped"]
    shop("call", "1", "月底前订", now="2026-04-27T10:00")
    assert "reorder" not in [one["kind"] for one in reminders(shop, "04-28")]
    (one,) = shop.show(1, now="2026-04-28T09:00")["reorders"]
    assert (one["state"], one["asked_on"], one["basis"]) == ("asked", "2026-04-27", "product")
    shop("order", "1", "2万", "--no-advance", now="2026-04-29T10:00")
    assert shop.show(1, now="2026-04-29T11:00")["reorders"][0]["ends_on"] == "2026-06-28"


def test_three_orders_make_a_rhythm_of_their_own(shop: Book) -> None:
    """锦泰 ordered on January 5, February 2 and March 2: gaps of 28 and 28 days. The next is due on March 30, called to
    mind on Monday March 23. The supply contract of March 10 brought no goods."""
    for day in ("2026-01-05", "2026-02-02", "2026-03-02"):
        shop("order", "2", "1万", "--at", day, "--no-advance")
    shop("order", "2", "--framework", "--no-advance", now="2026-03-10T09:00")
    (one,) = shop.show(2, now="2026-03-11T09:00")["reorders"]
    wanted = {
        "basis": "rhythm",
        "cycle_days": 28,
        "bought": 3,
        "ends_on": "2026-03-30",
        "remind_on": "2026-03-23",
    }
    assert wanted.items() <= one.items()
    assert [one for one in reminders(shop, "03-22") if one["kind"] == "reorder"] == []
    (found,) = [one for one in reminders(shop, "03-23") if one["kind"] == "reorder"]
    assert found["lead_id"] == 2


def test_a_class_has_a_service_plan_and_sets_the_next_date(shop: Book) -> None:
    """主力店 is served every 14 days: from Thursday March 12 that is Thursday March 26; in the customer's stage the
    next date is the same day, and how. Without an answer since the delivery the plan counts from March 4."""
    shop("edit", "1", "--set", "customer_class=主力店", now="2026-03-05T10:00")
    plan = shop.show(1, now="2026-03-05T11:00")["service_plan"]
    assert (plan["due"], plan["last_contact"], plan["days_late"]) == ("2026-03-18", None, 0)
    shop("advance", "1", "customer", now="2026-03-05T12:00")
    done = shop("visit", "1", "看了库存", now="2026-03-12T10:00")
    assert "「主力店」每 14 天" in done.out
    record = shop.show(1, now="2026-03-12T11:00")
    assert (record["next_date"], record["next_via"]) == ("2026-03-26", "visit")
    assert record["service_plan"]["due"] == "2026-03-26"
    assert record["customer_class"] == "anchor_shop"


def test_a_class_only_counts_after_the_deal(shop: Book) -> None:
    """A lead that has not bought keeps the interval of its grade: A every 7 days."""
    shop("edit", "2", "--set", "customer_class=anchor_shop", "--grade", "A", now="2026-03-05T10:00")
    shop("call", "2", "问了一声", now="2026-03-05T11:00")
    assert shop.show(2)["next_date"] == "2026-03-12"


def test_the_audit_names_whose_plan_was_not_kept(shop: Book) -> None:
    """华星: last answered on March 12, 14 days later is March 26; on April 10 that is 15 days ago.

    锦泰 (small shop, 60 days, nothing bought yet): from March 2, when we came to know it, to Friday May 1.
    """
    shop("edit", "1", "--set", "customer_class=anchor_shop", now="2026-03-05T10:00")
    shop("edit", "2", "--set", "customer_class=small_shop", now="2026-03-05T10:00")
    shop("visit", "1", "看了库存", now="2026-03-12T10:00")
    shop("call", "1", "没接", now="2026-03-30T10:00")
    found = shop("report", "service", "--json", now="2026-04-10T09:00").json
    (late,) = found["audit"]
    wanted = {
        "lead_id": 1,
        "due": "2026-03-26",
        "days_late": 15,
        "last_contact": "2026-03-12T10:00",
        "every": 14,
    }
    assert wanted.items() <= late.items()
    assert (found["counts"]["plans"], found["counts"]["plans_not_kept"]) == (2, 1)
    after = shop("report", "service", "--json", now="2026-05-04T09:00").json["audit"]
    assert [(one["lead_id"], one["days_late"]) for one in after] == [(1, 39), (2, 3)]


def test_a_cancelled_order_is_no_purchase_in_the_audit(shop: Book) -> None:
    """Without the order of March 4 the plan counts from March 2, when we came to know 华星: 14 days are March 16."""
    assert shop("report", "service", "--json", now="2026-03-10T09:00").json["unclassed"] == [1]
    shop("order", "cancel", "1", "--why", "不要了", now="2026-03-05T09:00")
    assert shop("report", "service", "--json", now="2026-03-10T09:00").json["unclassed"] == []
    shop("edit", "1", "--set", "customer_class=anchor_shop", now="2026-03-05T10:00")
    (late,) = shop("report", "service", "--json", now="2026-03-20T09:00").json["audit"]
    assert (late["due"], late["days_late"]) == ("2026-03-16", 4)


def test_the_report_counts_the_month(shop: Book) -> None:
    """March: the visit of March 9 was done on the 12th. April 3: done on May 20? No: the window ended on May 2, so it
    was missed in May. On April 6 it is late by 3 days, and nothing is missed yet."""
    shop("call", "1", "都好", now="2026-03-12T10:00")
    march = shop("report", "service", "--date", "2026-03-20", "--json", now="2026-04-06T09:00").json
    assert (march["date"], march["counts"]["care_done"], march["counts"]["care_late"]) == ("2026-03-31", 1, 0)
    assert march["counts"]["care_ahead"] == 1, "April 3 is within 7 days of March 31"
    april = shop("report", "service", "--json", now="2026-04-06T09:00").json
    assert [(one["code"], one["days_late"]) for one in april["care"]] == [("one_month_on", 3)]
    may = shop("report", "service", "--json", now="2026-05-20T09:00").json
    assert [one["due"] for one in may["missed"]] == ["2026-04-03"]
    assert may["counts"]["unclassed"] == 1


def test_the_report_in_every_format_and_both_languages(shop: Book) -> None:
    shop("edit", "1", "--set", "customer_class=anchor_shop", now="2026-03-05T10:00")
    for lang, words in (
        ("zh", ("客户服务", "内部审核", "满月")),
        ("en", ("Customer service", "Internal audit", "a month on")),
    ):
        done = shop("report", "service", lang=lang, now="2026-04-06T09:00", COLUMNS="80")
        assert all(word in done.out for word in words)
    table = shop("report", "服务", "-f", "csv", now="2026-04-06T09:00").out.splitlines()
    assert table[0].lstrip("\ufeff").split(",")[:3] == ["list", "lead_id", "name"]
    assert [line.split(",")[0] for line in table[1:]] == ["care", "audit"]
    shop.refuse(2, "report", "service", "--by", "rep")


def test_an_empty_book_has_a_report_too(book: Book) -> None:
    found = book("report", "service", "--json").json
    assert (found["care"], found["reorders"], found["audit"]) == ([], [], [])
    assert not any(found["counts"].values())


def test_care_that_asks_for_referrals_names_whom_to_ask_for(shop: Book) -> None:
    """A party that was brought already is not asked for again."""
    shop("referral", "1", "锦泰奥迪", "--as", "same_group", now="2026-03-05T10:00")
    month = next(one for one in shop.show(1, now="2026-04-03T09:00")["care"] if one["referral"])
    assert [one["code"] for one in month["ask_for"]][:2] == ["head_office", "second_tier"]
    shown = shop("show", "1", now="2026-04-03T09:00").out
    assert "请他介绍：集团总部 / 下面的二级网点" in shown
    assert "salesflow referral 1 店名 --as head_office" in shown
    assert "请他介绍：集团总部" in shop("prepare", "1", now="2026-04-03T09:00").out


# --- the class as a column


def test_a_class_is_a_code_of_the_process(shop: Book) -> None:
    shop.refuse(2, "edit", "1", "--set", "customer_class=大客户")
    shop("edit", "1", "--set", "客户分类=steady shop")
    assert shop.show(1)["customer_class"] == "steady_shop"
    assert [one["id"] for one in shop("list", "--class", "稳定店", "--json").json] == [1]
    assert shop("list", "--class", "主力店", "--json").json == []
    assert "客户分类 稳定店" in shop("show", "1").out
    assert "客户分类" in shop("history", "1").out
    shop("edit", "1", "--set", "customer_class=")
    assert shop.show(1)["customer_class"] is None
    shop("undo", "--yes")
    assert shop.show(1)["customer_class"] == "steady_shop"


def test_a_class_goes_out_and_comes_back_in_a_sheet(shop: Book, book: Book) -> None:
    shop("edit", "1", "--set", "customer_class=anchor_shop")
    sheet = shop("export", "leads", "-f", "csv").out
    assert "customer_class" in sheet.splitlines()[0]
    assert "anchor_shop" in sheet
    path = shop.path.parent / "更新.csv"
    path.write_text("店名,客户分类\n锦泰奥迪,稳定店\n华星宝马,\n", "utf-8")
    answer = shop("import", str(path), "--on-duplicate", "update", "--json").json
    assert (answer["updated"], answer["unchanged"], answer["custom"]) == (1, 1, [])
    assert [shop.show(one)["customer_class"] for one in (1, 2)] == ["anchor_shop", "steady_shop"]


def test_a_merge_keeps_the_class_that_is_known(shop: Book) -> None:
    shop("edit", "2", "--set", "customer_class=small_shop")
    shop("merge", "1", "2", "--yes")
    assert shop.show(1)["customer_class"] == "small_shop"


def older(book: Book) -> None:
    """The lubricant process as it was before there were classes: the class a field of its own."""
    book("add", "宏远", "--process", "lubricant")
    old = processes.load(processes.builtin("lubricant"), "lubricant")
    fields = tuple(one._replace(own=True) if one.code == "customer_class" else one for one in old.fields)
    data = processes.to_json(old._replace(classes=(), care=(), fields=fields))
    with sqlite3.connect(book.path) as connection:
        at = "'2026-11-24T10:05', 'process', '陈磊', 'setup', 1"
        connection.execute(f"INSERT INTO operation (at, command, by, kind, open) VALUES ({at})")
        connection.execute("UPDATE process SET data = ?, source = 'old' WHERE code = 'lubricant'", (data,))
        connection.execute("UPDATE operation SET open = NULL")


def test_a_class_that_was_a_field_of_its_own_is_taken_over(book: Book) -> None:
    """Before the process is updated it counts where it stands; then what is a class of the process is the class."""
    older(book)
    book("add", "远大", "--process", "lubricant")
    book("edit", "1", "--set", "customer_class=重点经销商客户")
    book("edit", "2", "--set", "customer_class=老客户")
    book("advance", "1", "deal", "--force", "--why", "x")
    record = book.show(1)
    assert (record["customer_class"], record["custom"]) == (None, {"customer_class": "重点经销商客户"})
    assert "customer_class" not in record["next_gate"]["missing"]
    book("process", "update", "lubricant")
    assert (book.show(1)["customer_class"], book.show(1)["custom"]) == ("key_stockist", {})
    assert (book.show(2)["customer_class"], book.show(2)["custom"]) == (None, {"customer_class": "老客户"})
    assert "customer_class" not in book.show(1)["next_gate"]["missing"]
    book("undo", "--yes")
    assert book.show(1)["custom"] == {"customer_class": "重点经销商客户"}


def test_a_follow_up_says_which_care_visit_it_was(shop: Book) -> None:
    """The first answered one of its window says so; the month's visit asks for referrals, too."""
    assert "算回访" not in shop("call", "1", "没接", now="2026-03-09T10:00").err
    assert "这次算回访：头几台车贴得怎么样" in shop("call", "1", "都好", now="2026-03-09T11:00").err
    assert "算回访" not in shop("call", "1", "又问一声", now="2026-03-09T12:00").err
    assert "算回访" not in shop("call", "1", "再问一声", now="2026-03-10T12:00").err
    shop("referral", "1", "锦泰奥迪", "--as", "same_group", now="2026-04-02T10:00")
    done = shop("visit", "1", "对账", now="2026-04-03T10:00", lang="en").err
    assert "Counts as the care visit: a month on" in done
    assert "Ask for: the group's head office" in done
    assert "算回访" not in shop("call", "2", "问候", now="2026-04-03T10:00").err


def test_another_rep_s_book_brings_the_class_and_the_orders_along(book: Book) -> None:
    """Its care visits are told here too: ordered on Friday November 20, day 3 is Monday 23."""
    other = rep_book(book, "李想")
    other("add", "锦泰奥迪")
    other("edit", "1", "--set", "customer_class=small_shop")
    other("order", "1", "1万", "--at", "2026-11-20", "--no-advance")
    book("add", "城西奔驰")
    join(book, other)
    (found,) = [one for one in book("list", "--json").json if one["name"] == "锦泰奥迪"]
    assert found["customer_class"] == "small_shop"
    told = [one for one in book("today", "--json").json["reminders"] if one["kind"] == "care"]
    assert [(one["lead_id"], one["on"]) for one in told] == [(found["id"], "2026-11-23")]
    sound(book)
