"""Records as text, a piece at a time: csv and tsv with every cell harmless, json, json lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from salesflow.guard import guard
from salesflow.render.gate import safe
from salesflow.tables import Column

_BATCH = 500
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # Excel takes a csv without it for the code page of its own machine
_ENDS = {"csv": (",", "\r\n"), "tsv": ("\t", "\n")}


def pieces(columns: Sequence[Column], records: Iterator[dict[str, Any]], fmt: str) -> Iterator[bytes]:
    """The records in one of the text formats, some hundred at a time."""
    lines = {"json": _json, "jsonl": _jsonl}.get(fmt)
    texts = lines(records) if lines else _delimited([column.key for column in columns], records, fmt)
    return (text.encode("utf-8", "backslashreplace") for text in texts)


def safe_lines(text: str) -> str:
    """The text with every control and format character written out, but for its line ends."""
    if text.isprintable():
        return text
    return "\n".join(map(safe, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _delimited(keys: Sequence[str], records: Iterator[dict[str, Any]], fmt: str) -> Iterator[str]:
    import csv
    from io import StringIO

    delimiter, end = _ENDS[fmt]
    rows: Iterable[Sequence[str]] = ([_cell(record.get(key)) for key in keys] for record in records)
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    out.write(_MARK if fmt == "csv" else "")
    writer.writerow([_cell(key) for key in keys])
    yield out.getvalue()
    every = iter(rows)
    while batch := list(islice(every, _BATCH)):
        out.seek(0)
        out.truncate()
        writer.writerows(batch)
        yield out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(safe_lines(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        # phones are parted as a cell of phones is; a member may hold no mark that parts members
        return guard("、".join([safe_lines(str(one)) for one in value]))
    return str(value)


def _jsonl(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    from salesflow.render.as_json import dumped

    while batch := list(islice(records, _BATCH)):
        yield "".join([dumped(record) + "\n" for record in batch])


def _json(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    # as one list would be written whole
    from salesflow.render.as_json import dumped

    between = "[\n"
    while batch := list(islice(records, _BATCH)):
        texts = [dumped([record], indent=2)[2:-2] for record in batch]
        yield between + ",\n".join(texts)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"
