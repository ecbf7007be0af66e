"""The history cannot be edited unnoticed (G6), and every moved date is in it (G7): refused, or told by ``check``."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from kit import Book


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with a promise that was moved twice, a step that was undone, and an answer under a key."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", "--next", "2026-11-25 送样")
    book("next", "1", "2026-11-27", "--why", "客户出差")
    book("next", "1", "2026-11-30", "--key", "a")
    book("tag", "1", "vip")
    book("undo")
    return book


def edit(book: Book, *statements: str, triggers: bool = True) -> str:
    """What SQLite says to somebody who writes into the file; '' where it obeys."""
    with closing(sqlite3.connect(book.path, isolation_level=None)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        kept = [] if triggers else found
        dropped, again = [f"DROP TRIGGER {name}" for name, _ in kept], [sql for _, sql in kept]
        try:
            for sql in ("BEGIN", *dropped, *statements, *again, "COMMIT"):
                connection.execute(sql)
        except sqlite3.Error as error:
            return str(error)
    return ""


REFUSED = {
    "an image changed": ["UPDATE history SET after = '{}' WHERE id = 5"],
    "an image taken out": ["DELETE FROM history WHERE id = 5"],
    "all of it taken out": ["DELETE FROM history"],
    "a row changed past the program": ["UPDATE lead SET note = 'x'"],
    "a row taken out": ["DELETE FROM promise WHERE id = 1"],
    "a row put in": ["INSERT INTO setting (key, value) VALUES ('a', 'b')"],
    "a row replaced": ["INSERT OR REPLACE INTO setting (id, key, value) VALUES (1, 'rep', 'x')"],
    "an upsert": ["INSERT INTO setting (key, value) VALUES ('rep', 'x') ON CONFLICT (key) DO UPDATE SET value = 'x'"],
    "a key taken out": ["DELETE FROM answered"],
}  # fmt: skip

# what SQLite takes from whoever has the file in hand; each in a way of its own
FOUND = {
    "an image replaced": ["INSERT OR REPLACE INTO history (id, operation_id, lead_id, table_name, row_id, before,"
                          " after) SELECT id, operation_id, lead_id, table_name, row_id, before, '{}' FROM history"
                          " WHERE id = (SELECT max(id) FROM history WHERE table_name = 'promise')"],
    "an image upserted": ["INSERT INTO history (id, operation_id, table_name, row_id, after)"
                          " SELECT id, operation_id, table_name, row_id, '{}' FROM history WHERE table_name = 'lead'"
                          " ON CONFLICT (id) DO UPDATE SET after = '{}'"],
    "an image put in": ["INSERT INTO history (operation_id, table_name, row_id, before, after)"
                        " VALUES (2, 'promise', 1, '{\"why\":\"x\"}', '{\"why\":\"y\"}')"],
    "an operation taken out": ["DELETE FROM operation WHERE id = 3"],
    "who did it": ["UPDATE operation SET by = '别人' WHERE id = 3"],
    "when it was done": ["UPDATE operation SET at = '2026-11-01T08:00' WHERE id = 3"],
    "why it was done": ["UPDATE operation SET reason = '客户出差了' WHERE id = 3"],
    "what was undone stands": ["UPDATE operation SET undone = 0 WHERE kind = 'step'"],
    "what stands was undone": ["UPDATE operation SET undone = 1 WHERE id = 4"],
    "what can be redone": ["UPDATE operation SET undone = 2 WHERE undone = 1"],
    "an operation left open": ["UPDATE operation SET open = 1 WHERE id = 3"],
    "a row changed while it was open": ["UPDATE operation SET open = 2 WHERE id = 3", "UPDATE lead SET note = 'x'",
                                        "UPDATE operation SET open = NULL"],
    "a row changed as if by an older step": ["UPDATE operation SET open = 1 WHERE id = 3", "UPDATE lead SET note = 'x'",
                                             "UPDATE operation SET open = NULL"],
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_sqlite_refuses(shop: Book, what: str) -> None:
    before = shop.dump()
    assert edit(shop, *REFUSED[what])
    assert shop.dump() == before and shop("check").out == ""


@pytest.mark.parametrize("what", FOUND)
def test_what_check_finds(shop: Book, what: str) -> None:
    assert shop("check").out == ""
    said = edit(shop, *FOUND[what])
    assert said or shop("check", code=5).out


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE history SET after = replace(after, '客户出差', '我忘了')",
        "UPDATE promise SET why = '我忘了' WHERE why = '客户出差'",
        "DELETE FROM promise WHERE moved_from IS NOT NULL",
        "DELETE FROM history WHERE table_name = 'promise'",
    ],
)
def test_what_is_edited_with_the_triggers_off_is_found(shop: Book, sql: str) -> None:
    """Whoever takes them out and puts them in again has the schema as it was."""
    assert edit(shop, sql, triggers=False) == ""
    assert shop("check", code=5).out


def test_row_and_history_edited_alike_are_found(shop: Book) -> None:
    """What the replay alone could not tell."""
    changes = [
        "UPDATE promise SET why = '我忘了' WHERE why = '客户出差'",
        "UPDATE history SET after = replace(after, '客户出差', '我忘了')",
        "UPDATE operation SET reason = '我忘了' WHERE reason = '客户出差'",
    ]
    assert edit(shop, *changes, triggers=False) == ""
    assert shop("check", code=5).out


def test_who_writes_under_an_operation_of_his_own_is_in_the_history(shop: Book) -> None:
    """SQLite lets him; it is recorded as any other step, and can be taken back."""
    shop("redo")
    sql = "INSERT INTO operation (at, command, by, kind, open) VALUES ('2026-11-24T10:05', 'x', '别人', 'step', 1)"
    assert edit(shop, sql, "UPDATE lead SET note = '改的'", "UPDATE operation SET open = NULL") == ""
    assert shop("check").out == ""
    newest = shop("history", "--json").json[0]
    assert (newest["by"], newest["command"], newest["changes"]) == ("别人", "x", 1)
    shop("undo")
    assert shop.sql("SELECT note FROM lead") == [(None,)]


def test_every_moved_date_is_counted_and_in_the_history(shop: Book) -> None:
    """G7: by hand, two moves; each is a promise of its own, whose image stands in the history."""
    assert shop.show()["reschedules"] == 2
    images = shop.sql(
        "SELECT count(*) FROM history WHERE table_name = 'promise' AND before IS NULL"
        " AND json_extract(after, '$.moved_from') IS NOT NULL"
    )
    assert images == [(2,)]
    shop("undo", "2")
    assert shop.show()["reschedules"] == 0 and shop("check").out == ""
    shop("redo", "2")
    assert shop.show()["reschedules"] == 2 and shop("check").out == ""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_another_count_of_moved_dates_is_found(shop: Book, count: int) -> None:
    """Written as the program itself would write, so that the history knows of it: a defect of ours."""
    sql = "INSERT INTO operation (at, command, by, kind, open) VALUES ('2026-11-24T10:05', 'next', 'x', 'step', 1)"
    edit(shop, sql, f"UPDATE lead SET reschedules = {count}", "UPDATE operation SET open = NULL")
    found = shop("check", "--json", code=5).json["problems"]
    assert ("counts", "lead 1") in [(one["check"], one["where"]) for one in found]
