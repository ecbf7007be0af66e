"""``report coverage``: areas, blank ones, territories; two reps in one city, by hand (F11, E6, M3).

武侯 and 武侯区 are one area: 甲 (a customer, visited twice in November), 乙, 丙 of 陈磊; 丁 of 李想.
锦江区: 戊 of 李想, lost. 高新区 without a city: 己 of 李想. 绵阳's 涪城区: 庚, a name on a list.
"""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book, filled

from salesflow import divisions
from salesflow.reports import territories
from salesflow.reports.coverage import area_key
from salesflow.reports.territories import Held


def fill(book: Book) -> None:
    """The leads, their visits and the order."""

    def add(name: str, rep: str, *more: str) -> None:
        book("config", "rep", rep, now="2026-11-02T08:00")
        book("add", name, *more, now="2026-11-02T09:00")

    for name, rep, area in (("甲", "陈磊", "武侯区"), ("乙", "陈磊", "武侯区"), ("丙", "陈磊", "武侯"),
                            ("丁", "李想", "武侯区"), ("戊", "李想", "锦江区")):  # fmt: skip
        add(f"{name}店", rep, "--area", area, "--set", "city=成都市")
    add("己店", "李想", "--area", "高新区")
    book("visit", "甲店", "见了", "--no-next", now="2026-11-03T09:00")
    book("visit", "甲店", "又见了", "--no-next", now="2026-11-05T09:00")
    book("order", "甲店", "5万", now="2026-11-06T09:00")
    book("edit", "乙店", "--goal", "3万", "--goal-on", "2026-12-31", now="2026-11-06T09:00")
    book("lose", "戊店", "--reason", "price", now="2026-11-07T09:00")
    sheet = book.path.with_name("list.csv")
    sheet.write_text("店名,城市,区\n庚店,绵阳市,涪城区\n", "utf-8")
    book("import", str(sheet), now="2026-11-08T09:00")


@pytest.fixture
def told(book: Book) -> Book:
    """The book of two reps."""
    return filled(book, fill)


def data(book: Book, *words: str) -> dict[str, Any]:
    """The report as data."""
    found: dict[str, Any] = book("report", "coverage", *words, "--json").json
    return found


def test_areas_are_counted_once_however_they_are_written(told: Book) -> None:
    """Of 武侯's four one is a customer, three are open; 乙, 丙 and 丁 were never visited."""
    found = data(told)
    lines = {one["area"]: one for one in found["areas"]}
    keys = ("leads", "customers", "potential", "untouched", "deals", "visits", "unvisited", "sales", "value")
    assert {area: tuple(one[key] for key in keys) for area, one in lines.items()} == {
        "武侯区": (4, 1, 3, 0, 1, 2, 3, 50000, 30000),
        "锦江区": (1, 0, 0, 0, 0, 0, 0, 0, 0),
        "高新区": (1, 0, 1, 0, 0, 0, 1, 0, 0),
        "涪城区": (1, 0, 0, 1, 0, 0, 1, 0, 0),
    }
    assert lines["武侯区"]["reps"] == ["陈磊", "李想"]
    month = told("report", "month", "--json").json["totals"]
    assert (found["totals"]["visits"], found["totals"]["sales"]) == (month["visits"], month["sales"])


def test_blank_are_districts_without_a_lead_and_areas_without_a_deal(told: Book) -> None:
    """成都 has 20 districts; leads are known in 武侯区 and 锦江区. The city is that of most leads."""
    blank = data(told)["blank"]
    assert blank["districts"] == 20 and len(blank["unknown"]) == 18
    assert "金牛区" in blank["unknown"] and not {"武侯区", "锦江区"} & set(blank["unknown"])
    assert {one["area"] for one in blank["no_deal"]} == {"锦江区", "高新区", "涪城区"}


def test_a_city_is_looked_at_alone(told: Book) -> None:
    """高新区 without a city is taken to be in the city of most leads; 涪城区 without one would be 绵阳's."""
    assert [one["area"] for one in data(told, "--city", "成都")["areas"]] == ["武侯区", "高新区", "锦江区"]
    other = data(told, "--city", "绵阳")
    assert [one["area"] for one in other["areas"]] == ["涪城区"] and other["city"] == "绵阳市"
    nobody = data(told, "--city", "重庆")
    assert nobody["areas"] == [] and len(nobody["blank"]["unknown"]) == nobody["blank"]["districts"] == 38
    assert "渝中区" in told("report", "coverage", "--city", "重庆").out
    told.refuse(3, "report", "coverage", "--city", "火星")
    told.refuse(2, "report", "week", "--city", "成都")


def test_territories_weigh_existing_and_potential_customers(told: Book) -> None:
    """One customer and four potential ones are open: 陈磊 has 1/1 and 2/4, half each 0.75; 李想 0/1 and 2/4: 0.25."""
    found = data(told)
    keys = ("rep", "existing", "potential", "share", "load")
    assert [tuple(one[key] for key in keys) for one in found["territories"]] == [
        ("陈磊", 1, 2, 0.75, 1.5), ("李想", 0, 2, 0.25, 0.5),
    ]  # fmt: skip
    assert found["shared"] == [
        {
            "city": "成都市",
            "area": "武侯区",
            "leads": 4,
            "reps": [{"rep": "陈磊", "leads": 3}, {"rep": "李想", "leads": 1}],
        }
    ]


def test_a_book_of_one_rep_has_no_proposal(book: Book) -> None:
    """Nothing is to be evened out."""
    book("add", "甲店", "--area", "武侯区")
    assert data(book)["proposal"] is None


def held(area: str, rep: str | None, count: int) -> list[Held]:
    """So many potential customers of an area."""
    return [Held(("成都市", area), rep, False, None)] * count


def test_the_proposal_gives_an_area_to_who_has_most_of_it_up_to_an_even_share() -> None:
    """A has 6 of 8, B 2: an even share is 4. 甲 (4, A's) stays with A; 乙 (2, A's) would make 6: to B, who has
    none yet; 丙 (2, B's) makes B's 4.
    """
    found = territories.proposal(held("甲", "A", 4) + held("乙", "A", 2) + held("丙", "B", 2))
    assert found == {
        "moves": [{"city": "成都市", "area": "乙", "to": "B", "leads": 2, "from": ["A"], "unowned": 0}],
        "loads": [{"rep": "A", "load": 1.0}, {"rep": "B", "load": 1.0}],
    }


def test_leads_of_nobody_are_given_away_too() -> None:
    """The pool's three of 乙 go to B, who has one of it: 甲 4, 乙 4."""
    found = territories.proposal(held("甲", "A", 4) + held("乙", None, 3) + held("乙", "B", 1))
    assert found is not None
    assert found["moves"] == [
        {"city": "成都市", "area": "乙", "to": "B", "leads": 3, "from": [], "unowned": 3}
    ]


def test_spread_is_the_mean_way_to_the_middle() -> None:
    """Two shops a hundredth of a degree of latitude apart, 1,112 m: each lies 0.6 km from their middle."""
    two = [Held(("", "甲"), "A", False, (30.60, 104.0)), Held(("", "甲"), "A", False, (30.61, 104.0))]
    assert territories.balance(two)[0]["spread_km"] == 0.6


@pytest.mark.parametrize(
    ("area", "key"), [("武侯区", "武侯"), ("武侯", "武侯"), ("忠县", "忠县"), ("天府新区", "天府")]
)
def test_the_key_of_an_area(area: str, key: str) -> None:
    """忠县 without 县 would be no name."""
    assert area_key(area) == key


def test_districts_and_the_cities_that_have_one() -> None:
    """朝阳区 stands in 北京 and 长春; a zone in no list."""
    city, districts = divisions.districts("成都") or ("", ())
    assert city == "成都市" and districts[0] == "锦江区" and "金堂县" in districts
    assert divisions.districts("火星") is None
    assert divisions.cities_of("武侯") == ("成都",)
    assert {"北京", "长春"} <= set(divisions.cities_of("朝阳区"))
    assert divisions.cities_of("高新区") == ()
