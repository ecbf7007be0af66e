"""What stands in the data neither crashes nor steers: markup, escapes, bidi, widths, languages (reliability.md F)."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import unicodedata

import pytest
from kit import Book, filled

TYPED = ["[/]", "[/b]", "[red]红[/red]", "[link=http://e.vil]x[/link]", ":smile:100:", "=1+1", "@x", "-rf", "%s{0}",
         "'; DROP TABLE lead; --", "👨‍👩‍👧店", "𠮷野", "e\u0301cole"]  # fmt: skip
OLD = ["a\x1b[2Jb", "\x1b]0;t\x07", "\x1b]52;c;x\x1b\\", "x\x9b31my", "real\rfake", "b\x08c", "t\tb", "n\nl",
       "\u202eevil", "z\u200bw", "\ufeffb", "t\U000e0041g", "s\u2028p", "\u2066i\u2069", "\x7f"]  # fmt: skip
READING = [
    "today", "today --by area", "show 1", "show 1 --all", "list", "find x", "history 1", "history", "undo --list",
    "contact 1", "order 1", "order", "tag 1", "process list", "process show", "guide", "config", "check",
    "backup --list", "when 明天",
]  # fmt: skip
FORMATS = ["table", "plain", "json", "jsonl", "csv", "tsv", "md", "chat"]


def fill_hostile(book: Book) -> None:
    """Lead 1 holds every bad text of old data in every text; leads 2 and on are what may be typed."""
    book(
        "add",
        "x",
        "--contact",
        "y 13900001234",
        "--brand",
        "b",
        "--note",
        "x n",
        "--set",
        "k=v",
        "--next",
        "今天 r",
    )
    book("order", "1", "1万", "n")
    book("tag", "1", "t")
    bad = "x" + "".join(OLD)
    connection = sqlite3.connect(book.path, isolation_level=None)
    kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for column in ("name", "area", "address", "supplier", "next_reason", "note", "phone", "owner", "city"):
        connection.execute(f"UPDATE lead SET {column} = ?", (bad,))
    for column in ("brands", "tags"):
        connection.execute(f"UPDATE lead SET {column} = ?", (json.dumps([bad]),))
    connection.execute("UPDATE lead SET custom = ?", (json.dumps({bad: bad}),))
    connection.execute("UPDATE contact SET name = ?, wechat = ?, hobbies = ?", (bad, bad, bad))
    connection.execute("UPDATE followup SET note = ?, learned = ?", (bad, bad))
    connection.execute("UPDATE promise SET reason = ?", (bad,))
    connection.execute("UPDATE sales_order SET note = ?", (bad,))
    connection.execute("UPDATE operation SET by = ?, command = ?", (bad, bad))
    connection.execute("UPDATE setting SET value = ? WHERE key = 'rep'", (bad,))
    for _, sql in kept:
        connection.execute(sql)
    connection.close()
    for text in TYPED:
        book("add", "--anyway", "--", f"x{text}")
        book("add", "--anyway", "--next", "今天 x", "--", f"{text}x")


@pytest.fixture
def hostile(book: Book) -> Book:
    """A book full of texts that would crash or steer."""
    return filled(book, fill_hostile)


def steering(text: str, *, colours: bool = False) -> list[str]:
    """The characters of a printed text that steer a terminal; rich's own colours left out."""
    if colours:
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return [repr(char) for char in text.replace("\ufeff", "", 1)
            if char not in "\n\r" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") and char != "\u200d"
            ]  # fmt: skip


@pytest.mark.parametrize("words", READING)
def test_nothing_in_the_data_steers_a_terminal(hostile: Book, words: str) -> None:
    listed = words.split()
    for tty in (False, True):
        for width in ("20", "80", "200"):
            done = hostile(*listed, tty=tty, COLUMNS=width, code=None)
            assert steering(done.out + done.err, colours=tty) in ([], ["'\\t'"]), (words, tty)
            assert "程序出错" not in done.err and done.code in (0, 5)


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_format_lets_it_through(hostile: Book, fmt: str) -> None:
    for words in ("today", "show 1", "list", "find x", "history 1", "contact 1", "order", "config"):
        done = hostile(*words.split(), "-f", fmt)
        text = done.out.replace("\t", " ") if fmt == "tsv" else done.out
        assert steering(text) == [], (words, fmt)
        if fmt == "json":
            assert "\\u001b" in done.out or words == "config" or "x" in done.out
            json.loads(done.out)


def test_what_was_typed_is_shown_as_it_was_typed(hostile: Book) -> None:
    plain = hostile("list").out
    names = [one["name"] for one in hostile("list", "--json").json]
    for text in TYPED:
        kept = text.replace("\u200d", "")  # what cannot be seen is lost on the way in
        assert f"{kept}x" in names and f"x{kept}" in plain, text


def test_a_table_in_a_file_holds_no_formula(hostile: Book) -> None:
    rows = list(csv.reader(io.StringIO(hostile("list", "-f", "csv").out.lstrip("\ufeff"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows[1:]:
        for cell in row:
            number = cell.replace(".", "").lstrip("-").isdigit()
            assert number or not cell.startswith(("=", "+", "@", "\t", "\r")), cell
    assert any("=1+1" in cell for row in rows for cell in row)


@pytest.mark.parametrize("text", OLD)
def test_control_characters_are_refused_and_invisible_ones_lost(book: Book, text: str) -> None:
    stripped = text.strip()
    if all(unicodedata.category(char) not in ("Cc", "Zl", "Zp", "Cs") for char in stripped):
        done = book("add", "店" + text)
        assert done.err and steering(done.err) == []
        assert steering(book.show()["name"]) == []
        return
    for words in (
        ["add", "店" + stripped + "店"],
        ["log", "1", "x", "--for", "a" + stripped + "a", "--next", "明天"],
    ):
        if words[0] == "log":
            book("add", "甲")
        done = book.refuse(2, *words)
        assert steering(done.err) == []


def test_a_note_keeps_every_character_and_shows_them_escaped(book: Book) -> None:
    book("add", "甲")
    book("log", "1", "a\x1b[31mb")
    assert (
        book.show()["followup_list"][0]["note"] == "a\\x1b[31mb"
        or "\x1b" in book.show()["followup_list"][0]["note"]
    )
    assert "\x1b[31m" not in book("show", "1").out and "\x1b[31m" not in book("show", "1", tty=True).out


def test_errors_name_a_hostile_word_harmlessly(book: Book) -> None:
    for word in OLD:
        for words in (
            ["show", f"q{word}"],
            ["list", "--grade", f"q{word}q"],
            ["when", f"q{word}q"],
            ["today", "--date", word + "q"],
        ):
            done = book(*words, code=None)
            assert done.code in (2, 3) and steering(done.out + done.err) in ([], ["'\\t'"]), words


@pytest.mark.parametrize("extra", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(hostile: Book, extra: dict[str, str]) -> None:
    for words in READING:
        done = hostile(*words.split(), tty=True, code=None, **extra)
        # bold is no colour (no-color.org); a dumb terminal has neither
        styles = set(re.findall(r"\x1b\[([0-9;]*)m", done.out))
        assert styles <= ({"0", "1", "", "2"} if "NO_COLOR" in extra else set()), words


def test_a_narrow_terminal_cuts_no_id_date_or_phone(book: Book) -> None:
    from salesflow.render.layout import width

    book(
        "add",
        "成都华星宝马汽车销售服务有限公司",
        "--contact",
        "王建国 13900001234",
        "--next",
        "今天 送样品和第二份报价单给王经理",
    )
    for columns in ("40", "80", "120"):
        done = book("today", tty=True, COLUMNS=columns, NO_COLOR="1")
        assert "#1" in done.out and "13900001234" in done.out
        if columns != "40":
            assert max(width(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in done.lines) <= int(columns)
    assert "送样品和第二份报价单给王经理" in book("today", COLUMNS="20").out  # a pipe is never cut


@pytest.mark.parametrize("words", READING)
def test_reading_commands_speak_one_language(book: Book, words: str) -> None:
    book("config", "rep", "Chen")
    book("add", "Sunrise", "--contact", "Wang 13900001234", "-g", "A", "--next", "2026-11-24 call")
    book("log", "1", "seen", "--next", "2026-11-24 call")
    book("add", "Moonlight")
    book("log", "2", "seen", "--no-next")
    zh = book(*words.split(), lang="zh", code=None)
    en = book(*words.replace("明天", "tomorrow").split(), lang="en", code=None)
    shown = (en.out + en.err).replace("陈磊", "")  # the rep of the first steps
    assert not any("\u4e00" <= char <= "\u9fff" for char in shown), shown
    if words not in ("check", "when 明天"):
        assert any("\u4e00" <= char <= "\u9fff" for char in zh.out + zh.err)
