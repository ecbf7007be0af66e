"""Another book, read and never touched: a copy of it in memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from salesflow import db, schema
from salesflow.errors import Unusable


@contextmanager
def open_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """The book at ``path`` as a sound copy in memory, of this version, to be read; the file stays byte for byte.

    Raises NotFound, Unusable. What is open in another program, or was not closed properly, is refused: the
    copy would be half of it.
    """
    version = db._look(path)
    journal = f"{path}-journal"
    if os.path.exists(journal) and os.path.getsize(journal):
        raise Unusable("join.not_closed", path=path)
    with closing(db.in_memory(path, version)) as copy:
        yield copy


def is_book(path: Path) -> bool:
    """Whether a book or a copy of one stands at ``path``, of whatever version, sound or not."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return False
    return head.startswith(db._MAGIC) and int.from_bytes(head[68:72], "big") == schema.APPLICATION_ID


def texts(path: Path) -> Iterator[str]:
    """What the rows of a file of SQLite say, of whatever program and version; of a damaged one what is readable."""
    uri = path.absolute().as_uri() + "?mode=ro&immutable=1"
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            quoted = table.replace('"', '""')
            with suppress(sqlite3.Error):
                for row in connection.execute(f'SELECT * FROM "{quoted}"'):
                    yield "\x1f".join([one for one in row if isinstance(one, str)])
