"""A command that leaves everything as it was is no step: undo never stands still on it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from kit import Book
from team_kit import tables

SAME = (
    ["config", "city", "成都"],
    ["config", "rep", "陈磊"],
    ["contact", "edit", "1", "王建国", "--role", "精品部"],
    ["edit", "1", "--set", "need=yes"],
)


@pytest.mark.parametrize("words", SAME, ids=" ".join)
def test_the_same_again_is_no_step(book: Book, words: list[str]) -> None:
    book("add", "华星宝马", "--contact", "王建国")
    book(*words)
    steps = book.steps()
    book(*words)
    assert book.steps() == steps


def test_a_list_imported_again_with_its_profile_is_no_step(book: Book, tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名,地址\n华星宝马,武侯大道1号\n", encoding="utf-8")
    for _ in range(3):
        book("import", str(sheet), "--save-profile", "sheet")
    assert book.steps() == 1
    book("undo")
    assert book("list", "--json").json == []


def test_an_empty_step_of_an_older_book_is_passed_over(book: Book) -> None:
    book("add", "华星宝马")
    connection = sqlite3.connect(book.path)
    row = connection.execute(
        "INSERT INTO operation (at, command, by, kind, open) VALUES ('2026-11-24T10:05', 'config', '陈磊', 'step', 1)"
    )
    connection.execute("UPDATE setting SET value = value")  # writes an image in which nothing differs
    connection.execute("UPDATE operation SET open = NULL WHERE id = ?", (row.lastrowid,))
    connection.commit()
    connection.close()
    assert "华星宝马" in book("undo").out
    assert book("list", "--json").json == []


@pytest.mark.parametrize(
    "sql", ["UPDATE lead SET note = '别人写的' WHERE id = 2", "DELETE FROM lead WHERE id = 2"]
)
def test_an_import_is_not_taken_back_over_a_row_that_is_not_as_it_left_it(
    book: Book, tmp_path: Path, sql: str
) -> None:
    """P5: written by another program past the history, as nothing of ours does."""
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名,联系人\n甲店,王建国\n乙店,\n丙店,李总\n", "utf-8")
    book("import", str(sheet))
    connection = sqlite3.connect(book.path)
    with connection:
        connection.execute("UPDATE operation SET open = 2 WHERE command = 'import'")
        connection.execute(sql)
        connection.execute("UPDATE operation SET open = NULL WHERE command = 'import'")
    connection.close()
    book.refuse(1, "undo", "--yes")


def test_every_kind_of_value_is_redone_as_it_was(book: Book, tmp_path: Path) -> None:
    """Marks of JSON, places, own fields, line breaks, a character beyond the first plane, zeros: to the byte."""
    sheet = tmp_path / "list.csv"
    sheet.write_text(
        "店名,备注,经度,纬度,月销量,品牌,编号,标签,联系人,上次跟进,下次跟进\n"
        '"甲""店\\",\'{"a": 1}\',104.066541,30.5,0,"宝马,奥迪",007,甲/乙,王建国,2026-11-02,2026-12-01\n'
        '𠮷店,"两行\n一行",,,12,,null,,,,\n',
        "utf-8",
    )
    book("import", str(sheet))
    rows = tables(book)
    for words in (["undo"], ["redo"]):
        book(*words, "--yes")
    assert tables(book) == rows
    assert book("check").out == ""


def test_an_import_is_not_redone_over_a_row_that_is_there(book: Book, tmp_path: Path) -> None:
    """P5: written by another program past the history, under an id that the import had."""
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名\n甲店\n乙店\n", "utf-8")
    book("import", str(sheet))
    connection = sqlite3.connect(book.path)
    with connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(lead)")]
        row = connection.execute("SELECT * FROM lead WHERE id = 2").fetchone()
    book("undo", "--yes")
    with connection:
        connection.execute("UPDATE operation SET open = 2 WHERE command = 'import'")
        connection.execute(
            f"INSERT INTO lead ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", row
        )
        connection.execute("UPDATE operation SET open = NULL WHERE command = 'import'")
    connection.close()
    book.refuse(1, "redo", "--yes")
