"""What stands in the data neither crashes nor steers: every command, wherever its answer goes (reliability.md F).

The book of ``hostile_book`` holds every text of ``hostile_texts`` in every free text. Each command runs once to a
terminal, a pipe, a terminal of the C locale and in ASCII; ``python -m tests.soak hostile`` runs all ways of each,
each text in a lead of its own, in both languages, at several widths and in every format.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from hostile_book import MODES, run
from hostile_checks import FORMATS, Ground, every, steering
from hostile_commands import WAYS, known
from hostile_texts import BYTES, KINDS, TEXTS
from kit import Book

from salesflow.commands import registry
from salesflow.render import gate

PACK = 24
READING = (
    "today", "today --by area", "show 1", "show 1 --all", "list", "find x", "history 1", "history", "undo --list",
    "contact 1", "order 1", "order", "tag 1", "process list", "process show", "guide", "config", "when 明天",
)  # fmt: skip
OLD = [text for kind in ("control", "hidden") for text in KINDS[kind]][::6]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A book full of texts that would crash or steer."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield Ground.of(folder, PACK)


def test_the_corpus_is_large_and_each_text_is_what_it_says() -> None:
    assert len(TEXTS) >= 200 and len(BYTES) >= 8 and len({one.text for one in TEXTS}) > 360
    assert all(len(texts) >= 10 for texts in KINDS.values())
    for kind in ("control", "hidden"):
        assert sum(gate.safe(text) != text for text in KINDS[kind]) > len(KINDS[kind]) * 0.6
    assert all(gate.safe(text) == text for text in KINDS["script"] if "\u200d" not in text)


def test_every_command_is_tried() -> None:
    assert known() - set(WAYS) == set()


def test_a_new_command_that_nobody_tries_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    new = registry.Entry("shout", (), "", "list", verbs=("add",))
    monkeypatch.setattr(registry, "ENTRIES", (*registry.ENTRIES, new))
    assert known() - set(WAYS) == {"shout add"}


@pytest.mark.parametrize("mode", MODES)
def test_nothing_in_the_data_steers_or_crashes(ground: Ground, mode: str) -> None:
    # what writes answers through the same gate wherever it goes: one mode shows it, the long run all
    ways = every(first=True, readers=mode != "terminal")
    found = [fault for key, way in ways for fault in ground.run(key, way, mode)[1]]
    assert found == []


def test_a_gate_that_stands_open_is_seen(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "UNSAFE", frozenset())
    for mode in MODES:
        for key in ("list", "show", "report week"):
            assert any("steers" in fault for fault in ground.run(key, WAYS[key][0], mode)[1]), (mode, key)


def test_every_name_is_shown_as_it_is_or_written_out(ground: Ground) -> None:
    plain = run(ground.path, ["list", "-f", "csv"]).out
    records = json.loads(run(ground.path, ["list", "--json"]).out)
    for name in ground.names():
        assert gate.safe(name).replace('"', '""') in plain, name
    assert set(ground.names()) <= {one["name"] for one in records}


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_format_lets_it_through(ground: Ground, fmt: str) -> None:
    for key in ("today", "show", "list", "find", "history", "contact list", "order list", "config list"):
        done, found = ground.run(key, WAYS[key][0], "pipe", "-f", fmt)
        assert found == []
        if fmt == "json":
            json.loads(done.out)


def test_on_a_real_terminal_in_a_charset_that_knows_nothing(ground: Ground) -> None:
    """The streams as the program sets them: a pty, the C locale, Python told ASCII."""
    for extra in ({"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii", "LANG": "zh_CN.GB18030"}):
        for words in (["list"], ["show", "1"]):
            code, said = on_pty(ground.path, words, {"TERM": "xterm", "COLUMNS": "80", **extra})
            assert code == 0 and steering(said, styled=True, allowed="\r") == [], (words, extra)


def on_pty(book: Path, words: list[str], extra: dict[str, str]) -> tuple[int, str]:
    """Exit code and answer of a real run on a terminal of its own."""
    ours, theirs = pty.openpty()
    given = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "SALESFLOW_DB": str(book),
             "SALESFLOW_NOW": "2026-11-24T10:05", "HOME": "/nowhere", "USER": "rep", **extra}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "salesflow", *words], env=given, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:  # the last one has closed it
        pass
    os.close(ours)
    return process.wait(timeout=60), said.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("text", OLD)
def test_control_characters_are_refused_and_invisible_ones_lost(book: Book, text: str) -> None:
    stripped = text.strip()
    steers = any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in stripped)
    if any(char in text for char in "\0\x85\u2028\u2029"):
        book.refuse(2, "add", f"店{text}店")
        return
    if not steers:
        done = book("add", f"店{text}店")
        assert steering(done.err) == [] and steering(book.show()["name"]) == []
        return
    for words in (
        ["add", f"店{stripped}店"],
        ["log", "1", "x", "--for", f"a{stripped}a", "--next", "明天"],
    ):
        if words[0] == "log":
            book("add", "甲")
        assert steering(book.refuse(2, *words).err) == []


def test_a_note_keeps_every_character_and_shows_them_escaped(book: Book) -> None:
    book("add", "甲")
    book("log", "1", "a\x1b[31mb")
    assert book.show()["followup_list"][0]["note"] == "a\x1b[31mb"
    assert "\x1b[31m" not in book("show", "1").out and "\x1b[31m" not in book("show", "1", tty=True).out
    assert "a\\x1b[31mb" in book("show", "1").out


def test_errors_name_a_hostile_word_harmlessly(book: Book) -> None:
    for word in OLD:
        for words in (["show", f"q{word}"], ["list", "--grade", f"q{word}q"], ["when", f"q{word}q"]):
            done = book(*words, code=None)
            assert done.code in (2, 3) and steering(done.out + done.err) == [], words


@pytest.mark.parametrize("extra", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(ground: Ground, extra: dict[str, str]) -> None:
    for words in READING:
        done = run(ground.path, words.split(), MODES["terminal"], **extra)
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


@pytest.mark.parametrize("columns", ["1", "5000", "99999999999999999999", "x"])
def test_no_width_is_too_small_or_large(ground: Ground, columns: str) -> None:
    for key in ("today", "show"):
        assert ground.run(key, WAYS[key][0], "terminal", COLUMNS=columns)[1] == []


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
    if words != "when 明天":
        assert any("\u4e00" <= char <= "\u9fff" for char in zh.out + zh.err)
