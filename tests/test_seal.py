"""A long step is sealed as it goes; what comes of it is what one look at its end gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import Book

from salesflow import db, schema_seal
from salesflow.db_step import Operation


@pytest.fixture
def connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """A book with one lead, open to be written."""
    book = Book(tmp_path / "book.db", monkeypatch, now="2026-11-22T09:00")
    book("init")
    book("add", "锦泰奥迪")
    found = db.open_book(book.path, write=True)
    yield found
    found.close()


def _is_whole(connection: sqlite3.Connection) -> bool:
    """Whether the whole history, reckoned anew, comes out as it is sealed."""
    chain = schema_seal.Chain(connection)
    chain.take(connection.execute(f"SELECT {schema_seal.IMAGE} FROM history ORDER BY id").fetchall())
    links = schema_seal.read(connection)
    assert links and links[-1].operation == connection.execute("SELECT max(id) FROM operation").fetchone()[0]
    return list(schema_seal.broken(links, chain)) == []


def _note(connection: sqlite3.Connection, text: str) -> None:
    connection.execute("UPDATE lead SET note = ? WHERE id = 1", (text,))


@pytest.mark.parametrize("about", [None, 1])
def test_a_step_sealed_in_parts_is_sealed_whole(connection: sqlite3.Connection, about: int | None) -> None:
    # told at its end that it is about a lead, the operation is another than the one that was begun
    operation = Operation(0, about)
    with db.transaction(connection, operation, command="edit", at="2026-11-22T09:01", by="rep"):
        for text in ("a", "b", "c"):
            _note(connection, text)
            operation.seal(connection)
        _note(connection, "d")
    assert _is_whole(connection)


def test_an_image_that_is_changed_between_two_parts_is_found(connection: sqlite3.Connection) -> None:
    operation = Operation(0)
    with db.transaction(connection, operation, command="edit", at="2026-11-22T09:01", by="rep"):
        _note(connection, "a")
        operation.seal(connection)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        forged = "UPDATE history SET after = ? WHERE id = (SELECT max(id) FROM history)"
        connection.execute(forged, ('{"note":"z"}',))
    assert not _is_whole(connection)


def test_a_step_that_failed_leaves_no_part_of_a_seal(connection: sqlite3.Connection) -> None:
    before = schema_seal.read(connection)
    operation = Operation(0)
    with (
        pytest.raises(ZeroDivisionError),
        db.transaction(connection, operation, command="edit", at="x", by="r"),
    ):
        _note(connection, "a")
        operation.seal(connection)
        raise ZeroDivisionError
    assert schema_seal.read(connection) == before
    with db.transaction(connection, command="edit", at="2026-11-22T09:01", by="rep"):
        _note(connection, "b")
    assert _is_whole(connection)


def test_a_seal_that_cannot_be_read_is_left_for_check_to_find(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE sqlite_sequence SET seq = 'x' WHERE name = ?", (schema_seal.ROW,))
    with db.transaction(connection, command="edit", at="2026-11-22T09:01", by="rep"):
        _note(connection, "a")
    assert schema_seal.read(connection) is None
    chain = schema_seal.Chain(connection)
    assert list(schema_seal.broken(schema_seal.read(connection), chain)) == [(0, 0)]
