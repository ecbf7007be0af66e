"""A book with a little of everything in every table, and where in its file each value stands."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from salesflow import db, db_pages, schema

from .frame import ROOT

_MORE = (
    "INSERT INTO link (lead_id, other_id, relation, note, by, created_at)"
    " VALUES (1, 2, 'same_group', '老板是亲戚', '陈磊', '2026-11-10T10:00')",
    "INSERT INTO consent (lead_id, given_on, purpose, by, recorded_at)"
    " VALUES (1, '2026-11-10', '给厂家看', '陈磊', '2026-11-10T10:00')",
    "INSERT INTO workday (date, work) VALUES ('2026-11-14', 1)",
    "INSERT INTO answered (key, command, answer, by, recorded_at)"
    " VALUES ('nightly-1', 'log', '{\"words\":\"ab\",\"out\":\"#1\"}', '陈磊', '2026-11-10T10:00')",
    "INSERT INTO conflict (uid, lead_id, other_id, found_at, by)"
    " VALUES ('c-1', 1, 2, '2026-11-10T10:00', '陈磊')",
    "UPDATE lead SET note = '看了样板间，等财务批', lat = 30.6571, lng = 104.0661, shareholders = '两个股东'"
    " WHERE id = 2",
    "UPDATE followup SET note = note || '，' || 'x' WHERE id = 3",
)


class Place(NamedTuple):
    """One value of a live row: where in the file it stands, and how many bytes it has."""

    table: str
    row: int
    column: str
    start: int
    size: int


def book(folder: Path) -> Path:
    """A sealed book at ``folder``, made of the one that version 4 left, with something in every table."""
    path = folder / "book.db"
    path.write_bytes(gzip.decompress((ROOT / "tests" / "fixtures" / "book_v4.db.gz").read_bytes()))
    path.chmod(0o600)
    with closing(db.open_book(path, write=True, now="2026-11-11T09:00")) as connection:
        for sql in _MORE:
            with db.transaction(connection, command="edit", at="2026-11-11T09:00", by="陈磊"):
                connection.execute(sql)
    return path


def places(content: bytes) -> Iterator[Place]:
    """Every value of the book's tables that has bytes of its own on its page."""
    pages = db_pages.Pages(content)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        tables = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))
    for table, root in tables.items():
        if table in schema.TABLES:
            for leaf in pages.leaves(root):
                yield from _on_leaf(pages, table, leaf)


def _on_leaf(pages: db_pages.Pages, table: str, leaf: int) -> Iterator[Place]:
    names, first = schema.columns(table), (leaf - 1) * pages.size
    for cell in pages.cells(leaf):
        record = pages.payload(leaf, cell)
        for name, field in zip(names, db_pages.fields(record), strict=True):
            if field.size and field.start + field.size <= cell.local:
                yield Place(table, cell.rowid, name, first + cell.start + field.start, field.size)
