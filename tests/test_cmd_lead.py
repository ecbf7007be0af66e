"""LEAD: which lead a word means (cli.md, LEAD), on a terminal and elsewhere."""

from __future__ import annotations

import pytest
from kit import Book, filled


def fill_shops(book: Book) -> None:
    """Seven shops, each found by something else."""
    book("add", "成都华星宝马汽车销售服务有限公司", "--short", "华星宝马", "--phone", "028-85551234",
         "--contact", "王建国 13900001234 精品部", "--area", "武侯区")  # fmt: skip
    book("add", "锦泰奥迪", "--contact", "李总 13900005702", "--contact", "王芳 13900005703")
    book("add", "西部奔驰之星", "--phone", "028-61117777")
    book("add", "2", "--anyway")
    book("add", "7654321", "--anyway")
    book("add", "锦泰奥迪红牌楼店", "--contact", "欧阳锋 13700001111")
    book("add", "双流捷豹路虎", "--contact", "曾小贤 13600002222")


@pytest.fixture
def shops(book: Book) -> Book:
    """Seven shops, each found by something else."""
    return filled(book, fill_shops)


@pytest.mark.parametrize(
    ("word", "lead_id"),
    [
        ("1", 1),
        ("#1", 1),
        ("１", 1),
        ("2", 2),  # an id before the lead of that name
        ("华星宝马", 1),  # a short name
        ("成都华星宝马汽车销售服务有限公司", 1),
        ("锦泰奥迪", 2),  # whole, though part of another
        ("7654321", 5),  # a name before a phone
        ("85551234", 1),
        ("028-8555 1234", 1),
        ("+86 139 0000 5702", 2),
        ("13900005703", 2),
        ("红牌楼", 6),
        ("奔驰", 3),
        ("王建国", 1),
        ("欧阳", 6),
        ("xbbczx", 3),
        ("XBBC", 3),
        ("xibubenchi", 3),
        ("oyf", 6),
        ("zengxiaoxian", 7),
    ],
)
def test_the_first_kind_that_finds_any_decides(shops: Book, word: str, lead_id: int) -> None:
    assert shops.show(word)["id"] == lead_id


@pytest.mark.parametrize(
    ("word", "person"),
    [("王建国", "王建国"), ("13900001234", "王建国"), ("王芳", "王芳"), ("13900005703", "王芳"), ("wjg", "王建国"),
     ("华星宝马", None), ("85551234", None)],
)  # fmt: skip
def test_a_person_found_so_is_with(shops: Book, word: str, person: str | None) -> None:
    made = shops("log", word, "聊了聊", "--json").json
    assert made["followup"]["with"] == person


def test_an_option_names_another_person(shops: Book) -> None:
    made = shops("log", "13900005703", "聊了聊", "--with", "李总", "--json").json
    assert made["followup"]["with"] == "李总"


def test_the_lead_that_was_taken_is_named(shops: Book) -> None:
    assert shops("call", "奔驰", "问了问").out.startswith("#3 西部奔驰之星")


def test_several_are_four_with_the_candidates_and_nothing_is_written(shops: Book) -> None:
    shops("add", "锦泰沃尔沃", "--area", "金牛区")
    done = shops.refuse(4, "log", "锦泰", "看了", lines=5)
    for part in ("#2", "#6", "#8", "锦泰奥迪红牌楼店", "金牛区"):
        assert part in done.err


def test_many_candidates_are_ten_and_a_count(book: Book) -> None:
    book("add", "-", stdin="".join(f"红旗{n}店\n" for n in range(1, 15)))
    lines = book.refuse(4, "show", "红旗", lines=12).err.splitlines()
    assert sum("#" in line for line in lines) == 10
    assert "4" in lines[-1]


def test_several_on_a_terminal_are_a_choice(shops: Book) -> None:
    shops("add", "锦泰沃尔沃")
    done = shops("log", "锦泰", "看了", tty=True, answers=["3", "B"])
    assert "#8 锦泰沃尔沃" in done.out
    assert "锦泰奥迪红牌楼店" in done.err
    shops("log", "锦泰", "看了", tty=True, answers=[""], code=4)


@pytest.mark.parametrize("word", ["华兴宝马", "花星宝马", "锦泰奥笛"])
def test_names_that_sound_the_same_are_named(shops: Book, word: str) -> None:
    done = shops.refuse(3, "visit", word, "看了", lines=8)
    wanted = "#2" if word.startswith("锦") else "#1"
    assert done.err.splitlines()[1].startswith(wanted)


def test_none_is_three(shops: Book) -> None:
    shops.refuse(3, "show", "zzzzqqq")
    shops.refuse(3, "show", "#99")
    shops.refuse(3, "show", "#")
    shops.refuse(3, "show", "9" * 5000)
    shops.refuse(3, "log", "%", "x", lines=8)


def test_none_on_a_terminal_offers_what_is_near_and_then_to_add(shops: Book) -> None:
    near = shops("call", "华兴宝马", "在忙", tty=True, answers=["1", "A"])
    assert "#1 华星宝马" in near.out
    made = shops("call", "东方别克", "接了", tty=True, answers=["y", "A"])
    assert "#8 东方别克" in made.out
    shops("call", "南方大众", "接了", tty=True, answers=["n"], code=3)


def test_new_adds_the_lead_in_the_same_step(shops: Book) -> None:
    before = shops.steps()
    made = shops("call", "东方别克", "问了价 下次周五报价", "--new", "--area", "高新区", "--json").json
    assert (made["name"], made["area"], made["followups"], made["next_date"]) == (
        "东方别克",
        "高新区",
        1,
        "2026-11-27",
    )
    assert shops.steps() == before + 1
    shops("undo")
    shops.refuse(3, "show", "#8")


def test_new_takes_the_lead_that_is_there(shops: Book) -> None:
    assert shops("call", "奔驰", "问了价", "--new", "--json").json["id"] == 3


def test_the_dot_is_the_lead_last_written_to(shops: Book) -> None:
    shops("call", "奔驰", "问了价")
    shops("add", "-", stdin="甲\n乙\n")  # wrote to two
    assert "#3" in shops("log", ".", "又问", tty=True, answers=["", "A"]).out
    shops("undo", "3")
    assert "#7" in shops("show", ".", tty=True).out
    shops.refuse(2, "log", ".", "又问")


def test_left_out_on_a_terminal_is_a_choice_from_today(shops: Book) -> None:
    shops("log", "3", "看了", "--next", "2026-11-24 送样品")
    done = shops("show", tty=True, answers=["1"])
    assert "#3" in done.out and "送样品" in done.err
    shops.refuse(2, "show")
    shops.refuse(2, "log")


def test_no_input_never_asks(shops: Book) -> None:
    shops("--no-input", "show", "锦泰奥", tty=True, code=4)
    shops("--no-input", "log", "没有这家", "x", tty=True, code=3)
