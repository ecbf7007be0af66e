"""``backup``: copies of the book, made by hand, listed, verified, and the drill that shows that they help."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import copy_look, options
from salesflow.context import App
from salesflow.errors import NotFound, SalesflowError, Usage

if TYPE_CHECKING:
    from salesflow.db_keep import Copy


def backup_make(
    ctx: typer.Context,
    file: options.CopyFile = None,
    list_: options.List = False,
    verify: options.Verify = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """A verified copy of the book: in its folder, in the folder named, or at the file named."""
    from salesflow import db, db_keep

    app: App = ctx.obj
    if verify and file:
        _verify_one(app, Path(file), as_json)
        return
    if list_ or verify:
        _show(app, _looked_at(app, verify), fmt, as_json)
        return
    target = _target(app, file)
    with app.read() as connection:
        db_keep.sweep(target.parent, target.name if file else "")
        with app.making(target):
            count = db.copy_book(connection, target)
    if as_json:
        app.emit_json({"path": str(target), "leads": count, "size": target.stat().st_size})
    else:
        app.say("book.backed_up", path=target, count=count)


def _target(app: App, file: str | None) -> Path:
    from salesflow import db

    if file == "":  # a script whose variable is empty; here would be the wrong place
        raise Usage("errors.empty_value", name=app.t("options.m_copy"))
    folder = db.backups(app.book_path) if file is None else Path(file)
    if file is not None:
        if file.endswith(("/", os.sep)) and not folder.is_dir():
            raise NotFound("keep.no_folder", path=file)
        if not folder.is_dir():
            return folder
    target = folder / f"{app.book_path.stem}-{app.now:%Y%m%d-%H%M}.db"
    names = (target.with_stem(f"{target.stem}{extra}") for extra in ("", *(f"-{n}" for n in range(2, 999))))
    return next(name for name in names if not os.path.lexists(name))


def backup_list(ctx: typer.Context, fmt: options.Format = None, as_json: options.Json = False) -> None:
    """The copies that are there, newest first."""
    _show(ctx.obj, _looked_at(ctx.obj, False), fmt, as_json)


def backup_verify(
    ctx: typer.Context,
    file: options.CopyFile = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """One copy, or all of them: opened, every page looked at, the history replayed. Exit 5 where one is bad."""
    app: App = ctx.obj
    if file:
        from salesflow.commands.restore import found_copy

        _verify_one(app, found_copy(app, file), as_json)
        return
    records = _looked_at(app, True)
    if not records:
        raise NotFound("book.no_backups", folder=_folder(app))
    _show(app, records, fmt, as_json)
    if any(record["state"] != "good" for record in records):
        raise typer.Exit(5)


def backup_test(ctx: typer.Context, as_json: options.Json = False) -> None:
    """A drill: a copy is made, restored at a place of its own, checked, compared with the book, and thrown away."""
    from salesflow.commands import drill

    app: App = ctx.obj
    done = drill.run(app)
    if as_json:
        app.emit_json(done._asdict() | {"ok": True})
        return
    app.say("keep.drilled", **done._asdict() | {"size": copy_look.size(done.export_bytes)})


def _verify_one(app: App, path: Path, as_json: bool) -> None:
    count, state = copy_look.looked_at(path, thorough=True)
    if as_json:
        app.emit_json({"path": str(path), "leads": count, "state": state})
    else:
        app.say("keep.verified", path=path, count=count)


def _folder(app: App) -> Path:
    from salesflow import db

    return db.backups(app.book_path)


def _looked_at(app: App, thorough: bool) -> list[dict[str, Any]]:
    from salesflow import db_keep
    from salesflow.commands.progress import counting

    found = db_keep.copies(app.book_path, app.today.isoformat())
    if not found:  # of a book that is damaged or gone they are wanted most
        with app.read():
            pass
    with counting(app, "keep.verifying") as advance:
        return [_record(app, one, thorough) for number, one in enumerate(found, 1) if not advance(number)]


def _record(app: App, one: Copy, thorough: bool) -> dict[str, Any]:
    record = {
        "path": str(one.path),
        "made": one.made,
        "why": one.why,
        "size": one.size,
        "leads": None,
        "state": None,
        "problem": None,
    }
    try:
        leads, state = copy_look.looked_at(one.path, thorough)
        return record | {"leads": leads, "state": state}
    except SalesflowError as error:
        return record | {"state": "bad", "problem": app.t(error.key, **error.values).partition("\n")[0]}


_COLUMNS = ("made", "age", "why", "leads", "size", "state", "file")


def _show(app: App, records: list[dict[str, Any]], fmt: str | None, as_json: bool) -> None:
    from salesflow.tables import Column, Report, Row, Section

    columns = tuple(
        Column(key, app.t(f"keep.column_{key}"), "int" if key == "leads" else "text") for key in _COLUMNS
    )
    rows = tuple(Row(_cells(app, record)) for record in records)
    after = app.t("keep.in_folder" if rows else "book.no_backups", folder=_folder(app))
    section = Section(columns=columns, rows=rows, header=bool(rows), after=(after,))
    app.show(Report(data=records, sections=(section,)), fmt, as_json)


def _cells(app: App, record: dict[str, Any]) -> tuple[Any, ...]:
    path = Path(record["path"])
    return (
        record["made"].replace("T", " "),
        copy_look.age(app, record["made"]),
        copy_look.why(app, record["why"]),
        record["leads"],
        copy_look.size(record["size"]),
        record["problem"] or app.t(f"keep.state_{record['state']}"),
        path.name if path.parent == _folder(app) else record["path"],
    )
