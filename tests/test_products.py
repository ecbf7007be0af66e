"""``product``: what is sold, at what price and cost, and how long it lasts."""

from __future__ import annotations

import pytest
from kit import Book, filled

from salesflow.dates.length import parse_days
from salesflow.errors import Usage


def fill_list(book: Book) -> None:
    """Two products."""
    book("product", "add", "前挡", "--unit", "张", "--price", "380", "--cost", "150.5", "--cycle", "2个月")
    book("产品", "加", "侧后挡", "--cost", "0")


@pytest.fixture
def listed(book: Book) -> Book:
    """A book with two products."""
    return filled(book, fill_list)


def test_a_product_with_all_that_is_known(listed: Book) -> None:
    """Margin of one: 380 - 150.50 = 229.50."""
    assert listed("product", "--json").json[0] == {
        "id": 1, "name": "前挡", "unit": "张", "price": 380, "cost": 150.5, "cycle_days": 60, "note": None,
        "by": "陈磊", "created_at": "2026-11-24T10:05",
    }  # fmt: skip
    out = listed("product").out
    assert all(part in out for part in ("前挡", "张", "380", "150.50", "229.50", "60"))
    assert "windscreen" in Book(listed.path, listed.patch)("product", "--help", lang="en").out
    assert [one["name"] for one in listed("product", "后", "--json").json] == ["侧后挡"]
    assert "前挡" in listed("product", "前档").out  # the nearest


def test_what_is_said_again_changes_it(listed: Book) -> None:
    """A name in another width is the same product; ``-`` empties, undo takes one step back."""
    done = listed("product", "add", "前　挡", "--price", "390", "--json").json
    assert (done["id"], done["name"], done["price"], done["cost"]) == (1, "前挡", 390, 150.5)
    listed("product", "edit", "前", "--cycle", "-", "--name", "前挡膜", "--note", "七折为限")
    one = listed("product", "前挡膜", "--json").json[0]
    assert (one["name"], one["cycle_days"], one["note"]) == ("前挡膜", None, "七折为限")
    listed("undo", "--yes")
    assert listed("product", "--json").json[0]["cycle_days"] == 60
    listed("product", "remove", "侧后挡")
    assert len(listed("product", "--json").json) == 1
    listed("undo", "--yes")
    assert len(listed("product", "--json").json) == 2


def test_what_is_sold_without_being_listed_is_named(listed: Book) -> None:
    listed("add", "华星宝马")
    listed("quote", "1", "30", "--product", "隔热膜")
    assert "隔热膜" in listed("product").out
    assert "隔热膜" in listed("product", lang="en").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add"], 2),
        (["add", "前挡"], 1),  # it is there, and nothing is said of it
        (["add", "天窗膜", "--price", "0"], 2),
        (["add", "天窗膜", "--price", "100美元"], 2),
        (["add", "天窗膜", "--cost", "-3"], 2),
        (["add", "天窗膜", "--cycle", "尽快"], 2),
        (["add", "天窗膜", "--cycle", "0"], 2),
        (["add", "a\x1bb"], 2),
        (["edit", "前挡"], 2),
        (["edit", "没这个", "--price", "3"], 3),
        (["edit", "挡", "--price", "3"], 4),
        (["edit", "前挡", "--name", "侧 后挡"], 1),
        (["remove", "没这个"], 3),
    ],
)
def test_what_is_refused(listed: Book, words: list[str], code: int) -> None:
    listed.refuse(code, "product", *words)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("60", 60), ("６０天", 60), ("2个月", 60), ("两个月", 60), ("每半年", 182), ("半个月", 15), ("3周", 21),
        ("一年", 365), ("8 weeks", 56), ("2 months", 60), ("half a year", 182), ("90d", 90), ("60.0", 60),
    ],
)  # fmt: skip
def test_lengths_of_time(text: str, days: int) -> None:
    """A month is 30 days, a year 365, half of it 182, half a month 15."""
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "0", "-3", "尽快", "99999", "1e3", "½", "3个工作日", "6 0", "月"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(Usage):
        parse_days(text)
