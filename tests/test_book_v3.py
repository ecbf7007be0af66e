"""A book that version 3 of the program made: it opens, says what it said, and goes on (P9).

``fixtures/book_v3.db.gz`` is a book that that version wrote by a score of commands (imports, a merge, two
leads that are not the same, consent, targets, another rep's book joined), ``book_v3.json`` what it answered.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kit import Book
from process_kit import state
from test_book_v1 import FIXTURES, alike, older, version

from salesflow import schema

SAID: dict[str, Any] = json.loads((FIXTURES / "book_v3.json").read_text("utf-8"))


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The book as version 3 left it."""
    return older("book_v3.db.gz", tmp_path, monkeypatch)


def test_it_opens_is_sound_and_a_copy_of_it_is_kept(old: Book) -> None:
    assert version(old.path) == 3 < schema.VERSION
    assert old("check").out == ""
    assert version(old.path) == schema.VERSION
    (copy,) = old.path.parent.glob("book.db.backups/*-v3.db")
    assert version(copy) == 3


@pytest.mark.parametrize("lead", sorted(SAID["show"]))
def test_every_lead_is_told_as_it_was(old: Book, lead: str) -> None:
    then = SAID["show"][lead]
    assert alike(old.show(int(lead)), then) == then


def test_the_day_and_the_week_are_told_as_they_were(old: Book) -> None:
    assert alike(old("today", "--json").json, SAID["today"]) == SAID["today"]
    week = old("report", "week", "--date", "2026-11-10", "--json").json
    assert alike(week, SAID["week"]) == SAID["week"]


def test_the_conflict_the_doubles_and_the_targets_are_told_as_they_were(old: Book) -> None:
    assert alike(old("team", "conflicts", "--json").json, SAID["conflicts"]) == SAID["conflicts"]
    assert alike(old("dupes", "--json").json, SAID["dupes"]) == SAID["dupes"]
    assert alike(old("export", "targets", "-f", "json").json, SAID["targets"]) == SAID["targets"]


def test_its_steps_are_taken_back_and_done_again(old: Book) -> None:
    old("check")
    before = state(old)
    steps = old("undo", "--list", "--json").json
    count = len([one for one in steps if not one["undone"] and one["command"] != "undo"])
    old("undo", str(count))
    assert old("list", "--json").json == [] and old("check").out == ""
    old("redo", str(count))
    assert state(old) == before and old("check").out == ""
