"""``order`` and ``payment``: lines, delivery, cancelling, what is owed and how old it is (F17, L6, M2, M6)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from kit import Book, filled


def fill_owing(book: Book) -> None:
    """A small book, worked out by hand; the clock says 2026-11-24, processes give 30 days to pay.

    Order 1, 华星宝马, 08-20: 50 x 368 = 18,400 and 2.5 x 1,000.50 = 2,501.25, together 20,901.25; it costs
      50 x 210 + 2.5 x 600 = 12,000, margin 8,901.25. Delivered 08-25, so due 09-24, 61 days before 11-24.
    Order 2, 华星宝马, 11-02: 30,000, cost 20,000, margin 10,000; 30 % = 9,000 on 11-10, the rest, 21,000, on 11-30.
    Order 3, 锦泰奥迪, 06-01: 10,000.10, cost not known; due 07-01, 146 days before (30 + 31 + 30 + 31 + 24).
    Order 4, 锦泰奥迪, 11-20: 5,000, cost 6,000; cancelled on 11-23.
    Paid: 5,000 by 华星 for nothing in particular (the oldest: 15,901.25 of order 1 are left), 9,000 for order 2
      (its first part; 21,000 are left), 0.10 for order 3 (10,000 are left).
    Billed 20,901.25 + 30,000 + 10,000.10 = 60,901.35; paid 14,000.10; outstanding 46,901.25.
    """
    book("add", "华星宝马", "--area", "武侯区")
    book("add", "锦泰奥迪", "--area", "高新区")
    lines = ("--line", "前挡膜 50 368 210", "--line", "侧挡 x2.5 @1,000.50 成本 600")
    book("order", "1", *lines, "--at", "2026-08-20", "--contract", "HT-1")
    book("order", "deliver", "1", "--at", "2026-08-25")
    book(
        "order",
        "1",
        "3万",
        "--cost",
        "2万",
        "--at",
        "11-02",
        "--due",
        "2026-11-10 30%",
        "--due",
        "2026-11-30",
    )
    book("order", "2", "10000.10", "--at", "2026-06-01")
    book("order", "2", "5000", "--cost", "6000", "--at", "11-20")
    book("order", "cancel", "4", "--why", "客户换了车型", "--at", "11-23")
    book("payment", "1", "5000", "--at", "2026-09-30")
    book("payment", "1", "9000", "--order", "2", "--at", "11-11", "--method", "转账")
    book("payment", "2", "0.10", "--order", "3")


@pytest.fixture
def owing(book: Book) -> Book:
    """Two shops that owe."""
    return filled(book, fill_owing)


def test_each_order_says_what_is_paid_owed_and_earned(owing: Book) -> None:
    found = {one["id"]: one for one in owing("order", "list", "--json").json}
    keys = ("amount", "cost", "margin", "paid", "outstanding", "due_on", "days_overdue", "contract")
    assert {number: tuple(one[key] for key in keys) for number, one in found.items()} == {
        1: (20901.25, 12000, 8901.25, 5000, 15901.25, "2026-09-24", 61, "HT-1"),
        2: (30000, 20000, 10000, 9000, 21000, "2026-11-30", 0, None),
        3: (10000.1, None, None, 0.1, 10000, "2026-07-01", 146, None),
        4: (5000, 6000, -1000, 0, 0, None, 0, None),
    }
    assert found[1]["lines"] == [
        {"product": "前挡膜", "quantity": 50, "price": 368, "cost": 210, "amount": 18400},
        {"product": "侧挡", "quantity": 2.5, "price": 1000.5, "cost": 600, "amount": 2501.25},
    ]
    assert found[2]["dues"] == [
        {"due_on": "2026-11-10", "amount": 9000, "outstanding": 0, "days_overdue": 0},
        {"due_on": "2026-11-30", "amount": 21000, "outstanding": 21000, "days_overdue": 0},
    ]
    assert (found[4]["cancelled_on"], found[4]["cancel_why"]) == ("2026-11-23", "客户换了车型")
    assert [one["id"] for one in owing("order", "list", "--owing", "--json").json] == [2, 1, 3]
    shown = owing("order", "1").out
    assert "共 2 笔　50,901.25　已付 1.4 万　未付 36,901.25  毛利 18,901.25（2 笔有成本）" in shown
    assert "侧挡 2.5 x 1,000.50 = 2,501.25  成本 600" in shown and "合同 HT-1" in shown


def test_what_a_lead_owes_stands_on_its_file(owing: Book) -> None:
    assert owing.show(1)["receivable"] == {
        "billed": 50901.25, "paid": 14000, "outstanding": 36901.25, "credit": 0, "overdue": 15901.25,
        "days_overdue": 61, "due_on": "2026-09-24", "margin": 18901.25,
    }  # fmt: skip
    second = owing.show(2)["receivable"]
    assert (second["outstanding"], second["margin"]) == (10000, None)
    assert "欠 36,901.25，其中逾期 15,901.25，最久 61 天" in owing("show", "1").out
    assert "共欠 36,901.25　逾期 15,901.25" in owing("payment", "1").out


def test_what_is_owed_by_day_by_lead_and_by_age(owing: Book) -> None:
    found = owing("payment", "due", "--json").json
    items = [(one["order_id"], one["outstanding"], one["days_overdue"], one["age"]) for one in found["items"]]
    assert items == [(3, 10000, 146, "over_90"), (1, 15901.25, 61, "61-90"), (2, 21000, 0, "not_due")]
    assert found["ageing"] == {"not_due": 21000, "0-30": 0, "31-60": 0, "61-90": 15901.25, "over_90": 10000}
    assert found["totals"] == {
        "billed": 60901.35, "paid": 14000.1, "outstanding": 46901.25, "owed": 46901.25, "credit": 0,
        "overdue": 25901.25,
    }  # fmt: skip
    assert [(one["lead_id"], one["outstanding"]) for one in found["leads"]] == [(2, 10000), (1, 36901.25)]
    # a week later the last part is late by a day; at the end of October the 9,000 were neither due nor paid
    later = owing("payment", "due", "--date", "2026-12-01", "--json").json
    assert [(one["order_id"], one["days_overdue"]) for one in later["items"]] == [(3, 153), (1, 68), (2, 1)]
    before = owing("payment", "due", "--date", "2026-10-31", "--json").json
    assert before["totals"]["billed"] == 30901.35 and before["totals"]["outstanding"] == 25901.35
    assert [one["order_id"] for one in owing("payment", "due", "--overdue", "--json").json["items"]] == [3, 1]
    assert [one["order_id"] for one in owing("payment", "due", "--area", "武侯", "--json").json["items"]] == [
        1,
        2,
    ]
    owing("edit", "2", "--set", "owner=王芳")
    hers = owing("payment", "due", "--owner", "王芳", "--json").json
    assert [one["order_id"] for one in hers["items"]] == [3]
    # leads stand by themselves too where one owes in parts: of what is late each owes one
    assert "按客户" in owing("payment", "due").out
    assert "按客户" not in owing("payment", "due", "--overdue").out
    for words in (("锦泰",), ("--lead", "锦泰")):
        assert [one["order_id"] for one in owing("回款", "欠款", *words, "--json").json["items"]] == [3]


def test_a_cancellation_leaves_the_running_month_and_no_week_before_it(owing: Book) -> None:
    """Order 4 was signed on 11-20 (W47, over on 11-22) and cancelled on 11-23: W47 had it, November has not."""
    week = owing("report", "week", "--date", "2026-11-20", "--json").json["totals"]
    assert (week["orders"], week["sales"], week["margin"]) == (1, 5000, -1000)
    month = owing("report", "month", "--json").json["totals"]
    assert (month["orders"], month["sales"], month["margin"], month["collected"]) == (1, 30000, 10000, 9000.1)
    # who has no order that stands is no customer in what a gate asks
    owing("order", "cancel", "3", "没货")
    assert owing.show(2)["receivable"]["outstanding"] == -0.1
    assert owing("payment", "due", "锦泰", "--json").json["totals"]["credit"] == 0.1


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("payment", "1", "36901.26"), 1, "36,901.25"),
        (("payment", "1", "2.2万", "--order", "2"), 1, "21,000"),
        (("payment", "2", "100", "--order", "4"), 1, "4"),  # cancelled
        (("payment", "1", "$100"), 2, "USD"),
        (("payment", "1", "100", "美元"), 2, "USD"),
        (("order", "1", "5000欧元"), 2, "EUR"),
        (("order", "1", "HK$5000"), 2, "HKD"),
        (("order", "1", "0"), 2, "0"),
        (("order", "1", "--line", "前挡膜 50 0"), 2, "前挡膜"),
        (("order", "1", "--line", "前挡膜 50"), 2, "前挡膜"),  # no price is known
        (("order", "1", "1万", "--at", "明天"), 1, "2026-11-25"),
        (("order", "1", "1万", "--due", "12-01 2万"), 1, "20,000"),
        (("order", "1", "1万", "--due", "12-01", "--due", "12-31"), 1, ""),
        (("order", "1", "--framework", "--due", "12-01 2万"), 1, ""),
        (("order", "1", "1万", "--due", "不知道"), 2, "不知道"),
        (("order", "1", "1万", "--due", "2026-11-01"), 1, "2026-11-01"),
        (("order", "1", "1万", "--due", "12-01 0"), 2, "0"),
        (("order", "1", "1万", "--due", "12-01 130%"), 2, "130%"),
        (("order", "deliver", "2", "--at", "2026-11-01"), 1, "2026-11-02"),  # before it was signed
        (("order", "deliver", "2", "--at", "2026-11-25"), 1, "2026-11-25"),
        (("order", "deliver", "1"), 1, "2026-08-25"),
        (("order", "accept", "2"), 1, "order deliver 2"),
        (("order", "accept", "1", "--at", "2026-08-24"), 1, "2026-08-25"),
        (("order", "cancel", "2"), 2, "--why"),
        (("order", "cancel", "4", "--why", "再来"), 1, "2026-11-23"),
        (("order", "cancel", "2", "--why", "早", "--at", "2026-11-01"), 1, "2026-11-02"),
        (("order", "cancel", "1", "--why", "早", "--at", "2026-08-24"), 1, "2026-08-25"),  # it was delivered
        (("order", "deliver", "4"), 1, "2026-11-23"),
        (("order", "edit", "4", "--amount", "1"), 1, "2026-11-23"),
        (("order", "edit", "2", "--amount", "8000"), 1, "9,000"),  # less than its parts
        (("order", "edit", "2", "--amount", "-"), 1, "2"),
        (("order", "edit", "1", "--amount", "0"), 2, "0"),
        (("payment", "edit", "1", "--amount", "0"), 2, "0"),
        (("order", "edit", "1", "--at", "2026-08-26"), 1, "2026-08-25"),
        (("order", "edit", "2"), 2, "order edit 2"),
        (("order", "deliver", "99"), 3, "99"),
        (("order", "deliver"), 2, "order list"),
        (("order", "cancel", "华星", "--why", "x"), 4, "2"),
        (("payment", "schedule", "2", "12-01 4万"), 1, "40,000"),
        (("payment", "schedule", "2"), 2, "payment schedule 2"),
        (("payment", "edit", "1", "--amount", "5万"), 1, "50,000"),
        (("payment", "edit", "9", "--amount", "1"), 3, "9"),
        (("payment", "remove", "9"), 3, "9"),
        (("payment", "remove"), 2, "payment list"),
    ],
)
def test_what_is_refused_changes_nothing(owing: Book, words: tuple[str, ...], code: int, named: str) -> None:
    assert named in owing.refuse(code, *words, lines=4).err


def test_what_is_paid_in_advance_is_a_credit(owing: Book) -> None:
    owing("add", "先锋汽车")
    owing.refuse(1, "payment", "3", "1万")
    assert "多收 1 万" in owing("payment", "3", "1万", "--anyway").out
    assert owing.show(3)["receivable"]["outstanding"] == -10000
    # the order that comes takes it
    owing("order", "3", "1.5万")
    after = owing.show(3)
    assert (after["receivable"]["outstanding"], after["orders"][0]["paid"]) == (5000, 10000)
    assert "付清了" in owing("payment", "3", "5000").out


def test_what_a_payment_was_counts_as_owed_when_it_is_changed(owing: Book) -> None:
    """华星 owes 15,901.25 + 21,000 = 36,901.25; payment 1 was 5,000 for none, payment 2 was 9,000 for order 2."""
    assert owing("payment", "edit", "2", "--amount", "30000", "--json").json["amount"] == 30000
    owing.refuse(1, "payment", "edit", "2", "--amount", "30000.01")
    # order 2 is paid: 15,901.25 and the 5,000 are left for payment 1
    assert owing("payment", "edit", "1", "--amount", "20901.25", "--json").json["amount"] == 20901.25
    owing.refuse(1, "payment", "edit", "1", "--amount", "20901.26")
    assert owing.show(1)["receivable"]["outstanding"] == 0


def test_an_order_goes_its_way_and_each_step_is_taken_back(owing: Book) -> None:
    orders = "SELECT * FROM sales_order ORDER BY id"
    before = owing.sql(orders)
    done = owing("order", "accept", "华星", "--at", "2026-08-27", "--json").json
    assert (done["id"], done["delivered_on"], done["accepted_on"]) == (1, "2026-08-25", "2026-08-27")
    owing("undo")
    assert owing.sql(orders) == before
    edited = owing("order", "edit", "1", "--line", "前挡膜 10 400", "--delivered-on", "-", "--json").json
    # the new lines know no cost; what the old ones came to is gone with them
    assert (edited["amount"], edited["cost"], edited["delivered_on"]) == (4000, None, None)
    assert edited["lines"] == [
        {"product": "前挡膜", "quantity": 10, "price": 400, "cost": None, "amount": 4000}
    ]
    told = owing("history", "1").out
    assert "金额 20,901.25 > 4,000" in told and "交货 2026-08-25 > -" in told
    owing("undo")
    first = owing.show(1)["orders"][1]
    assert (first["id"], first["amount"], first["cost"], len(first["lines"])) == (1, 20901.25, 12000, 2)
    # payments are changed and taken away too
    assert owing("payment", "edit", "2", "--amount", "8000", "--json").json["amount"] == 8000
    owing("payment", "remove", "2", "--why", "记错了")
    assert owing.show(1)["receivable"]["paid"] == 5000
    owing("undo", "2")
    assert owing.show(1)["receivable"]["paid"] == 14000


def test_days_of_payment_are_set_anew(owing: Book) -> None:
    done = owing("payment", "schedule", "2", "12-10 1万", "2027-01-31", "--json").json
    # 30,000 in 10,000 and 20,000; 9,000 are paid
    assert [(one["due_on"], one["outstanding"]) for one in done["dues"]] == [
        ("2026-12-10", 1000), ("2027-01-31", 20000),
    ]  # fmt: skip
    done = owing("payment", "schedule", "2", "-", "--json").json
    assert [one["due_on"] for one in done["dues"]] == ["2026-12-02"]  # signed 11-02 and 30 days
    # 33.33 % of 0.10 is three fen, the last share is the rest
    made = owing("order", "1", "0.10", "--due", "12-01 33.33%", "--due", "12-02 66.67%", "--json").json
    assert [one["amount"] for one in made["dues"]] == [0.03, 0.07]


def test_a_cost_that_was_said_stays_where_new_lines_know_none(owing: Book) -> None:
    kept = owing("order", "edit", "2", "--line", "前挡膜 100 300", "--json").json
    assert (kept["amount"], kept["cost"], kept["margin"]) == (30000, 20000, 10000)
    # that of order 1 was the sum of its lines, and goes with them
    gone = owing("order", "edit", "1", "--line", "前挡膜 50 368", "--json").json
    assert (gone["amount"], gone["cost"], gone["margin"]) == (18400, None, None)


def test_products_of_the_list_bring_price_and_cost(owing: Book) -> None:
    owing("product", "add", "前挡膜 X", "--price", "400", "--cost", "250")
    made = owing("order", "1", "--line", "前挡膜x 3", "--json").json
    assert (made["amount"], made["cost"], made["product"]) == (1200, 750, "前挡膜 X")


def test_on_a_terminal_what_is_missing_is_asked(owing: Book) -> None:
    done = owing("order", "cancel", "2", tty=True, answers=["换了供应商"])
    assert "作废" in done.out
    assert owing.sql("SELECT cancel_why FROM sales_order WHERE id = 2") == [("换了供应商",)]
    owing("order", "deliver", tty=True, answers=["1"])
    assert owing.sql("SELECT count(*) FROM sales_order WHERE delivered_on = '2026-11-24'") == [(1,)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [("order",), ("order", "1"), ("payment", "due"), ("payment", "due", "1")])
def test_every_format(owing: Book, words: tuple[str, ...], lang: str) -> None:
    for fmt in ("table", "plain", "md", "chat", "jsonl", "csv", "tsv", "json"):
        out = owing(*words, "-f", fmt, lang=lang).out
        assert "15901.25" in out or "15,901.25" in out, fmt
    narrow = owing(*words, lang=lang, tty=True, COLUMNS="80").out
    assert "15,901.25" in narrow


def test_orders_go_out_and_come_back_whole(owing: Book, tmp_path: Path) -> None:
    owing("export", "leads", "-o", str(tmp_path / "leads.csv"))
    owing("export", "orders", "-o", str(tmp_path / "orders.csv"))
    dues = list(csv.DictReader(io.StringIO(owing("export", "dues").out.lstrip("\ufeff"))))
    assert [(one["order_id"], one["outstanding"]) for one in dues] == [
        ("3", "10000"), ("1", "15901.25"), ("2", "21000"),
    ]  # fmt: skip
    other = Book(tmp_path / "other.db", owing.patch)
    other("init", "--rep", "陈磊", now="2026-11-01T08:00")
    other("import", str(tmp_path / "leads.csv"))
    other("import", str(tmp_path / "orders.csv"), "--kind", "orders")
    same = (
        "amount", "cost", "margin", "contract", "delivered_on", "cancelled_on", "cancel_why", "lines", "signed_on",
    )  # fmt: skip

    def told(book: Book) -> list[tuple[object, ...]]:
        found = book("order", "list", "--json").json
        return [
            tuple(one[key] for key in same) + tuple((part["due_on"], part["amount"]) for part in one["dues"])
            for one in found
        ]

    assert told(other) == told(owing)


def test_rows_of_one_contract_are_the_lines_of_one_order(owing: Book, tmp_path: Path) -> None:
    """10 x 368 and 2 x 500 under HT-9 are 4,680, cost 10 x 210 + 2 x 300 = 2,700; the second time nothing is new."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "店名,合同号,签订日期,产品,数量,单价,成本单价,交货日期,付款日期,作废\n"
        "锦泰奥迪,HT-9,2026-10-01,前挡膜,10,368,210,2026-10-05,2026-10-31,\n"
        "锦泰奥迪,HT-9,2026-10-01,侧挡,2,500,300,2026-10-05,2026-10-31,\n"
        "锦泰奥迪,HT-10,2026-10-02,前挡膜,1,400,,2026-10-01,,\n"
        "锦泰奥迪,HT-11,2026-10-03,前挡膜,1,400,,,,2026-10-09\n"
        "锦泰奥迪,HT-12,2026-10-03,前挡膜,1,$400,,,,\n",
        "utf-8",
    )
    done = owing("import", str(sheet), "--kind", "orders", "--json").json
    assert (done["rows"], done["added"], done["rejected"]) == (5, 3, 2)
    assert [one["row"] for one in done["rejects"]] == [4, 6]
    again = owing("import", str(sheet), "--kind", "orders", "--json").json
    assert (again["added"], again["duplicates"]) == (0, 3)
    found = {one["contract"]: one for one in owing.show(2)["orders"] if one["contract"]}
    made = found["HT-9"]
    assert (made["amount"], made["cost"], made["product"], made["due_on"]) == (4680, 2700, None, "2026-10-31")
    assert [one["amount"] for one in made["lines"]] == [3680, 1000]
    assert (found["HT-11"]["cancelled_on"], found["HT-11"]["outstanding"]) == ("2026-10-09", 0)
    paid = tmp_path / "paid.csv"
    paid.write_text("店名,合同号,回款日期,金额\n锦泰奥迪,HT-9,2026-11-01,680\n", "utf-8")
    owing("import", str(paid), "--kind", "payments")
    assert next(one for one in owing.show(2)["orders"] if one["contract"] == "HT-9")["outstanding"] == 4000


def test_what_the_other_book_changed_of_an_order_is_so_here(owing: Book) -> None:
    """李想 sells 40 of the 50, divides 14,720 anew and takes a payment away: one set of lines, of days, of sums."""
    other = Book(owing.path.with_name("other.db"), owing.patch)
    other.path.write_bytes(owing.path.read_bytes())
    other("config", "set", "rep", "李想")
    made = ("--line", "前挡膜 40 368 210", "--due", "2026-12-05 5000", "--due", "2026-12-20")
    other("order", "edit", "1", *made, now="2026-11-24T11:00")
    other("payment", "remove", "1", now="2026-11-24T11:05")
    owing("team", "join", str(other.path), now="2026-11-24T12:00")
    assert owing.show(1)["orders"] == other.show(1)["orders"]
    assert owing.show(1)["receivable"] == other.show(1)["receivable"]
    one = owing.show(1)["orders"][1]
    assert (one["amount"], one["paid"], [part["amount"] for part in one["dues"]]) == (14720, 0, [5000, 9720])
    owing("undo")
    assert owing.show(1)["receivable"]["billed"] == 50901.25


def test_two_leads_made_one_owe_together(owing: Book) -> None:
    owing("merge", "1", "2", "--yes")
    sums = owing.show(1)["receivable"]
    assert (sums["billed"], sums["paid"], sums["outstanding"]) == (60901.35, 14000.1, 46901.25)
    assert owing("payment", "due", "--json").json["totals"]["outstanding"] == 46901.25
    assert [len(one["lines"]) for one in owing.show(1)["orders"]] == [0, 0, 2, 0]


def test_today_reminds_of_what_is_due(owing: Book) -> None:
    """21,000 of 华星 fall due on 11-30; order 1, due 09-24, is 9 weeks late on 11-26, order 3 is past a quarter."""

    def money(now: str, *words: str) -> list[tuple[int, str]]:
        found = owing("today", "--json", *words, now=f"{now}T08:00").json["reminders"]
        return [(one["lead_id"], one["on"]) for one in found if one["kind"] == "payment"]

    assert money("2026-11-24") == [] == money("2026-11-29")
    assert money("2026-11-26") == [(1, "2026-09-24")]
    assert money("2026-11-30") == [(1, "2026-11-30")] == money("2026-12-01") == money("2026-12-07")
    assert money("2026-11-29", "--days", "1") == [(1, "2026-11-30")]
    assert "收款 2.1 万" in owing("today", now="2026-11-30T08:00").out
    assert "21,000" in owing("today", now="2026-12-01T08:00", lang="en").out
    owing("payment", "1", "36901.25")
    assert money("2026-11-26") == [] == money("2026-11-30")


@pytest.mark.parametrize(("lang", "said"), [("zh", "框架协议 500"), ("en", "framework contract 500")])
def test_the_answer_says_that_it_is_a_framework(book: Book, lang: str, said: str) -> None:
    book("add", "甲店")
    assert said in book("order", "1", "500", "--framework", lang=lang).out
