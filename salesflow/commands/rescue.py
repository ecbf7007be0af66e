"""What to do about a book that cannot be used: its newest good copy is named, or where what can be read goes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from salesflow.errors import SalesflowError, Unusable

if TYPE_CHECKING:
    from salesflow.context import App
    from salesflow.db_keep import Copy

DAMAGED = ("book.damaged", "book.empty_file", "book.not_a_book", "book.foreign", "book.schema_differs")
_MOST = 5  # copies that are opened: a bad one is followed by older ones


def advised(error: SalesflowError, app: App) -> SalesflowError:
    """``error``, with what to do where it tells of the run's own book: the newest good copy by name."""
    if error.key not in DAMAGED or str(error.values.get("path")) != str(app.book_path):
        return error
    copy = newest_good(app.book_path, app.today.isoformat())
    first = app.t(error.key, **error.values).partition("\n")[0]
    if copy:
        return Unusable("rescue.restore", what=first, copy=copy.path, made=copy.made.replace("T", " "))
    if error.key == "book.damaged":
        return Unusable("rescue.salvage", what=first)
    return error


def newest_good(book: Path, today: str) -> Copy | None:
    """The newest copy of the book that ``restore`` would take, among the newest few; None where there is none."""
    from salesflow import db_keep
    from salesflow.commands import copy_look

    for one in db_keep.copies(book, today)[:_MOST]:
        with suppress(SalesflowError, OSError):
            copy_look.looked_at(one.path, thorough=True)
            return one
    return None
