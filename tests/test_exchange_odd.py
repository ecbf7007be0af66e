"""Input that says nothing, or too much: properties without a value, files over the limits, cells of rare kinds."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from kit import Book
from test_exchange_reading import known, read, rows
from test_exchange_reading_workbooks import sheet_of, xlsx
from test_import_cards import card, person

from salesflow.errors import Unusable
from salesflow.exchange import jsonl, source, vcard_lines
from salesflow.exchange.headers import header_place, named_by_number
from salesflow.exchange.tabular import read_table
from salesflow.exchange.values import read_object

EMPTY = (
    "TEL:", "TITLE:", "EMAIL:", "ADR:;;;;;;", "GEO:30.5", "BDAY:", "NOTE:", "URL:", "IMPP:", "X-QQ:",
)  # fmt: skip


def import_cards(book: Book, tmp_path: Path, text: str, *words: str) -> Any:
    file = tmp_path / "people.vcf"
    file.write_bytes(text.encode())
    return book("import", str(file), "--json", *words)


def test_properties_without_a_value_say_nothing(book: Book, tmp_path: Path) -> None:
    assert import_cards(book, tmp_path, card("FN:王建国", "ORG:华星宝马", *EMPTY)).json["added"] == 1
    lead, who = book.show(1), person(book)
    assert [lead[name] for name in ("phone", "address", "note", "lat")] == [None] * 4
    assert (who["name"], who["phones"]) == ("王建国", [])
    assert [who[name] for name in ("title", "email", "birthday", "wechat")] == [None] * 4


def test_what_is_said_twice_is_kept_once(book: Book, tmp_path: Path) -> None:
    twice = ("EMAIL:a@example.com", "NOTE:先找他", "IMPP:qq:12345") * 2
    import_cards(book, tmp_path, card("FN:王建国", "ORG:华星宝马", *twice))
    assert person(book)["email"] == "a@example.com"
    assert book.show(1)["note"].splitlines().count("先找他") == 1
    assert "QQ：12345" in book.show(1)["note"]


def test_blank_lines_and_lines_of_nothing_in_a_file_of_cards(book: Book, tmp_path: Path) -> None:
    text = "\r\n \r\n" + card("FN:王建国", "", "ORG:华星宝马") + "\r\n"
    assert import_cards(book, tmp_path, text).json["added"] == 1


def test_an_encoding_of_cards_that_there_is_not(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    file.write_bytes(card("FN:王建国", "ORG:华星宝马").encode("gbk"))
    book.refuse(2, "import", str(file), "--encoding", "klingon")
    assert book("import", str(file), "--encoding", "gbk", "--json").json["added"] == 1
    file.write_bytes(card("FN:王建国", "ORG:华星宝马").encode())
    refused = book.refuse(1, "import", str(file), "--encoding", "gbk")  # it is in UTF-8
    assert "gb18030" in refused.err and "--encoding" in refused.err


def refused_as(data: bytes, name: str) -> str:
    with pytest.raises(Unusable) as caught:
        list(read_table(BytesIO(data), name=name, looks_like_header=known).rows)
    return caught.value.key


def test_more_than_may_be_held_in_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST_JSON", 100)
    monkeypatch.setattr(vcard_lines, "_LONGEST_LINE", 100)
    shop = '[\n{"店名": "甲店", "备注": "' + "长" * 90 + '"}\n]'
    assert refused_as(shop.encode(), "a.json") == "exchange.too_large_json"
    assert refused_as(card("FN:王", "NOTE:" + "长" * 40).encode(), "a.vcf") == "exchange.long_line"


def test_a_stream_larger_than_a_file_may_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 50)
    assert refused_as("店名,电话\n".encode() + b"a,1\n" * 20, "-") == "exchange.too_large"


def test_json_lines_of_no_objects_are_faults_and_the_others_rows() -> None:
    found = rows('{"店名": "甲店"}\n["乙店"]\n{"店名": "丙店"}\n', "a.jsonl")
    assert [row.cells for row in found if not row.fault] == [("甲店",), ("丙店",)] and len(found) == 3


def test_a_span_of_time_is_hours_and_minutes() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("店名", "电话", "备注"))
        sheet.write_row(1, 0, ("甲店", "13900001111"))
        long = book.add_format({"num_format": "[h]:mm:ss"})
        sheet.write_datetime(1, 2, timedelta(hours=30, minutes=5), long)

    assert read(xlsx(fill), "a.xlsx").rows.__next__().cells[2] == "30:05"


def test_a_workbook_of_one_row_alone_is_a_header_without_rows() -> None:
    assert refused_as(sheet_of(("店名", "电话")), "a.xlsx") == "exchange.no_rows"


def test_where_no_row_is_a_header_the_first_one_is() -> None:
    assert header_place([["a", "b", "c", "d"], [""], ["1"]], lambda cells: 0) == (0, 0)
    assert named_by_number(["", "1", "", "3"]) == ["1_", "1", "3_", "3"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1, "b": null}', {"a": "1"}),
        ("[1, 2]", {}),
        ("", {}),
        ("送样品", {"备注": "送样品"}),
    ],
)
def test_an_object_in_a_cell(text: str, found: dict[str, str]) -> None:
    assert read_object(text, "备注") == found
