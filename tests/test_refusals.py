"""What is refused is refused in words that name the thing, and nothing changes (cli.md, errors)."""

from __future__ import annotations

import pytest
from kit import Book, filled


def fill_shop(book: Book) -> None:
    """A shop with three people, an order delivered and accepted, and one that is lost."""
    book("add", "甲店", "--contact", "王建国 13900001234", "--contact", "王经理 13900005678")
    book("contact", "1", "John", "Smith", "js@example.com", "13900007777")
    book("competitor", "1", "3M")
    book("order", "1", "1000", "--at", "2026-11-01", "--no-advance")
    book("order", "deliver", "1", "--at", "2026-11-02")
    book("order", "accept", "1", "--at", "2026-11-03")
    book("order", "1", "2000", "--at", "2026-11-05", "--no-advance")
    book("add", "乙店")
    book("lose", "2", "--reason", "other", "--why", "x")


@pytest.fixture
def shop(book: Book) -> Book:
    """The shop of ``fill_shop``."""
    return filled(book, fill_shop)


REFUSED = (
    (4, "visit 1 看了 --with 王", "「王」对得上好几个人：王建国, 王经理"),
    (2, "contact chain 1 王建国 王建国", "王建国 写了两次。"),
    (3, "visit 1 看了 --with 张三", "没有联系人「张三」，有：王建国, 王经理, John Smith"),
    (2, "contact 1 13900009999", "要写姓名：salesflow contact 店名 姓名 电话 角色"),
    (2, "config citi x", "没有设置「citi」，可以设：city"),
    (2, "config format xml", "format 不能是「xml」，可以是：table, plain, json, jsonl, csv, tsv, md, chat"),
    (2, "config workdays never", "「never」不是工作日"),
    (2, "config workdays 、", "「、」不是工作日"),
    (2, "evaluate 1 fit price=9", "price 的分是 0 到 5 的整数，- 是取消；写的是 9。"),
    (2, "evaluate 1 fit price=-1", "写的是 -1。"),
    (3, "evaluate 1 fit price=3 --competitor 龙膜", "#1 没有对手「龙膜」，有：3M"),
    (2, "order 1 --line 前挡", "看不懂明细「前挡」"),
    (1, "order 1 1000 --at 2026-12-01", "签订日期不能在将来：2026-12-01。"),
    (1, "order accept 2", "第 2 号订单还没交货，不能验收。先：salesflow order deliver 2"),
    (1, "order accept 1 --at 2026-11-04", "第 1 号订单 2026-11-03 已经验收"),
    (1, "order deliver 1 --at 2026-11-04", "第 1 号订单 2026-11-02 已经交货"),
    (1, "order deliver 2 --at 2026-11-04", "第 2 号订单 2026-11-05 才签，不能 2026-11-04 就交货。"),
    (1, "order cancel 2 --why x --at 2026-12-01", "2026-12-01 还没到：第 2 号订单"),
    (1, "order cancel 2 --why x --at 2026-11-04", "第 2 号订单 2026-11-05 才签，不能 2026-11-04 就作废。"),
    (
        1,
        "order cancel 1 --why x --at 2026-11-01",
        "第 1 号订单 2026-11-02 已经交货，不能 2026-11-01 就作废。",
    ),
    (1, "order edit 2 --at 2026-12-01", "签订日期不能在将来：2026-12-01。"),
    (1, "order edit 1 --delivered-on 2026-12-01", "2026-12-01 还没到：第 1 号订单"),
    (1, "order edit 1 --delivered-on 2026-11-04", "2026-11-04"),
    (3, "order deliver 9", "没有第 9 号订单"),
    (1, "payment 1 9000", "#1「甲店」只欠 3,000，收不了 9,000"),
    (2, "payment 1 0", "回款不能是 0。"),
    (1, "payment 1 10 --at 2026-12-01", "回款日期不能在将来：2026-12-01。"),
    (3, "payment 1 10 --order 9", "#1「甲店」没有第 9 号订单，有：2, 1"),
    (1, "payment 1 1500 --order 1", "#1「甲店」第 1 号订单只欠 1,000，收不了 1,500"),
    (1, "advance 2", "#2「乙店」已经暂缓或战败，不能推进。"),
    (2, "product 前挡 --cycle 0天", "「0天」不是多少天"),
    (1, "edit 1 --set credit=好 --set credit_on=2026-12-24", "资信日期 2026-12-24 还没到。"),
    (1, "edit 1 --consent 2026-12-24", "同意的日子不能在将来：2026-12-24"),
    (1, "visit 1 看了 --at 2026-12-01", "跟进不能在将来：2026-12-01 00:00。"),
    (2, "order 1 --line 前挡~999999~99999999999", "金额「99999899999000001」超过一万亿元"),
    (2, "order 1 --line 前挡~2", "「前挡」没有单价"),
)


@pytest.mark.parametrize(("code", "words", "said"), REFUSED)
def test_what_is_wrong_is_named(shop: Book, code: int, words: str, said: str) -> None:
    assert said in shop.refuse(code, *(word.replace("~", " ") for word in words.split())).err


def test_a_name_of_several_latin_words_and_a_mail_address(shop: Book) -> None:
    """F1: they stand in any order beside the number."""
    one = shop("contact", "1", "--json").json[2]
    assert (one["name"], one["email"], one["phones"]) == ("John Smith", "js@example.com", ["13900007777"])
    shop("contact", "1", "A.Lee", "微信:lee_1")
    four = shop("contact", "1", "--json").json[3]
    assert (four["name"], four["wechat"], four["email"]) == ("A.Lee", "lee_1", None)


@pytest.mark.parametrize("person", ["赵姐 13900004444", "赵姐"])
def test_the_same_person_twice_with_a_new_lead_is_refused(shop: Book, person: str) -> None:
    assert "赵姐" in shop.refuse(1, "add", "丙店", "--contact", person, "--contact", "赵姐").err


def test_workdays_are_read_as_they_are_said(shop: Book) -> None:
    for text, days in (
        ("周一至周三、周六", "mon,tue,wed,sat"),
        ("mon-fri", "mon,tue,wed,thu,fri"),
        ("五到一", "mon,fri,sat,sun"),
        ("周天,Wed", "wed,sun"),
    ):
        assert shop("config", "workdays", text).out.strip() == f"workdays = {days}"


def test_a_consent_is_given_and_taken_back(shop: Book) -> None:
    """K8."""
    shop("edit", "1", "--consent", "2026-11-20")
    assert shop.sql("SELECT lead_id, given_on, by, recorded_at FROM consent") == [
        (1, "2026-11-20", "陈磊", "2026-11-24T10:05")
    ]
    assert "收回" in shop("edit", "1", "--consent", "-").out
    assert shop.sql("SELECT * FROM consent") == []
    assert "没有记过" in shop("edit", "1", "--consent", "-").out


def test_a_credit_stands_with_who_gave_it_and_goes_with_both(shop: Book) -> None:
    """L3."""
    shop("edit", "1", "--set", "credit=好")
    lead = shop.show()
    assert (lead["credit_by"], lead["credit_on"]) == ("陈磊", "2026-11-24") and lead["credit"]
    shop("edit", "1", "--set", "credit=")
    lead = shop.show()
    assert (lead["credit"], lead["credit_by"], lead["credit_on"]) == (None, None, None)


def test_what_the_promise_was_for_is_what_the_follow_up_was_for(shop: Book) -> None:
    """F7: the purpose of the next date, where the follow-up keeps it and nobody says another one."""
    shop("next", "1", "2026-11-24", "谈", "--purpose", "谈价")
    shop("call", "1", "没人接", "--no-answer", "-n", "2026-11-26 再打")
    first = shop.show()["followup_list"][0]
    shop("next", "1", "2026-11-27", "送样", "--via", "visit")
    shop("call", "1", "没人接", "--no-answer", now="2026-11-27T09:00")
    lead = shop.show(now="2026-11-27T09:05")
    assert first["purpose"] == "negotiate"
    # nobody was reached: the same way again, for the same reason
    assert (lead["next_reason"], lead["next_via"]) == ("送样", "phone")
    assert lead["followup_list"][0]["purpose"] is None


def test_a_lead_that_is_lost_keeps_why_to_whom_and_by_whom(shop: Book) -> None:
    """K4."""
    shop("lose", "1", "--reason", "competitor", "--to", "某膜", "--why", "价低")
    columns = (
        "lead_id, at, from_stage, to_stage, from_status, to_status, reason, competitor, why, by, recorded_at"
    )
    (_, row) = shop.sql(f"SELECT {columns} FROM move ORDER BY id")
    assert row == (
        1, "2026-11-24T10:05", "info", "info", "open", "lost", "competitor", "某膜", "价低", "陈磊",
        "2026-11-24T10:05",
    )  # fmt: skip
    lead = shop.show()
    assert (lead["status"], lead["next_date"]) == ("lost", None)


def test_a_next_date_of_the_past_comes_in_only_where_it_is_meant(shop: Book) -> None:
    words = ("add", "丁店", "--next", "2026-11-20 送样")
    assert "2026-11-20" in shop.refuse(1, *words).err
    shop(*words, "--anyway")
    assert (shop.show(3)["next_date"], shop.show(3)["next_reason"]) == ("2026-11-20", "送样")


def test_an_order_is_given_a_product_of_the_list_as_it_is_spelt_there(shop: Book) -> None:
    shop("product", "add", "UV前挡", "--price", "380")
    shop("order", "edit", "2", "--product", "uv前挡")
    assert [one["product"] for one in shop("order", "list", "--json").json if one["id"] == 2] == ["UV前挡"]
