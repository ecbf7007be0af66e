"""``report day|week|month --by rep``: a row a rep, worked out by hand; the rows add up to the whole."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from kit import Book, filled

KEYS = ("new_leads", "followups", "visits", "advanced", "won", "lost", "orders", "sales", "collected", "open")


def fill_reps(book: Book) -> None:
    """Week 47, 16 to 22 November: what 陈磊 and 李想 did, in one book; something before and after it."""

    def by(rep: str, *words: str, now: str) -> None:
        book("config", "rep", rep, now=now)
        book(*words, now=now)

    by("陈磊", "add", "甲店", now="2026-11-10T09:00")
    by("李想", "add", "乙店", now="2026-11-16T09:00")
    by("李想", "add", "丙店", now="2026-11-17T09:00")
    by("李想", "add", "丁店", now="2026-11-18T09:00")
    by("陈磊", "log", "甲店", "上周去的", "--no-next", now="2026-11-11T09:00")
    by("陈磊", "log", "甲店", "去了", "--no-next", now="2026-11-16T10:00")
    by("陈磊", "log", "乙店", "替他打的", "--via", "phone", "--no-next", now="2026-11-17T10:00")
    by("李想", "log", "乙店", "去了", "--no-next", now="2026-11-18T10:00")
    by("李想", "log", "丙店", "没接", "--via", "phone", "--no-next", now="2026-11-18T11:00")
    by("陈磊", "advance", "甲店", "--force", "--why", "急", now="2026-11-19T09:00")
    by("李想", "advance", "乙店", "prospect", "--force", "--why", "急", now="2026-11-19T10:00")
    by("李想", "order", "乙店", "5.8万", "--no-advance", now="2026-11-20T10:00")
    by("陈磊", "order", "甲店", "1000.10", "--no-advance", now="2026-11-20T11:00")
    by("李想", "advance", "乙店", "customer", now="2026-11-20T12:00")
    by("陈磊", "payment", "乙店", "2万", now="2026-11-21T10:00")
    by("李想", "lose", "丙店", "--reason", "price", now="2026-11-21T11:00")
    by("李想", "edit", "丁店", "--set", "owner=", now="2026-11-21T12:00")
    by("李想", "log", "乙店", "这周的", "--no-next", now="2026-11-23T09:00")


@pytest.fixture
def reps(book: Book) -> Book:
    """A book of two reps."""
    return filled(book, fill_reps)


def rows(data: dict[str, Any]) -> dict[str | None, dict[str, Any]]:
    """Each rep's figures that are not nothing."""
    return {one["rep"]: {key: one[key] for key in KEYS if one[key]} for one in data["reps"]}


def test_a_week_by_rep(reps: Book) -> None:
    """Whose name the record bears; new and open leads are their owner's, 丁店 nobody's."""
    data = reps("report", "week", "--date", "2026-11-22", "--by", "rep", "--json").json
    assert {name: data[name] for name in ("report", "by", "from", "to", "label", "complete")} == {
        "report": "week", "by": "rep", "from": "2026-11-16", "to": "2026-11-22", "label": "2026-W47", "complete": True,
    }  # fmt: skip
    assert rows(data) == {
        "李想": {"new_leads": 2, "followups": 2, "visits": 1, "advanced": 2, "won": 1, "lost": 1, "orders": 1,
                 "sales": 58000, "open": 1},
        "陈磊": {"followups": 2, "visits": 1, "advanced": 1, "orders": 1, "sales": 1000.1, "collected": 20000,
                 "open": 1},
        None: {"new_leads": 1, "open": 1},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["day", "week", "month"])
@pytest.mark.parametrize("day", ["2026-11-11", "2026-11-18", "2026-11-20", "2026-11-24"])
def test_the_rows_add_up_to_the_whole(reps: Book, name: str, day: str) -> None:
    """Each event bears one name; the whole is what the report says without --by."""
    data = reps("report", name, "--date", day, "--by", "rep", "--json").json
    whole = reps("report", name, "--date", day, "--json").json
    for key in KEYS:
        total = whole["stock"]["end"] if key == "open" else whole["totals"][key]
        assert data["totals"][key] == total, key
        assert round(sum(one[key] for one in data["reps"]), 2) == total, key


def test_every_format_shows_it(reps: Book) -> None:
    """A table with the whole beneath, a line a rep for a chat, a record a rep for scripts."""
    words = ("report", "week", "--date", "2026-11-22", "--by", "rep")
    screen = reps(*words).lines
    assert "按人 周报 2026-W47" in screen[0] and screen[-1].split()[:2] == ["合计", "3"]
    assert [line.split()[0] for line in screen[2:]] == ["李想", "陈磊", "公海", "合计"]
    sheet = list(csv.DictReader(io.StringIO(reps(*words, "-f", "csv").out.lstrip("\ufeff"))))
    assert [(row["rep"], row["sales"]) for row in sheet] == [("李想", "58000"), ("陈磊", "1000.1"), ("", "0")]
    chat = reps(*words, "-f", "chat").lines
    assert chat[1].startswith("李想：新线索 2、跟进 2、拜访 1") and len(chat) == 5
    for fmt in ("table", "jsonl", "tsv", "md"):
        assert "李想" in reps(*words, "-f", fmt, lang="en").out
    assert reps("周报", "--by", "rep", "--date", "2026-11-22").out == reps(*words).out


def test_a_book_of_one_and_an_empty_one(book: Book) -> None:
    """One row needs no sum; nobody is said."""
    assert "谁也没有" in book("report", "week", "--by", "rep").out
    book("add", "甲店")
    assert len(book("report", "week", "--by", "rep").lines) == 3


def test_only_where_it_means_something(book: Book) -> None:
    """Not by area, not the funnel."""
    book.refuse(2, "report", "week", "--by", "area")
    book.refuse(2, "report", "funnel", "--by", "rep")
    book.refuse(2, "report", "promises", "--by", "rep")
