"""``dupes``: possible doubles found and explained, and what is not the same remembered (interop.md, 4)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import Book
from team_kit import join, rep_book

from salesflow.reports import likeness
from salesflow.store.likeness import Seen


def found(book: Book, *words: str, **more: str) -> dict[tuple[int, int], dict[str, Any]]:
    """The pairs by their ids, the lower one first."""
    records = book("dupes", *words, "--json", **more).json
    return {(min(ids), max(ids)): one for one in records for ids in [(one["lead_id"], one["other_id"])]}


def reasons(book: Book, *words: str) -> dict[tuple[int, int], list[str]]:
    """Why each pair is one."""
    return {ids: one["reasons"] for ids, one in found(book, *words).items()}


def add(book: Book, *names: str) -> None:
    """Leads of these names."""
    for name in names:
        book("add", name, "--anyway", now="2026-11-02T09:00")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("成都先锋汽车", "成都先峰汽车", "sound"),  # one sound
        ("华星宝马", "华星宝马汽车销售服务有限公司", "core"),
        ("华星BMW", "华星宝马", "core"),
        ("成都华星锦业汽车销售有限公司", "成都华星锦业金汽车销售有限公司", "spelling"),
        ("成都宝悦", "成都宝源", None),
        ("宝渝", "宝和", None),
        ("华星宝马(红牌楼店)", "华星宝马（机场路店）", None),  # two shops
        ("华星宝马(红牌楼店)", "华星宝马", None),
        ("华星宝马(4S店)", "华星宝马", "core"),
        ("港宏本田", "港宏丰田", None),
        ("庞大一店", "庞大二店", None),
        ("华星锦业东店", "华星锦业店", None),
        ("润达汽车", "润达祥汽车", None),  # one more in a name of two is another name
    ],
)
def test_names_that_are_alike(book: Book, first: str, second: str, reason: str | None) -> None:
    add(book, first, second)
    assert reasons(book) == ({(1, 2): [reason]} if reason else {})


def test_a_phone_is_the_strongest_be_it_a_shop_s_or_a_person_s(book: Book) -> None:
    book("add", "华星宝马", "--phone", "028-85551234 / 13900001111")
    book("add", "天府丰田", "--contact", "王总 13900001111", "--anyway")
    book("add", "锦泰奥迪", "--contact", "李总 13900002222 13900003333", "--phone", "85559999")
    book("add", "三和别克", "--phone", "13900003333", "--anyway")
    pairs = found(book)
    assert {ids: one["reasons"] for ids, one in pairs.items()} == {(1, 2): ["phone"], (3, 4): ["phone"]}
    assert pairs[1, 2]["values"] == {"phone": ["13900001111", "13900001111"]}
    assert pairs[1, 2]["score"] == 70
    assert "13900001111" in book("dupes").out
    # what goes to others hides it
    for fmt in ("chat", "md"):
        assert "13900001111" not in book("dupes", "-f", fmt).out


def test_the_same_name_at_another_address_is_a_possible_double(book: Book) -> None:
    book("add", "永达汽车", "--address", "武侯大道1号")
    book("add", "永达汽车", "--address", "机场路8号")
    book("add", "永达汽车", "--anyway")
    pairs = found(book)
    assert set(pairs) == {(1, 2), (1, 3), (2, 3)}
    assert all(one["reasons"] == ["name"] for one in pairs.values())
    assert pairs[1, 2]["score"] < pairs[1, 3]["score"]
    assert len({one["cluster"] for one in pairs.values()}) == 1
    out = book("dupes").out
    assert "武侯大道1号" in out and "机场路8号" in out


def test_the_same_address_is_one_without_its_province_city_and_district(book: Book) -> None:
    book("add", "华星宝马", "--set", "city=成都市", "--address", "四川省成都市武侯区武侯大道1号")
    book("add", "天府丰田", "--set", "city=成都", "--address", "武侯大道1号(近三环)")
    book("add", "锦泰奥迪", "--set", "city=重庆市", "--address", "武侯大道1号")
    book("add", "三和别克", "--address", "国际汽车城")
    book("add", "长安福特", "--address", "国际汽车城")  # no number: half a town is there
    assert reasons(book) == {(1, 2): ["address"]}


def test_of_two_cities_or_brands_less_sure_or_not_at_all(book: Book) -> None:
    for city in ("成都市", "重庆市"):
        book("add", "华盛汽车", "--set", f"city={city}")
        book("add", "先锋汽车销售有限公司", "--set", f"city={city}")
    book("add", "先峰汽车", "--set", "city=成都市", "--brand", "宝马")
    book("add", "先锋汽车", "--set", "city=成都", "--brand", "奥迪", "--anyway")
    pairs = found(book)
    assert {ids: one["reasons"] for ids, one in pairs.items()} == {
        (1, 3): ["name"], (2, 4): ["name"], (2, 5): ["sound"], (2, 6): ["core"], (5, 6): ["sound"],
    }  # fmt: skip
    assert pairs[1, 3]["score"] == 30 and pairs[5, 6]["score"] < pairs[2, 5]["score"]


def test_the_surest_group_is_first_and_filters_choose(book: Book) -> None:
    add(book, "先锋汽车", "先峰汽车", "天府丰田", "锦泰奥迪")
    book("edit", "3", "--set", "phone=13900001111", "--set", "area=武侯区")
    book("edit", "4", "--set", "phone=13900001111")
    book("add", "丰华汽车", "--phone", "13900001111", "--anyway")
    records = book("dupes", "--json").json
    assert [one["cluster"] for one in records] == [1, 1, 1, 2]
    assert [one["score"] for one in records] == [70, 70, 70, 50]
    assert set(reasons(book, "--like", "sound")) == {(1, 2)}
    assert set(reasons(book, "--area", "武侯")) == {(3, 4), (3, 5)}
    assert set(reasons(book, "4")) == {(3, 4), (4, 5)}
    assert set(reasons(book, "4", "5")) == {(4, 5)}
    assert set(reasons(book, "1", "4")) == set()
    assert len(book("dupes", "--limit", "2", "--json").json) == 2
    assert "2" in book("dupes", "--limit", "2").lines[-2]
    book.refuse(2, "dupes", "--like", "smell")
    lines = book("dupes", "-f", "csv").out.splitlines()
    assert len(lines) == 5 and lines[0].startswith("\ufeffcluster,score,lead_id,name,other_id")


def test_the_lead_of_which_more_is_known_would_stay(book: Book) -> None:
    add(book, "先锋汽车", "先峰汽车")
    book("visit", "2", "见了")
    (record,) = book("dupes", "--json").json
    assert (record["lead_id"], record["other_id"]) == (2, 1)
    assert "salesflow merge 2 1" in book("dupes").out


def test_what_is_not_the_same_is_remembered_and_taken_back(book: Book) -> None:
    add(book, "先锋汽车", "先峰汽车", "先封汽车")
    steps = book.steps()
    done = book("dupes", "2", "1", "--not-same", "--why", "两兄弟各开一家", "--json").json
    assert done == [{"lead_id": 1, "other_id": 2, "not_same": True}]
    assert book.steps() == steps + 1
    assert set(found(book)) == {(1, 3), (2, 3)}
    assert "--all" in book("dupes").out
    every = found(book, "--all")
    assert every[1, 2]["not_same"] and every[1, 2]["not_same_why"] == "两兄弟各开一家"
    assert "两兄弟各开一家" in book("dupes", "--all").out
    before = book.dump()
    book("dupes", "1", "2", "--not-same")  # once more says nothing new
    assert [line for line in book.dump() if "not_same" in line] == [
        line for line in before if "not_same" in line
    ]
    book("dupes", "1", "2", "--same-again")
    assert len(found(book)) == 3
    book.refuse(1, "dupes", "1", "2", "--same-again")
    book("undo")
    assert len(found(book)) == 2
    book("undo")
    book("dupes", "1", "2", "3", "--not-same")  # all three at once, one step
    assert found(book) == {} and book.sql("SELECT count(*) FROM not_same") == [(3,)]
    assert book("check").out == ""
    book("undo")
    assert len(found(book)) == 3
    book.refuse(2, "dupes", "1", "--not-same")
    book.refuse(1, "dupes", "1", "1", "--not-same")


def test_an_empty_book_has_none(book: Book) -> None:
    assert book("dupes", "--json").json == []
    assert book("dupes").out.count("\n") == 1


def test_one_by_one_on_a_terminal(book: Book) -> None:
    add(book, "先锋汽车", "先峰汽车", "天府丰田", "天府丰田", "锦泰奥迪", "锦泰奥迪", "三和别克", "三和别克")
    # pairs of the same name first: 3-4 joined, 5-6 joined the other way, 7-8 not the same, 1-2 later
    done = book("dupes", "--review", tty=True, answers=["1", "2", "3", ""])
    assert [row[0] for row in book.sql("SELECT id FROM lead ORDER BY id")] == [1, 2, 3, 6, 7, 8]
    assert book.sql("SELECT lead_id, other_id FROM not_same") == [(7, 8)]
    assert "2" in done.lines[-1]
    assert set(found(book)) == {(1, 2)}
    assert book("check").out == ""
    book.refuse(2, "dupes", "--review")
    for _ in range(3):  # each was a step of its own
        book("undo")
    assert book.sql("SELECT count(*) FROM lead") == [(8,)]
    book("dupes", "--review", tty=True, answers=["5"])
    assert book.sql("SELECT count(*) FROM lead") == [(8,)]


def test_real_lists_in_one_book(book: Book, shared: Callable[[str], Path]) -> None:
    """Two makes' lists: 49 rows of the first share a name with another address; no pair is only nearly alike."""
    for name in ("skoda_2019", "skoda_2020", "wey_2020"):
        book("import", str(shared(f"data/dealers/{name}.xlsx")))
    by: dict[str, int] = {}
    for one in book("dupes", "--json").json:
        for reason in one["reasons"]:
            by[reason] = by.get(reason, 0) + 1
        if one["reasons"] == ["name"]:
            assert one["name"] == one["other_name"] and one["address"] != one["other_address"]
    # looked at by hand: the phones are switchboards of branches, but for three pairs
    assert by == {"phone": 15, "name": 62}
    sure = [(one["lead_id"], one["other_id"]) for one in book("dupes", "--json").json if one["score"] >= 60]
    assert sure == [(9, 482), (323, 324)]


def test_slips_in_a_real_list_are_found(shared: Callable[[str], Path], book: Book) -> None:
    """Every name typed again with a slip that sounds the same, or without its city or its company words."""
    book("import", str(shared("data/dealers/skoda_2019.xlsx")))
    names = {row[0]: row[1:] for row in book.sql("SELECT id, name, city_key FROM lead ORDER BY id LIMIT 200")}
    sounds = {"达": "大", "华": "桦", "众": "仲", "汇": "惠", "鑫": "新", "诚": "成", "恒": "衡", "润": "闰"}
    wanted, lines = {}, ["name,city"]
    for lead_id, (name, city) in names.items():
        slip = next((name.replace(one, other) for one, other in sounds.items() if one in name), None)
        short = name.replace("汽车销售服务有限公司", "").replace("汽车销售有限公司", "")
        for other in filter(None, (slip, short if short != name and lead_id % 3 == 0 else None)):
            lines.append(f"{other},{city}")
            wanted[other] = lead_id
    file = book.path.with_name("slips.csv")
    file.write_text("\n".join(lines), "utf-8")
    book("import", str(file))
    ids = {row[1]: row[0] for row in book.sql("SELECT id, name FROM lead")}
    pairs = set(found(book))
    missed = [name for name, lead_id in wanted.items() if (lead_id, ids[name]) not in pairs]
    assert len(wanted) > 100 and missed == []


def _lead(lead_id: int, name: str, city: str, phone: str, address: str) -> Seen:
    key = name.casefold()
    return Seen(
        lead_id, name, None, city, address, None, key, None, city.removesuffix("市"), "p", "s", "open", None, None,
        None, "2026-11-01T00:00", 0, None, phone,
    )  # fmt: skip


def test_very_many_leads_take_seconds_however_much_they_share() -> None:
    """20,000 in two seconds or so, 100,000 in ten; one phone or name for thousands makes no millions of pairs."""
    draw = random.Random(4)
    signs = "华星宝保达大鑫新信兴恒衡润锐瑞睿众中诚成程顺舜海汇惠慧辉佳嘉家加金锦津京晶丰锋峰风福富骏俊君军龙隆荣融容德"
    cities = ("成都市", "重庆市", "西安市", "")
    leads = [
        _lead(
            one,
            "".join(draw.choice(signs) for _ in range(draw.randint(2, 5))) + "汽车销售服务有限公司",
            draw.choice(cities),
            f"139{draw.randint(0, 99999999):08}",
            f"{draw.choice(signs)}路{one}号",
        )
        for one in range(1, 20_001)
    ]
    start = time.monotonic()
    likeness.pairs(leads)
    one_name = [
        one._replace(id=20_000 + one.id, name="永达", name_key="永达", phones="4008001234") for one in leads
    ]
    crowd = likeness.pairs(one_name)
    assert time.monotonic() - start < 12
    assert len(crowd) < 40_000


def test_two_claims_that_are_not_the_same_wait_for_no_decision(book: Book) -> None:
    """Neither listed nor shown nor settled; said to be the same again, they are a conflict again."""
    book("add", "华星", "--next", "2026-11-24 报价")
    li = rep_book(book, "李想")
    li("add", "华星")
    assert [one["conflicts"] for one in join(book, li)] == [1]
    book("dupes", "1", "2", "--not-same")
    assert book("team", "conflicts", "--json").json == [] and book.show(1)["conflicts"] == []
    assert "撞单" not in book("today").out
    assert "--same-again" in book.refuse(1, "team", "settle", "1", "--to", "李想", "--why", "先见").err
    book("dupes", "1", "2", "--same-again")
    assert [one["id"] for one in book("team", "conflicts", "--json").json] == [1]
    assert "撞单" in book("today").out
    book("team", "settle", "1", "--to", "李想", "--why", "先见")
    assert book("team", "conflicts", "--json").json == []
