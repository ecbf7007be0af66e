"""A second process in a book, made of the default one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from kit import Book

from salesflow.context import App
from salesflow.store import settings


def add_process(book: Book, code: str, *, without: str = "", **changes: Any) -> None:
    """The book has a process ``code``: ``film-4s`` with ``changes``, without the keys named in ``without``."""
    app = App(db=str(book.path), now=datetime(2026, 11, 2, 8))
    with app.write("process") as (connection, _):
        data = settings.process_data(connection, "film-4s")
        assert data
        changed = {**json.loads(data), "code": code, **changes}
        for key in without.split():
            changed.pop(key, None)
        settings.insert_process(connection, code, json.dumps(changed, ensure_ascii=False), "")
