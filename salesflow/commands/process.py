"""``process`` and ``guide``: the standard process as data, and what to do in a stage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from salesflow.commands import options
from salesflow.context import App
from salesflow.errors import NotFound, Unusable, Usage

if TYPE_CHECKING:
    from salesflow.processes import Process
    from salesflow.reports.processes import Processes


def process_list(ctx: typer.Context, fmt: options.Format = None, as_json: options.Json = False) -> None:
    """The processes of the book."""
    from salesflow.reports import process_sheets

    app: App = ctx.obj
    with app.read() as connection:
        report = process_sheets.listed(connection, app.lang)
    app.show(report, fmt, as_json)


def process_show(
    ctx: typer.Context,
    name: options.ProcessName = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """One process: stages, gates, how many leads stand in each, grades, sources, reasons."""
    from salesflow.reports import process_sheets

    app: App = ctx.obj
    with app.read() as connection:
        report = process_sheets.whole(connection, name, app.lang)
    app.show(report, fmt, as_json)


def process_check(
    ctx: typer.Context, file: options.ProcessFile = None, as_json: options.Json = False
) -> None:
    """Nothing wrong with a process file, or every mistake with its line."""
    from salesflow import processes

    app: App = ctx.obj
    if file is None:
        raise Usage("process.which_file")
    try:
        text = Path(file).read_text("utf-8-sig")
    except FileNotFoundError:
        raise NotFound("exchange.not_found", file=file) from None
    except UnicodeDecodeError:
        raise Usage("process.not_text", name=file) from None
    except OSError as error:
        raise Unusable("book.cannot_read", path=file, why=error.strerror or error) from None
    found = processes.load(text, file, app.lang)
    if as_json:
        app.emit_json({"ok": True, "process": found.code, "stages": [stage.code for stage in found.stages]})
    else:
        app.say("process.file_good", name=file, process=found.title(app.lang), stages=len(found.stages))


def guide(
    ctx: typer.Context,
    stage: options.StageName = None,
    process: options.Process = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """What to prepare, ask, present, answer and close with in a stage."""
    from salesflow.reports import process_sheets
    from salesflow.reports.processes import Processes

    app: App = ctx.obj
    with app.read() as connection:
        found = _process(Processes(connection), process)
    app.show(process_sheets.guide(found, stage, app.lang), fmt, as_json)


def _process(processes: Processes, name: str | None) -> Process:
    if name is None:
        return processes.default
    if name not in processes.codes:
        raise Usage("lead.no_process", text=name, known=", ".join(processes.codes))
    return processes[name]
