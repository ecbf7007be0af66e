"""Leads written out: csv for Excel, tsv, json, jsonl; to a file (0600) or to stdout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from salesflow.commands import lists
from salesflow.commands.import_answer import write_file
from salesflow.context import App
from salesflow.errors import Usage

FORMATS = ("csv", "tsv", "json", "jsonl")


def write(
    app: App,
    output: str | None,
    fmt: str | None,
    mask: bool,
    stage: str | None,
    grade: str | None,
    area: str | None,
    status: str | None,
) -> None:
    """The leads that the filters choose, in the format of ``-f`` or of the file's ending."""
    from salesflow import render
    from salesflow.reports import lists as reports
    from salesflow.reports.processes import Processes
    from salesflow.tables import Report

    chosen = _format(output, fmt)
    with app.read() as connection:
        processes = Processes(connection)
        wanted = lists.filter_of(processes, stage, grade, area=area, statuses=lists.statuses_of(status))
        report = reports.build_list(connection, reports.Wanted(wanted), app.lang)
    records = [
        _flat(record, mask) if chosen in ("csv", "tsv") else _masked(record, mask) for record in report.data
    ]
    text = render.render(Report(data=records, fields=reports.FIELDS), chosen, app.lang)
    if output is None or output == "-":
        app.stdout.write(text)
        return
    write_file(Path(output), text.encode())
    app.warn("imports.exported", count=len(records), file=output)


def _format(output: str | None, fmt: str | None) -> str:
    ending = Path(output).suffix[1:].lower() if output else ""
    chosen = fmt or (ending if ending in FORMATS else "") or ("csv" if not output else "")
    if chosen not in FORMATS:
        raise Usage("errors.not_one_of", name="-f", value=fmt or f".{ending}", known=" ".join(FORMATS))
    return chosen


def _masked(record: dict[str, Any], mask: bool) -> dict[str, Any]:
    from salesflow import phones

    if mask and record["phone"]:
        return {**record, "phone": " / ".join(phones.mask(one) for one in record["phone"].split(" / "))}
    return record


def _flat(record: dict[str, Any], mask: bool) -> dict[str, Any]:
    # custom fields stand in columns of their own, so that the sheet can be imported again
    flat = {name: value for name, value in _masked(record, mask).items() if name != "custom"}
    return flat | {f"custom.{name}": value for name, value in record["custom"].items()}
