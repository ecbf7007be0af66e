"""A copy of the book looked at: how many leads it holds, whether it is sound, and how that is said."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from salesflow import keeping
from salesflow.errors import NotFound, Unusable

if TYPE_CHECKING:
    from salesflow.context import App


def looked_at(path: Path, thorough: bool) -> tuple[int, str]:
    """The leads of the copy and its state: ``good``, or ``readable`` where it was not looked at ``thorough``ly.

    Raises NotFound where nothing is, Unusable where it is damaged or differs from its own history.
    """
    from salesflow import db, db_keep

    if not path.exists():
        raise NotFound("book.no_copy", path=path)
    if not thorough:
        return db_keep.count_leads(path), "readable"
    count = db.verify(path)
    where = first_problem(path)
    if where is not None:
        raise Unusable("keep.unsound", path=path, where=where[:80])
    return count, "good"


def first_problem(path: Path) -> str | None:
    """Where the rows of a copy whose pages are in order differ from their history, or from each other; else None."""
    from salesflow import db, db_keep
    from salesflow.reports import check

    try:
        with db_keep.opened(path) as connection:
            found = next(check.problems_of_rows(connection), None)
    except sqlite3.Error as error:
        raise db.translate(error, path) from None
    return found.where if found else None


def is_sound(path: Path) -> bool:
    """Whether all that the book at ``path`` says agrees with its history."""
    return first_problem(path) is None


def why(app: App, reason: str) -> str:
    """Why a copy was made, in words."""
    if reason in (keeping.DAILY, *keeping.BEFORE, "hand"):
        return app.t(f"keep.why_{reason}")
    return app.t("keep.why_version", version=reason.removeprefix("v"))


def age(app: App, made: str) -> str:
    """How long ago ``made`` (``YYYY-MM-DDTHH:MM``) was, in days."""
    from datetime import date

    days = (app.today - date.fromisoformat(made[:10])).days
    return app.t("keep.today") if days == 0 else app.t("keep.days", count=days)


def size(count: int) -> str:
    """A number of bytes as people read it."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} KB"
