"""``quote``: steps, the staircase, special prices, the negotiation's plan and its strategy (F15, F16, M2)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import Book, filled, make
from other_process import add_process
from team_kit import join, rep_book, tables


def fill_shop(book: Book) -> None:
    """A group's shop with two people, a product, a competitor's price, and three quotes of the product."""
    book("add", "华星宝马", "--contact", "赵建国 决策人 13900001234", "--contact", "小周 内线")
    book("product", "add", "前挡", "--price", "400", "--cost", "360")
    book("competitor", "1", "红牌", "--price", "350")
    book("quote", "1", "400", "--product", "前挡", "--at", "11-01")
    book("quote", "1", "380", "--product", "前挡", "--at", "11-13", "--in-return", "独家一年")
    book("quote", "1", "368", "--product", "前挡", "--at", "11-20", "--in-return", "首批50台")


@pytest.fixture
def shop(book: Book) -> Book:
    """The shop with three quotes: 400, 380 (20 down, 5 %), 368 (12 down, 12/380 = 3.2 %)."""
    return filled(book, fill_shop)


def quoted(book: Book, *words: str, **more: Any) -> dict[str, Any]:
    """The record of a new quote of lead 1."""
    found: dict[str, Any] = book("quote", "1", *words, "--json", **more).json
    return found


def test_each_quote_is_a_step_against_the_last_of_its_product(shop: Book) -> None:
    """F16, by hand: 368 to 361 is 7 down, 7/368 = 1.902 %; smaller than 12, for something, above cost: no warning."""
    done = shop("quote", "1", "361", "--product", "前挡", "--in-return", "预付三成")
    assert "第 3 次退让：从 368 退 7（1.9%），上一步退 12" in done.out and "换来：预付三成" in done.out
    assert "特价（低于定价）" in done.out  # 361 of 400, and nobody allowed it
    assert done.err == ""
    newest = shop.show()["quotes"][0]
    assert newest == {
        "id": 4, "lead_id": 1, "quoted_on": "2026-11-24", "amount": 361, "product": "前挡", "in_return": "预付三成",
        "note": None, "by": "陈磊", "previous": 368, "step": 7, "step_number": 3, "step_rate": 0.019, "last_step": 12,
        "cost": 360, "approved_by": None, "special": ["below_price"], "warnings": [],
    }  # fmt: skip
    # another product begins anew, and so does another lead
    assert quoted(shop, "100", "--product", "侧挡")["previous"] is None
    shop("add", "锦泰奥迪")
    assert shop("quote", "2", "350", "--product", "前挡", "--json").json["step"] is None


def test_what_a_step_is_warned_of(shop: Book) -> None:
    """By hand: 368 to 350 is 18, not smaller than 12, for nothing, 10 below cost 360; 349 is the fourth step."""
    done = shop("quote", "1", "350", "--product", "前挡")
    assert len(done.err.splitlines()) == 3
    assert all(part in done.err for part in ("退 18", "12", "--in-return", "亏 10"))
    fourth = quoted(shop, "349", "--product", "前挡", "--in-return", "主推", "--cost", "300")
    assert (fourth["step"], fourth["step_number"], fourth["cost"]) == (1, 4, 300)
    assert fourth["warnings"] == ["too_many_steps"]
    english = shop("quote", "1", "280", "--product", "前挡", lang="en")
    assert [
        word in english.err for word in ("not smaller", "Nothing in return", "step 5", "Below cost 300")
    ] == [True] * 4


def test_a_quote_without_a_product_is_asked_about_once(shop: Book) -> None:
    assert "前挡" in shop("quote", "1", "360").err
    assert "前挡" not in shop("quote", "1", "355", "--in-return", "x").err  # it was meant so


def test_a_rise_is_no_step(shop: Book) -> None:
    """368 to 375 is up 7, 7/368 = 1.9 %."""
    found = quoted(shop, "375", "--product", "前挡")
    assert (found["previous"], found["step"], found["step_number"], found["warnings"]) == (
        368,
        None,
        None,
        [],
    )
    assert "涨 7（1.9%）" in shop("quote", "1").out
    assert "步" not in shop("quote", "1", "375", "--product", "前挡").out


def test_a_quote_told_late_takes_its_place(shop: Book) -> None:
    """390 on 5 November lies between 400 and 380: 10, 10 (not smaller), 12 (not smaller)."""
    shop("quote", "1", "390", "--product", "前挡", "--at", "11-05", "--in-return", "样板店")
    found = {one["amount"]: (one["step"], one["warnings"]) for one in shop.show()["quotes"]}
    assert found == {
        400: (None, []), 390: (10, []), 380: (10, ["not_smaller"]), 368: (12, ["not_smaller"]),
    }  # fmt: skip


def test_how_many_steps_is_the_process_s(book: Book) -> None:
    """``concessions`` of the process: here the second step is one too many."""
    add_process(book, "oil", concessions=1)
    book("add", "甲厂", "--process", "oil")
    book("quote", "1", "100")
    assert quoted(book, "90", "--in-return", "x")["warnings"] == []
    done = book("quote", "1", "85", "--in-return", "x")
    assert "第 2 次" in done.err and "最多退 1 次" in done.err


def test_the_staircase(shop: Book) -> None:
    """The prices between 400 and the rival's 350: each bar is what is left, then what the step gave away.

    16 cells, 2 of them for 350 and 14 for the 50 above it: 400 is 16, 380 is 2 + 8.4 = 10, 368 is 2 + 5.04 = 7,
    the accepted 360 is 2 + 2.8 = 5.
    """
    shop("quote", "plan", "1", "--accepted", "360", "--from", "赵")
    drawn = shop("quote", "1", tty=True, COLUMNS="80", TERM="dumb").out
    bars = {found[0] for found in re.finditer(r"[#=]+-*", drawn)}
    assert bars >= {"#" * 16, "#" * 10 + "-" * 6, "#" * 7 + "-" * 3, "=" * 5, "=" * 2}
    assert max(map(len, drawn.splitlines())) <= 80 and "\x1b" not in drawn
    plain = shop("quote", "1").out
    assert "##" not in plain and "独家一年" in plain
    for part in ("定价 400", "成本 360", "赵建国认可", "对手 红牌", "首报", "退 2"):
        assert part in plain, part
    assert [one["id"] for one in shop("quote", "1", "--json").json] == [3, 2, 1]
    header = shop("quote", "1", "-f", "csv").lines[0]
    assert "step_number" in header and "warnings" in header
    # what goes to others names nobody whole
    chat = shop("quote", "1", "-f", "chat").out
    assert "赵建国" not in chat and "赵" in chat


def test_special_prices_are_listed_with_who_allowed_them(shop: Book) -> None:
    """M2: 380 and 368 are below the list price of 400, 340 is below cost too, 500 of no product was allowed."""
    shop("quote", "1", "340", "--product", "前挡", "--approved-by", "李经理", "--in-return", "x")
    shop("quote", "1", "500", "--product", "新品", "--approved-by", "王总")
    found = shop("quote", "--special", "--json").json
    assert [(one["amount"], one["special"], one["approved_by"]) for one in found] == [
        (500, ["approved"], "王总"),
        (340, ["below_price", "below_cost", "approved"], "李经理"),
        (368, ["below_price"], None),
        (380, ["below_price"], None),
    ]
    out = shop("quote", "--special").out
    assert all(part in out for part in ("李经理", "没人批", "低于定价、低于成本", "--approved-by"))
    assert "特价，王总批的" in shop("quote", "1").out
    shop("add", "锦泰奥迪")
    assert shop("quote", "2", "--special", "--json").json == []


def test_a_quote_is_changed_and_taken_back(shop: Book) -> None:
    done = shop("quote", "edit", "3", "365", "--in-return", "-", "--approved-by", "李经理", "--json").json
    assert (done["amount"], done["in_return"], done["step"], done["approved_by"]) == (365, None, 15, "李经理")
    assert done["warnings"] == ["nothing_in_return"]
    assert "报价 368 > 365" in shop("history", "1").out
    gone = shop("报价", "删", "2").out
    assert "380" in gone
    assert [(one["amount"], one["step"]) for one in shop.show()["quotes"]] == [(365, 35), (400, None)]
    shop("undo", "2", "--yes")
    assert [one["amount"] for one in shop.show()["quotes"]] == [368, 380, 400]
    shop("redo", "2")
    assert [one["amount"] for one in shop.show()["quotes"]] == [365, 400]


def test_a_product_is_meant_by_its_name_in_whatever_width(shop: Book) -> None:
    shop("product", "add", "Film X9", "--cost", "20")
    found = quoted(shop, "30", "--product", "ｆｉｌｍ x9")
    assert (found["product"], found["cost"]) == ("Film X9", 20)
    # one that is not listed is taken, and said once with the nearest
    first = shop("quote", "1", "30", "--product", "前档")
    assert "前挡" in first.err and first.code == 0
    assert shop("quote", "1", "29", "--product", "前档", "--in-return", "x").err == ""
    # none named, where the lead was quoted products: counted apart, and said
    apart = shop("quote", "1", "28").err
    assert "前档、Film X9、前挡" in apart and "--product 前档" in apart


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["quote", "1", "100美元"], 2),
        (["quote", "1", "$100"], 2),
        (["quote", "1", "0"], 2),
        (["quote", "1", "368", "--cost", "€5"], 2),
        (["quote", "edit", "1"], 2),
        (["quote", "edit", "x", "5"], 2),
        (["quote", "edit", "1", "0"], 2),
        (["quote", "edit", "99", "5"], 3),
        (["quote", "edit", "1", "5", "--at", "明天"], 1),
        (["quote", "remove", "99"], 3),
        (["quote", "plan", "1", "--accepted", "0"], 2),
        (["quote", "plan", "1", "--accepted", "100港币"], 2),
        (["quote", "plan", "1", "--from", "赵"], 2),
        (["quote", "plan", "1", "--accepted", "360", "--from", "没这人"], 3),
        (["quote", "plan", "1", "--interests", "a\x1bb"], 2),
    ],
)
def test_what_is_refused(shop: Book, words: list[str], code: int) -> None:
    shop.refuse(code, *words, lines=3)


def test_the_plan_is_written_shown_and_emptied(shop: Book) -> None:
    """F15, F19."""
    assert shop.show()["negotiation"] is None
    shop(
        "quote",
        "plan",
        "1",
        "--interests",
        "质保十年",
        "--open",
        "账期",
        "--fixed",
        "独家",
        "--joined-by",
        "李总",
    )
    found = shop("quote", "plan", "1", "--accepted", "360", "--from", "赵", "--json").json
    assert (found["interests"], found["open"], found["fixed"], found["joined_by"]) == (
        "质保十年", "账期", "独家", "李总",
    )  # fmt: skip
    assert (found["accepted"], found["accepted_from"], found["alternatives"]) == (360, "赵建国", None)
    assert found["competitors"] == [{"name": "红牌", "price": 350}]
    for command in ("show", "quote", "prepare"):
        out = shop(command, "1").out
        assert "质保十年" in out and "360（赵建国说的）" in out, command
    assert shop.show()["negotiation"]["accepted_from"] == "赵建国"
    # another price is not what that person said
    assert shop("quote", "plan", "1", "--accepted", "362", "--json").json["accepted_from"] is None
    before = shop.steps()
    shop("quote", "plan", "1", "--accepted", "362")
    assert shop.steps() == before  # nothing changed, no step
    assert "认可的价 360 > 362" in shop("history", "1").out
    shop(
        "quote",
        "plan",
        "1",
        "--interests",
        "无",
        "--open",
        "-",
        "--fixed",
        "-",
        "--joined-by",
        "-",
        "--accepted",
        "-",
    )
    assert shop.show()["negotiation"] is None
    shop("undo", "--yes")
    assert shop.show()["negotiation"]["interests"] == "质保十年"


def test_the_strategy_of_the_class_stands_beside(shop: Book) -> None:
    """F15: the process says by size and side; what it goes by and nobody knows is named."""
    out = shop("quote", "plan", "1").out
    assert "规模、哪一方" in out and "打法（" not in out
    shop("edit", "1", "--set", "size=group", "--set", "side=agent")
    found = shop("quote", "plan", "1", "--json").json["strategies"]
    assert [one["code"] for one in found] == ["group_shops", "through_agent"]
    for command in ("quote", "prepare"):
        assert "打法（代理商供货）" in shop(command, "1").out
    assert "strategy for dealer groups" in shop("quote", "plan", "1", lang="en").out


def test_a_person_who_is_taken_off_leaves_the_price(shop: Book) -> None:
    shop("quote", "plan", "1", "--accepted", "360", "--from", "赵")
    shop("contact", "remove", "1", "赵建国")
    found = shop.show()["negotiation"]
    assert (found["accepted"], found["accepted_from"]) == (360, None)
    shop("undo", "--yes")
    assert shop.show()["negotiation"]["accepted_from"] == "赵建国"


def test_two_leads_made_one_have_one_plan(shop: Book) -> None:
    """What both say is said; the accepted price of the lead that stays stands, and the other is told."""
    shop("add", "华星宝马二店", "--contact", "赵建国 13900001234", "--anyway")
    shop("quote", "plan", "1", "--interests", "质保十年", "--accepted", "360", "--from", "赵")
    shop("quote", "plan", "2", "--interests", "独家", "--open", "账期", "--accepted", "355", "--from", "赵")
    shop("quote", "2", "361", "--product", "前挡", "--in-return", "预付")
    assert "355" in shop("merge", "1", "2", "--yes", "--json").out
    found = shop.show()["negotiation"]
    assert (found["interests"], found["open"], found["accepted"], found["accepted_from"]) == (
        "质保十年; 独家", "账期", 360, "赵建国",
    )  # fmt: skip
    # its quote is a step against ours now: 368 to 361
    assert shop.show()["quotes"][0]["step"] == 7
    shop("undo", "--yes")
    assert shop.show(2)["negotiation"]["accepted"] == 355


def test_a_plan_goes_over_to_a_lead_without_one(shop: Book) -> None:
    shop("add", "华星宝马二店", "--contact", "赵建国 13900001234", "--anyway")
    shop("quote", "plan", "2", "--accepted", "355", "--from", "赵")
    shop("merge", "1", "2", "--yes")
    found = shop.show()["negotiation"]
    assert (found["accepted"], found["accepted_from"]) == (355, "赵建国")


def test_another_book_brings_quotes_plans_and_products(shop: Book) -> None:
    """F9: products by name; what this book says of one stands, what it does not know comes; twice adds nothing."""
    other = rep_book(shop, "李想")
    other("product", "add", "前 挡", "--price", "999", "--unit", "张")
    other("product", "add", "侧挡", "--cost", "90", "--cycle", "2个月")
    other("add", "锦泰奥迪", "--contact", "钱总 决策人")
    other("quote", "1", "90", "--product", "侧挡", "--approved-by", "王总", "--cost", "95")
    other("quote", "plan", "1", "--interests", "独家", "--accepted", "85", "--from", "钱")
    (done,) = join(shop, other)
    assert done["products"] == 2
    known = {
        one["name"]: (one["price"], one["unit"], one["cycle_days"]) for one in shop("product", "--json").json
    }
    assert known == {"前挡": (400, "张", None), "侧挡": (None, None, 60)}
    found = shop.show(2)
    assert (found["negotiation"]["accepted_from"], found["quotes"][0]["approved_by"]) == ("钱总", "王总")
    before = tables(shop)
    assert join(shop, other)[0]["products"] == 0
    assert tables(shop) == before
    # a plan changed over there comes again, and a product taken off here does not
    other("quote", "plan", "1", "--interests", "独家两年", now="2026-11-25T09:00")
    shop("product", "remove", "侧挡")
    join(shop, other)
    assert shop.show(2)["negotiation"]["interests"] == "独家两年"
    assert [one["name"] for one in shop("product", "--json").json] == ["前挡"]


def test_exports_have_all_of_it(shop: Book, tmp_path: Path) -> None:
    shop("quote", "1", "340", "--product", "前挡", "--cost", "345.5", "--approved-by", "李经理")
    quotes = shop("export", "quotes", "-f", "json").json
    assert (quotes[-1]["cost"], quotes[-1]["approved_by"]) == (345.5, "李经理")
    (product,) = shop("export", "products", "-f", "json").json
    assert (product["name"], product["price"], product["cost"]) == ("前挡", 400, 360)
    shop("quote", "plan", "1", "--interests", "质保十年", "--accepted", "360", "--from", "赵")
    whole = tmp_path / "all.jsonl"
    shop("export", "all", "-o", str(whole))
    again = Book(tmp_path / "again.db", shop.patch)
    again("init")
    again("import", str(whole))
    assert again.show()["negotiation"] == shop.show()["negotiation"]
    assert again.show()["quotes"] == shop.show()["quotes"]


WORDS = st.tuples(
    st.integers(1, 40), st.sampled_from(["", "前挡", "侧挡"]), st.sampled_from(["", "换"]), st.integers(0, 20)
)


@given(st.lists(WORDS, max_size=7))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_quotes_is_warned_of_as_the_model_says(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[int, str, str, int]]
) -> None:
    """Cost of 前挡 is 20; days are told in any order, the book reckons by day."""
    with pytest.MonkeyPatch.context() as patch:
        book = make(tmp_path_factory.mktemp("quotes") / "x.db", patch)
        book("add", "甲店")
        book("product", "add", "前挡", "--cost", "20")
        for amount, product, back, day in told:
            words = [*(["--product", product] if product else []), *(["--in-return", back] if back else [])]
            book("quote", "1", str(amount), *words, "--at", f"2026-11-{day + 1:02}")
        found = {one["id"]: one["warnings"] for one in book("quote", "1", "--json").json}
    rows = [
        (day, number, amount, product, back) for number, (amount, product, back, day) in enumerate(told, 1)
    ]
    expected = {}
    for product in ("", "前挡", "侧挡"):
        last, step, count = None, None, 0
        for _, number, amount, _, back in sorted(row for row in rows if row[3] == product):
            codes: list[str] = []
            if last is not None and amount < last:
                count += 1
                codes += ["not_smaller"] if step is not None and last - amount >= step else []
                codes += [] if back else ["nothing_in_return"]
                codes += ["too_many_steps"] if count > 3 else []
                step = last - amount
            codes += ["below_cost"] if product == "前挡" and amount < 20 else []
            expected[number], last = codes, amount
    assert found == expected
