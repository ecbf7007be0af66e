"""``process`` and ``guide``: the standard process as data, and what to do in a stage."""

from __future__ import annotations

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Refused, Usage


def process_list(ctx: typer.Context, fmt: options.Format = None, as_json: options.Json = False) -> None:
    """The processes of the book, and the built-in ones not used yet."""
    from salesflow.reports import process_sheets

    app: App = ctx.obj
    with app.read() as connection:
        report = process_sheets.listed(connection, app.lang)
    app.show(report, fmt, as_json)


def process_show(
    ctx: typer.Context,
    name: options.ProcessName = None,
    source: options.AsSource = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """One process drawn, with how many leads stand in each stage; or its file."""
    from salesflow.render.layout import fold
    from salesflow.reports import process_sheets

    app: App = ctx.obj
    with app.read() as connection:
        if source:
            _print(app, process_sheets.source(connection, name))
            return
        room = min(app.width, 100) if app.terminal else 80
        report = process_sheets.whole(connection, name, app.lang, lambda text, used: fold(text, room - used))
    app.show(report, fmt, as_json)


def _print(app: App, text: str) -> None:
    # a file gets the text to the letter, a terminal nothing that could steer it
    if app.terminal:
        app.write_lines(text.removesuffix("\n"))
    else:
        app.stdout.write(text)


def process_new(
    ctx: typer.Context,
    code: options.ProcessNew = None,
    from_: options.From = None,
    title: options.ProcessTitle = None,
    as_json: options.Json = False,
) -> None:
    """A copy of a process under a code of its own."""
    from salesflow.actions import process_change, processes
    from salesflow.commands import process_change as changes
    from salesflow.commands import process_file

    app: App = ctx.obj
    if not code or from_ is None:
        raise Usage("process.which_from" if code else "process.which_new")
    named = common.line(app, title, "--name") or code
    with common.working(app, "process new") as work:
        process_change.refuse_known(work, code)
        source = process_change.source_of(work, processes.named(work, from_))
        made = changes.version(app, process_file.renamed(source, code, named), code)
        process_change.add(work, made)
    if as_json:
        app.emit_json({"process": code, "title": named, "stages": [one.code for one in made.process.stages]})
    else:
        app.say("process.made", process=code, title=named, stages=len(made.process.stages))


def process_edit(
    ctx: typer.Context,
    name: options.ProcessName = None,
    file: options.ProcessFile = None,
    to: options.StageTo = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """A process changed, by its file or in the editor."""
    from salesflow.commands import process_change, process_editor, process_file
    from salesflow.reports import process_sheets
    from salesflow.reports.processes import Processes

    app: App = ctx.obj
    said = process_change.Said("process edit", to or [], dry_run, as_json)
    with app.read() as connection:
        book = Processes(connection)
        code = (book.named(name) if name else book.default).code
        source = process_sheets.source(connection, code)

    def take(text: str, named: str) -> bool:
        return process_change.apply(app, process_change.version(app, text, named, code), said)

    def take_edited(text: str, path: str) -> bool:
        # while the editor was open another window may have changed the process
        if _source(app, code) != source and not app.confirm("process.meanwhile", default=False, process=code):
            return False
        return take(text, path) and not dry_run

    if file is not None:
        take(process_file.read(app, file), file)
    else:
        process_editor.edit(app, source, code, take_edited)


def _source(app: App, code: str) -> str:
    from salesflow.reports import process_sheets

    with app.read() as connection:
        return process_sheets.source(connection, code)


def process_use(
    ctx: typer.Context,
    name: options.ProcessOrFile = None,
    to: options.StageTo = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """The process of new leads; a file is taken into the book first."""
    from salesflow.commands import process_change, process_file

    app: App = ctx.obj
    if not name:
        raise Usage("process.which_use")
    if process_file.is_file(name) and not _is_named(app, name):
        said = process_change.Said("process use", to or [], dry_run, as_json, default=True)
        new = process_change.version(app, process_file.read(app, name), name)
        process_change.apply(app, new, said)
        return
    if to:
        raise Usage("process.nothing_gone", text=to[0][:60])
    _use(app, name, dry_run, as_json)


def _is_named(app: App, name: str) -> bool:
    # a file in this folder may be called as a process is
    from salesflow.reports.processes import Processes

    if not app.book_path.exists():
        return False
    with app.read() as connection:
        try:
            Processes(connection).named(name)
        except Usage:
            return False
    return True


def _use(app: App, name: str, dry_run: bool, as_json: bool) -> None:
    from salesflow.actions import processes

    with common.working(app, "process use") as work:
        found = processes.named(work, name) if dry_run else processes.use(work, name)
    values = {"process": found.code, "title": found.title(app.lang)}
    if as_json:
        app.emit_json({**values, "default": not dry_run, "dry_run": dry_run})
        return
    app.say("process.only_shown" if dry_run else "process.now_default", **values)


def process_update(
    ctx: typer.Context,
    name: options.ProcessName = None,
    to: options.StageTo = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """The shipped version of a built-in process, brought into the book."""
    from salesflow import processes
    from salesflow.commands import process_change
    from salesflow.reports.processes import Processes

    app: App = ctx.obj
    with app.read() as connection:
        book = Processes(connection)
        code = (book.named(name) if name else book.default).code
        held = code in book.codes
    shipped = processes.builtin_names()
    if code not in shipped:
        raise Refused("process.not_shipped", process=code, known=", ".join(shipped))
    if not held:
        raise Refused("process.not_used", process=code)
    said = process_change.Said("process update", to or [], dry_run, as_json)
    process_change.apply(app, process_change.version(app, processes.builtin(code), code), said)


def process_check(
    ctx: typer.Context, file: options.ProcessFile = None, as_json: options.Json = False
) -> None:
    """Nothing wrong with a process file, or every mistake with its line."""
    from salesflow import processes
    from salesflow.commands import process_file

    app: App = ctx.obj
    if file is None:
        raise Usage("process.which_file")
    found = processes.load(process_file.read(app, file), file, app.lang)
    if as_json:
        app.emit_json({"ok": True, "process": found.code, "stages": [stage.code for stage in found.stages]})
    else:
        app.say("process.file_good", name=file, process=found.title(app.lang), stages=len(found.stages))


def guide(
    ctx: typer.Context,
    stage: options.GuideStage = None,
    process: options.Process = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """What to prepare, ask, present, answer and close with in a stage."""
    from salesflow.reports import process_sheets
    from salesflow.reports.processes import Processes

    app: App = ctx.obj
    with app.read() as connection:
        book = Processes(connection)
        found = book.named(process) if process else book.with_stage(stage) if stage else book.default
    app.show(process_sheets.guide(found, stage, app.lang), fmt, as_json)
