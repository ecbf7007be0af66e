"""CSV and TSV of a report's records, for spreadsheets: values whole, formulas harmless."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.guard import guard
from salesflow.render.gate import safe
from salesflow.tables import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Excel takes a CSV without this mark for the code page of its own machine.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def as_csv(report: Report) -> str:
    """Comma-separated records with CRLF line ends and a byte order mark, as Excel wants them."""
    return MARK + _written(report, ",", "\r\n")


def as_tsv(report: Report) -> str:
    """Tab-separated records with plain line ends."""
    return _written(report, "\t", "\n")


def _written(report: Report, delimiter: str, end: str) -> str:
    import csv
    from io import StringIO

    items = report.items()
    fields = list(report.fields) or _keys(items)
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    if fields:
        writer.writerow([_cell(name) for name in fields])
    for item in items:
        values = item if isinstance(item, dict) else {fields[0]: item}
        writer.writerow([_cell(values.get(name)) for name in fields])
    return out.getvalue()


def _keys(items: Sequence[Any]) -> list[str]:
    if not items:
        return []
    return list(items[0]) if isinstance(items[0], dict) else ["value"]


def _cell(value: Any) -> str:
    return guard(safe(_text(value)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and not any(isinstance(item, dict | list) for item in value):
        return "、".join([_text(item) for item in value])
    if isinstance(value, dict | list | tuple):
        from salesflow.render.as_json import dumped

        return dumped(value)
    return str(value)
