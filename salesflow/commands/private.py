"""Who else on this computer may read the book, its copies and what was put aside: warned of, with what to do."""

from __future__ import annotations

import os
from pathlib import Path

from salesflow.context import App

_MOST = 3


def warn(app: App) -> None:
    """Nothing; where other accounts may read the book or a copy, a line on stderr says so, and what to do."""
    found = open_to_others(app.book_path)
    if found:
        shown = " ".join(_quoted(path) for path in found[:_MOST])
        app.warn("book.open_to_others", path=found[0], more=len(found) - 1, paths=shown)


def open_to_others(book: Path) -> list[Path]:
    """The book, its journal, the folder of its copies and the copies that others may read or change."""
    if os.name != "posix":
        return []
    copies = book.with_name(f"{book.name}.backups")
    beside = [*book.parent.glob(f"{book.name}.aside-*"), *book.parent.glob(f"{book.name}.v*.backup")]
    places = [book, Path(f"{book}-journal"), *sorted(beside), copies]
    places += sorted(copies.glob("*.db")) if copies.is_dir() else []
    return [path for path in places if _is_open(path)]


def _is_open(path: Path) -> bool:
    try:
        return bool(path.lstat().st_mode & 0o077)
    except OSError:
        return False


def _quoted(path: Path) -> str:
    from shlex import quote

    return quote(str(path))
