"""``export all``: the whole book out, in a file that only its owner can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from salesflow.commands.export_asked import Asked, format_of
from salesflow.context import App
from salesflow.errors import Unusable, Usage

if TYPE_CHECKING:
    import sqlite3

    from salesflow.exchange.workbook import Look
    from salesflow.reports.discreet import Veil
    from salesflow.tables import Column

WORKBOOK = "xlsx"
FORMATS = ("jsonl", "json", WORKBOOK)
_OTHERS = ("csv", "tsv", "ics", "vcf", "html", "md", "chat", "table", "plain")
_IN_MEMORY = 16_000_000
_OFTEN = 1000  # records between two words of progress


class _Done(NamedTuple):
    leads: int
    records: int


def write(app: App, asked: Asked) -> None:
    """The whole book as lines of JSON that ``import`` takes back, as one object, or as a workbook to keep."""
    from salesflow.commands.files import spooled, writing

    chosen = format_of(asked, (*FORMATS, *_OTHERS), "jsonl")
    if chosen not in FORMATS:
        raise Usage("whole.wants_jsonl", format=chosen)
    to_file = asked.output not in (None, "-")
    _refuse(asked, chosen, to_file)
    put = _sheets if chosen == WORKBOOK else _lines
    if not to_file:
        with spooled(app, _IN_MEMORY) as file:
            put(app, asked, chosen, file)
        return
    with writing(Path(str(asked.output))) as file:
        done = put(app, asked, chosen, file)
    key = "whole.wrote" if chosen == "jsonl" else "whole.wrote_plain"
    app.warn(key, file=asked.output, leads=done.leads, records=done.records)


def _refuse(asked: Asked, chosen: str, to_file: bool) -> None:
    if asked.mask and chosen != WORKBOOK:
        raise Usage("whole.never_masked")
    some = (asked.lead, asked.week, asked.month, asked.date, asked.days, asked.until)
    if any(some) or any(asked.filters):
        raise Usage("whole.no_filters")
    if chosen == WORKBOOK and not to_file:
        raise Usage("sheets.wants_file", kind=asked.kind)


def _lines(app: App, asked: Asked, chosen: str, file: BinaryIO) -> _Done:
    from salesflow import db
    from salesflow.commands.progress import counting
    from salesflow.exchange import book_lines
    from salesflow.store import whole

    shape = book_lines.written if chosen == "jsonl" else book_lines.as_object
    with app.read() as connection, db.snapshot(connection), counting(app, "whole.writing") as advance:
        head = book_lines.Head(*whole.contents(connection))
        for line in shape(head, _counted(whole.records(connection), advance)):
            file.write(line)
    return _Done(head.rows.get("lead", 0), sum(head.rows.values()))


def _counted(records: Iterator[Any], advance: Callable[[int], None]) -> Iterator[Any]:
    for count, record in enumerate(records, 1):
        if count % _OFTEN == 0:
            advance(count)
        yield record


# As a workbook: what people read, a sheet a kind


def _sheets(app: App, asked: Asked, chosen: str, file: BinaryIO) -> _Done:
    from salesflow import db
    from salesflow.commands import export_records
    from salesflow.commands.progress import counting
    from salesflow.exchange import workbook
    from salesflow.reports.discreet import Veil

    veil = Veil(()) if asked.mask else None
    with app.read() as connection, db.snapshot(connection), counting(app, "whole.writing") as advance:
        try:
            done = workbook.write_tables(file, _tables(app, connection, veil, advance))
        except Unusable as error:
            if error.key != "exchange.too_many_rows":
                raise
            raise Usage("whole.too_many", most=workbook.MOST_ROWS) from None
    if cut := sum(one.cut for one in done):
        app.warn("sheets.cut", count=cut)
    export_records.left_out(app, veil)
    return _Done(done[0].rows, sum(one.rows for one in done))


def _tables(
    app: App, connection: sqlite3.Connection, veil: Veil | None, advance: Callable[[int], None]
) -> Iterator[tuple[list[Column], Iterator[dict[str, Any]], Look]]:
    from itertools import chain

    from salesflow.commands import export_records
    from salesflow.exchange.workbook import Look
    from salesflow.reports import outgoing

    how = outgoing.Asked(app.lang, app.today, words=True, people=True, veil=veil)
    words = [app.t(f"sheets.{word}") for word in ("page", "yes", "no", "comma")]
    for kind in outgoing.KINDS:
        sheet = outgoing.sheet(connection, kind, None, how)
        first = next(sheet.records, None)
        if first is None and kind != outgoing.KINDS[0]:
            continue  # nothing of that kind, and no sheet
        records = chain([first] if first else [], sheet.records)
        columns = export_records.named(sheet.columns) if kind == "leads" else list(sheet.columns)
        shown = export_records.gated(_counted(records, advance))
        yield columns, shown, Look(app.t(f"sheets.kind_{kind}"), *words)
