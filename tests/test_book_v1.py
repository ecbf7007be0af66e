"""A book that version 1 of the program made: it opens, says what it said, and goes on (P9).

``fixtures/book_v1.db.gz`` is a book that that version wrote by a score of commands (an import, follow-ups,
moves, an order, a lead parked, one lost, one added and undone), ``book_v1.json`` what it answered about it.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from kit import Book
from process_kit import held, state

from salesflow import processes, schema

FIXTURES = ROOT / "tests" / "fixtures"
SAID: dict[str, Any] = json.loads((FIXTURES / "book_v1.json").read_text("utf-8"))
NAME = processes.builtin_names()[0]
LEADS = range(1, 6)


def older(fixture: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The book of a fixture, as its version left it, and a clock at noon of its last day."""
    path = tmp_path / "book.db"
    path.write_bytes(gzip.decompress((FIXTURES / fixture).read_bytes()))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SALESFLOW_FORMAT", "NO_COLOR", "TERM", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return Book(path, monkeypatch, now="2026-11-10T12:00")


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The book as version 1 left it."""
    return older("book_v1.db.gz", tmp_path, monkeypatch)


def version(path: Path) -> int:
    """The version that a book says it is of."""
    with sqlite3.connect(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def alike(now: Any, then: Any) -> Any:
    """What ``now`` says of all that ``then`` said."""
    if isinstance(then, dict):
        return {key: alike(now[key], value) for key, value in then.items()}
    if isinstance(then, list) and len(now) == len(then):
        return [alike(one, other) for one, other in zip(now, then, strict=True)]
    return now


def test_the_book_is_of_version_1(old: Book) -> None:
    assert version(old.path) == 1 < schema.VERSION


def test_it_opens_is_sound_and_a_copy_of_it_is_kept(old: Book) -> None:
    assert old("check").out == ""
    assert version(old.path) == schema.VERSION
    (copy,) = old.path.parent.glob("book.db.backups/*-v1.db")
    assert version(copy) == 1


@pytest.mark.parametrize("lead", LEADS)
def test_every_lead_is_told_as_it_was(old: Book, lead: int) -> None:
    then = SAID["show"][lead - 1]
    assert alike(old.show(lead), then) == then


def test_the_day_and_the_week_are_told_as_they_were(old: Book) -> None:
    assert alike(old("today", "--json").json, SAID["today"]) == SAID["today"]
    week = old("report", "week", "--date", "2026-11-08", "--json").json
    assert alike(week, SAID["week"]) == SAID["week"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [
        "today", "list", "find 宝马", "show 1", "show 4 --all", "history", "history 1", "contact 1", "order",
        "report day", "report week", "report month", "report funnel", "process list", "process show", "guide",
        "tag 3", "config", "undo --list", "evaluate 1", "prepare 1", "competitor", "objection 1", "incident",
        "report promises", "report visits", "export leads -f csv", "advance 3 --dry-run",
    ],
)  # fmt: skip
def test_every_reading_command_works(old: Book, words: str, lang: str) -> None:
    """Its process was written by version 1: what that did not know is not there, and nothing breaks."""
    done = old(*words.split(), code=None, lang=lang)
    assert "Traceback" not in done.err and (done.code == 0 or words.startswith(("advance", "evaluate")))


def test_its_steps_are_taken_back_and_done_again(old: Book) -> None:
    old("check")
    before = state(old)
    assert old.show(3)["tags"] == ["观望"]
    old("undo", "3")
    lead = old.show(3)
    assert (lead["tags"], lead["need"], lead["followups"]) == ([], "unknown", 1)
    assert lead["next_date"] == "2026-11-06" and old("check").out == ""
    old("redo", "3")
    assert state(old) == before
    count = len([one for one in old("undo", "--list", "--json").json if not one["undone"]])
    old("undo", str(count))
    assert old("list", "--json").json == [] and old("check").out == ""
    old("redo", str(count))
    assert state(old) == before


def test_work_goes_on_in_it(old: Book) -> None:
    old("visit", "2", "见到店总 下次周五 送样")
    old("contact", "2", "孙总 13900009999 店总", "--chain", "1")
    old("add", "新的店", "--process", processes.builtin_names()[1])
    assert held(old) == [NAME, processes.builtin_names()[1]]
    assert old.show("新的店")["id"] == 7  # the sixth was undone, and its number is not given out again
    assert old("check").out == ""


def test_update_brings_the_new_version_of_its_process_in(old: Book) -> None:
    """L11: the book's process is what version 1 shipped, until somebody says otherwise."""
    before = old("process", "show", "--json").json
    assert "purposes" not in before and before["code"] == NAME
    told = old("process", "update", NAME, "--dry-run", "--json").json
    assert told["changed"] and told["stages"] == [] and told["gone"] == []
    assert old("process", "show", "--json").json == before
    old("process", "update", NAME)
    after = old("process", "show", "--json").json
    assert after["purposes"] and after["leads"] == before["leads"]
    assert old("process", "show", "--toml").out == processes.builtin(NAME)
    for lead in LEADS:
        then = SAID["show"][lead - 1]
        kept = {
            key: then[key] for key in ("stage", "grade", "source", "kind", "next_date", "contacts", "moves")
        }
        assert alike(old.show(lead), kept) == kept
    assert old("check").out == ""
    old("undo")
    assert old("process", "show", "--json").json == before


@pytest.mark.parametrize("words", ["evaluate 1", "evaluate 1 fit", "team sign 1 --by 李总"])
def test_what_the_older_process_does_not_list_is_got_by_its_update(old: Book, words: str) -> None:
    """M7, K3: the command that is named brings it."""
    old("list")
    done = old.refuse(2, *words.split(), now="2026-11-10T12:00")
    assert f"process update {NAME}" in done.err
    old("process", "update", NAME)
    assert old(*words.split()).out and old("check").out == ""


def test_a_disk_that_fills_up_meanwhile_leaves_the_book_as_it_was(
    old: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection, number: int) -> None:
        connection.execute("CREATE TABLE half (made)")
        connection.execute("ROLLBACK")  # as SQLite does by itself
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    before = old.dump()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrate", full)
        done = old("list", code=5)
    assert "磁盘满了" in done.err and old.dump() == before and version(old.path) == 1
    old("list")
    assert version(old.path) == schema.VERSION
