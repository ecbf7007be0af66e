"""``when``: the dates that texts mean."""

from __future__ import annotations

from typing import Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.dates import WorkCalendar, parse_when, weekday_name
from salesflow.errors import SalesflowError, Usage
from salesflow.tables import Column, Report, Row, Section


def when(
    ctx: typer.Context,
    texts: options.WhenTexts = None,
    past: options.Past = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The date that each text means; exit 2 where one is none."""
    app: App = ctx.obj
    if not texts:
        raise Usage("dates.no_text")
    # blank lines of a file are nothing; a blank text among the arguments keeps its place in the answer
    given = [line.rstrip("\r\n") for line in app.stdin if line.strip()] if texts == ["-"] else texts
    calendar = _calendar(app)
    records = [_record(app, text, past, calendar) for text in given]
    rows = tuple(Row((one["text"], _shown(app, one), one["time"], one["error"])) for one in records)
    columns = tuple(Column(key, app.t(f"dates.column_{key}")) for key in ("text", "date", "time", "error"))
    app.show(
        Report(data=records, sections=(Section(columns=columns, rows=rows, header=False),)), fmt, as_json
    )
    if any(one["error"] for one in records):
        raise typer.Exit(2)


def _calendar(app: App) -> WorkCalendar:
    # the book's own calendar where there is a book; dates can be asked for without one
    if not app.book_path.exists():
        return WorkCalendar({})
    with app.read() as connection:
        return common.calendar(app, connection)


def _record(app: App, text: str, past: bool, calendar: WorkCalendar) -> dict[str, Any]:
    try:
        found = parse_when(text, app.today, past=past, calendar=calendar)
    except SalesflowError as error:
        return {"text": text, "date": None, "time": None, "error": app.t(error.key, **error.values)}
    common.said_beyond(app, found)
    return {"text": text, "date": found.date.isoformat(), "time": found.time, "error": None}


def _shown(app: App, one: dict[str, Any]) -> str | None:
    from datetime import date

    if one["date"] is None:
        return None
    return f"{one['date']} {weekday_name(date.fromisoformat(one['date']), app.lang)}"
