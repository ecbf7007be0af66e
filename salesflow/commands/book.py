"""``init``, ``backup``, ``check``, ``restore``: the book itself."""

from __future__ import annotations

from pathlib import Path

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import SalesflowError, Usage


def init(ctx: typer.Context, rep: options.Rep = None, as_json: options.Json = False) -> None:
    """A new, empty book."""
    app: App = ctx.obj
    common.make_book(app, common.line(app, rep, "--rep"))
    if as_json:
        app.emit_json({"path": str(app.book_path)})
        return
    app.say("book.made", path=app.book_path)
    app.say("book.init_next")


def backup(
    ctx: typer.Context,
    file: options.FileName = None,
    list_: options.List = False,
    verify: options.Verify = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """A verified copy of the book; with ``--list`` the copies that are there."""
    from salesflow import db

    app: App = ctx.obj
    if list_ or (verify and not file):
        _list(app, verify, fmt, as_json)
        return
    if verify and file:
        count = db.verify(Path(file))
        app.say("book.backed_up", path=file, count=count)
        return
    target = Path(file) if file else _folder(app) / f"{app.book_path.stem}-{app.now:%Y%m%d-%H%M}.db"
    if file is None:
        target = _free(target)
    with app.read() as connection:
        db.copy_book(connection, target)
    count = db.verify(target)
    if as_json:
        app.emit_json({"path": str(target), "leads": count})
    else:
        app.say("book.backed_up", path=target, count=count)


def _folder(app: App) -> Path:
    return app.book_path.with_name(f"{app.book_path.name}.backups")


def _free(target: Path) -> Path:
    names = (target.with_stem(f"{target.stem}{extra}") for extra in ("", *(f"-{n}" for n in range(2, 999))))
    return next(name for name in names if not name.exists())


def _list(app: App, verify: bool, fmt: str | None, as_json: bool) -> None:
    from salesflow import db
    from salesflow.tables import Column, Report, Row, Section

    with app.read():
        folder = _folder(app)
    beside = app.book_path.parent.glob(f"{app.book_path.name}.v*.backup")
    found = sorted([*folder.glob("*.db"), *beside], key=lambda path: path.name, reverse=True)
    records = []
    for path in found:
        leads, state = None, None
        if verify:
            try:
                leads, state = db.verify(path), app.t("book.backup_good")
            except SalesflowError as error:
                state = app.t(error.key, **error.values).partition("\n")[0]
        records.append({"path": str(path), "leads": leads, "state": state})
    keys = ("path", "leads", "state")
    titles = ("book.column_file", "book.column_leads", "book.column_state")
    columns = tuple(
        Column(key, app.t(title), "int" if key == "leads" else "text")
        for key, title in zip(keys, titles, strict=True)
    )[: 3 if verify else 1]
    rows = tuple(Row(tuple(record[key] for key in keys[: len(columns)])) for record in records)
    after = () if rows else (app.t("book.no_backups", folder=folder),)
    section = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    app.show(Report(data=records, sections=(section,)), fmt, as_json)


def check(ctx: typer.Context, fmt: options.Format = None, as_json: options.Json = False) -> None:
    """Nothing where the book is sound; else every problem, and exit 5."""
    from salesflow.reports import check as report

    app: App = ctx.obj
    with app.read() as connection:
        found = report.build(connection, app.lang)
    # silent where sound, unless a script wants its object
    if found.data["problems"] or as_json or fmt or app.format() == "json":
        app.show(found, fmt, as_json)
    if found.data["problems"]:
        raise typer.Exit(5)


def restore(ctx: typer.Context, file: options.FileName = None, as_json: options.Json = False) -> None:
    """The copy put in the book's place; the book that stood there is set aside, never overwritten."""
    from salesflow import db

    app: App = ctx.obj
    if file is None:
        raise Usage("book.restore_what")
    target = app.book_path
    stamp = f"{app.now:%Y%m%d-%H%M}"
    aside = db.restore_book(Path(file), target, stamp)
    count = db.verify(target)
    if as_json:
        app.emit_json({"path": str(target), "leads": count, "aside": str(aside) if aside else None})
        return
    app.say("book.restored", path=target, count=count)
    if aside:
        app.say("book.set_aside", path=aside)
