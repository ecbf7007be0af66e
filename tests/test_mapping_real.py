"""The real lists: columns as a person would set them, and who is the same from year to year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from salesflow.exchange.mapping import Plan, Record, known_columns, plan
from salesflow.exchange.tabular import read_table
from salesflow.names import address_key, addresses_contradict, cities_contradict, city_key, name_key

DEALERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "dealers"
pytestmark = pytest.mark.skipif(not DEALERS.exists(), reason="the real lists are not here")


def taken(file: str) -> tuple[Plan, list[Record]]:
    """The plan of a real list and all its records."""
    table = read_table(DEALERS / file, name=file, looks_like_header=known_columns)
    rows = [row.cells for row in table.rows]
    found = plan(table.header, rows[:200])
    return found, [found.record(row) for row in rows]


MAPPINGS = [
    ("skoda_2019.xlsx", 502,
     {"省份": "province", "城市": "city", "县区": "area", "品牌": "brands", "公司名称": "name",
      "联系电话": "phone", "地址": "address", "经度": "lng", "纬度": "lat", "坐标": "location",
      "省份1": "province", "城市1": "city", "县区1": "area"}, ["编号", "分类"]),
    ("skoda_2020.xlsx", 498,
     {"公司名称": "name", "县区": "area", "品牌": "brands", "地址": "address", "坐标": "location",
      "城市": "city", "省份": "province", "纬度": "lat", "经度": "lng", "联系电话": "phone"},
     ["crawlTime", "编号"]),
    ("wey_2020.xlsx", 321,
     {"公司名称": "name", "县区": "area", "品牌": "brands", "地址": "address", "坐标": "location",
      "城市": "city", "省份": "province", "纬度": "lat", "经度": "lng", "联系电话": "phone"},
     ["crawlTime", "编号"]),
    ("ds_gb18030.csv", 96,
     {"fullname": "name", "name": "name", "address": "address", "servicetel": "phone", "selltel": "phone",
      "lon": "lng", "lat": "lat"},
     ["id", "image", "code", "openweb", "onlineser", "city", "published", "subdomain", "lang", "website"]),
    ("ford.jsonl", 573,
     {"area": "area", "province": "province", "city": "city", "dealer_name": "name", "pointy": "lat",
      "pointx": "lng", "address": "address", "tel": "phone", "service_tel": "phone"},
     ["city_id", "area_code", "dealer_code", "fex", "email"]),
    ("excel_paste.tsv", 27, {"城市": "city", "市场名称": "name"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("file", "rows", "mapping", "custom"), MAPPINGS)
def test_columns(file: str, rows: int, mapping: dict[str, str], custom: list[str]) -> None:
    found, records = taken(file)
    assert len(records) == rows
    assert found.mapping == mapping
    assert sorted(found.custom) == sorted(custom)


def test_the_full_name_wins() -> None:
    found, records = taken("ds_gb18030.csv")
    assert found.doubled["name"] == ("fullname", "name")
    assert records[0].values["name"] == "北京庞大华业汽车销售服务有限公司 4S店"
    assert records[0].values["phone"] == ["010-87390199", "010-87394886"]


@pytest.mark.parametrize(
    ("file", "swapped", "placed"),
    [("skoda_2020.xlsx", 498, 498), ("skoda_2019.xlsx", 498, 499), ("wey_2020.xlsx", 0, 321)],
)
def test_the_wrong_way_round(file: str, swapped: int, placed: int) -> None:
    found, records = taken(file)
    assert found.counts.get("swapped_coordinates", 0) == swapped
    assert "bad_coordinates" not in found.counts
    places = [(r.values["lat"], r.values["lng"]) for r in records if "lat" in r.values]
    assert len(places) == placed
    assert all(3 <= lat <= 54 and 73 <= lng <= 135 for lat, lng in places)


def test_only_the_row_without_a_name_is_faulty() -> None:
    faults = {file: [r for r in taken(file)[1] if r.faults] for file, *_ in MAPPINGS}
    assert {file: len(found) for file, found in faults.items() if found} == {"excel_paste.tsv": 1}


def test_every_phone_is_in_its_one_form_or_explained() -> None:
    odd = set()
    for file, *_ in MAPPINGS:
        for record in taken(file)[1]:
            odd |= {p for p in record.values.get("phone", ()) if not _usual(p)}
    # Two numbers run together; the last three digits of another; one digit too many.
    assert odd == {"0534-27311112737777", "0312-3360888/899", "40086885834"}


def _usual(phone: str) -> bool:
    number = phone.partition(" 转 ")[0].replace("-", "")
    mobile_or_landline = len(number) in (11, 12) and number[0] in "01"
    return number.isdecimal() and (mobile_or_landline or len(number) in (7, 8, 10))


def known(values: dict[str, object], book: Sequence[dict[str, object]]) -> bool:
    """Whether a lead of the book is the same (cli.md, Who is the same)."""
    name, city, address = (str(values.get(k, "")) for k in ("name", "city", "address"))
    return any(
        name_key(str(lead["name"])) == name_key(name)
        and not cities_contradict(city_key(str(lead.get("city", ""))), city_key(city))
        and not addresses_contradict(address_key(str(lead.get("address", ""))), address_key(address))
        for lead in book
        if lead["name"] == name or name_key(str(lead["name"])) == name_key(name)
    )


@pytest.mark.parametrize(
    ("files", "added"),
    [
        (["skoda_2019.xlsx", "skoda_2020.xlsx"], [502, 0]),
        (["wey_2020.xlsx", "wey_2020.xlsx"], [321, 0]),
        (["ds_gb18030.csv", "ds_gb18030.csv"], [96, 0]),
        (["ford.jsonl", "ford.jsonl"], [573, 0]),
        (["excel_paste.tsv", "excel_paste.tsv"], [26, 0]),
    ],
)
def test_who_is_the_same(files: list[str], added: list[int]) -> None:
    book: list[dict[str, object]] = []
    counts = []
    for file in files:
        before = len(book)
        for record in taken(file)[1]:
            if not record.faults and not known(record.values, book):
                book.append(record.values)
        counts.append(len(book) - before)
    assert counts == added
