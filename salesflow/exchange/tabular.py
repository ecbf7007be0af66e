"""Any file that people keep lists in, as one table of text cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO

from salesflow.errors import Unusable, Usage
from salesflow.exchange.encoding import Scan, scan
from salesflow.exchange.headers import LooksLikeHeader, column_names, header_place, numbered
from salesflow.exchange.rows import LONGEST_CELL, Fault, RawRow, Table, TableRow
from salesflow.exchange.source import Source

__all__ = ["LONGEST_CELL", "Fault", "Table", "TableRow", "read_table"]

_SAMPLE_ROWS = 200
MOST_COLUMNS = 2000  # nobody's list has more; each costs time to be known, a million of them minutes
_WORKBOOKS = {b"PK\x03\x04": "xlsx", b"PK\x05\x06": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
_WORKBOOK_ENDINGS = ("xlsx", "xlsm", "xlsb", "xls", "et", "ods")
_JSON_ENDINGS = ("json", "jsonl", "ndjson")
_DELIMITED_ENDINGS = ("csv", "tsv", "tab")
_CARD_ENDINGS = ("vcf", "vcard")
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_WEB_SIGNS = ("<html", "<!doctype html", "<table", "<?xml")


def read_table(
    source: Path | IO[bytes],
    *,
    name: str,
    encoding: str | None = None,
    sheet: str | None = None,
    header: bool | None = None,
    looks_like_header: LooksLikeHeader,
    alone: str = "aside",
) -> Table:
    """The table in a CSV, TSV, XLSX, XLS, JSON, JSON Lines or vCard file, told by its content.

    ``name`` is what messages call the file; ``looks_like_header`` says how many cells of a
    row are known column names; with ``header=False`` the columns are called ``1``, ``2`` …
    ``alone`` is what becomes of a card that names no firm (``vcard_read``).
    Raises NotFound, Usage (an encoding or sheet that there is not) or Unusable; what is
    wrong with one row alone is the row's ``fault``.
    """
    file = Source(source, name)
    with file.open() as handle:
        head = handle.read(64)
    kind = _WORKBOOKS.get(head[:4], "")
    if kind:
        return _workbook_table(file, kind, sheet, header, looks_like_header)
    if head.replace(b"\0", b"").lstrip(_MARKS)[:5].upper() == b"BEGIN" or file.ending in _CARD_ENDINGS:
        from salesflow.exchange import vcard_read

        if vcard_read.is_cards(file):
            return vcard_read.read_table(file, encoding, alone)
        if file.ending in _CARD_ENDINGS:
            raise Unusable("exchange.no_cards", file=file.name)
    text = scan(file, encoding)
    if text.start.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        from salesflow.exchange import book_lines

        if book_lines.is_head(text.start.encode()):  # taken by those who restore, but not from a named pipe
            raise Usage("whole.from_a_pipe", file=file.name)
        try:
            return _json_table(file, text)
        except Unusable:
            if file.ending not in _DELIMITED_ENDINGS:
                raise
    return _delimited_table(file, text, header, looks_like_header)


def _workbook_table(
    file: Source, kind: str, sheet: str | None, header: bool | None, known: LooksLikeHeader
) -> Table:
    """The sheet asked for, or the first with rows below its header; the sheets after it are named."""
    from salesflow.exchange.spreadsheet import read_workbook

    title, others, records = read_workbook(file, sheet)
    while True:
        try:
            names, rows, place = _grid(records, file.name, header, known)
            return Table(names, rows, kind, "", title, place, tuple(others))
        except Unusable as error:
            if error.key != "exchange.no_rows" or not others:
                raise
        title, _, records = read_workbook(file, others.pop(0))


def _json_table(file: Source, text: Scan) -> Table:
    from salesflow.exchange import jsonl

    lines = jsonl.is_lines(file, text)
    names, records = (jsonl.read_lines if lines else jsonl.read_document)(file, text)
    _refuse_too_wide(len(names), file.name)
    rows = _with_something(_checked(records, len(names)), file.name)
    return Table(tuple(names), rows, "jsonl" if lines else "json", text.encoding, "", 0)


def _delimited_table(file: Source, text: Scan, header: bool | None, known: LooksLikeHeader) -> Table:
    from salesflow.exchange.delimited import find_delimiter, read_delimited

    _refuse_other_kinds(file, text)
    delimiter, width = find_delimiter(text.start, file.ending, known)
    if width < 2 and file.ending in _WORKBOOK_ENDINGS:
        raise Unusable("exchange.not_a_workbook", file=file.name)
    names, rows, place = _grid(read_delimited(file, text, delimiter), file.name, header, known)
    return Table(names, rows, "tsv" if delimiter == "\t" else "csv", text.encoding, "", place)


def _refuse_other_kinds(file: Source, text: Scan) -> None:
    start = text.start[:2000].lstrip().lower()
    if start.startswith("<") and any(sign in start for sign in _WEB_SIGNS):
        raise Unusable("exchange.web_page", file=file.name)
    if file.ending in _JSON_ENDINGS and start:
        raise Unusable("exchange.bad_json", file=file.name, line=1)


def _grid(
    records: Iterator[RawRow], file: str, header: bool | None, known: LooksLikeHeader
) -> tuple[tuple[str, ...], Iterator[TableRow], int]:
    """The column names, the rows below the header, and the header's line."""
    sample = list(islice(records, _SAMPLE_ROWS))
    cells = [row.cells for row in sample]
    if not sample:
        raise Unusable("exchange.no_rows", file=file)
    _refuse_too_wide(len(cells[0]), file)
    if header is False:
        names, first, place = numbered(cells), 0, 0
    else:
        first = header_place(cells, known)[0] + 1
        _refuse_too_wide(len(cells[first - 1]), file)
        names, place = column_names(cells[first - 1], cells[first:], file), sample[first - 1].number
    return names, _with_something(_checked(chain(sample[first:], records), len(names), names), file), place


def _refuse_too_wide(columns: int, file: str) -> None:
    if columns > MOST_COLUMNS:
        raise Unusable("exchange.too_wide", file=file, columns=columns, most=MOST_COLUMNS)


def _with_something(rows: Iterator[TableRow], file: str) -> Iterator[TableRow]:
    """The same rows; raises Unusable where there are none."""
    first = next(rows, None)
    if first is None:
        raise Unusable("exchange.no_rows", file=file)
    return chain((first,), rows)


def _checked(records: Iterable[RawRow], width: int, header: tuple[str, ...] = ()) -> Iterator[TableRow]:
    for number, cells, fault in records:
        if fault is None and header and cells[0] == header[0] and tuple(cells) == header:
            fault = Fault("exchange.header_again", {})  # of several lists that were put together
        if fault is None and max(map(len, cells)) > LONGEST_CELL:
            fault = _too_long(cells)
        if fault is None and len(cells) != width:
            cells, fault = _fitted(cells, width)
        yield TableRow(number, tuple(cells), fault)


def _too_long(cells: list[str]) -> Fault:
    column = next(place for place, cell in enumerate(cells, 1) if len(cell) > LONGEST_CELL)
    return Fault("exchange.long_cell", {"column": column, "size": len(cells[column - 1])})


def _fitted(cells: list[str], width: int) -> tuple[list[str], Fault | None]:
    """The cells as many as the header has, or what is wrong with their number."""
    if len(cells) < width:
        if cells[-1].strip():
            return cells, Fault("exchange.fewer_cells", {"cells": len(cells), "header": width})
        return cells + [""] * (width - len(cells)), None
    if not any(cell.strip() for cell in cells[width:]):
        return cells[:width], None
    count = max(place for place, cell in enumerate(cells, 1) if cell.strip())
    return cells, Fault("exchange.more_cells", {"cells": count, "header": width})
