"""The files around a book that still hold somebody: copies of it, exports, what was put aside. Only read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesflow.actions.forget_words import Veil

_MOST_FILES = 5000
_MOST_BYTES = 256 * 1024 * 1024
_BOM = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def find(book: Path, veil: Veil) -> list[Path]:
    """Every file beside the book, or in the folder of its copies, in which the forgotten stand."""
    return [path for path in sorted(_files(book)) if holds(path, veil)]


def _files(book: Path) -> Iterator[Path]:
    own = {book.name, f"{book.name}-journal", f"{book.name}-wal", f"{book.name}-shm"}
    copies = book.with_name(f"{book.name}.backups")
    count = 0
    for folder in (book.parent, copies):
        with suppress(OSError), os.scandir(folder) as found:
            for one in found:
                count += 1
                if count > _MOST_FILES:
                    return
                if one.is_file(follow_symlinks=False) and not (folder == book.parent and one.name in own):
                    yield Path(one.path)


def holds(path: Path, veil: Veil) -> bool:
    """Whether the forgotten stand in the file, whatever it is: a book, a text in any encoding, a workbook."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > _MOST_BYTES * 4:
            return False
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError:
        return False
    if data.startswith(b"SQLite format 3\0"):
        return _in_book(path, data, veil)
    return any(veil.finds(text, own=veil.near) for text in _texts(data))


def _in_book(path: Path, data: bytes, veil: Veil) -> bool:
    # a text may lie across pages: SQLite puts it together; of a damaged file its bytes are read as they lie
    from salesflow import db_copy

    if any(veil.finds(text, own=veil.near) for text in db_copy.texts(path)):
        return True
    return veil.finds(data.decode("utf-8", "replace"), own=veil.near)


def _texts(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK\3\4"):
        yield from _parts(data)
        return
    for mark, name in _BOM:
        if data.startswith(mark):
            yield data.decode(name, "replace")
            return
    try:
        yield data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield data.decode("utf-8", "replace")
        yield data.decode("gb18030", "replace")


def _parts(data: bytes) -> Iterator[str]:
    # a workbook is a parcel of texts
    from html import unescape
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    with (
        suppress(BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError),
        ZipFile(BytesIO(data)) as parcel,
    ):
        left = _MOST_BYTES
        for part in parcel.infolist():
            left -= part.file_size
            if left > 0:
                yield unescape(parcel.read(part).decode("utf-8", "replace"))
