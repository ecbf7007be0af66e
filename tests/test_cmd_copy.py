"""``--copy``: what a reading command answers is on the clipboard, as it was printed (cli.md, Output)."""

from __future__ import annotations

import pytest
from kit import Book


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is put on the clipboard, one text after the other."""
    held: list[str] = []
    monkeypatch.setattr("pyperclip.copy", held.append)
    return held


@pytest.fixture
def book(book: Book) -> Book:
    """A shop with a manager whom others read by surname."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", "--next", "今天 送样")
    return book


def test_without_a_format_it_is_the_message_for_a_phone(book: Book, board: list[str]) -> None:
    done = book("today", "--copy")
    assert done.out == book("today", "-f", "chat").out and "13900001234" not in done.out
    assert board == [done.out.rstrip("\n")]
    assert done.err == f"已放进剪贴板（{len(done.lines)} 行）\n"


def test_on_a_terminal_a_table_is_copied_as_plain_columns(book: Book, board: list[str]) -> None:
    done = book("list", "--copy", "-f", "table", tty=True)
    assert board == [book("list", "-f", "plain").out.rstrip("\n")] and "\x1b" not in done.out


@pytest.mark.parametrize("fmt", ["json", "jsonl", "csv", "tsv", "md", "chat", "plain"])
def test_every_format_is_copied_as_it_is(book: Book, board: list[str], fmt: str) -> None:
    done = book("list", "--copy", "-f", fmt)
    assert board == [done.out.lstrip("\ufeff").rstrip("\r\n")] and done.out == book("list", "-f", fmt).out
    assert book("list", "--copy", "--json").out == book("list", "--json").out


def test_what_the_environment_asks_for_is_copied(book: Book, board: list[str]) -> None:
    book("list", "--copy", SALESFLOW_FORMAT="csv")
    assert board[0].startswith("id,uid,") and not board[0].endswith(("\r", "\n"))


def test_the_exit_code_stays(book: Book, board: list[str]) -> None:
    book("today", "--copy", "--exit-code", code=1, now="2026-11-26T09:00")
    assert len(board) == 1


def test_without_a_clipboard_the_answer_is_printed_and_the_run_fails(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyperclip

    def none(text: str) -> None:
        raise pyperclip.PyperclipException

    monkeypatch.setattr("pyperclip.copy", none)
    done = book("today", "--copy", code=5)
    assert "#1 华星宝马" in done.out and done.err == "这里没有剪贴板可放，上面的字自己复制\n"


@pytest.mark.parametrize(
    "words",
    [["today"], ["list"], ["find", "华星"], ["show", "1"], ["report", "day"], ["report"], ["contact", "list", "1"],
     ["history"], ["when", "明天"], ["plan"], ["config"], ["undo", "--list"]],
)  # fmt: skip
def test_every_reading_command_has_it(book: Book, board: list[str], words: list[str]) -> None:
    book(*words, "--copy")
    assert len(board) == 1


def test_a_writing_command_has_it_not(book: Book) -> None:
    book.refuse(2, "add", "锦泰", "--copy")
