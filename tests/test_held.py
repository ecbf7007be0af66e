"""A command opens its book once; between its looks the book is anyone's, and what others did to it is seen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from kit import Book, make

from salesflow import db, db_held, schema
from salesflow.db_step import BookConnection
from salesflow.errors import Unusable
from salesflow.store import settings


@pytest.fixture
def held() -> Iterator[db_held.Held]:
    """What one command holds."""
    one = db_held.Held()
    yield one
    one.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every opening of a book, as it happens."""
    found: list[Any] = []
    really = db.open_book

    def opening(*words: Any, **more: Any) -> sqlite3.Connection:
        found.append(words)
        return really(*words, **more)

    monkeypatch.setattr(db, "open_book", opening)
    return found


def taken(book: Book) -> bool:
    """Whether somebody holds the book: nobody else could write in it."""
    with closing(sqlite3.connect(book.path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        return False


def named(held: db_held.Held, book: Book) -> str:
    """The rep that the book names, as one look says."""
    with held.look(book.path) as connection:
        return settings.list_settings(connection)["rep"]


@pytest.mark.parametrize(
    "line", ["call 1 谈了", "edit 1 --set need=yes", "undo", "show 1", "today", "call 1 谈了 --key k"]
)
def test_a_command_opens_its_book_once(book: Book, opened: list[Any], line: str) -> None:
    book("add", "甲店")
    opened.clear()
    book(*line.split())
    assert len(opened) == 1


def test_between_two_looks_the_book_is_anyones(held: db_held.Held, book: Book, opened: list[Any]) -> None:
    assert named(held, book) == "陈磊"
    assert not taken(book)
    book("config", "rep", "李想")
    opened.clear()
    assert named(held, book) == "李想"
    assert opened == []


def test_a_look_that_was_not_read_to_its_end_is_not_gone_on_with(
    held: db_held.Held, book: Book, opened: list[Any]
) -> None:
    with held.look(book.path) as connection:
        rows = connection.execute("SELECT id FROM history")
        rows.fetchone()
        assert taken(book)
    assert named(held, book) == "陈磊"
    assert len(opened) == 2
    del rows
    assert not taken(book)


def counted(book: Book) -> bool:
    """Whether the row stands in the book that ``COUNT`` writes, past every command."""
    return bool(book.sql("SELECT 1 FROM sqlite_sequence WHERE name = 'nothing'"))


COUNT = "INSERT INTO sqlite_sequence (name, seq) VALUES ('nothing', 1)"


def test_a_transaction_that_was_left_open_is_gone(held: db_held.Held, book: Book) -> None:
    with held.look(book.path, write=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(COUNT)
    assert not taken(book)
    assert not counted(book)


def test_a_look_that_failed_is_not_gone_on_with(held: db_held.Held, book: Book, opened: list[Any]) -> None:
    with pytest.raises(Unusable), held.look(book.path) as connection:
        connection.execute("SELECT nothing FROM nowhere")
    assert named(held, book) == "陈磊"
    assert len(opened) == 2


def test_what_reads_never_writes(held: db_held.Held, book: Book, opened: list[Any]) -> None:
    for write in (False, True, False):
        with held.look(book.path, write=write) as connection:
            assert connection.execute("PRAGMA query_only").fetchone()[0] == (not write)
            cache = -2_000 if write else -db.READ_CACHE_KB
            assert connection.execute("PRAGMA cache_size").fetchone()[0] == cache
    assert len(opened) == 1


def test_a_look_inside_another_is_one_of_its_own(held: db_held.Held, book: Book) -> None:
    query = "SELECT count(*) FROM sqlite_sequence WHERE name = 'nothing'"
    with held.look(book.path, write=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(COUNT)
        with held.look(book.path) as inner:
            assert inner.execute(query).fetchone() == (0,)
        connection.execute("COMMIT")
    with held.look(book.path) as connection:
        assert connection.execute(query).fetchone() == (1,)


def test_a_book_in_the_place_of_another_is_the_one_that_is_read(held: db_held.Held, book: Book) -> None:
    other = make(book.path.with_name("other.db"), book.patch)
    other("config", "rep", "王芳")
    assert named(held, book) == "陈磊"
    shutil.move(other.path, book.path)
    assert named(held, book) == "王芳"


def test_a_book_that_a_newer_program_has_changed_is_refused(held: db_held.Held, book: Book) -> None:
    assert named(held, book) == "陈磊"
    with closing(sqlite3.connect(book.path)) as other:
        other.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(Unusable) as refused:
        named(held, book)
    assert refused.value.key == "book.newer"


def test_a_book_whose_tables_somebody_changed_is_looked_at_anew(held: db_held.Held, book: Book) -> None:
    assert named(held, book) == "陈磊"
    with closing(sqlite3.connect(book.path)) as other:
        other.execute("DROP TRIGGER setting_update")
    with pytest.raises(Unusable) as refused:
        named(held, book)
    assert refused.value.key == "book.schema_differs"


def test_a_book_that_is_gone_is_missed(held: db_held.Held, book: Book) -> None:
    assert named(held, book) == "陈磊"
    book.path.unlink()
    with pytest.raises(Exception, match=r"book\.missing") as missed:
        named(held, book)
    assert missed.type.__name__ == "NotFound"


class Poor(BookConnection):
    """A connection that once has no memory for the statement ``lacks``."""

    lacks = ""

    def execute(self, sql: str, /, *values: Any) -> sqlite3.Cursor:
        """What it finds."""
        if sql == Poor.lacks:
            Poor.lacks = ""
            raise MemoryError
        return super().execute(sql, *values)


@pytest.mark.parametrize(("place", "lacks"), [(0, "SELECT 1"), (1, "PRAGMA query_only = ON")])
def test_where_memory_runs_out_between_two_looks_the_book_is_opened_anew(
    held: db_held.Held,
    book: Book,
    opened: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    place: int,
    lacks: str,
) -> None:
    monkeypatch.setattr(db, "BookConnection", Poor)
    for look in range(2):
        Poor.lacks = lacks if look == place else ""
        assert named(held, book) == "陈磊"
        assert Poor.lacks == ""
    assert len(opened) == 2


def test_where_an_open_file_cannot_be_replaced_none_stays_open(
    held: db_held.Held, book: Book, opened: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db_held, "_STAYS", False)
    assert [named(held, book), named(held, book)] == ["陈磊", "陈磊"]
    assert len(opened) == 2
