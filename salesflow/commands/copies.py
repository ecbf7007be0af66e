"""Copies that nobody asks for: before large changes, and after the first thing written in a day."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from salesflow import keeping, texts
from salesflow.errors import SalesflowError, Unusable

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from salesflow.context import App

ENVIRONMENT = "SALESFLOW_BACKUP"
NOTICED = 1.0  # seconds: a copy that took less is not worth a word
_NO_ROOM = (
    "book.disk_full",
    "book.read_only",
    "book.cannot_write",
    "book.cannot_write_new",
    "book.no_memory",
)


def wanted(app: App) -> bool:
    """Whether copies are made without being asked for: ``SALESFLOW_BACKUP``, then ``config backup``."""
    return (app.environ.get(ENVIRONMENT) or app.settings.get("backup")) != "no"


def before(app: App, why: str, skip: bool = False) -> None:
    """Nothing; a verified copy of the book lies among its copies, whatever ``why`` (``keeping.BEFORE``) does now.

    Not for a book without leads, with ``skip``, or where none are wanted. Raises Unusable where it cannot be made.
    """
    if skip or not (app.named_book or app.book_path.exists()) or not wanted(app):
        return
    from salesflow import db_keep

    try:
        db_keep.keep(app.book_path, why, _at(app), lambda path: _is_sound(app, path))
    except SalesflowError as error:
        if error.key not in _NO_ROOM:
            raise
        raise _refused(app, why, _why(app, error)) from None
    except OSError as error:
        raise _refused(app, why, _why(app, error)) from None


def _refused(app: App, why: str, told: str) -> Unusable:
    return Unusable("keep.no_copy_no_work", what=app.t(f"keep.why_{why}"), why=told)


def due(app: App, connection: sqlite3.Connection) -> bool:
    """Whether nothing was copied today of a book that holds leads; asked before anything is written."""
    if app.environ.get(ENVIRONMENT) == "no":
        return False
    folder = app.book_path.with_name(keeping.folder_name(app.book_path.name))
    try:
        names = os.listdir(folder)
    except OSError:
        names = []
    if keeping.made_on(names, app.today.isoformat()):
        return False
    from salesflow import db_keep

    return db_keep.has_leads(connection)


def daily(app: App) -> None:
    """Nothing; the day's copy is made, once its first command is done and has answered.

    One that kept somebody at a terminal waiting is told. Where it cannot be made that is said, and nothing else:
    what was written is safe.
    """
    from time import monotonic

    begun = monotonic()
    try:
        path = _made(app)
        seconds = monotonic() - begun
        if path and app.terminal and seconds >= NOTICED:
            _told(app, app.t("keep.daily", file=path, seconds=f"{seconds:.1f}"))
    except BaseException:  # whatever it is: the command is done and has answered
        return


def _made(app: App) -> str:
    from salesflow import db_keep
    from salesflow.store import settings

    try:
        with app.read() as connection:  # this command may have been the one that set it
            if settings.get_setting(connection, "backup") == "no" and not app.environ.get(ENVIRONMENT):
                return ""
        made = db_keep.keep_daily(app.book_path, _at(app), lambda path: _is_sound(app, path))
        return made.name if made else ""
    except (SalesflowError, OSError, MemoryError) as error:
        app.warn("keep.daily_failed", why=_why(app, error))
        return ""


def _is_sound(app: App, path: Path) -> bool:
    # the pages are in order: what no page shows would drive the good copies out, day by day
    from salesflow.commands import copy_look

    found = copy_look.first_problem(path)
    if found is not None:
        app.warn("keep.none_deleted", where=found[:80])
    return found is None


def _told(app: App, text: str) -> None:
    from salesflow.render.gate import safe

    dim, plain = ("\x1b[2m", "\x1b[0m") if app.colour else ("", "")
    app.stderr.write(f"{dim}{safe(text)}{plain}\n")


def _why(app: App, error: BaseException) -> str:
    if isinstance(error, SalesflowError):
        # of the copy alone: what is said of the book is another matter
        key = {"book.disk_full": "keep.disk_full", "book.no_memory": "keep.no_memory"}.get(
            error.key, error.key
        )
        return app.t(key, **error.values).partition("\n")[0]
    return texts.of_system(error, app.lang) if isinstance(error, OSError) else type(error).__name__


def _at(app: App) -> str:
    return f"{app.now:%Y-%m-%dT%H:%M}"
