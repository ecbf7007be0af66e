"""Today's list reads no whole table: an index finds its rows, and a count walks an index alone."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from salesflow import db
from salesflow.cli import main
from salesflow.schema import TABLES

SMALL = {"setting", "process", "workday", "import_profile"}  # a few rows each, however old the book is
LARGE = sorted(set(TABLES) - SMALL)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with leads in every bucket of the day."""
    path = tmp_path / "book.db"
    monkeypatch.setenv("SALESFLOW_DB", str(path))
    monkeypatch.setenv("SALESFLOW_NOW", "2026-11-20T09:00")
    for words in (
        ["init"],
        ["add", "成都宝悦汽车", "--area", "城东", "--grade", "A", "--next", "明天"],
        ["log", "1", "报价已给", "--next", "2026-11-23 14:30 送样"],
        ["add", "成都捷顺汽车", "--need", "yes"],
        ["add", "成都鹏龙汽车", "--next", "2026-11-24"],
    ):
        assert main(words) == 0, words
    monkeypatch.setenv("SALESFLOW_NOW", "2026-11-23T09:00")
    return path


def asked(book: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every query that the command asks, with its values in it."""
    found: list[str] = []
    connect = db._connect

    def listening(path: Path, *more: Any) -> sqlite3.Connection:
        connection = connect(path, *more)
        connection.set_trace_callback(found.append)
        return connection

    monkeypatch.setattr(db, "_connect", listening)
    assert main(words) == 0
    return [sql for sql in found if sql.lstrip().upper().startswith(("SELECT", "WITH"))]


def steps(book: Path, sql: str) -> list[str]:
    """The query plan, a line a step."""
    connection = sqlite3.connect(book)
    try:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    finally:
        connection.close()


def named(sql: str) -> set[str]:
    """The large tables, by their own names and by those that the query gives them: a plan tells the latter."""
    return {*LARGE, *re.findall(rf"\b(?:{'|'.join(LARGE)})\s+(?:AS\s+)?(\w+)", sql, re.IGNORECASE)}


def walks(book: Path, sql: str) -> list[str]:
    """The steps that go through a whole large table, rather than an index that holds all they need."""
    large = named(sql)
    return [
        step
        for step in steps(book, sql)
        if step.startswith("SCAN ") and step.split()[1] in large and "COVERING INDEX" not in step
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["today"],
        ["today", "--json"],
        ["today", "--limit", "20"],
        ["today", "--days", "7"],
        ["today", "--area", "城东"],
        ["today", "--grade", "A,-"],
        ["today", "--by", "area"],
        ["today", "--format", "chat"],
    ],
    ids=" ".join,
)
def test_today_goes_through_no_whole_table(
    book: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = [sql for sql in asked(book, words, monkeypatch) if any(name in sql for name in LARGE)]
    assert len(queries) > 5
    walked = {step: sql for sql in queries for step in walks(book, sql)}
    assert walked == {}


@pytest.mark.parametrize(
    ("sql", "whole"),
    [
        ("SELECT name FROM lead", True),
        ("SELECT count(*) FROM followup WHERE note = 'x'", True),
        ("SELECT name FROM lead WHERE id = 3", False),
        ("SELECT count(*) FROM lead INDEXED BY lead_funnel", False),
        ("SELECT l.name FROM lead l", True),
        ("SELECT p.id FROM promise p JOIN lead AS l ON l.id = p.lead_id WHERE p.reason IS NOT NULL", True),
        ("SELECT l.name FROM lead l WHERE l.id = 3", False),
        ("SELECT p.source FROM process p WHERE p.id IN (SELECT id FROM lead)", False),
    ],
)
def test_a_whole_table_is_noticed(book: Path, sql: str, whole: bool) -> None:
    assert bool(walks(book, sql)) is whole
