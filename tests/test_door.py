"""The door on file systems without links, and where the system refuses what makes a book or puts one in its place."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from kit import Book

from salesflow import db_keep
from salesflow.db import open_book, transaction
from salesflow.errors import Refused


def _refusing(code: int) -> Callable[..., NoReturn]:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return refuse


def _names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A place without a book, in a folder of its own."""
    folder = tmp_path / "place"
    folder.mkdir()
    return Book(folder / "book.db", monkeypatch, now="2026-11-22T09:00")


def test_a_book_is_made_where_there_are_no_links(fresh: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _refusing(errno.EPERM))
    fresh("init")
    assert _names(fresh.path.parent) - {"book.db-journal"} == {"book.db"}
    assert fresh("add", "锦泰").out == "1\n"


def test_a_book_that_came_in_between_stays(fresh: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def came(*_: Any) -> NoReturn:
        fresh.path.write_bytes(b"another")
        raise OSError(errno.EPERM, "")

    monkeypatch.setattr(os, "link", came)
    fresh("init", code=1)
    assert fresh.path.read_bytes() == b"another" and _names(fresh.path.parent) == {"book.db"}


def test_what_cannot_be_put_in_its_place_leaves_nothing(fresh: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _refusing(errno.EPERM))
    monkeypatch.setattr(os, "rename", _refusing(errno.ENOSPC))
    done = fresh("init", code=5)
    assert done.err.count("\n") <= 2 and _names(fresh.path.parent) == set()


@pytest.fixture
def copied(fresh: Book) -> Path:
    """A copy of the book with one lead; the book itself has lost its end since."""
    fresh("init")
    fresh("add", "锦泰")
    copy = fresh.path.parent.parent / "copy.db"
    fresh("backup", str(copy))
    os.truncate(fresh.path, 4096 * 3)
    return copy


@pytest.mark.parametrize("links", [True, False])
def test_restore_puts_the_book_aside(
    fresh: Book, copied: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    damaged = fresh.path.read_bytes()
    if not links:
        monkeypatch.setattr(os, "link", _refusing(errno.EPERM))
    fresh("restore", str(copied))
    assert [one["name"] for one in fresh("list", "--json").json] == ["锦泰"]
    (aside,) = fresh.path.parent.glob("book.db.aside-*")
    assert aside.read_bytes() == damaged


@pytest.mark.parametrize("links", [True, False])
def test_a_restore_that_fails_leaves_the_book_at_its_place(
    fresh: Book, copied: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    damaged = fresh.path.read_bytes()
    if not links:
        monkeypatch.setattr(os, "link", _refusing(errno.EPERM))
    monkeypatch.setattr(os, "replace", _refusing(errno.EIO))
    done = fresh("restore", str(copied), code=5)
    assert done.err.count("\n") <= 2
    assert fresh.path.read_bytes() == damaged


def test_a_part_of_a_transaction_that_fails_is_taken_back_alone(fresh: Book) -> None:
    fresh("init")
    fresh("add", "锦泰")
    connection = open_book(fresh.path, write=True)
    note = "UPDATE lead SET note = ? WHERE id = 1"
    told: dict[str, Any] = {"at": "2026-11-22T09:01", "by": "rep"}
    connection.execute("BEGIN IMMEDIATE")
    with transaction(connection, command="edit", **told):
        connection.execute(note, ("kept",))
    with pytest.raises(Refused), transaction(connection, command="edit", **told):
        connection.execute(note, ("not kept",))
        raise Refused("book.exists", path=fresh.path)
    connection.execute("COMMIT")
    assert connection.execute("SELECT note FROM lead").fetchall() == [("kept",)]
    connection.close()


@pytest.mark.parametrize(
    ("error", "there"),
    [
        (ProcessLookupError(), False),
        (PermissionError(), True),
        (OSError(errno.EINVAL, ""), True),
        (None, True),
    ],
)
def test_a_process_that_may_still_run_keeps_its_half_copy(
    monkeypatch: pytest.MonkeyPatch, error: OSError | None, there: bool
) -> None:
    def kill(process: int, signal: int) -> None:
        assert (process, signal) == (4711, 0)
        if error:
            raise error

    monkeypatch.setattr(os, "kill", kill)
    assert db_keep.runs(4711) is there


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_restore_of_a_book_that_nobody_may_write_says_so(
    fresh: Book, copied: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *more: Any, **others: Any) -> Any:
        if path == fresh.path and "+" in mode:
            raise OSError(code, os.strerror(code))
        return opened(path, mode, *more, **others)

    monkeypatch.setattr(Path, "open", refuse)
    fresh("restore", str(copied))  # the folder may be written in, which is all that it needs
    assert [one["name"] for one in fresh("list", "--json").json] == ["锦泰"]
