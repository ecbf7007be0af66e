"""A sheet's columns of the customer file: industry, size, credit, flags, the list they came from (E3, E5, L3)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kit import Book

HEADER = "店名,行业,规模,股东名单,协助经理,资信评定人,来自名单,标杆,重点客户\n"


def test_columns_of_the_customer_file_are_taken(book: Book, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(HEADER + "甲店,,,张三 60%,李经理,财务部,2026 展会名单,是,√\n乙店,,,,,,,否,\n", "utf-8")
    answer = book("import", str(sheet), "--json").json
    assert (answer["added"], answer["custom"]) == (2, [])
    with sqlite3.connect(book.path) as connection:
        rows = connection.execute(
            "SELECT shareholders, helped_by, credit_by, from_list, reference, key_target FROM lead ORDER BY id"
        ).fetchall()
    assert rows == [
        ("张三 60%", "李经理", "财务部", "2026 展会名单", 1, 1),
        (None, None, None, None, None, None),
    ]


def test_a_credit_grade_of_a_sheet_has_its_day_and_who_gave_it(book: Book, tmp_path: Path) -> None:
    """L3: who gave it and when; a process without credit grades takes any word."""
    own = tmp_path / "own.toml"
    own.write_text(BARE, "utf-8")
    book("process", "use", str(own))
    sheet = tmp_path / "a.csv"
    sheet.write_text("店名,资信\n甲店,一级\n", "utf-8")
    assert book("import", str(sheet), "--json").json["added"] == 1
    with sqlite3.connect(book.path) as connection:
        row = connection.execute("SELECT credit, credit_on, credit_by IS NOT NULL FROM lead").fetchone()
    assert row == ("一级", "2026-11-24", 1)


BARE = """
code = "bare"
title = { zh = "简单", en = "Bare" }
default_via = "call"
[grade_none]
every = 7
[via]
call = { zh = "电话", en = "call" }
[[stage]]
code = "new"
title = { zh = "新", en = "New" }
gate = []
[[stage]]
code = "sold"
title = { zh = "成了", en = "Sold" }
won = true
gate = [{ order = "signed" }]
"""
