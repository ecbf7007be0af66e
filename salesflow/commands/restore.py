"""``restore``: a copy in the book's place; a damaged book is set aside, a sound one never touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from salesflow.commands import copy_look, options
from salesflow.context import App
from salesflow.errors import NotFound, SalesflowError, Usage

if TYPE_CHECKING:
    from salesflow.db_keep import Copy

LATEST = ("latest", "最新")


def restore(ctx: typer.Context, file: options.CopyFile = None, as_json: options.Json = False) -> None:
    """The copy put in the book's place; the book that stood there is set aside, never overwritten."""
    from salesflow import db_restore

    app: App = ctx.obj
    target = app.book_path
    if file is None or file in LATEST:
        # whoever need not restore is not asked from what
        db_restore.stands_damaged(target, copy_look.is_sound)
    source = found_copy(app, file) if file else _chosen(app)
    if source is None:
        app.say("keep.left")
        return
    with app.making(target):
        aside = db_restore.restore_book(source, target, f"{app.now:%Y%m%d-%H%M}", copy_look.is_sound)
    count, problem = copy_look.looked_at(target, thorough=False)[0], copy_look.first_problem(target)
    if as_json:
        app.emit_json(
            {
                "path": str(target),
                "leads": count,
                "from": str(source),
                "aside": str(aside) if aside else None,
                "sound": problem is None,
            }
        )
    else:
        app.say("book.restored", path=target, count=count)
        if source.name != file and str(source) != file:
            app.say("keep.restored_from", path=source)
        if aside:
            app.say("book.set_aside", path=aside)
    if problem is not None:
        app.warn("keep.restored_unsound", where=problem[:80])


def found_copy(app: App, name: str) -> Path:
    """The copy meant: a file, the name of one in the book's folder of copies, or ``latest``."""
    from salesflow import db

    if name in LATEST:
        return _latest(app)
    beside = db.backups(app.book_path) / name
    if not os.path.lexists(name) and os.path.basename(name) == name and beside.exists():
        return beside
    return Path(name)


def _latest(app: App) -> Path:
    """The newest copy that is sound; where none is, the newest whose pages are in order."""
    from salesflow import db, db_keep

    second = None
    for one in db_keep.copies(app.book_path, app.today.isoformat()):
        try:
            copy_look.looked_at(one.path, thorough=True)
        except SalesflowError as error:
            app.warn("keep.passed_over", why=app.t(error.key, **error.values).partition("\n")[0])
            if error.key == "keep.unsound" and second is None:
                second = one.path
        else:
            return one.path
    if second is None:
        raise NotFound("keep.no_good_copy", folder=db.backups(app.book_path))
    return second


def _chosen(app: App) -> Path | None:
    from salesflow import db_keep

    found = db_keep.copies(app.book_path, app.today.isoformat())
    if not found:
        raise Usage("book.restore_what")
    if not app.interactive:
        raise Usage("keep.restore_which", file=found[0].path.name, made=found[0].made.replace("T", " "))
    place = app.choose("keep.ask_which", [_line(app, one) for one in found])
    return found[place].path if place >= 0 else None


def _line(app: App, one: Copy) -> str:
    try:
        leads: int | str = copy_look.looked_at(one.path, thorough=False)[0]
    except SalesflowError:
        leads = "?"
    said = {"made": one.made.replace("T", " "), "age": copy_look.age(app, one.made)}
    return app.t("keep.choice", **said, why=copy_look.why(app, one.why), leads=leads, file=one.path.name)
