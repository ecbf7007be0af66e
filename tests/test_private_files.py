"""Nobody else's: modes of every file that a command writes, what stays out of lists of processes and temporary folders.

reliability.md, P10, J1 to J4; the form of a leak that each test must notice is shown to it once.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import canary
import pytest
from kit import Book, filled, make

from salesflow import db, db_copy

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")

# every way of writing a file, by the words of its command; {out} is where it goes
WRITERS = (
    ("backup", "{out}.db"),
    ("backup",),
    ("export", "leads", "-o", "{out}.csv"),
    ("export", "leads", "-o", "{out}.xlsx", "--with-personal"),
    ("export", "contacts", "-o", "{out}.vcf"),
    ("export", "contacts", "-o", "{out}.tsv"),
    ("export", "followups", "-o", "{out}.jsonl"),
    ("export", "calendar", "-o", "{out}.ics"),
    ("export", "all", "-f", "jsonl", "-o", "{out}.jsonl"),
    ("report", "week", "--html", "{out}.html"),
    ("report", "week", "--xlsx", "{out}.xlsx"),
    ("plan", "--html", "{out}.html"),
    ("prepare", "1", "-f", "html", "-o", "{out}.html"),
    ("import", "bad.csv", "--rejects", "{out}.csv"),
    ("config", "push.me", "wecom"),
    ("process", "new", "mine", "--from", "film-4s"),
    ("log", "1", "daily copy"),
)


@pytest.fixture(params=[0o000, 0o777], ids=["000", "777"])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A umask that lets everything through, and one that lets nothing."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def fill_person(book: Book) -> None:
    """One lead with one person."""
    book("add", "华星宝马", "--contact", f"{canary.NAME} {canary.PHONE} buyer", "--next", "今天 送样")
    book("log", "1", "谈了价格", "--next", "明天")


@pytest.fixture
def shop(book: Book) -> Book:
    """The same."""
    return filled(book, fill_person)


def wide(folder: Path) -> list[str]:
    """Every file or folder below that is not its owner's alone, or not even its owner's."""
    found = []
    for path in sorted(folder.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            found.append(f"{path.relative_to(folder)} {mode:o}")
    return found


def test_every_file_that_a_command_writes_is_its_owners(
    tmp_path: Path, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new"
    book = make(folder / "book.db", monkeypatch)
    fill_person(book)
    monkeypatch.chdir(folder)
    (folder / "bad.csv").write_text("店名,电话\n好店,1\n,13800001111\n", "utf-8")
    (folder / "bad.csv").chmod(0o600)
    made = set(folder.rglob("*"))
    for number, words in enumerate(WRITERS):
        book(*(word.format(out=folder / f"out{number}") for word in words), code=None)
        now = set(folder.rglob("*"))
        assert words[0] in ("process", "log") or now > made, words
        assert wide(folder) == [], words
        made = now
    assert len(list((folder / "book.db.backups").iterdir())) >= 1
    copy = next((folder / "book.db.backups").glob("*.db"))
    book.path.write_bytes(b"damaged")
    book("restore", str(copy))
    book("--db", str(folder / "demo" / "demo.db"), "demo", code=None)
    assert any(".aside-" in path.name for path in folder.iterdir()) and wide(folder) == []
    (folder / "loose.csv").touch()
    (folder / "loose.csv").chmod(0o644)
    assert wide(folder) == ["loose.csv 644"]  # the test sees one where there is one


def test_the_journal_is_as_private_as_the_book(shop: Book, umask: int) -> None:
    with closing(db.open_book(shop.path, write=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE operation SET reason = 'x'")
        journal = Path(f"{shop.path}-journal")
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600
        connection.execute("ROLLBACK")


def test_check_names_what_others_may_read_and_how_to_close_it(shop: Book) -> None:
    assert shop("check").err == ""
    shop("backup")
    copy = next(shop.path.with_name("book.db.backups").glob("*.db"))
    for path, mode in ((shop.path, 0o644), (copy, 0o604), (copy.parent, 0o755)):
        before = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode)
        done = shop("check")
        assert done.out == "" and str(path) in done.err and f"chmod go-rwx {path}" in done.err
        assert done.err.count("\n") == 1
        path.chmod(before)
    assert shop("check", lang="en").err == ""


def test_every_connection_overwrites_what_it_deletes_and_spills_nothing(shop: Book, tmp_path: Path) -> None:
    """J2, J3: by what SQLite itself says of each way in which the program opens a book."""
    copy = tmp_path / "copy.db"
    shop("backup", str(copy))
    ways = [db.open_book(shop.path, write=True), db.open_book(shop.path), db._connect_read_only(copy)]
    with db_copy.open_copy(copy) as other:
        for connection in (*ways, other):
            said = [
                connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("secure_delete", "temp_store")
            ]
            assert said == [1, 2]
    for connection in ways:
        connection.close()


def test_a_number_that_was_changed_is_not_in_the_file_but_in_its_history(shop: Book) -> None:
    """J2: the page where it stood is overwritten; the history keeps it until somebody is forgotten."""
    shop("contact", "edit", "1", canary.NAME, "--hobbies", "钓鱼钓鱼")
    with closing(sqlite3.connect(shop.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_kept")
        connection.execute("PRAGMA secure_delete = ON")
        assert canary.in_bytes(shop.path.read_bytes(), "钓鱼钓鱼") == ["钓鱼钓鱼"]
        connection.execute("DELETE FROM history")
        for name in ("insert", "update", "delete"):
            connection.execute(f"DROP TRIGGER contact_{name}")
        connection.execute("UPDATE contact SET hobbies = NULL")
    assert canary.in_bytes(shop.path.read_bytes(), "钓鱼钓鱼") == []


def test_what_is_private_can_come_from_stdin(book: Book) -> None:
    """J4: /proc/PID/cmdline is everybody's to read."""
    book("add", "华星宝马", "--contact", "-", stdin=f"{canary.NAME} {canary.PHONE} buyer\n李梅 13800001111\n")
    assert [one["name"] for one in book("contact", "1", "--json").json] == [canary.NAME, "李梅"]
    book("contact", "1", "-", stdin="赵总 13800002222 decision_maker\n")
    book("log", "1", "-", stdin=f"打了 {canary.PHONE}\n下次周五 送样\n")
    assert canary.PHONE in book.show()["followup_list"][0]["note"]
    book("add", "-", stdin="甲店\n乙店\n")
    assert len(book("list", "--json").json) == 3
    assert "--contact" in book.refuse(2, "add", "-", "--contact", "-", stdin="甲\n").err
    for words in (["add", "--help"], ["contact", "add", "--help"], ["log", "--help"], ["forget", "--help"]):
        assert "- 从标准输入" in " ".join(book(*words).out.split()), words


@pytest.mark.parametrize(
    "words",
    [["list", "--sort", "name"], ["export", "leads", "-f", "csv"], ["report", "week", "--xlsx", "{out}.xlsx"],
     ["export", "leads", "-o", "{out}.xlsx"], ["import", "-", "--kind", "leads"], ["forget", canary.NAME, "--yes"]],
    ids=lambda words: " ".join(words[:3]),
)  # fmt: skip
def test_nothing_is_left_in_the_folder_for_temporary_files(
    shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """J3: an empty folder of one's own, and it is empty afterwards."""
    own = tmp_path / "tmp"
    own.mkdir(mode=0o700)
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(own))
    monkeypatch.setattr("tempfile.tempdir", None)
    shop(*(word.format(out=tmp_path / "out") for word in words), code=None, stdin="店名\n新店\n")
    assert list(own.iterdir()) == [] and canary.spilled() == []
