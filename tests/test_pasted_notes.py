"""Notes as people dictate them on a phone, each with what it must become (``pasted_notes.tsv``, worked out by hand).

Written on Tuesday 24 November 2026 at eight in the evening. A lead without a grade is next met seven days later
(Tuesday 1 December), H two days, A seven, B 14, C 30; who did not answer, on the next working day. The people of
each lead: 王建国, 赵志强 and 孙伟.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from kit import Book

LINES = Path(__file__).with_name("pasted_notes.tsv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t", quoting=csv.QUOTE_NONE))
DIGITS = "〇一二三四五六七八九"


def name(number: int) -> str:
    """A shop's name without a digit, which nobody else has."""
    return f"城{''.join(DIGITS[int(digit)] for digit in f'{number:03}')}宝马"


def text(number: int, row: dict[str, str]) -> str:
    """The entry of that row for its own lead."""
    return row["text"].replace("\\n", "\n").replace("{n}", str(number)).replace("{店}", name(number))


def became(record: dict[str, Any]) -> dict[str, str]:
    """What the entry became, in the words of the table."""
    (one,) = record["followup_list"]
    return {
        "way": one["via"] + ("<" if one["incoming"] else ""),
        "answered": str(int(one["answered"])),
        "next": (record["next_date"] or "").removeprefix("2026-"),
        "time": record["next_time"] or "",
        "grade": record["grade"] or "",
        "person": one["with"] or "",
    }


@pytest.fixture(scope="module")
def pasted(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """What each row became; all were pasted as one text."""
    path = tmp_path_factory.mktemp("pasted") / "book.db"
    path.write_bytes(empty_book.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        book = Book(path, patch, now="2026-11-24T20:00")
        names = "".join(f"{name(number)}\n" for number, _ in enumerate(ROWS, 1))
        book(
            "add",
            "-",
            "--contact",
            "王建国",
            "--contact",
            "赵志强",
            "--contact",
            "孙伟",
            stdin=names,
        )
        whole = "\n".join(text(number, row) for number, row in enumerate(ROWS, 1))
        done = book("paste", "-", "--yes", "--json", stdin=whole).json
        assert (done["logged"], done["unmatched"]) == (len(ROWS), [])
        again = book("paste", "-", "--yes", "--json", stdin=whole).json
        assert (again["logged"], again["skipped"]) == (0, len(ROWS))
        return [became(book.show(number)) for number, _ in enumerate(ROWS, 1)]


def test_there_are_more_than_a_hundred() -> None:
    assert len(ROWS) > 100


@pytest.mark.parametrize("place", range(len(ROWS)), ids=[row["text"] for row in ROWS])
def test_a_note_as_it_is_dictated(pasted: list[dict[str, str]], place: int) -> None:
    wanted = {key: value for key, value in ROWS[place].items() if key != "text"}
    assert pasted[place] == wanted
