"""``report visits``: on which weekday and at which hour somebody is met, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book, filled


def fill(book: Book) -> None:
    """Went on two Mondays at nine, met once; on Tuesday at 15:40; a call; two rows of a sheet that tell the day alone.

    November 16th and 23rd 2026 are Mondays, the 17th is a Tuesday, the 18th a Wednesday.
    """
    book("add", "华星宝马", now="2026-11-10T09:00")
    book("visit", "1", "谈价", "--no-next", now="2026-11-16T09:05")
    book("visit", "1", "没人", "--no-answer", "--no-next", now="2026-11-23T09:59")
    book("visit", "1", "又谈", "--no-next", now="2026-11-17T15:40")
    book("call", "1", "没接", "--no-answer", "--no-next", now="2026-11-17T15:50")  # a call is no visit
    sheet = book.path.with_name("old.csv")
    sheet.write_text(
        "客户,日期,方式,记录\n华星宝马,2026-11-18,visit,送样品\n华星宝马,2026-11-11,visit,认识\n", "utf-8"
    )
    book("import", str(sheet), "--kind", "followups", now="2026-11-23T12:00")


@pytest.fixture
def told(book: Book) -> Book:
    """The book of ``fill``."""
    return filled(book, fill)


def when(book: Book, *words: str) -> list[tuple[Any, ...]]:
    """(weekday, hour, went, met) of the report."""
    found = book("report", "visits", "--json", *words).json["when"]
    return [(one["weekday"], one["hour"], one["tried"], one["met"]) for one in found]


def test_when_somebody_was_met(told: Book) -> None:
    assert when(told) == [(1, 9, 2, 1), (2, 15, 1, 1), (3, None, 2, 2)]
    assert when(told, "--date", "2026-11-16") == [(1, 9, 1, 1), (3, None, 1, 1)]


def test_the_week_as_people_see_it(told: Book) -> None:
    lines = told("report", "visits").lines
    at = lines.index("哪天几点去见得着（见着/去过）")
    assert [line.split() for line in lines[at + 1 : at + 5]] == [
        ["星期", "10点前", "14-16", "没记几点"],
        ["周一", "1/2", "-", "-"],
        ["周二", "-", "1/1", "-"],
        ["周三", "-", "-", "2/2"],
    ]
    english = told("report", "visits", lang="en").out
    assert "When somebody is met (met/went)" in english and "no hour" in english


def test_without_a_visit_there_is_no_such_table(book: Book) -> None:
    book("add", "华星宝马")
    book("call", "1", "问价", "--no-next")
    assert when(book) == []
    assert "见得着" not in book("report", "visits").out
