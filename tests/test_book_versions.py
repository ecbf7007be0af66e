"""An older book is copied, verified and upgraded in one transaction; a newer one is refused untouched (P9)."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from salesflow import db, schema
from salesflow.cli import main
from salesflow.errors import Unusable

NEXT = schema.VERSION + 1


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "book.db"
    monkeypatch.setenv("SALESFLOW_DB", str(path))
    monkeypatch.setenv("SALESFLOW_LANG", "zh")
    monkeypatch.setenv("SALESFLOW_NOW", "2026-11-20T09:00")
    assert main(["init"]) == 0
    assert main(["add", "华星宝马", "--contact", "王建国 13900001234", "--note", "来过 下次周三 送样"]) == 0
    assert main(["add", "多余的店"]) == 0
    assert main(["undo"]) == 0
    return path


def later(monkeypatch: pytest.MonkeyPatch, *steps: object) -> None:
    """The program as a later version of itself: leads have a column more."""
    # what the version is made of is put together once a run
    monkeypatch.setattr(schema, "statements", schema.statements.__wrapped__)
    tables = dict(schema.TABLES)
    tables["lead"] = tables["lead"].replace("  note TEXT,", "  mood TEXT,\n  note TEXT,")
    monkeypatch.setattr(schema, "TABLES", tables)
    monkeypatch.setattr(schema, "VERSION", NEXT)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, *steps))


def add_mood(old: Database) -> None:
    schema.rebuild(old.conn, "lead")
    assert old["lead"].count_where("mood IS NULL") == 1


def version_of(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_book_is_upgraded_with_all_that_it_held(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later(monkeypatch, add_mood)
    capsys.readouterr()
    assert main(["show", "华星宝马", "--json"]) == 0
    lead = json.loads(capsys.readouterr().out)
    assert lead["next_date"] == "2026-11-25" and lead["contacts"][0]["phones"] == ["13900001234"]
    assert version_of(book) == NEXT
    assert main(["check"]) == 0  # references, indexes and history are whole
    assert main(["add", "又一家"]) == 0  # the id of the lead that was undone is not given out again
    assert capsys.readouterr().out == "3\n"
    with sqlite3.connect(book) as connection:
        trigger = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'lead_insert'").fetchone()[0]
    assert "NEW.mood" in trigger


def test_a_verified_copy_of_the_older_book_lies_beside_it(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, add_mood)
    assert main(["list"]) == 0
    copies = list(book.parent.glob(f"book.db.backups/*-v{schema.VERSION - 1}.db"))
    assert len(copies) == 1
    assert copies[0].stat().st_mode & 0o777 == 0o600
    assert version_of(copies[0]) == schema.VERSION - 1


def test_an_upgrade_that_fails_changes_nothing(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(old: Database) -> None:
        add_mood(old)
        raise sqlite3.OperationalError("disk I/O error")

    before = book.read_bytes()
    later(monkeypatch, broken)
    with pytest.raises(Unusable):
        db.open_book(book, write=True, now="2026-11-20T09:00")
    assert book.read_bytes() == before


def test_a_newer_book_is_refused_and_untouched(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(book) as connection:
        connection.execute(f"PRAGMA user_version = {NEXT}")
    before = book.read_bytes()
    capsys.readouterr()
    assert main(["list"]) == 5
    assert main(["add", "x"]) == 5
    assert f"第 {NEXT} 版" in capsys.readouterr().err
    assert book.read_bytes() == before


def test_an_older_book_that_may_not_be_written_is_read_as_it_lies(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later(monkeypatch, add_mood)
    monkeypatch.setattr(db.os, "access", lambda path, mode: mode != db.os.W_OK)
    before, beside = book.read_bytes(), sorted(book.parent.rglob("*"))
    capsys.readouterr()
    assert main(["show", "华星宝马", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["next_date"] == "2026-11-25"
    assert main(["check"]) == 0
    assert (book.read_bytes(), version_of(book)) == (before, NEXT - 1)
    assert sorted(book.parent.rglob("*")) == beside


def test_where_the_name_of_its_copy_is_taken_the_older_book_gets_another(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, add_mood)
    half = db.backups(book) / f"20261120-0900-v{NEXT - 1}.db"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(book.read_bytes()[:30_000])
    assert main(["list"]) == 0
    copy = half.with_name(f"20261120-0900-v{NEXT - 1}-2.db")
    assert (len(half.read_bytes()), version_of(copy)) == (30_000, NEXT - 1)
