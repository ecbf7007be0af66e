"""Every reading command takes every format, by option or from the environment alike."""

from __future__ import annotations

import json

import pytest
from kit import Book

READING = (
    ["today"], ["list"], ["show", "1"], ["find", "华星"], ["report"], ["report", "week"], ["report", "day"],
    ["report", "funnel"], ["history"], ["history", "1"], ["guide", "info"], ["process", "list"],
    ["process", "show"], ["when", "明天"], ["config"], ["undo", "--list"], ["order", "1"], ["contact", "1"],
    ["tag", "1"], ["tag", "list", "1"], ["backup", "--list"],
)  # fmt: skip


@pytest.mark.parametrize("fmt", ["json", "jsonl", "csv", "tsv", "md", "chat", "plain", "table"])
def test_a_format_from_the_environment_is_the_option(book: Book, fmt: str) -> None:
    book("add", "华星宝马", "--contact", "王建国 13900001234 精品部")
    book("tag", "1", "重点", "大户")
    for words in READING:
        done = book(*words, "-f", fmt)
        assert book(*words, SALESFLOW_FORMAT=fmt).out == done.out, words
        if fmt == "json":
            json.loads(done.out)


def test_tags_are_a_list(book: Book) -> None:
    book("add", "华星宝马")
    assert book("tag", "1", "-f", "json").json == []
    book("tag", "1", "重点", "大户")
    assert (
        book("tag", "1", "--json").json == book("tag", "1", SALESFLOW_FORMAT="json").json == ["重点", "大户"]
    )
    assert book("tag", "1", "-f", "tsv").lines == ["tag", "重点", "大户"]


def test_check_is_silent_unless_json_is_wanted(book: Book) -> None:
    assert book("check").out == book("check", SALESFLOW_FORMAT="plain").out == ""
    assert book("check", SALESFLOW_FORMAT="json").json == book("check", "--json").json


def test_a_window_past_the_last_year_ends_there(book: Book) -> None:
    book("add", "华星宝马", "--next", "明天")
    assert book("today", "--days", "1000000000", "--json").json["counts"]["due"] == 1
    book.refuse(2, "review", "--spread", "1000000000", "--why", "x")
