"""JSON and JSON Lines become a table: values as text, nested keys, every usual shape."""

from __future__ import annotations

import json

import pytest
from test_exchange_reading import read, refused, rows

from salesflow.exchange.tabular import TableRow


def cells(text: str, name: str = "a.json") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    table = read(text, name)
    return table.header, [row.cells for row in table.rows]


def test_values_are_written_as_a_person_would() -> None:
    record = (
        '[{"a": 13800138000.0, "b": 1.50, "c": -3, "d": 1e3, "e": true, "f": null, "g": [],'
        ' "h": ["x", 2, null], "i": {"j": "深", "k": {"l": 1}}, "m": {}, "n": NaN,'
        ' "o": 31.211914749767, "p": 2.5e-3, "q": [{"z": 1}]}]'
    )
    assert cells(record) == (
        ("a", "b", "c", "d", "e", "f", "g", "h", "i.j", "i.k.l", "m", "n", "o", "p", "q"),
        [
            (
                *("13800138000", "1.50", "-3", "1000", "true", "", "", "x/2", "深", "1", "", ""),
                *("31.211914749767", "0.0025", '{"z": "1"}'),
            )
        ],
    )


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "7", "name": "甲"}, {"id": 8, "name": "乙"}]',
        '{"7": {"name": "甲"}, "8": {"name": "乙"}}',
        '{"7": {"id": 7, "name": "甲"}, "8": {"id": 8, "name": "乙"}}',
        '{"code": 0, "data": [{"id": 7, "name": "甲"}, {"id": 8, "name": "乙"}]}',
        '{"status": {"code": 0}, "data": {"list": [{"id": 7, "name": "甲"}, {"id": 8, "name": "乙"}]}}',
        '{"dealers": {"7": {"name": "甲"}, "8": {"name": "乙"}}}',
        '{"id": 7, "name": "甲"}\n{"id": 8, "name": "乙"}\n',
    ],
)
def test_every_usual_shape_gives_the_same_rows(text: str) -> None:
    assert cells(text) == (("id", "name"), [("7", "甲"), ("8", "乙")])


def test_one_object_is_one_row() -> None:
    assert cells('{"name": "甲", "phone": 1}') == (("name", "phone"), [("甲", "1")])
    assert cells('{"data": {"name": "甲"}}') == (("name",), [("甲",)])
    assert cells('{"7": {"name": "甲"}}') == (("id", "name"), [("7", "甲")])
    assert cells('{"name": "甲"}') == (("name",), [("甲",)])


def test_objects_with_different_keys_make_all_columns_in_the_order_first_seen() -> None:
    header = ("b", "a", "c")
    expected = [("1", "2", ""), ("", "3", "4")]
    assert cells('[{"b": 1, "a": 2}, {"a": 3, "c": 4}]') == (header, expected)
    assert cells('{"b": 1, "a": 2}\n{"a": 3, "c": 4}', "a.jsonl") == (header, expected)


def test_the_order_of_keys_may_differ_from_line_to_line() -> None:
    assert cells('{"a": "1", "b": "2"}\n{"b": "4", "a": "3"}')[1] == [("1", "2"), ("3", "4")]


def test_lines_know_their_number_and_bad_ones_are_faults() -> None:
    text = '\n{"name": "甲"}\n{"name": "断\n\n[1]\n{"name": ""}\n{"name": "乙"}\n'
    table = read(text, "a.jsonl")
    found = list(table.rows)
    assert (table.format, table.header_row) == ("jsonl", 0)
    assert [(row.number, row.fault.key if row.fault else "") for row in found] == [
        (2, ""),
        (3, "exchange.not_an_object"),
        (5, "exchange.not_an_object"),
        (7, ""),
    ]


def test_a_list_counts_its_members() -> None:
    assert rows('[{"name": "甲"}, {}, 3, {"name": "乙"}]', "a.json")[-1] == TableRow(4, ("乙",))


def test_escaped_characters_that_no_book_can_hold_are_faults() -> None:
    found = rows('[{"name": "a\\u0000b"}, {"name": "\\ud800"}, {"name": "\\ud83d\\ude00"}]', "a.json")
    assert [bool(row.fault) for row in found] == [True, True, False]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_json_in_other_encodings(encoding: str) -> None:
    text = json.dumps([{"name": "成都华星汽车", "note": "好"}] * 3, ensure_ascii=False)
    assert [row.cells for row in rows(text.encode(encoding), "a.json")] == [("成都华星汽车", "好")] * 3


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("[]", "a.json", "no_json_rows"),
        ("{}", "a.json", "no_json_rows"),
        ("[1, 2]", "a.json", "no_json_rows"),
        ('{"a": [{"x": 1}], "b": [{"y": 2}]}', "a.json", "no_json_rows"),
        ('[{"name": "甲"},\n{"name": ]', "a.json", "bad_json"),
        ("店名,电话\n甲,1\n", "a.json", "bad_json"),
        ('{"broken"\n{"also"\n', "a.jsonl", "no_json_rows"),
        ("[{}]", "a.json", "no_rows"),
        ("[" * 100_000, "a.json", "no_json_rows"),
        ('{"a":' * 100_000, "a.jsonl", "no_json_rows"),
    ],
)
def test_what_holds_no_records_is_refused(text: str, name: str, key: str) -> None:
    error = refused(text, name)
    assert (error.exit_code, error.key) == (5, f"exchange.{key}")


def test_broken_json_names_its_line() -> None:
    assert refused('[{"name": "甲"},\n{"name": ]', "a.json").values["line"] == 2


def test_a_number_of_many_digits_stays_as_it_is_written() -> None:
    digits = "9" * 5000
    assert rows(f'[{{"name": {digits}}}]', "a.json")[0].cells == (digits,)


def test_a_csv_whose_header_begins_with_a_bracket_is_a_csv() -> None:
    assert read("[店名],电话\n甲,1\n", "a.csv").header == ("[店名]", "电话")
