"""``--key`` where the commit itself fails: the exit code says whether the call stands in the book."""

from __future__ import annotations

import sqlite3

import pytest
from kit import Book

from salesflow import db


@pytest.mark.parametrize(("landed", "code"), [(False, 5), (True, 6)])
def test_a_commit_that_fails_is_judged_by_the_book(
    book: Book, monkeypatch: pytest.MonkeyPatch, landed: bool, code: int
) -> None:
    """Before it counts nothing is saved; after it the answer alone is missing, and the key finds it."""
    real = db.commit

    def fails(connection: sqlite3.Connection) -> None:
        if landed:
            real(connection)
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(db, "commit", fails)
        assert book("add", "华星宝马", "--key", "k", code=code).err
    assert book.sql("SELECT count(*) FROM lead") == [(int(landed),)]
    assert book("add", "华星宝马", "--key", "k").out
    assert book.sql("SELECT count(*) FROM lead") == [(1,)]


def test_a_key_that_changes_nothing_leaves_the_book_as_it_is(book: Book) -> None:
    before = book.dump()
    book("log", "没有这家", "x", "--key", "k", code=3)
    assert book.dump() == before
