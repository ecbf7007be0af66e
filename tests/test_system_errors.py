"""What the system refuses is said in the language of the run, and no more than is true."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from salesflow import texts
from salesflow.errors import not_written
from tests.kit import Book

SAID = {
    errno.ENOENT: ("没有这个文件夹", "no such folder"),
    errno.EACCES: ("没有权限", "no permission"),
    errno.EPERM: ("没有权限", "no permission"),
    errno.ENOSPC: ("磁盘满了", "disk is full"),
    errno.EROFS: ("不能写", "only be read"),
    errno.EISDIR: ("文件夹", "folder"),
    errno.EFBIG: ("太大", "too large"),
    errno.EPIPE: ("已经关闭", "closed"),
    errno.EBADF: ("已经关闭", "closed"),
}


@pytest.mark.parametrize("code", SAID)
def test_a_system_error_is_said_in_the_language_asked_for(code: int) -> None:
    error = OSError(code, os.strerror(code))
    for lang, words in zip(("zh", "en"), SAID[code], strict=True):
        assert words in texts.t("book.cannot_read", lang, path="x", why=error)


def test_what_has_no_words_of_ours_keeps_the_systems_own() -> None:
    assert texts.of_system(OSError(errno.EDOM, "odd argument"), "zh") == "odd argument"
    assert texts.of_system(OSError("secret"), "zh") == "OSError"


def test_only_a_file_that_was_there_is_said_to_be_as_it_was(tmp_path: Path) -> None:
    there, error = tmp_path / "there", OSError(errno.ENOSPC, "")
    there.touch()
    assert not_written(there, error).key == "book.cannot_write"
    assert not_written(tmp_path / "new", error).key == "book.cannot_write_new"


@pytest.mark.parametrize(("lang", "why"), [("zh", "没有这个文件夹。"), ("en", "there is no such folder.")])
def test_a_page_in_a_folder_that_is_not_there(book: Book, tmp_path: Path, lang: str, why: str) -> None:
    book("add", "甲店")
    name = str(tmp_path / "gone" / "week.html")
    said = book("report", "week", "--html", name, lang=lang, code=5).err
    assert f"{name}" in said and said.rstrip().endswith(why), said
