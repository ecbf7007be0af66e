"""``process check``, ``edit``, ``use`` with files of every kind, good and bad; the editor (L11)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Book
from process_kit import SMALL, held, state, take, without, write

BAD = {
    "unknown field of a gate": (SMALL.replace('field = "address"', 'field = "adress"'), 15, "adress"),
    "unknown key": (SMALL.replace("interval = 10", "intervall = 10"), 16, "intervall"),
    "no way in": (without(SMALL, 'gate = [{ field = "address" }]\n'), 12, "talk"),
    "duplicate stage": (SMALL.replace('code = "talk"', 'code = "new"'), 12, "new"),
    "duplicate grade": (SMALL.replace('code = "Y"', 'code = "X"'), 29, "X"),
    "interval no number": (SMALL.replace("interval = 10", 'interval = "ten"'), 16, "ten"),
    "interval a half": (SMALL.replace("interval = 10", "interval = 1.5"), 16, "1.5"),
    "interval endless": (SMALL.replace("interval = 10", "interval = 99999"), 16, "99999"),
    "every below one": (SMALL.replace("every = 3", "every = -3"), 27, "-3"),
    "no deal": (SMALL.replace("won = true", "won = false"), 7, "won"),
    "title of one language": (SMALL.replace('{ zh = "老板", en = "boss" }', '{ zh = "老板" }'), 50, "en"),
    "twice the same name": (SMALL.replace('code = "talk"', 'code = "talk"\ncode = "talk"'), 14, "TOML"),
    "an open bracket": (SMALL + "[[stage", 65, "TOML"),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line(book: Book, text: tuple[str, int, str]) -> None:
    content, line, word = text
    said = book("process", "check", write(book, content), code=2)
    assert f"第 {line} 行" in said.err and word in said.err and said.out == ""
    assert f"line {line}:" in book("process", "check", write(book, content), code=2, lang="en").err


def test_every_mistake_is_told_at_once(book: Book) -> None:
    """L11: all of them in one look, in the order of their lines."""
    text = without(SMALL, 'gate = [{ field = "address" }]\n')
    text = text.replace("interval = 10", 'interval = "ten"').replace('code = "Y"', 'code = "X"')
    text = text.replace('zh = "老板", ', "")
    lines = book("process", "check", write(book, text), code=2).err.splitlines()
    assert len(lines) == 5 and "4 处" in lines[0]
    numbers = [int(line.removeprefix("第 ").partition(" ")[0]) for line in lines[1:]]
    assert numbers == [12, 15, 28, 49]


def test_a_good_file_is_said_in_one_line(book: Book) -> None:
    path = write(book, SMALL)
    assert book("process", "check", path).out.count("\n") == 1
    assert book("process", "check", path, "--json").json == {
        "ok": True,
        "process": "ours",
        "stages": ["new", "talk", "deal"],
    }
    assert book("process", "check", "-", "--json", stdin=SMALL).json["ok"] is True
    book.refuse(2, "process", "check")


def no_file(path: Path) -> None:
    """Nothing."""


def folder(path: Path) -> None:
    """A directory."""
    path.mkdir()


def empty(path: Path) -> None:
    """A file of no byte."""
    path.write_bytes(b"")


def not_text(path: Path) -> None:
    """Bytes that are no UTF-8."""
    path.write_bytes(b'code = "\xff\xfe"\n')


def gb18030(path: Path) -> None:
    """A file saved as the old Chinese charset."""
    path.write_bytes(SMALL.encode("gb18030"))


def nul(path: Path) -> None:
    """A byte that no text holds."""
    path.write_bytes(SMALL.encode() + b"\0")


def not_toml(path: Path) -> None:
    """A picture."""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" * 50)


def prose(path: Path) -> None:
    """A text that is no TOML."""
    path.write_text("我们的流程：先打电话，再上门。\n", "utf-8")


def huge(path: Path) -> None:
    """Ten megabytes."""
    path.write_text("# x\n" * 2_500_000, "utf-8")


def mistaken(path: Path) -> None:
    """A mistake on each of very many lines."""
    path.write_text("\n".join(f"a{number} = 1" for number in range(20_000)), "utf-8")


def endless_key(path: Path) -> None:
    """A key of very many parts."""
    path.write_text("a." * 100_000 + "b = 1\n", "utf-8")


def deep(path: Path) -> None:
    """Brackets within brackets."""
    path.write_text("x = " + "[" * 50_000 + "]" * 50_000, "utf-8")


def denied(path: Path) -> None:
    """A file that may not be read."""
    path.write_text(SMALL, "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this account reads everything")


KINDS: list[tuple[Callable[[Path], None], int]] = [
    (no_file, 3),
    (folder, 5),
    (empty, 2),
    (not_text, 2),
    (gb18030, 2),
    (nul, 2),
    (not_toml, 2),
    (prose, 2),
    (huge, 2),
    (mistaken, 2),
    (endless_key, 2),
    (deep, 2),
    (denied, 5),
]


@pytest.mark.parametrize(("make", "code"), KINDS, ids=[make.__name__ for make, _ in KINDS])
def test_a_file_that_cannot_be_read_changes_nothing(
    book: Book, make: Callable[[Path], None], code: int
) -> None:
    """A process file that cannot be read changes nothing."""
    take(book, SMALL)
    book("add", "甲", "--process", "ours")
    path = book.path.parent / "bad.toml"
    make(path)
    before = book.dump()
    for words in (["check"], ["use"], ["edit", "ours"]):
        done = book("process", *words, str(path), code=code)
        assert done.out == "" and "Traceback" not in done.err and done.err.count("\n") <= 303
    assert book.dump() == before


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_file_with_mistakes_is_not_taken(book: Book, text: tuple[str, int, str]) -> None:
    take(book, SMALL)
    before = book.dump()
    path = write(book, text[0])
    assert "没有采用" in book("process", "edit", "ours", path, code=2).err
    assert "没有采用" in book("process", "use", path, code=2).err
    assert "没有采用" in book("process", "edit", "ours", "-", code=2, stdin=text[0]).err
    assert book.dump() == before


def test_a_byte_order_mark_and_windows_lines_are_no_mistake(book: Book) -> None:
    path = write(book, "")
    Path(path).write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    book("process", "use", path)
    assert held(book)[-1] == "ours"
    book("process", "new", "ours2", "--from", "ours", "--name", "又一个")
    assert book("process", "show", "ours2", "--json").json["titles"]["zh"] == "又一个"


# The editor


def script(book: Book, *lines: str) -> str:
    """An editor that runs these lines of shell on the file."""
    path = book.path.parent / "editor.sh"
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def ours(book: Book) -> Book:
    """A book with a process of its own and a lead that follows it."""
    take(book, SMALL)
    book("add", "甲", "--process", "ours")
    return book


def edited(book: Book, *answers: str, editor: str, code: int = 0) -> tuple[str, str]:
    """What ``process edit ours`` said on a terminal."""
    done = book("process", "edit", "ours", tty=True, answers=answers, EDITOR=editor, VISUAL="", code=code)
    return done.out, done.err


def kept(err: str) -> Path:
    """The file in which the text is kept."""
    (found,) = {word for word in err.replace("，", " ").replace("：", " ").split() if word.endswith(".toml")}
    return Path(found)


def test_the_editor_gets_the_file_with_its_comments(ours: Book) -> None:
    """L11: a company changes its process without a file of its own at hand."""
    seen = ours.path.parent / "seen"
    change = 'sed -i "s/interval = 10/interval = 14/" "$1"'
    editor = script(ours, f'cp "$1" {seen}', f'stat -c %a "$1" > {seen}.mode', change)
    out, err = edited(ours, "y", editor=editor)
    assert seen.read_text("utf-8") == SMALL and "已改" in out
    assert Path(f"{seen}.mode").read_text().strip() == "600"
    assert "10 改成 14" in err
    source = ours("process", "show", "ours", "--toml").out
    assert source == SMALL.replace("interval = 10", "interval = 14") and "# may change" in source


def test_nothing_edited_changes_nothing(ours: Book) -> None:
    before = ours.dump()
    assert "没有改动" in edited(ours, editor="true")[0]
    edited(ours, editor="false", code=5)
    edited(ours, editor="/no/such/editor", code=5)
    assert ours.dump() == before


def test_mistakes_are_shown_and_the_text_is_not_lost(ours: Book) -> None:
    once = ours.path.parent / "once"
    editor = script(
        ours,
        f"if [ -e {once} ]; then sed -i 's/every = nine/every = 9/' \"$1\"",
        f"else touch {once}; sed -i 's/every = 3$/every = nine/' \"$1\"; fi",
    )
    out, err = edited(ours, "y", "y", editor=editor)
    assert "TOML" in err and "第 27 行" in err and "已改" in out
    assert ours("process", "show", "ours", "--json").json["grades"][0]["every"] == 9


def test_who_gives_up_finds_the_text_again(ours: Book) -> None:
    before = state(ours)
    out, err = edited(ours, "n", editor=script(ours, 'sed -i "s/every = 3$/every = 0/" "$1"'), code=1)
    path = kept(err.splitlines()[-2])
    assert "every = 0" in path.read_text("utf-8") and path.stat().st_mode & 0o777 == 0o600
    assert state(ours) == before
    path.write_text(path.read_text("utf-8").replace("every = 0", "every = 8"), "utf-8")
    ours("process", "edit", "ours", str(path))
    path.unlink()


def test_who_says_no_finds_the_text_again(ours: Book) -> None:
    before = state(ours)
    out, err = edited(ours, "n", editor=script(ours, 'sed -i "s/every = 3$/every = 8/" "$1"'))
    path = kept(err.splitlines()[-1])
    assert "没有改" in out and "every = 8" in path.read_text("utf-8") and state(ours) == before
    path.unlink()


def test_who_breaks_off_finds_the_text_again(ours: Book) -> None:
    before = state(ours)
    _, err = edited(ours, editor=script(ours, 'sed -i "s/every = 3$/every = 8/" "$1"'), code=130)
    path = kept(next(line for line in err.splitlines() if ".toml" in line))
    assert "every = 8" in path.read_text("utf-8") and state(ours) == before
    path.unlink()


def test_no_temporary_file_is_left_behind(ours: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ours.path.parent / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    edited(ours, editor="true")
    edited(ours, "y", editor=script(ours, 'sed -i "s/every = 3$/every = 8/" "$1"'))
    assert list(folder.iterdir()) == []
