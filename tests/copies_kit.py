"""A book of which copies are made, and ways to spoil one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from kit import Book

from salesflow import db

MONDAY, TUESDAY = "2026-11-23T09:00", "2026-11-24T09:00"


@pytest.fixture
def kept(book: Book) -> Book:
    """A book with two leads, of which copies are made."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", now="2026-11-22T18:00")
    book("add", "锦泰奥迪", now="2026-11-22T18:00")
    book.environ["SALESFLOW_BACKUP"] = ""
    return book


def names(book: Book) -> list[str]:
    """What lies in the folder of copies."""
    folder = db.backups(book.path)
    return sorted(os.listdir(folder)) if folder.is_dir() else []


def break_off(path: Path) -> bytes:
    """A book that was cut short, and what is left of it."""
    raw = path.read_bytes()[:5000]
    path.write_bytes(raw)
    return raw


def changed(path: Path, sql: str) -> None:
    """A word changed in a book behind the back of its triggers; SQLite itself finds nothing wrong with it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    kept = [(name, text) for name, text in kept if " AFTER UPDATE " in text]
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql)
    for _, text in kept:
        connection.execute(text)
    connection.execute("COMMIT")
    connection.close()
