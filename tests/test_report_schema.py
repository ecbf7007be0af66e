"""What every report answers with --json is what docs/reference/reports.schema.json says, no key more and none less.

The validator below knows the words of JSON Schema that the file uses, and refuses any other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT
from kit import NOW, Book, filled
from report_book import fill

from salesflow.commands.report_kinds import KINDS
from salesflow.reports.shapes.document import SHAPES, document
from salesflow.reports.shapes.language import DAY, INSTANT

FILE = ROOT / "docs" / "reference" / "reports.schema.json"
SCHEMA = document()
KINDS_OF_VALUE: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "pattern", "minimum",
    "maximum", "description",
}  # fmt: skip


def problems(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Where and how the value is not what the schema says."""
    assert set(schema) <= KNOWN, schema
    if "$ref" in schema:
        yield from problems(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    if "anyOf" in schema and all(any(problems(value, one, at)) for one in schema["anyOf"]):
        yield f"{at}: {value!r} is none of them"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not one of {schema['enum']}"
    if "type" in schema:
        yield from _typed(value, schema, at)


def _typed(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    held = tuple(one for kind in kinds for one in KINDS_OF_VALUE[kind])
    if not isinstance(value, held) or (isinstance(value, bool) and "boolean" not in kinds):
        yield f"{at}: {value!r} is no {kinds}"
    elif isinstance(value, dict):
        yield from _object(value, schema, at)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from problems(one, schema["items"], f"{at}[{place}]")
    elif isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value):
            yield f"{at}: {value!r} is not like {schema['pattern']}"
    elif value is not None and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value!r} lies outside"


def _object(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: no {key}" for key in schema["required"] if key not in value)
    for key, one in value.items():
        if key in schema["properties"]:
            yield from problems(one, schema["properties"][key], f"{at}.{key}")
        elif not schema["additionalProperties"]:
            yield f"{at}: {key} is not told"


def told(found: Any, name: str) -> list[str]:
    """The first ways in which the answer is not what the description of that name says."""
    return list(problems(found, {"$ref": f"#/$defs/{name}"}))[:5]


@pytest.fixture
def lively(book: Book) -> Book:
    """Half a year in which something of everything happened."""
    return filled(book, fill)


def check_all(book: Book, now: str) -> None:
    """Nothing; every report in every form is as it is described."""
    for name, kind in KINDS.items():
        ways: list[tuple[str, ...]] = [(), ("--explain",), ("--compare",)]
        for way in ways:
            if set(way) <= set(kind.takes):
                assert told(book("report", name, *way, "--json", now=now).json, name) == [], (name, way, now)
        if "--period" in kind.takes:
            found = book("report", name, "--from", "2026-01-01", "--json", now=now).json
            assert told(found, name) == [], (name, now)
        for option, form in (("--by", "by_rep"), ("--backtest", "backtest")):
            if option in kind.takes:
                words = (option, "rep") if option == "--by" else (option,)
                found = book("report", name, *words, "--json", now=now).json
                assert told(found, f"{name}_{form}") == [], (name, option, now)


def test_an_empty_book_answers_what_is_described(book: Book) -> None:
    check_all(book, NOW)


def test_the_demo_book_answers_what_is_described(book: Book) -> None:
    demo = Book(book.path.with_name("demo.db"), book.patch)
    demo("--db", str(demo.path), "demo")
    for now in (NOW, "2026-12-02T09:00"):
        check_all(demo, now)


@pytest.mark.parametrize(
    "now", ["2026-07-30T10:00", "2026-09-28T10:00", "2026-11-20T10:00", "2026-12-05T09:00"]
)
def test_a_book_of_half_a_year_answers_what_is_described(lively: Book, now: str) -> None:
    check_all(lively, now)


def test_a_book_of_two_reps_answers_what_is_described(lively: Book) -> None:
    lively("edit", "3", "--set", "owner=李想", now=NOW)
    for words in (("coverage", "--city", "成都"), ("team",), ("first-contact", "--from", "2026-01-01")):
        assert told(lively("report", *words, "--json", now=NOW).json, words[0]) == []


def test_every_report_is_described_and_nothing_else() -> None:
    described = {name.partition("_")[0] for name in SHAPES}
    assert described == set(KINDS)
    for name, kind in KINDS.items():
        assert (f"{name}_by_rep" in SHAPES) == ("--by" in kind.takes)
        assert (f"{name}_backtest" in SHAPES) == ("--backtest" in kind.takes)


def test_the_file_is_the_one_made_of_the_descriptions() -> None:
    if not FILE.exists():
        pytest.skip("the reference is not made yet")
    assert json.loads(FILE.read_text("utf-8")) == SCHEMA


def test_every_name_that_is_referred_to_is_there() -> None:
    referred = set(re.findall(r"#/\$defs/([^\"]+)", json.dumps(SCHEMA)))
    assert referred == set(SCHEMA["$defs"])


@pytest.mark.parametrize(
    ("value", "schema", "said"),
    [
        (
            {"a": 1},
            {"type": "object", "properties": {}, "required": [], "additionalProperties": False},
            "not told",
        ),
        ({}, {"type": "object", "properties": {}, "required": ["a"], "additionalProperties": False}, "no a"),
        (True, {"type": "integer"}, "is no"),
        (1.5, {"type": "integer"}, "is no"),
        (None, {"type": "string"}, "is no"),
        ("11-24", {"type": "string", "pattern": DAY}, "is not like"),
        (1.2, {"type": "number", "maximum": 1, "minimum": 0}, "outside"),
        (-1, {"type": ["integer", "null"], "minimum": 0}, "outside"),
        ("c", {"enum": ["a", "b"]}, "not one of"),
        (3, {"anyOf": [{"type": "string"}, {"type": "null"}]}, "none of them"),
        ([1, "2"], {"type": "array", "items": {"type": "integer"}}, r"$[1]"),
    ],
)
def test_the_validator_finds_what_is_wrong(value: Any, schema: dict[str, Any], said: str) -> None:
    (found,) = problems(value, schema)
    assert said in found


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        (None, {"type": ["integer", "null"], "minimum": 0}),
        (1, {"type": "number", "minimum": 0, "maximum": 1}),
        ("2026-11-24T10:05", {"type": "string", "pattern": INSTANT}),
        (True, {"enum": [True]}),
        (None, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ],
)
def test_the_validator_takes_what_is_right(value: Any, schema: dict[str, Any]) -> None:
    assert list(problems(value, schema)) == []
