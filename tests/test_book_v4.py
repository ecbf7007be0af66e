"""A book that version 4 of the program made: it opens, says what it said, and goes on (P9).

``fixtures/book_v4.db.gz`` is a book that that version wrote by fifty commands (imports of four kinds, products,
an order by lines with its due dates, a negotiation, money spent, improvements, a merge, another rep's book
joined), ``book_v4.json`` what it answered.
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

SAID: dict[str, Any] = json.loads((FIXTURES / "book_v4.json").read_text("utf-8"))
ANSWERS = {
    "today": "today",
    "week": "report week --date 2026-10-28",
    "conflicts": "team conflicts",
    "dupes": "dupes",
    "products": "product",
    "orders": "order",
    "owed": "payment due",
    "plan": "quote plan 1",
    "spend": "spend",
    "actions": "action",
}


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The book as version 4 left it."""
    return older("book_v4.db.gz", tmp_path, monkeypatch)


def test_it_opens_and_is_sound(old: Book) -> None:
    assert version(old.path) == 4 <= schema.VERSION
    assert old("check").out == ""
    assert version(old.path) == schema.VERSION
    if schema.VERSION > 4:
        (copy,) = old.path.parent.glob("book.db.backups/*-v4.db")
        assert version(copy) == 4


@pytest.mark.parametrize("lead", sorted(SAID["show"]))
def test_every_lead_is_told_as_it_was(old: Book, lead: str) -> None:
    then = SAID["show"][lead]
    assert alike(old.show(int(lead)), then) == then


@pytest.mark.parametrize("name", ANSWERS)
def test_what_it_answered_it_answers(old: Book, name: str) -> None:
    then = SAID[name]
    assert alike(old(*ANSWERS[name].split(), "--json").json, then) == then
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
