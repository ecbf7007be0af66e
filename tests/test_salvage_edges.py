"""salvage where a page, the header or a text lies: what can be read comes back, what is wrong is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from kit import Book
from soak import salvage

from salesflow import schema

PAGE = 4096
NAMES = ["华星宝马", "瑞安奥迪", "金港丰田"]


@pytest.fixture
def shops(book: Book) -> Book:
    """Three customers, the first with somebody and a call."""
    for name in NAMES:
        book("add", name)
    book("contact", "1", "王建国", "--phone", "13800001111")
    book("log", "1", "报了价")
    return book


def names(path: Path) -> list[str]:
    """What the customers of the book are called."""
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM lead ORDER BY id")]


def changed(book: Book, at: int, what: bytes) -> None:
    """Bytes of the book's file are others now."""
    content = bytearray(book.path.read_bytes())
    content[at : at + len(what)] = what
    book.path.write_bytes(content)


def page_of(book: Book, table: str) -> int:
    """Where in the file the table's first page begins."""
    with closing(sqlite3.connect(book.path)) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return int(found[0] - 1) * PAGE


def salvaged(book: Book, to: Path) -> dict[str, list[dict[str, object]]]:
    """What salvage tells; the new book is sound."""
    told: dict[str, list[dict[str, object]]] = book("salvage", "--to", str(to), "--json").json
    assert told["problems"] == []
    assert Book(to, book.patch)("check").out == ""
    return told


@pytest.mark.parametrize("size", [1024, 8192])
def test_a_header_that_lies_about_the_size_of_pages(shops: Book, tmp_path: Path, size: int) -> None:
    before = salvage.rows(shops.path)
    changed(shops, 16, size.to_bytes(2, "big"))
    salvaged(shops, tmp_path / "new.db")
    assert salvage.rows(tmp_path / "new.db") == before


def test_a_book_without_its_first_page(shops: Book, tmp_path: Path) -> None:
    """The list of tables is gone: rows are known by their shape."""
    changed(shops, 0, bytes(PAGE))
    salvaged(shops, tmp_path / "new.db")
    assert names(tmp_path / "new.db") == NAMES


@pytest.mark.parametrize(("table", "kind"), [("lead", b"\x05"), ("history", b"\x02"), ("operation", b"\x00")])
def test_a_page_that_is_of_another_kind(shops: Book, tmp_path: Path, table: str, kind: bytes) -> None:
    """An inner page that was a leaf, no page at all, one of an index."""
    changed(shops, page_of(shops, table), kind)
    salvaged(shops, tmp_path / "new.db")
    assert names(tmp_path / "new.db") == NAMES


@pytest.mark.parametrize("many", [b"\xff\xff", b"\x00\x00"])
def test_a_page_that_counts_wrongly(shops: Book, tmp_path: Path, many: bytes) -> None:
    """More rows than have room on the page, or none: the history has them."""
    changed(shops, page_of(shops, "lead") + 3, many)
    told = salvaged(shops, tmp_path / "new.db")
    assert names(tmp_path / "new.db") == NAMES
    assert {row["id"] for row in told["rows"] if row["table"] == "lead"} == {1, 2, 3}


def test_a_row_whose_length_is_no_length(shops: Book, tmp_path: Path) -> None:
    """The row is made anew of its history, its neighbours are read as they are."""
    start = page_of(shops, "lead")
    first = int.from_bytes(shops.path.read_bytes()[start + 8 : start + 10], "big")  # where the first row lies
    changed(shops, start + first, b"\xff" * 9)
    told = salvaged(shops, tmp_path / "new.db")
    assert names(tmp_path / "new.db") == NAMES
    assert [row["id"] for row in told["rows"] if row["table"] == "lead"] == [1]


def test_a_name_that_is_no_text_any_more(shops: Book, tmp_path: Path) -> None:
    """Half a character: the name comes from the history, and the row is named."""
    start = page_of(shops, "lead")
    at = shops.path.read_bytes().index(NAMES[1].encode(), start, start + PAGE)
    changed(shops, at, b"\xff\xfe")
    told = salvaged(shops, tmp_path / "new.db")
    assert names(tmp_path / "new.db") == NAMES
    assert [row["id"] for row in told["rows"] if row["table"] == "lead"] == [2]


@pytest.mark.parametrize("table", ["lead", "history", "process"])
def test_a_nul_in_the_middle_of_a_text(shops: Book, tmp_path: Path, table: str) -> None:
    """It stays nowhere: SQLite would take it for the end of the text, and the new seal with it."""
    start = page_of(shops, table)
    known = {"lead": NAMES[1], "history": "stages", "process": "stages"}[table].encode()
    changed(shops, shops.path.read_bytes().index(known, start), b"\0")
    salvaged(shops, tmp_path / "new.db")
    assert names(tmp_path / "new.db") == NAMES


@pytest.mark.parametrize(
    ("right", "wrong", "field"), [("film-4s", "fimm-4s", "process"), ("info", "infe", "stage")]
)
def test_a_code_that_no_process_has_gives_way_to_the_one_most_like_it(
    shops: Book, tmp_path: Path, right: str, wrong: str, field: str
) -> None:
    """The row and the history agree on it, and the book has nothing of that name."""
    content = shops.path.read_bytes()
    start = page_of(shops, "lead")
    rows = content[start : start + PAGE].replace(right.encode(), wrong.encode())
    content = content[:start] + rows + content[start + PAGE :]
    image = f'"{field}":"{{}}"'
    content = content.replace(image.format(right).encode(), image.format(wrong).encode())
    shops.path.write_bytes(content)
    told = salvaged(shops, tmp_path / "new.db")
    found = {one["id"]: one["fields"] for one in told["rows"] if one["table"] == "lead"}
    assert found == dict.fromkeys((1, 2, 3), {field: {"now": right, "besides": wrong}})
    assert Book(tmp_path / "new.db", shops.patch).show(1)[field] == right


def test_what_is_no_book_of_ours_to_salvage_is_said(shops: Book, tmp_path: Path) -> None:
    new = str(tmp_path / "new.db")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert str(folder) in shops("salvage", str(folder), "--to", new, code=5).err
    link = tmp_path / "link.db"
    link.symlink_to(shops.path)
    assert str(link) in shops("salvage", str(link), "--to", new, code=5).err
    changed(shops, 60, (schema.VERSION + 1).to_bytes(4, "big"))
    told = shops("salvage", "--to", new, code=5).err
    assert str(schema.VERSION + 1) in told and str(schema.VERSION) in told
    assert not Path(new).exists()


def test_where_there_is_no_place_nothing_is_written(shops: Book, tmp_path: Path) -> None:
    before = shops.path.read_bytes()
    assert shops("salvage", "--to", str(tmp_path / "none" / "new.db"), code=None).code in (3, 5)
    (tmp_path / "file").write_text("x")
    assert shops("salvage", "--to", str(tmp_path / "file" / "new.db"), code=None).code in (3, 5)
    assert shops.path.read_bytes() == before
