"""Where a book should not lie: network drives, folders that are synchronised, and what they leave behind (B7, B8)."""

from __future__ import annotations

import errno
import gzip
import os
from pathlib import Path

import pytest
from kit import Book

from salesflow import db
from salesflow.commands import place

ROOT = "22 1 8:1 / / rw - ext4 /dev/sda1 rw"
KINDS = ("nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "drvfs", "vboxsf", "davfs")


def mounts(patch: pytest.MonkeyPatch, folder: Path, *lines: str) -> None:
    """These mounts, of this machine."""
    path = folder / "mountinfo"
    path.write_text("\n".join([ROOT, *lines]) + "\n", "utf-8")
    patch.setattr(place, "MOUNTS", path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_drive_is_warned_of_in_one_line(book: Book, tmp_path: Path, kind: str) -> None:
    shared = tmp_path / "on the share"
    shared.mkdir()
    octal = str(shared).replace(" ", "\\040")
    mounts(book.patch, tmp_path, f"40 22 0:50 / {octal} rw shared:7 - {kind} server:/x rw")
    there = Book(shared / "book.db", book.patch)
    for words in (["init", "--i-know"], ["check"], ["check", "--json"]):
        for lang in ("zh", "en"):
            if "init" in words:
                there.path.unlink(missing_ok=True)
            done = there(*words, lang=lang)  # no exit code changes
            assert kind in done.err and str(there.path) in done.err and done.err.count("\n") == 1
            assert "salesflow backup" in done.err
    assert there("list").err == ""
    assert book("check").err == ""  # the folder beside it is of this machine


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_book_is_made_on_a_network_drive_unasked(book: Book, tmp_path: Path, lang: str) -> None:
    shared = tmp_path / "share"
    shared.mkdir()
    (tmp_path / "link").symlink_to(shared)
    mounts(book.patch, tmp_path, f"40 22 0:50 / {shared} rw - cifs //server/x rw")
    for folder in ("share", "link"):
        there = Book(tmp_path / folder / "book.db", book.patch)
        done = there("init", lang=lang, code=1)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 2)
        assert "cifs" in done.err and f"--db {there.path} init --i-know" in done.err
        assert list(shared.iterdir()) == []
    made = there("init", "--i-know", "--json", lang=lang)
    assert there.path.is_file() and "cifs" in made.err
    again = there("init", lang=lang, code=1)  # that it is there is what has to be said
    assert "--i-know" not in again.err
    there("add", "华星宝马")


def test_the_default_book_is_not_made_there_either(book: Book, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    mounts(book.patch, tmp_path, f"40 22 0:50 / {home} rw - nfs4 server:/home rw")
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "SALESFLOW_DB": ""}
    done = book("add", "华星宝马", code=1, **places)
    assert "nfs4" in done.err and "--i-know" in done.err
    assert [path for path in home.rglob("*") if path.is_file()] == []
    book("demo", **places)  # nothing is lost with it


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no folder goes that is in use")
def test_in_a_folder_that_is_gone_it_is_the_book_that_cannot_be_made(book: Book, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    book.patch.chdir(gone)
    gone.rmdir()
    done = Book(Path("near.db"), book.patch)("init", code=5)
    assert "near.db" in done.err and "salesflow --db" in done.err
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert place.network(tmp_path / "round" / "book.db") == ""


def test_the_innermost_mount_counts(book: Book, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    network = f"40 22 0:50 / {tmp_path} rw - nfs4 server:/x rw"
    mounts(book.patch, tmp_path, network, f"41 40 8:2 / {inner} rw - ext4 /dev/sdb1 rw")
    assert place.network(tmp_path / "book.db") == "nfs4"
    assert place.network(inner / "book.db") == ""
    assert place.network(Path(f"{inner}side/book.db")) == "nfs4"
    mounts(book.patch, tmp_path, network, f"41 40 8:2 / {tmp_path} rw - ext4 /dev/sdb1 rw")
    assert place.network(tmp_path / "book.db") == ""
    book.patch.setattr(place, "MOUNTS", tmp_path / "none")
    assert place.network(tmp_path / "book.db") == ""


FOLDERS = {
    "坚果云": ("我的坚果云", "Nutstore Files", "坚果云"),
    "OneDrive": ("OneDrive", "OneDrive - 公司"),
    "iCloud": ("iCloudDrive", "Mobile Documents/com~apple~CloudDocs"),
    "Dropbox": ("Dropbox", "Dropbox (Personal)"),
    "百度网盘": ("百度网盘同步空间", "BaiduSyncdisk"),
    "Google Drive": ("Google Drive",),
    "CloudStorage": ("CloudStorage/Box-Box",),
}


@pytest.mark.parametrize(("name", "folder"), [(name, one) for name, many in FOLDERS.items() for one in many])
def test_a_synchronised_folder_is_warned_of(book: Book, tmp_path: Path, name: str, folder: str) -> None:
    below = tmp_path / folder / "客户"
    below.mkdir(parents=True)
    there = Book(below / "book.db", book.patch)
    assert name in there("init").err
    done = there("check")
    assert (done.code, done.out, done.err.count("\n")) == (0, "", 1) and "salesflow backup" in done.err


@pytest.mark.parametrize("folder", ["OneDriver", "dropboxes", "box", "drive", "同步", "megabytes", "坚果"])
def test_other_folders_are_not(book: Book, tmp_path: Path, folder: str) -> None:
    there = tmp_path / folder
    there.mkdir()
    assert place.synced(there / "book.db") == ""
    (there / ".stfolder").mkdir()
    assert place.synced(there / "book.db") == "Syncthing"


def test_a_link_into_such_a_folder_is_followed(book: Book, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox")
    assert place.synced(tmp_path / "link" / "book.db") == "Dropbox"


def test_a_copy_of_a_conflict_is_named(book: Book) -> None:
    other = book.path.with_name("book (陈磊的冲突副本 2026-11-20).db")
    other.write_bytes(book.path.read_bytes())
    done = book("check")
    assert (done.code, done.out) == (0, "") and str(other) in done.err and "team join" in done.err


def test_a_book_with_two_names_is_warned_of(book: Book) -> None:
    other = book.path.with_name("other.db")
    os.link(book.path, other)
    told = book("check").err
    assert str(book.path) in told and told.count("\n") == 1
    other.unlink()
    assert book("check").err == ""


@pytest.mark.parametrize("side", ["-journal", "-wal"])
def test_a_pipe_where_the_journal_would_be_keeps_nobody_waiting(book: Book, side: str) -> None:
    pipe = Path(f"{book.path}{side}")
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    for words in (["list"], ["add", "华星宝马"], ["check"]):
        assert str(pipe) in book.refuse(5, *words).err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_older_book_where_nothing_can_be_written_says_that_it_is_older(
    book: Book, tmp_path: Path, lang: str
) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress((Path(__file__).parents[1] / "fixtures" / "book_v3.db.gz").read_bytes()))
    raw = old.read_bytes()

    def denied(folder: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    book.patch.setattr(db, "_make_folder", denied)
    done = Book(old, book.patch)("list", lang=lang, code=5)
    assert done.out == "" and done.err.count("\n") == 2 and str(old) in done.err
    assert {"zh": "旧版本", "en": "older version"}[lang] in done.err
    assert {"zh": "没有权限", "en": "no permission"}[lang] in done.err
    assert old.read_bytes() == raw


@pytest.mark.parametrize("words", [["backup", ""], ["import", ""], ["backup", "", "--json"]])
def test_an_empty_name_is_no_file_and_no_folder(
    book: Book, tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book("add", "甲店")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    done = book(*words, code=2)
    assert done.out == "" and done.err.count("\n") == 1
    assert list(here.iterdir()) == []


def test_a_name_of_two_lines_makes_no_line_of_its_own(book: Book, tmp_path: Path) -> None:
    there = Book(tmp_path / "a\nSaved: #1\x1b[2J.db", book.patch)
    done = there("list", code=3)
    assert done.err.count("\n") == 2 and "\\n" in done.err and "\x1b" not in done.err
