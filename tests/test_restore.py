"""A copy in the place of a damaged book; a sound one is never touched (reliability.md H5)."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from copies_kit import MONDAY, TUESDAY, break_off, changed, kept, names
from kit import Book
from test_cmd_book import posix

from salesflow import db

__all__ = ["kept"]


def test_the_newest_sound_copy_takes_the_place_of_a_damaged_book(kept: Book) -> None:
    kept("log", "1", "报了368", now=MONDAY)
    kept("backup", now=MONDAY)
    kept("backup", now=TUESDAY)
    break_off(sorted(db.backups(kept.path).glob("book-*.db"))[1])
    changed(sorted(db.backups(kept.path).glob("book-*.db"))[0], "UPDATE followup SET note = '报了386'")
    raw = break_off(kept.path)
    assert "restore latest" in kept("today", code=5, now=TUESDAY).err
    assert (
        len(kept("backup", "list", "--json", now=TUESDAY).json) == 3
    )  # wanted most where the book is damaged
    done = kept("restore", "latest", "--json", now=TUESDAY)
    assert done.err.count("\n") == 2  # two were passed over
    assert Path(done.json["from"]).name == "20261123-0900-daily.db" and done.json["sound"]
    assert Path(done.json["aside"]).read_bytes() == raw
    assert kept("check") == (0, "", "") and kept.show()["followups"] == 1


def test_the_copy_that_is_named_is_the_one_that_restore_takes(kept: Book) -> None:
    kept("backup", now=MONDAY)
    kept("log", "1", "报了368", now=TUESDAY)
    changed(db.backups(kept.path) / names(kept)[-1], "UPDATE followup SET note = '报了386'")
    break_off(kept.path)
    named = kept("today", code=5, now=TUESDAY).err
    taken = kept("restore", "latest", "--json", now=TUESDAY).json["from"]
    assert taken in named


def test_a_restore_that_fails_leaves_no_second_name_of_the_book(
    kept: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept("log", "1", "聊了", now=MONDAY)
    break_off(kept.path)
    before = sorted(kept.path.parent.rglob("*"))

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "replace", full)
    kept("restore", "latest", code=5)
    assert sorted(kept.path.parent.rglob("*")) == before


def test_a_copy_of_a_clock_that_ran_ahead_is_not_the_newest(kept: Book) -> None:
    kept("log", "1", "时钟错了", "--no-next", now="2027-11-22T09:00")  # the year was wrong, once
    kept("log", "1", "报了368", "--no-next", now=MONDAY)
    kept("log", "1", "第二天", "--no-next", now=TUESDAY)
    listed = [Path(one["path"]).name[:8] for one in kept("backup", "list", "--json", now=TUESDAY).json]
    assert listed == ["20261124", "20261123", "20271122"]
    break_off(kept.path)
    assert "20261124-0900-daily" in kept("today", code=5, now=TUESDAY).err
    done = kept("restore", "latest", "--json", now=TUESDAY)
    assert Path(done.json["from"]).name == "20261124-0900-daily.db" and kept.show()["followups"] == 3
    # where the clock is wrong now, the newest is the newest
    break_off(kept.path)
    assert "20271122" in kept("today", code=5, now="1999-01-01T09:00").err


def test_restore_latest_and_without_a_name_touch_no_sound_book(kept: Book) -> None:
    kept("backup", now=MONDAY)
    for words in (["restore", "latest"], ["restore"], ["restore", "book-20261123-0900.db"]):
        kept.refuse(1, *words)


def test_a_book_that_differs_from_its_history_is_no_sound_one(kept: Book) -> None:
    kept("log", "1", "报了368", now=MONDAY)
    changed(kept.path, "UPDATE followup SET note = '报了386'")
    kept("check", code=5)
    kept("restore", "latest")
    assert kept("check") == (0, "", "")


def test_without_a_name_the_newest_is_named_or_asked_for(kept: Book) -> None:
    kept("backup", now=MONDAY)
    kept("log", "1", "x", now=TUESDAY)
    raw = break_off(kept.path)
    said = kept("restore", code=2, now=TUESDAY)
    assert (
        "20261124-0900-daily.db" in said.err
        and "restore latest" in said.err
        and kept.path.read_bytes() == raw
    )
    left = kept("restore", tty=True, answers=[""], now=TUESDAY)
    assert kept.path.read_bytes() == raw and "没有恢复" in left.out
    asked = kept("restore", tty=True, answers=["2"], now=TUESDAY)
    assert "1 " in asked.err and "2 家" in asked.err
    assert kept.show()["followups"] == 0


def test_where_no_copy_is_good_nothing_is_restored(kept: Book) -> None:
    kept("backup", now=MONDAY)
    break_off(next(db.backups(kept.path).glob("*.db")))
    raw = break_off(kept.path)
    for words, code in ((["restore", "latest"], 3), (["restore", "book-20261123-0900.db"], 5)):
        kept(*words, code=code)
    assert kept.path.read_bytes() == raw
    assert {path.name for path in kept.path.parent.iterdir()} <= {
        "book.db",
        "book.db-journal",
        "book.db.backups",
    }


@posix
def test_a_book_that_another_program_has_open_is_not_restored(kept: Book) -> None:
    kept("backup", now=MONDAY)
    raw = break_off(kept.path)
    lock = "import fcntl, sys; f = open(sys.argv[1], 'r+b'); fcntl.lockf(f, fcntl.LOCK_EX, 1, 0x40000000)"
    for more in (lock, "import sys; f = open(sys.argv[1], 'rb')"):
        if "fcntl" not in more and not Path("/proc/self/fd").exists():
            continue
        holder = subprocess.Popen(
            [sys.executable, "-c", f"{more}; print(1, flush=True); sys.stdin.read()", str(kept.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert holder.stdout and holder.stdin
        holder.stdout.readline()
        done = kept("restore", "latest", code=5)
        holder.communicate()
        assert done.err.count("\n") == 2 and kept.path.read_bytes() == raw
    kept("restore", "latest")


def test_a_journal_beside_the_copy_or_the_book_is_refused(kept: Book) -> None:
    kept("backup", now=MONDAY)
    (copy,) = db.backups(kept.path).glob("*.db")
    break_off(kept.path)
    for beside in (copy, kept.path):
        side = Path(f"{beside}-journal")
        was = side.read_bytes() if side.exists() else None
        side.write_bytes(b"x" * 600)
        assert str(side) in kept("restore", copy.name, code=5).err
        side.unlink() if was is None else side.write_bytes(was)
    kept("restore", copy.name)
