"""Reading the leads of late alone gives what reading all of them gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Book

from salesflow import db
from salesflow.store.standing import Leads

MOMENTS = ("2026-09-01T12:00", "2026-10-20T12:00", "2026-11-10T12:00", "2026-11-22T09:00")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Leads that came and went at different times: closed long ago, lately, opened again, still open."""
    made = Book(tmp_path / "book.db", monkeypatch, now="2026-09-01T09:00")
    made("init")
    for name in ("甲", "乙", "丙", "丁"):
        made("add", name)
    made("lose", "甲", "--reason", "no_need", now="2026-09-20T10:00")
    made("lose", "乙", "--reason", "no_need", now="2026-10-01T10:00")
    made("lose", "丙", "--reason", "no_need", now="2026-11-01T10:00")
    made("reopen", "乙", "--next", "11-30", "--why", "又找来了", now="2026-11-15T10:00")
    made("add", "戊", now="2026-11-20T10:00")
    return made


def test_open_leads_of_late(book: Book) -> None:
    connection = db.open_book(book.path)
    late = Leads(connection, since="2026-10-20T00:00")
    assert [one.id for one in late.all] == [2, 3, 4, 5]  # 1 was closed before
    assert [[one.id for one in late.open_at(moment)] for moment in MOMENTS[1:]] == [
        [3, 4],
        [4],
        [2, 4, 5],
    ]
    assert [one.id for one in late.received("2026-11-01T00:00", "2026-11-30T23:59")] == [5]
    assert [one.id for one in late.some({1, 4})] == [1, 4]
    connection.close()


@pytest.mark.parametrize("asked", MOMENTS)
def test_a_question_about_an_earlier_time_is_answered_too(book: Book, asked: str) -> None:
    connection = db.open_book(book.path)
    every, late = Leads(connection), Leads(connection, since="2026-10-20T00:00")
    assert late.open_at(asked) == every.open_at(asked)
    assert late.received("2026-09-01T00:00", asked) == every.received("2026-09-01T00:00", asked)
    assert late.some({1, 2, 5}) == every.some({1, 2, 5})
    connection.close()
