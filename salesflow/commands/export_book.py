"""``export all``: the whole book out, never masked, in a file that only its owner can read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from salesflow.commands.export_asked import Asked, format_of
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    import sqlite3

FORMATS = ("jsonl", "json")
_KNOWN = (*FORMATS, "xlsx", "csv", "tsv", "ics", "vcf", "html", "md", "chat", "table", "plain")
_IN_MEMORY = 32 * 1024**2
_OFTEN = 1000  # records between two words of progress


def write(app: App, asked: Asked) -> None:
    """The whole book as lines of JSON that ``import`` takes back, or as one object."""
    chosen = format_of(asked, _KNOWN, "jsonl")
    if chosen not in FORMATS:
        raise Usage("whole.wants_jsonl", format=chosen)
    _refuse(asked)
    if asked.output and asked.output != "-":
        _to_file(app, asked.output, chosen)
    else:
        _to_stdout(app, chosen)


def _refuse(asked: Asked) -> None:
    if asked.mask:
        raise Usage("whole.never_masked")
    if asked.lead or any(asked.filters) or asked.week or asked.month or asked.date:
        raise Usage("whole.no_filters")


def _to_file(app: App, name: str, chosen: str) -> None:
    from salesflow.commands.files import writing

    with writing(Path(name)) as file:
        leads, records = _written(app, file, chosen)
    app.warn("whole.wrote", file=name, leads=leads, records=records)


def _to_stdout(app: App, chosen: str) -> None:
    # a reader that takes its time (a pager, a slow line) must not keep others from writing in the book
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        _written(app, cast("BinaryIO", copy), chosen)
        copy.seek(0)
        for line in copy:
            app.stdout.write(line.decode())


def _written(app: App, file: BinaryIO, chosen: str) -> tuple[int, int]:
    """How many leads and records were written."""
    from salesflow import db
    from salesflow.commands.import_file import progress
    from salesflow.exchange import book_lines
    from salesflow.store import whole

    shape = book_lines.written if chosen == "jsonl" else book_lines.as_object
    with app.read() as connection, db.snapshot(connection), progress(app, "whole.writing") as advance:
        head = book_lines.Head(*whole.contents(connection))
        for line in shape(head, _counted(connection, advance)):
            file.write(line)
    return head.rows.get("lead", 0), sum(head.rows.values())


def _counted(connection: sqlite3.Connection, advance: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    from salesflow.store import whole

    for count, record in enumerate(whole.records(connection), 1):
        if count % _OFTEN == 0:
            advance(count)
        yield record
