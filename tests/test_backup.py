"""Copies of the book: made by themselves, listed, verified, restored (reliability.md H, P8)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from copies_kit import MONDAY, TUESDAY, break_off, changed, kept, names
from kit import Book
from test_cmd_book import mode, posix

from salesflow import db, db_keep, schema
from salesflow.commands import copies
from salesflow.errors import Unusable

__all__ = ["kept"]


# by themselves


@posix
def test_the_first_thing_written_in_a_day_leaves_a_copy_and_the_next_none(kept: Book) -> None:
    kept("list", now=MONDAY)
    assert names(kept) == []
    assert kept("log", "1", "聊了", now=MONDAY).err == ""
    kept("log", "1", "又聊了", now="2026-11-23T15:00")
    assert names(kept) == ["20261123-0900-daily.db"]
    copy = db.backups(kept.path) / names(kept)[0]
    assert (mode(copy), mode(copy.parent)) == (0o600, 0o700)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT note FROM followup").fetchall() == [("聊了",)]
    kept("log", "1", "再聊", now=TUESDAY)
    assert names(kept) == ["20261123-0900-daily.db", "20261124-0900-daily.db"]


def test_on_a_terminal_a_copy_that_took_its_time_is_told_after_the_answer(kept: Book) -> None:
    assert "daily" not in kept("next", "2", "下周三", now="2026-11-22T19:00", tty=True).err
    kept.patch.setattr(copies, "NOTICED", 0)
    done = kept("next", "1", "下周三", now=MONDAY, tty=True)
    assert "20261123-0900-daily.db" in done.err and "20261123-0900-daily.db" not in done.out
    assert "daily" not in kept("next", "1", "下周四", "--why", "x", now=MONDAY, tty=True).err


def test_neither_a_book_without_leads_nor_a_command_that_changed_nothing_is_copied(book: Book) -> None:
    book.environ["SALESFLOW_BACKUP"] = ""
    book("config", "city", "成都", now=MONDAY)
    book("add", "华星宝马", now=MONDAY)
    assert names(book) == []
    book.refuse(3, "log", "9", "x", now=MONDAY)
    book("config", "city", "成都", now=MONDAY)
    assert names(book) == []
    book("tag", "1", "重点", now=MONDAY)
    assert names(book) == ["20261123-0900-daily.db"]


def sheet(folder: Path) -> str:
    """A sheet of one new lead."""
    path = folder / "sheet.csv"
    path.write_text("店名\n西部奔驰\n", "utf-8")
    return str(path)


def other_book(book: Book, folder: Path) -> str:
    """Another rep's book."""
    path = folder / "other.db"
    book("--db", str(path), "init", "--rep", "李敏")
    book("--db", str(path), "add", "西部奔驰")
    return str(path)


LARGE: dict[str, Callable[[Book, Path], list[str]]] = {
    "import": lambda book, folder: ["import", sheet(folder)],
    "merge": lambda book, folder: ["merge", "1", "2"],
    "join": lambda book, folder: ["team", "join", other_book(book, folder)],
}


@pytest.mark.parametrize("why", LARGE)
def test_before_a_large_change_the_book_is_copied_as_it_was(kept: Book, tmp_path: Path, why: str) -> None:
    words = LARGE[why](kept, tmp_path)
    before = kept.dump()
    if why != "merge":
        kept(*words, "--dry-run", now=MONDAY)
    assert names(kept) == []
    kept(*words, now=MONDAY)
    assert names(kept) == [f"20261123-0900-{why}.db"]  # and it counts as the day's
    now, kept.path = kept.path, db.backups(kept.path) / names(kept)[0]
    assert kept.dump() == before
    kept.path = now
    kept("undo", now=MONDAY)
    kept(*words, "--no-backup", now=MONDAY)
    assert len(names(kept)) == 1


@pytest.mark.parametrize("why", LARGE)
def test_where_it_cannot_be_copied_first_nothing_is_done(kept: Book, tmp_path: Path, why: str) -> None:
    words = LARGE[why](kept, tmp_path)
    db.backups(kept.path).write_text("in the way")
    assert "--no-backup" in kept.refuse(5, *words, now=MONDAY).err
    kept(*words, "--no-backup", now=MONDAY)


def test_a_daily_copy_that_fails_is_said_and_costs_nothing_else(kept: Book) -> None:
    db.backups(kept.path).write_text("in the way")
    for number, lang in enumerate(("zh", "en"), 1):
        done = kept("log", "1", "聊了", now=MONDAY, lang=lang)
        assert done.err.count("\n") == 1 and "backups" in done.err
        assert kept.show()["followups"] == number


@pytest.mark.parametrize("off", ["setting", "environment"])
def test_they_can_be_switched_off(kept: Book, tmp_path: Path, off: str) -> None:
    if off == "setting":
        kept("config", "backup", "no", now=MONDAY)
    else:
        kept.environ["SALESFLOW_BACKUP"] = "no"
    kept("log", "1", "聊了", now=MONDAY)
    kept("import", sheet(tmp_path), now=MONDAY)
    assert names(kept) == []
    kept.refuse(2, "config", "backup", "maybe")


def test_a_year_of_them_keeps_seven_days_four_weeks_twelve_months_and_all_made_by_hand(kept: Book) -> None:
    folder = db.backups(kept.path)
    kept("backup", now="2025-01-01T09:00")
    mine = folder / "20250101-0900-mine.db"
    shutil.copy(kept.path, mine)
    for month in range(1, 13):
        for day in (3, 17, 28):
            (folder / f"2025{month:02}{day:02}-0900-daily.db").write_bytes(b"old")
    kept("log", "1", "x", now="2026-01-05T09:00")
    # six days of November and December and today; the weeks of these days; the last of each month
    days = ["20251103", "20251117", "20251128", "20251203", "20251217", "20251228", "20260105"]
    months = [f"2025{month:02}28" for month in range(2, 11)]
    assert [name[:8] for name in names(kept)[1:-1]] == [*months, *days]
    assert mine.exists() and (folder / "book-20250101-0900.db").exists()


def test_copies_that_differ_from_their_history_drive_no_good_one_out(kept: Book) -> None:
    kept("log", "1", "报了368", now=MONDAY)
    kept("log", "1", "送了样", now="2026-11-23T10:00")
    changed(kept.path, "UPDATE followup SET note = '报了386' WHERE note = '报了368'")
    for day in range(1, 10):
        told = kept("log", "1", "又聊了", now=f"2026-12-{day:02}T09:00").err
        assert "salesflow check" in told and told.count("\n") == 2
        assert kept("log", "1", "再聊", now=f"2026-12-{day:02}T10:00").err == ""
    assert len(names(kept)) == 10
    states = [one["state"] for one in kept("backup", "verify", "--json", code=5).json]
    assert sorted(states) == ["bad"] * 9 + ["good"]
    changed(kept.path, "UPDATE followup SET note = '报了368' WHERE note = '报了386'")
    assert kept("log", "1", "又聊了", now="2026-12-10T09:00").err == ""
    # of the last seven days and of the weeks of 23 November, 30 November and 7 December
    assert [name[:8] for name in names(kept)] == ["20261123", *(f"202612{day:02}" for day in range(4, 11))]


# made by hand, listed, verified


def test_a_copy_goes_into_the_folder_that_is_named_and_into_no_folder_that_is_not_there(
    kept: Book, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for words in ([f"{stick}/"], [str(stick)]):
        assert Path(kept("backup", *words, "--json", now=MONDAY).json["path"]).parent == stick
    assert sorted(os.listdir(stick)) == ["book-20261123-0900-2.db", "book-20261123-0900.db"]
    kept.refuse(3, "backup", f"{tmp_path}/unplugged/")
    assert not (tmp_path / "unplugged").exists()


def test_the_list_says_when_why_how_large_and_in_what_state(kept: Book) -> None:
    kept("merge", "1", "2", now=MONDAY)
    kept("log", "1", "x", now=TUESDAY)
    kept("backup", now=TUESDAY)
    found = kept("backup", "list", "--json", now="2026-11-26T09:00").json
    assert [(one["made"], one["why"], one["leads"], one["state"]) for one in found] == [
        ("2026-11-24T09:00", "hand", 1, "readable"),
        ("2026-11-24T09:00", "daily", 1, "readable"),
        ("2026-11-23T09:00", "merge", 2, "readable"),
    ]
    assert all(one["size"] == Path(one["path"]).stat().st_size for one in found)
    told = kept("backup", "list", now="2026-11-26T09:00").out
    assert "3 天" in told and "合并" in told and "20261123-0900-merge.db" in told
    assert kept("backup", "--list", "--json", now="2026-11-26T09:00").json == found
    assert {one["state"] for one in kept("backup", "verify", "--json").json} == {"good"}


def test_verify_finds_a_copy_that_is_cut_short_and_one_with_a_changed_word(kept: Book) -> None:
    kept("log", "1", "报了368", now=MONDAY)
    kept("backup", now=MONDAY)
    daily, hand = sorted(db.backups(kept.path).glob("*.db"))
    assert kept("backup", "verify").code == 0
    changed(hand, "UPDATE followup SET note = '报了386'")  # SQLite itself finds nothing wrong with it
    break_off(daily)
    states = kept("backup", "verify", "--json", code=5).json
    assert [one["state"] for one in states] == ["bad", "bad"] and all(one["problem"] for one in states)
    for name in (str(hand), hand.name, daily.name):
        kept.refuse(5, "backup", "verify", name)
    kept.refuse(3, "backup", "verify", "none.db")


def test_without_copies_the_list_says_how_to_make_one_and_verify_is_three(kept: Book) -> None:
    assert "salesflow backup" in kept("backup", "list").out
    kept.refuse(3, "backup", "verify")


def test_the_drill_says_that_a_copy_is_the_book_and_leaves_nothing(kept: Book, tmp_path: Path) -> None:
    done = kept("backup", "test", "--json").json
    assert done["ok"] and done["leads"] == 2 and done["rows"] > 4
    exported = tmp_path / "all.jsonl"
    kept("export", "all", "-o", str(exported))
    assert done["export_bytes"] == exported.stat().st_size
    assert names(kept) == [] and not db.backups(kept.path).exists()
    for lang in ("zh", "en"):
        assert kept("backup", "test", lang=lang).out.count("\n") == 1


def test_the_drill_notices_a_copy_that_is_not_the_book(kept: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = db.copy_book

    def forgetful(connection: sqlite3.Connection, target: Path, **more: bool) -> int:
        count = whole(connection, target, **more)
        if target.name == "copy.db":
            changed(target, "UPDATE lead SET area = '武侯区' WHERE id = 1")
        return count

    monkeypatch.setattr(db, "copy_book", forgetful)
    kept.refuse(5, "backup", "test")
    assert names(kept) == []


# what a copy is made of


def test_half_copies_of_killed_runs_are_swept_and_nobody_else_s(kept: Book) -> None:
    folder = db.backups(kept.path)
    folder.mkdir()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = [f".20261120-0900-daily.db.{gone.pid}.part", f".book-20261120-0900.db.{gone.pid}.part"]
    others = [
        f".20261120-0900-import.db.{os.getpid()}.part",
        ".x.part",
        f"notes.{gone.pid}.part",
        ".a.db.x.part",
    ]
    for name in (*left, *others):
        (folder / name).write_bytes(b"half")
    kept("log", "1", "x", now=MONDAY)
    assert names(kept) == sorted([*others, "20261123-0900-daily.db"])


def test_of_commands_at_the_same_moment_each_has_its_copy_and_the_day_has_one(kept: Book) -> None:
    whole, late = db.copy_book, list[str]()

    def beaten(connection: sqlite3.Connection, target: Path, **more: bool) -> int:
        if not late:  # another command is a moment earlier
            late.append(target.name)
            whole(connection, target, **more)
        return whole(connection, target, **more)

    kept.patch.setattr(db, "copy_book", beaten)
    kept("merge", "1", "2", now=MONDAY)
    assert names(kept) == ["20261123-0900-merge-2.db"]  # the newest of the two stands for both
    half = db.backups(kept.path) / f".20261124-0900-daily.db.{os.getppid()}.part"
    half.touch()
    assert kept("log", "1", "x", now=TUESDAY).err == ""
    assert names(kept) == [half.name, "20261123-0900-merge-2.db"]


def test_a_copy_with_fewer_rows_than_the_book_gets_no_name(kept: Book, tmp_path: Path) -> None:
    whole = db._copied

    def losing(connection: sqlite3.Connection, half: Path) -> dict[str, int]:
        rows = whole(connection, half)
        with sqlite3.connect(half) as copy:
            copy.execute("DROP TRIGGER contact_delete")
            copy.execute("DELETE FROM contact")
            copy.execute(schema.history_triggers("contact")[2])
        copy.close()
        return rows

    kept.patch.setattr(db, "_copied", losing)
    kept("backup", str(tmp_path / "copy.db"), code=5)
    assert not list(tmp_path.glob("*copy.db*"))


def test_a_name_that_was_taken_meanwhile_is_not_overwritten(kept: Book, tmp_path: Path) -> None:
    target, whole = tmp_path / "copy.db", db._copied

    def late(connection: sqlite3.Connection, half: Path) -> dict[str, int]:
        target.write_text("mine")
        return whole(connection, half)

    kept.patch.setattr(db, "_copied", late)
    kept("backup", str(target), code=1)
    assert target.read_text() == "mine" and not list(tmp_path.glob(".copy*"))


@posix
@pytest.mark.parametrize("limit", [0, 100_000])
def test_where_the_disk_is_full_an_older_book_is_not_upgraded(tmp_path: Path, limit: int) -> None:
    import gzip
    import resource
    import signal

    path = tmp_path / "book.db"
    path.write_bytes(gzip.decompress((ROOT / "tests" / "fixtures" / "book_v3.db.gz").read_bytes()))
    raw = path.read_bytes()

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
             "SALESFLOW_DB": str(path), "SALESFLOW_NOW": MONDAY, "SALESFLOW_LANG": "en", "USER": "rep"}  # fmt: skip
    run = [sys.executable, "-m", "salesflow", "list"]
    full = subprocess.run(run, env=given, capture_output=True, preexec_fn=limited)
    assert full.returncode == 5 and full.stderr.count(b"\n") <= 2 and b"Traceback" not in full.stderr
    assert path.read_bytes() == raw
    folder = db.backups(path)
    assert not folder.exists() or os.listdir(folder) == []
    assert subprocess.run(run, env=given, capture_output=True).returncode == 0
    assert (
        os.listdir(folder) == ["20261123-0900-v3.db"]
        and (folder / "20261123-0900-v3.db").read_bytes()[60:64] == b"\0\0\0\3"
    )


def test_of_two_upgrades_at_once_one_copies_and_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gzip

    path = tmp_path / "book.db"
    path.write_bytes(gzip.decompress((ROOT / "tests" / "fixtures" / "book_v3.db.gz").read_bytes()))
    whole, seen = db.copy_book, list[str]()

    def slow(connection: sqlite3.Connection, target: Path, **more: bool) -> int:
        # whoever comes now must wait: the copy is of the older version for sure
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
        seen.append(target.name)
        return whole(connection, target, **more)

    monkeypatch.setattr(db, "copy_book", slow)
    db.open_book(path, now=MONDAY).close()
    db.open_book(path, now=MONDAY).close()
    assert seen == ["20261123-0900-v3.db"]


def test_a_damaged_book_is_copied_by_nobody(kept: Book) -> None:
    raw = bytearray(kept.path.read_bytes())
    with sqlite3.connect(kept.path) as connection:
        page = (
            connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact'").fetchone()[0] - 1
        )
    raw[page * 4096 : (page + 1) * 4096] = bytes(4096)
    kept.path.write_bytes(raw)
    with pytest.raises(Unusable) as found:
        db_keep.keep(kept.path, "daily", MONDAY)
    assert found.value.key == "book.damaged" and found.value.values["path"] == kept.path
    assert names(kept) == []
