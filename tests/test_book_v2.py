"""A book that version 2 of the program made: it opens, says what it said, and goes on (P9).

``fixtures/book_v2.db.gz`` is a book that that version wrote by a score of commands (an import, people,
quotes, an order, objections, incidents, signatures, a moved promise), ``book_v2.json`` what it answered.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from kit import Book
from process_kit import state
from test_book_v1 import alike, version

from salesflow import schema

FIXTURES = ROOT / "tests" / "fixtures"
SAID: dict[str, Any] = json.loads((FIXTURES / "book_v2.json").read_text("utf-8"))


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The book as version 2 left it."""
    path = tmp_path / "book.db"
    path.write_bytes(gzip.decompress((FIXTURES / "book_v2.db.gz").read_bytes()))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SALESFLOW_FORMAT", "NO_COLOR", "TERM", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return Book(path, monkeypatch, now="2026-11-10T12:00")


def test_it_opens_is_sound_and_a_copy_of_it_is_kept(old: Book) -> None:
    assert version(old.path) == 2 < schema.VERSION
    assert old("check").out == ""
    assert version(old.path) == schema.VERSION
    (copy,) = old.path.parent.glob("book.db.v2-*.backup")
    assert version(copy) == 2


@pytest.mark.parametrize("lead", range(1, 7))
def test_every_lead_is_told_as_it_was(old: Book, lead: int) -> None:
    then = SAID["show"][lead - 1]
    assert alike(old.show(lead), then) == then


def test_the_day_and_the_week_are_told_as_they_were(old: Book) -> None:
    assert alike(old("today", "--json").json, SAID["today"]) == SAID["today"]
    week = old("report", "week", "--date", "2026-11-10", "--json").json
    assert alike(week, SAID["week"]) == SAID["week"]


def test_its_steps_are_taken_back_and_done_again(old: Book) -> None:
    old("check")
    before = state(old)
    count = len(
        [
            one
            for one in old("undo", "--list", "--json").json
            if not one["undone"] and one["command"] != "undo"
        ]
    )
    old("undo", str(count))
    assert old("list", "--json").json == [] and old("check").out == ""
    old("redo", str(count))
    assert state(old) == before and old("check").out == ""
