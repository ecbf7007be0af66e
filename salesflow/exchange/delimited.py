"""Text with delimiters, read strictly and written so that every spreadsheet opens it safely."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

from salesflow.errors import Unusable
from salesflow.exchange.encoding import LONGEST_LINE, SAMPLE, Scan
from salesflow.exchange.headers import LooksLikeHeader, header_place
from salesflow.exchange.rows import Fault, RawRow
from salesflow.exchange.source import Source
from salesflow.guard import guard, unguard

DELIMITERS = (",", "\t", ";", "|", "，")
_SNIFFED_ROWS = 50
_BATCH = 500


def find_delimiter(start: str, ending: str, known: LooksLikeHeader) -> tuple[str, int]:
    """The delimiter of a text that begins with ``start``, and how many columns it makes.

    That which gives the most known column names; then the one by which most rows are as
    wide as the header; then the one that gives the most columns.
    """
    if len(start) >= SAMPLE:
        start = start[: max(start.rfind("\n"), start.rfind("\r")) + 1] or start
    order = sorted(DELIMITERS, key=lambda mark: mark != "\t") if ending in ("tsv", "tab") else DELIMITERS
    best = max(order, key=lambda mark: _fit(_sniffed(start, mark), known))
    rows = _sniffed(start, best)
    return best, len(rows[header_place(rows, known)[0]]) if rows else 0


def read_delimited(source: Source, scan: Scan, delimiter: str) -> Iterator[RawRow]:
    """The rows that are not blank, each with the line on which it begins.

    Raises Unusable, naming the line, for a quote that is not closed or closed too early.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    reader = csv.reader(source.lines(scan.encoding), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                if scan.apostrophe:
                    cells = [unguard(cell) for cell in cells]
                if scan.formula:
                    cells = [_bare(cell) for cell in cells]
                fault = _swallowed(cells, number, delimiter) if reader.line_num - number > 1 else None
                yield RawRow(number, cells, fault)
            number = reader.line_num + 1
    except csv.Error as error:
        line = _opening(islice(source.lines(scan.encoding), number - 1, None), number, delimiter)
        key = "exchange.bad_quote" if "expected after" in str(error) else "exchange.open_quote"
        raise Unusable(key, file=source.name, line=line, found=reader.line_num) from error


def _bare(cell: str) -> str:
    """The text of a cell written ``="028"``, by which a spreadsheet is kept from taking it for a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def write_delimited(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    delimiter: str = ",",
    *,
    bom: bool | None = None,
    guarded: bool = True,
) -> Iterator[bytes]:
    """The table as UTF-8 bytes, lines ended by CRLF, in pieces of some hundred rows.

    With a BOM where the delimiter is a comma (Excel wants it), unless ``bom`` says otherwise.
    ``guarded`` cells cannot be taken for formulas; ``read_table`` takes the guard off again.
    """
    if bom if bom is not None else delimiter == ",":
        yield b"\xef\xbb\xbf"
    everything = _with_header(header, rows)
    while batch := list(islice(everything, _BATCH)):
        text = StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        for row in batch:
            writer.writerow([guard(_one_break(cell)) if guarded else _one_break(cell) for cell in row])
        yield text.getvalue().encode()


def _one_break(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _with_header(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield header
    yield from rows


def _sniffed(start: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(StringIO(start, newline=None), delimiter=delimiter)
    try:
        return list(islice((row for row in reader if any(map(str.strip, row))), _SNIFFED_ROWS))
    except csv.Error:
        return []


def _fit(rows: list[list[str]], known: LooksLikeHeader) -> tuple[int, float, int]:
    if not rows:
        return 0, 0.0, 0
    place, hits = header_place(rows, known)
    width = len(rows[place])
    below = rows[place + 1 :]
    share = sum(1 for row in below if len(row) == width) / len(below) if below else 1.0
    # One column fits any text that lacks the delimiter: it counts for less than a real split.
    return hits, share if width > 1 else share / 2, width


def _swallowed(cells: list[str], number: int, delimiter: str) -> Fault | None:
    """What is wrong with a row that holds whole rows in one cell: a stray quote opened it."""
    marks = len(cells) - 1
    for place, cell in enumerate(cells):
        counts = [line.count(delimiter) for line in cell.split("\n")]
        # The end of one row, whole rows, the beginning of another: no note looks like this.
        if marks > 2 and len(counts) > 2 and counts == [marks - place, *[marks] * (len(counts) - 2), place]:
            return Fault("exchange.swallowed", {"line": number, "rows": len(counts)})
    return None


def _opening(lines: Iterable[str], first: int, delimiter: str) -> int:
    """The line of the quote that is open where strict reading fails; ``first`` begins the row."""
    opened, state = first, "start"
    for number, line in enumerate(lines, first):
        for char in line:
            if state == "quoted":
                state = "closed" if char == '"' else "quoted"
            elif char in (delimiter, "\n"):
                state = "start"
            elif char == '"' and state != "plain":
                opened = opened if state == "closed" else number
                state = "quoted"
            elif state == "closed":
                return opened
            else:
                state = "plain"
    return opened
