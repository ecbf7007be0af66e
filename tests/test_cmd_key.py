"""``--key``: a call that scripts may repeat writes once and answers the same (issue 7, 10; reliability.md, 0.6)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from kit import Book, Tty
from soak.frame import environ

from salesflow.commands import registry
from salesflow.commands.keyed import HEARD, READ
from salesflow.commands.shell import tree
from salesflow.context import App

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with a manager."""
    book("add", "华星宝马", "--contact", "王建国 13900001234")
    return book


def operations(book: Book) -> int:
    """How many operations the book holds, of every kind."""
    return int(book.sql("SELECT count(*) FROM operation")[0][0])


@pytest.mark.parametrize(
    "words",
    [
        ["log", "1", "谈了价格", "下次周五", "--json"],
        ["add", "锦泰奥迪"],
        ["edit", "华星", "--set", "need=yes"],
        ["quote", "1", "368", "--json"],
        ["来电", "1", "问价"],
        ["undo"],
        ["config", "city", "成都"],
    ],
    ids=" ".join,
)
def test_the_second_call_answers_as_the_first_and_writes_nothing(shop: Book, words: list[str]) -> None:
    first = shop(*words, "--key", "a")
    assert first.out and shop("check").out == ""
    before = shop.dump()
    for now in ("2026-11-24T10:05", "2027-03-01T08:00"):
        again = shop(*words, "--key", "a", now=now)
        assert (again.code, again.out, again.err) == (0, first.out, "")
    assert shop.dump() == before


def test_a_call_that_changed_nothing_is_no_step_and_stays_so(shop: Book) -> None:
    """Between the two calls somebody changes it: the retry must not change it back."""
    shop("edit", "1", "--set", "need=yes")
    steps = shop.steps()
    first = shop("edit", "1", "--set", "need=yes", "--key", "a")
    assert shop.steps() == steps
    shop("edit", "1", "--set", "need=no")
    assert shop("edit", "1", "--set", "need=yes", "--key", "a").out == first.out
    assert shop.show()["need"] == "no" and shop("check").out == ""
    shop("undo")
    assert shop.show()["need"] == "yes"


def test_the_same_words_in_other_spelling_are_the_same_call(shop: Book) -> None:
    first = shop("visit", "1", "看了样品", "--next", "明天", "--key", "a").out
    assert shop("拜访", "1", "看了样品", "-n", "明天", "--key=a").out == first
    assert shop.steps() == 2


def test_other_words_under_the_key_are_refused(shop: Book) -> None:
    shop("log", "1", "谈了价格", "--key", "a")
    for words in (
        ["log", "1", "别的"],
        ["log", "1", "谈了价格", "--json"],
        ["visit", "1", "谈了价格"],
        ["add", "新店"],
    ):
        done = shop.refuse(1, *words, "--key", "a")
        assert "a" in done.err and "2026-11-24 10:05" in done.err


def test_a_failed_call_leaves_its_key_free(shop: Book) -> None:
    shop.refuse(1, "add", "华星宝马", "--key", "a")
    shop.refuse(3, "log", "没有这家", "x", "--key", "a")
    shop.refuse(2, "log", "1", "x", "--next", "尽快", "--key", "a")
    assert shop("add", "锦泰奥迪", "--key", "a").out == "2\n"


def test_what_is_refused_shows_what_it_shows_without_a_key(shop: Book) -> None:
    plain = shop("paste", "-", stdin="#1\n电话 谈了价格\n", code=2)
    assert plain.out and shop("paste", "-", "--key", "a", stdin="#1\n电话 谈了价格\n", code=2) == plain
    assert shop("paste", "-", "--yes", "--key", "a", stdin="#1\n电话 谈了价格\n").out


@pytest.mark.parametrize(("key", "code"), [("", 2), ("  ", 2), ("-", 2), ("x" * 201, 2), ("a\x1bb", 2)])
def test_what_is_no_key(shop: Book, key: str, code: int) -> None:
    shop.refuse(code, "add", "锦泰奥迪", "--key", key)


def test_two_hundred_characters_are_a_key(shop: Book) -> None:
    for _ in range(2):
        assert shop("add", "锦泰奥迪", "--key", "钥" * 200).out == "2\n"


def test_a_call_that_only_looks_leaves_its_key_free(shop: Book, tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名\n甲店\n", "utf-8")
    before = shop.dump()
    shop("import", str(sheet), "--dry-run", "--key", "a")
    shop("advance", "1", "--dry-run", "--key", "a", code=None)
    shop("undo", "--list", "--key", "a")
    assert shop.dump() == before
    assert shop("import", str(sheet), "--key", "a").out == shop("import", str(sheet), "--key", "a").out


def test_another_file_of_that_name_is_another_call(shop: Book, tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名\n甲店\n", "utf-8")
    first = shop("import", str(sheet), "--json", "--key", "nightly")
    assert shop("import", str(sheet), "--json", "--key", "nightly").out == first.out
    sheet.write_text("店名\n乙店\n", "utf-8")
    shop.refuse(1, "import", str(sheet), "--json", "--key", "nightly")


def test_what_comes_on_standard_input_is_part_of_the_call(shop: Book) -> None:
    first = shop("add", "-", "--key", "a", stdin="甲店\n乙店\n")
    assert shop("add", "-", "--key", "a", stdin="甲店\n乙店\n").out == first.out == "2\n3\n"
    shop.refuse(1, "add", "-", "--key", "a", stdin="甲店\n丙店\n")
    note = shop("log", "1", "-", "--key", "b", stdin="谈了价格")
    assert shop("log", "1", "-", "--key", "b", stdin="谈了价格").out == note.out
    shop.refuse(1, "log", "1", "-", "--key", "b", stdin="别的")
    assert shop.show()["followups"] == 1


@pytest.mark.parametrize(
    ("words", "first", "other"),
    [
        (["contact", "add", "1", "-"], "李会计 13900005555", "赵总"),
        (["add", "新店", "--contact", "-"], "李会计 13900005555", "赵总"),
        (["paste", "-", "--yes"], "#1\n电话 谈了价格\n", "#1\n微信 发了色卡\n"),
    ],
)
def test_every_way_of_standard_input(shop: Book, words: list[str], first: str, other: str) -> None:
    answer = shop(*words, "--key", "a", stdin=first).out
    assert shop(*words, "--key", "a", stdin=first).out == answer
    shop.refuse(1, *words, "--key", "a", stdin=other)


def test_a_table_on_standard_input(shop: Book) -> None:
    def run(text: str) -> tuple[int, bytes]:
        words = [sys.executable, "-m", "salesflow", "import", "-", "--key", "a"]
        done = subprocess.run(
            words, env=environ(shop.path), input=text.encode("gb18030"), capture_output=True
        )
        return done.returncode, done.stdout

    first = run("店名\n甲店\n")
    assert first[0] == 0 and run("店名\n甲店\n") == first and run("店名\n乙店\n") == (1, b"")
    assert shop.steps() == 2


def test_who_reads_standard_input_is_known() -> None:
    """Who reads it in a new place names the command and its word in ``keyed.HEARD``, and the module here."""
    folder = ROOT / "salesflow" / "commands"
    found = {path.stem for path in folder.glob("*.py") if "app.stdin" in path.read_text("utf-8")}
    found |= {path.stem for path in folder.glob("*.py") if "sys.stdin" in path.read_text("utf-8")}
    others = {"common", "when"}  # for the words of `contact add` and of forget; dates to read
    assert found - others == {
        *("keyed", "add", "log_said", "paste", "process_file", "import_book", "import_file")
    }
    assert set(HEARD) <= registry.WRITES and set(READ) <= registry.WRITES


def test_a_step_that_was_undone_is_not_done_again_by_its_script(shop: Book) -> None:
    first = shop("log", "1", "谈了价格", "--key", "a")
    shop("undo")
    done = shop.refuse(1, "log", "1", "谈了价格", "--key", "a")
    assert "redo" in done.err
    shop("redo")
    assert shop("log", "1", "谈了价格", "--key", "a").out == first.out
    shop("undo")
    shop("add", "锦泰奥迪")  # from now on it cannot be redone
    shop.refuse(1, "log", "1", "谈了价格", "--key", "a")
    assert shop("log", "1", "谈了价格", "--key", "b").code == 0


def test_a_call_with_a_key_is_one_step(shop: Book) -> None:
    before = shop.show()
    operations_before = operations(shop)
    shop("log", "1", "谈了价格", "下次周五", "--key", "a")
    assert operations(shop) == operations_before + 1
    shop("undo")
    assert shop.show() == before and shop("check").out == ""


def test_undo_and_redo_under_keys(shop: Book) -> None:
    """What they took back is told from their own answers, by ``check`` too, which walks all of it once more."""
    shop("tag", "1", "一")  # a step of one image
    shop("log", "1", "谈了价格", "--key", "a")
    shop("tag", "1", "二", "--key", "b")
    back = shop("undo", "--key", "c").out
    for words in (
        ["undo", "--key", "d"],
        ["redo"],
        ["redo", "--key", "e"],
        ["undo", "2", "--key", "f"],
        ["redo", "2"],
    ):
        shop(*words)
        steps = [(one["command"], one["undone"]) for one in shop("undo", "--list", "--json").json]
        assert shop("check").out == "", (words, steps)
    assert shop("undo", "--key", "c").out == back
    assert shop.show()["tags"] == ["一", "二"] and shop("log", "1", "谈了价格", "--key", "a").out
    shop("undo", "3")
    assert shop.show()["tags"] == [] and shop("check").out == ""
    shop("tag", "1", "三", "--key", "g")
    assert shop("check").out == ""


def test_nothing_is_asked_on_a_terminal(shop: Book) -> None:
    """Who names a call is a script: it gets the answer of a pipe, and no question."""
    assert shop("add", "锦泰奥迪", "--key", "a", tty=True).out == "2\n"
    shop.refuse(1, "add", "锦泰奥迪", "--key", "b", tty=True, answers=["2"])


def test_a_book_goes_out_and_in_with_its_keys(shop: Book, tmp_path: Path) -> None:
    first = shop("log", "1", "谈了价格", "--key", "a")
    shop("edit", "1", "--grade", "A", "--key", "b")
    shop("edit", "1", "--grade", "A", "--key", "c")
    file = tmp_path / "whole.jsonl"
    shop("export", "all", "-o", str(file))
    other = Book(tmp_path / "other.db", shop.patch)
    other("init")
    other.refuse(2, "import", str(file), "--key", "k")
    other("import", str(file))
    assert other("export", "all").out == file.read_text("utf-8")
    assert other("log", "1", "谈了价格", "--key", "a").out == first.out
    assert other("export", "all").out == file.read_text("utf-8") and other("check").out == ""


def test_the_first_command_at_the_default_place(book: Book, tmp_path: Path) -> None:
    given = {"SALESFLOW_DB": "", "XDG_DATA_HOME": str(tmp_path / "data")}
    first = book("add", "华星宝马", "--key", "a", **given)
    assert book("add", "华星宝马", "--key", "a", **given).out == first.out == "1\n"
    assert book("list", "-f", "jsonl", **given).out.count("\n") == 1
    assert "华星宝马" not in book("log", "x", "y", "--key", "a", code=1, **given).out


def test_every_command_that_writes_has_it_and_no_other(book: Book) -> None:
    found = set()
    with tree().make_context("salesflow", ["today"], obj=App(environ={})) as ctx:
        for entry in registry.ENTRIES:
            command = ctx.command.get_command(ctx, entry.name)
            for verb in entry.verbs or ("",):
                one = command.get_command(ctx, verb) if verb else command
                if any(param.name == "key" and not param.is_flag for param in one.params):
                    found.add(f"{entry.name} {verb}".strip())
    assert found == registry.WRITES


def test_a_command_that_is_not_known_to_write_cannot(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that none is without ``--key``, without its place in the model of undo and in these lists."""
    before = book.dump()
    root: Any = tree()
    book("log", "1", "x", code=3)  # so that it is built
    monkeypatch.setattr(root.commands["log"], "may_write", False)
    done = book("log", "新店", "x", "--new", code=5)
    assert "AssertionError" in done.err and book.dump() == before


# Killed, and two at once

KILLED = """
import os, signal, sys
from salesflow import cli, db_whole
real = db_whole.Whole.keep
def keep(self, path):
    if sys.argv[1] == "after":
        real(self, path)
    os.kill(os.getpid(), signal.SIGKILL)
db_whole.Whole.keep = keep
cli.main(sys.argv[2:])
"""


@posix
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_about_the_commit_the_retry_answers(shop: Book, when: str) -> None:
    words = ["log", "1", "谈了价格", "--json", "--key", "a"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, when, *words], env=environ(shop.path), capture_output=True
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b"")
    assert shop.show()["followups"] == (when == "after")
    steps = shop.steps()
    done = shop(*words)
    assert done.json["followups"] == 1 and shop.steps() == steps + (when == "before")
    assert shop(*words).out == done.out and shop("check").out == ""


@posix
def test_several_at_once_do_it_once_and_answer_the_same(shop: Book) -> None:
    words = [sys.executable, "-m", "salesflow", "log", "1", "谈了价格", "--json", "--key", "a"]
    steps = shop.steps()
    running = [
        subprocess.Popen(words, env=environ(shop.path), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    said = {(*one.communicate(timeout=60), one.returncode) for one in running}
    assert len(said) == 1 and next(iter(said))[1:] == (b"", 0)
    assert shop.steps() == steps + 1 and shop.show()["followups"] == 1


def test_an_answer_that_could_not_be_written_is_six_and_is_there_for_the_retry(shop: Book) -> None:
    class Full(Tty):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    words = ["log", "1", "谈了价格", "--key", "a"]
    from salesflow.cli import main

    with shop.patch.context() as patch:
        for name, value in (("SALESFLOW_DB", str(shop.path)), ("SALESFLOW_NOW", shop.now)):
            patch.setenv(name, value)
        for _ in range(2):
            patch.setattr("sys.stdout", Full())
            assert main(words) == 6
    assert shop(*words).out and shop.show()["followups"] == 1
