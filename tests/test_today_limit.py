"""The first lines of the day, asked for as such, are those with which the whole day begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from bench import books
from salesflow import db
from salesflow.store import today
from salesflow.store.today import Day, Rules

DATE = books.NOW.date().isoformat()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A book of some hundred leads, some with a grade that the process no longer has, some passive."""
    connection = db.open_book(books.make(tmp_path_factory.mktemp("day") / "book.db", 700), write=True)
    with db.transaction(connection, command="edit", at="2026-11-22T09:00", by="rep"):
        connection.execute("UPDATE lead SET grade = 'Q' WHERE id % 7 = 0")
        connection.execute("UPDATE lead SET grade = 'AA' WHERE id % 11 = 0")
        connection.execute("UPDATE lead SET passive = 1 WHERE id % 5 = 0")
        connection.execute("UPDATE lead SET first_followup_at = NULL WHERE id % 13 = 0")
        connection.execute("UPDATE lead SET next_date = ?, next_time = '10:00' WHERE id % 29 = 0", (DATE,))
        connection.execute("UPDATE lead SET next_date = NULL WHERE id % 17 = 0")
    yield connection
    connection.close()


def lines(connection: sqlite3.Connection, day: Day) -> list[int]:
    """The leads of the day in its order."""
    found = [line for bucket in today.BUCKETS for line in today.listed(connection, day, bucket)]
    return [line.lead_id for line in today.order(day, found)]


@pytest.mark.parametrize("grades", [("H", "A", "B", "C", "D"), ("A",), ()])
@pytest.mark.parametrize("filters", [{}, {"area": "城东"}, {"grades": ("A", "")}])
def test_a_limit_takes_the_first_lines_of_the_day(
    book: sqlite3.Connection, grades: tuple[str, ...], filters: dict[str, object]
) -> None:
    process = book.execute("SELECT code FROM process").fetchone()[0]
    whole = Day(DATE, DATE, (Rules(process, grades, 36),), **filters)  # type: ignore[arg-type]
    everything = lines(book, whole)
    assert len(everything) > 10
    for limit in (0, 1, 5, 20, 60, 1000):
        assert lines(book, whole._replace(limit=limit)) == everything[:limit], limit


@pytest.mark.parametrize("bucket", ["overdue", "unplanned"])
def test_the_first_lines_are_found_without_sorting(book: sqlite3.Connection, bucket: str) -> None:
    process = book.execute("SELECT code FROM process").fetchone()[0]
    asked: list[str] = []
    book.set_trace_callback(asked.append)
    day = Day(DATE, DATE, (Rules(process, ("H", "A", "B", "C", "D"), 36),), limit=3)
    today.listed(book, day, bucket)
    book.set_trace_callback(None)
    plans = [row[3] for sql in asked for row in book.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans and all(plan.startswith("SEARCH") for plan in plans), plans  # and no TEMP B-TREE
