"""Who stands in a cell: names, titles beside them, phones that are theirs or nobody's; each told by its parts."""

from __future__ import annotations

from typing import Any

import pytest

from salesflow.exchange import people
from salesflow.exchange.people import Person

MOBILE, OTHER = "13900001234", "13900005678"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("王强（店长）", [("王强", "店长", ())]),
        ("店长：王强", [("王强", "店长", ())]),
        ("店长 王强", [("王强", "店长", ())]),
        ("王强 店长", [("王强", "店长", ())]),
        ("王强、店长、市场部", [("王强", "店长/市场部", ())]),
        ("王强 欧阳部", [("王强 欧阳部", "", ())]),  # a name of two and one, no part of a firm
        ("老王/小李", [("老王", "", ()), ("小李", "", ())]),
        ("John Smith; Mary Li", [("John Smith", "", ()), ("Mary Li", "", ())]),
        ("J5; K7", [("J5; K7", "", ())]),  # with digits: no names, so one text
        ("宝悦汽车用品有限公司/成都宝悦汽车销售", [("宝悦汽车用品有限公司/成都宝悦汽车销售", "", ())]),
        (f"王强{MOBILE}、王强{OTHER}", [("王强", "", (MOBILE, OTHER))]),
        (f"王强{MOBILE}、王强（店长）{MOBILE}", [("王强", "店长", (MOBILE,))]),
        (f"{MOBILE}王强、{OTHER}李敏", [("王强", "", (MOBILE,)), ("李敏", "", (OTHER,))]),
        (f"王强、{MOBILE}、{OTHER}", [("王强", "", (MOBILE, OTHER))]),
    ],
)
def test_people_of_a_cell(cell: str, found: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert people.people_in(cell) == tuple(Person(*one) for one in found)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (f"老王{MOBILE}", ["老王"]),
        (f"王总{MOBILE}", ["王总"]),
        (f"阿迪力·买买提{MOBILE}", ["阿迪力·买买提"]),
        (f"销售电话{MOBILE}", []),
        (f"Wang {MOBILE}", []),
        (f"王强{MOBILE}、售后{OTHER}", []),  # one of the two is nobody: the cell is one of phones
    ],
)
def test_names_in_a_cell_of_phones_where_they_are_surely_names(cell: str, names: list[str]) -> None:
    assert [one.name for one in people.named_phones(cell)] == names


def test_one_name_is_the_contact_and_a_phone_without_one_stays_beside_it() -> None:
    values: dict[str, Any] = {"contact": "13900001234"}
    people.put(values, people.people_in(MOBILE))
    assert values == {"contact_phone": [MOBILE]}
    people.put(values, people.people_in(f"王强（店长）{OTHER}"))
    said = {"contact": "王强", "title": "店长", "contact_phone": [OTHER]}
    assert values == {"contact_phone": [MOBILE], "contact": "王强", "people": [said]}


def test_phones_join_whom_the_row_names_already() -> None:
    values: dict[str, Any] = {"contact": "王强"}
    found = [
        Person("王强", "店长", (MOBILE,)),
        Person("李敏", "", (OTHER,)),
        Person("", "", ("02885551234",)),
    ]
    assert people.join(values, found) == ["02885551234"]
    king = {"contact": "王强", "title": "店长", "contact_phone": [MOBILE]}
    assert values == {"contact": "王强", "people": [king, {"contact": "李敏", "contact_phone": [OTHER]}]}
    people.join(values, [Person("王强", "总经理", (MOBILE, OTHER))])  # the title that was there stays
    assert values["people"][0] == {**king, "contact_phone": [MOBILE, OTHER]}


def test_a_further_person_is_the_first_where_there_was_none() -> None:
    values: dict[str, Any] = {"name": "甲店"}
    people.add(values, {}, {"contact": "李敏", "title": "店长"})
    assert values == {"name": "甲店", "contact": "李敏", "title": "店长"}
    people.add(values, {}, {"contact": "王强"})
    assert values["people"] == [{"contact": "李敏"}, {"contact": "王强"}]


def test_what_nobody_is_named_for_is_the_shops() -> None:
    values: dict[str, Any] = {"phone": [MOBILE]}
    custom: dict[str, str] = {}
    people.add(values, custom, {"contact_phone": [MOBILE, OTHER], "title": "店长"})
    assert values == {"phone": [MOBILE, OTHER]} and custom == {"title": "店长"}


def test_titles_and_roles_are_shared_one_each_or_all_are_the_firsts() -> None:
    two: dict[str, Any] = {"people": [{"contact": "王强"}, {"contact": "李敏"}]}
    people.share(two | {"title": "店长/经理", "role": ["decider", "user"]})
    assert two["people"] == [
        {"contact": "王强", "title": "店长", "role": ["decider"]},
        {"contact": "李敏", "title": "经理", "role": ["user"]},
    ]
    one: dict[str, Any] = {"people": [{"contact": "王强"}, {"contact": "李敏"}], "role": ["decider"]}
    people.share(one)
    assert one["people"] == [{"contact": "王强", "role": ["decider"]}, {"contact": "李敏"}]


def test_as_many_phones_as_people_without_one_are_theirs_in_turn_else_the_firsts() -> None:
    each: dict[str, Any] = {
        "people": [{"contact": "王强"}, {"contact": "李敏"}],
        "contact_phone": [MOBILE, OTHER],
    }
    people.share(each)
    assert [one["contact_phone"] for one in each["people"]] == [[MOBILE], [OTHER]]
    three: dict[str, Any] = {"people": [{"contact": "王强"}, {"contact": "李敏"}], "contact_phone": [MOBILE]}
    people.share(three)
    assert three["people"] == [{"contact": "王强", "contact_phone": [MOBILE]}, {"contact": "李敏"}]
