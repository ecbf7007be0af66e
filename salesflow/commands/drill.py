"""The drill: whether a copy of the book, restored, is the book again."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from salesflow.commands import copy_look
from salesflow.errors import Unusable, not_written

if TYPE_CHECKING:
    from salesflow.context import App

_NAME = ".drill-"


class Drill(NamedTuple):
    """What a drill found: leads, rows of all tables, bytes of the export, seconds."""

    leads: int
    rows: int
    export_bytes: int
    seconds: float


class _Export(NamedTuple):
    digest: str
    bytes: int
    rows: int
    leads: int


def run(app: App) -> Drill:
    """The figures of a drill that went well; nothing of it is left. Raises Unusable where the copy is not the book."""
    from salesflow import db, db_keep, db_restore

    begun = monotonic()
    with app.read() as connection, _place(db.backups(app.book_path)) as folder:
        copy, restored = folder / "copy.db", folder / "restored.db"
        with db.snapshot(connection):
            book = _export(connection)
            db.copy_book(connection, copy)
        db_restore.restore_book(copy, restored, "drill")
        with db_keep.opened(restored) as found:
            if _export(found) != book:
                raise Unusable("keep.drill_differs")
        problem = copy_look.first_problem(restored)
        if problem is not None:
            raise Unusable("keep.drill_unsound", where=problem[:80])
    return Drill(book.leads, book.rows, book.bytes, round(monotonic() - begun, 1))


def _export(connection: sqlite3.Connection) -> _Export:
    from salesflow.exchange import book_lines
    from salesflow.store import whole

    head = book_lines.Head(*whole.contents(connection))
    digest, size = hashlib.sha256(), 0
    for line in book_lines.written(head, whole.records(connection)):
        digest.update(line)
        size += len(line)
    return _Export(digest.hexdigest(), size, sum(head.rows.values()), head.rows.get("lead", 0))


@contextmanager
def _place(backups: Path) -> Iterator[Path]:
    """A folder of its own beside the copies, where there is room for a book and nobody else reads; gone afterwards."""
    was_there = backups.is_dir()
    folder = backups / f"{_NAME}{os.getpid()}"
    try:
        backups.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(backups)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise not_written(folder, error) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not was_there:
            with suppress(OSError):
                backups.rmdir()


def _sweep(backups: Path) -> None:
    from salesflow import db_keep

    for left in backups.glob(f"{_NAME}*"):
        process = left.name.removeprefix(_NAME)
        if process.isdecimal() and not db_keep.runs(int(process)):
            shutil.rmtree(left, ignore_errors=True)
