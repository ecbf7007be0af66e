"""Files of people who never heard of this program: their headers, encodings, address books and sums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Book


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Any:
    """``take(text, *words)``: the outcome of importing the text; ``name`` and ``encoding`` say in what file."""

    def one(text: str, *words: str, name: str = "a.csv", encoding: str = "utf-8", **more: Any) -> Any:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return book("import", str(path), "--json", *words, **more)

    return one


def test_utf_16_in_either_order_without_a_mark(book: Book, take: Any) -> None:
    # characters like 一 (U+4E00) and 开 (U+5F00) have a zero byte too
    text = "店名,城市,电话\n一汽开元店,西安,029-86111222\n一汽沃尔沃,上海,021-64667788\n"
    for number, encoding in enumerate(("utf-16-be", "utf-16-le")):
        answer = take(text, name=f"{encoding}.csv", encoding=encoding).json
        assert (answer["encoding"], answer["added"]) == (encoding, 2 - 2 * number)
    assert book.show("一汽开元店")["phone"] == "029-86111222"


def test_headers_of_taiwan_and_of_whose_customer_it_is(book: Book, take: Any) -> None:
    answer = take("店名,聯繫人,聯絡電話,歸屬\n蓝池店,赵敏,029-86111222,李四\n").json
    assert answer["mapping"] == {"店名": "name", "聯繫人": "contact", "聯絡電話": "phone", "歸屬": "owner"}
    lead = book.show("蓝池店")
    assert (lead["owner"], [one["name"] for one in lead["contacts"]]) == ("李四", ["赵敏"])


ADDRESS_BOOK = "姓,名,单位,移动电话\n陈,伟,昆明别克中心,13888001100\n李,芳,,13888002200\n"


def test_who_has_no_firm_is_no_lead_unless_that_is_said(book: Book, take: Any) -> None:
    done = take(ADDRESS_BOOK)
    assert (done.json["added"], done.json["rejected"]) == (1, 1)
    assert "李芳" in done.json["rejects"][0]["reason"]
    assert "--people" in done.err and "--default name=" in done.err
    assert [one["name"] for one in book("list", "--json").json] == ["昆明别克中心"]
    answer = take(ADDRESS_BOOK, "--people").json
    assert (answer["added"], answer["duplicates"]) == (1, 1)
    assert book.show("李芳")["contacts"][0]["phones"] == ["13888002200"]


def test_people_without_a_firm_of_one_firm(book: Book, take: Any) -> None:
    assert take(ADDRESS_BOOK, "--default", "name=滇池商会").json["rejected"] == 0
    assert [one["name"] for one in book.show("滇池商会")["contacts"]] == ["李芳"]


def test_an_address_book_without_a_column_of_firms(book: Book, take: Any) -> None:
    sheet = "姓,名,移动电话\n李,芳,13888002200\n"
    done = take(sheet, code=2)
    assert "--people" in done.err and "--default name=" in done.err
    assert take(sheet, "--people").json["added"] == 1
    assert book.show("李芳")["contacts"][0]["phones"] == ["13888002200"]


def test_a_phone_that_encodes_the_marks_of_a_name_too(book: Book, take: Any) -> None:
    name = "".join(f"={byte:02X}" for byte in "周;杰".encode())
    card = (
        f"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{name}\r\n"
        "ORG:GUIYANG MOTORS\r\nTEL;CELL:13911110001\r\nEND:VCARD\r\n"
    )
    assert take(card, name="a.vcf").json["added"] == 1
    assert [one["name"] for one in book.show("GUIYANG MOTORS")["contacts"]] == ["周杰"]


ORDERS = (
    "客户,签约日期,金额,已收,收款日期,记录人\n"
    "南宁五菱,2026-03-02,4704,1000,2026-03-20,李四\n"
    "南宁五菱,2026-03-03,5000,5000,,李四\n"
    "南宁五菱,2026-03-04,300,已结清,,李四\n"
    "南宁五菱,2026-03-05,200,-,,李四\n"
    "南宁五菱,2026-03-06,100,0,,李四\n"
)


def test_what_an_order_sheet_says_was_collected_is_a_payment(book: Book, take: Any) -> None:
    book("add", "南宁五菱")
    before = book("export", "leads", "-f", "json").out
    answer = take(ORDERS, "--kind", "orders").json
    assert (answer["added"], answer["unused"]) == (5, [])
    orders = {one["amount"]: one for one in book("export", "orders", "-f", "json").json}
    payments = book("export", "payments", "-f", "json").json
    # without a day of its own it came in when the order was signed; a word is no amount and is kept
    assert [(one["on"], one["amount"], one["by"]) for one in payments] == [
        ("2026-03-20", 1000, "李四"),
        ("2026-03-03", 5000, "李四"),
    ]
    assert [one["order"] for one in payments] == [orders[4704]["uid"], orders[5000]["uid"]]
    assert "已结清" in orders[300]["note"]
    week = book("report", "week", "--date", "2026-03-04", "--json").json["totals"]
    assert (week["sales"], week["collected"]) == (10304, 5000)
    # neither the sheet again nor a sheet of the same payments brings them twice
    assert take(ORDERS, "--kind", "orders").json["duplicates"] == 5
    paid = take("客户,收款日期,金额\n南宁五菱,2026-03-20,1000\n", "--kind", "payments").json
    assert (paid["added"], paid["duplicates"]) == (0, 1)
    book("undo", "--yes")
    assert book("export", "payments", "-f", "json").json == []
    assert book("export", "leads", "-f", "json").out == before


def test_words_and_currencies_that_are_not_ours_are_told_what_to_do(book: Book, take: Any) -> None:
    sheet = "店名,级别,目标金额\n甲店,A,\n乙店,B,500\n丙店,重点,\n丁店,A,$500\n"
    done = take(sheet)
    assert [one["row"] for one in done.json["rejects"]] == [4, 5]
    assert '--map "级别=custom"' in done.err and "--default grade=" in done.err
    answer = take(sheet, "--map", "级别=custom", "--map", "目标金额=custom", "--default", "grade=C").json
    assert (answer["added"], answer["rejected"]) == (2, 0)
    assert book.show("丙店")["custom"] == {"级别": "重点"}
    assert (book.show("丙店")["grade"], book.show("丁店")["custom"]["目标金额"]) == ("C", "$500")
