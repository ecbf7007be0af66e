"""The reader of workbooks, alone in its process: a file on stdin, JSON lines on stdout.

Run as a script, so it imports nothing of ours. The first line is ``{"sheet", "width",
"others"}`` or ``{"error"}``, then comes a line ``[number, [cells]]`` for each row with something in it.
The only argument, where there is one, is ``=`` and the name of the sheet.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

MEMORY = 1024**3
SECONDS = 30
LARGEST_ANSWER = 500 * 1024**2
UNPACKED = 200 * 1024**2
RATIO = 100
SMALL = 1024**2
ENTRIES = 1000
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED_XLSX = "EncryptedPackage".encode("utf-16-le")
# The beginning of an .xls (a BOF record of 16 bytes), and what follows it where it is locked.
_FIRST_RECORD = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_PASSWORD_RECORD = b"\x2f\x00"


class RefusalError(Exception):
    """The workbook is not read; says why."""

    def __init__(self, problem: str, **values: object) -> None:
        super().__init__(problem)
        self.answer = {"error": problem, **values}


def main() -> None:
    """Answer on stdout with the rows of the workbook on stdin."""
    _limit()
    wanted = sys.argv[1][1:] if len(sys.argv) > 1 else None
    out = sys.stdout.buffer
    try:
        for line in _answer(sys.stdin.buffer, wanted):
            out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    except RefusalError as refusal:
        out.write(json.dumps(refusal.answer).encode() + b"\n")
    out.flush()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no limits to set; the parent's patience is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(handle: IO[bytes], wanted: str | None) -> Iterator[object]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check_zip(handle)
    handle.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(handle)
        sheet, others = _sheet(book, wanted)
    except PasswordError as error:
        raise RefusalError("password") from error
    except CalamineError as error:
        raise RefusalError("password" if _is_locked(handle) else "not_a_workbook") from error
    width = (sheet.end[1] - sheet.start[1] + 1) if sheet.start else 0
    yield {"sheet": sheet.name, "width": width, "others": others}
    yield from _rows(sheet)


def _check_zip(handle: IO[bytes]) -> None:
    """Refuse what would unpack to far more than a workbook, and any document type in it."""
    import zipfile

    handle.seek(0)  # the parent may have read from it: both share one place in the file
    if handle.read(2) != b"PK":
        return
    try:
        with zipfile.ZipFile(handle) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
                raise RefusalError("bomb")
            for entry in entries:
                _check_entry(archive, entry)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise RefusalError("not_a_workbook") from error


def _check_entry(archive: Any, entry: Any) -> None:
    if entry.file_size > SMALL and entry.file_size > RATIO * max(entry.compress_size, 1):
        raise RefusalError("bomb")
    if entry.filename.endswith((".xml", ".rels")):
        with archive.open(entry) as part:
            if b"<!DOCTYPE" in part.read(1 << 16).replace(b"\0", b"").upper():
                raise RefusalError("bomb")


def _is_locked(handle: IO[bytes]) -> bool:
    """Whether a workbook wants a password; calamine says so only when it is told the format."""
    handle.seek(0)
    data = handle.read()
    if not data.startswith(_OLE):
        return False
    if _LOCKED_XLSX in data:
        return True
    after = data.find(_FIRST_RECORD)
    return after >= 0 and data[after + 20 : after + 22] == _PASSWORD_RECORD


def _sheet(book: Any, wanted: str | None) -> tuple[Any, list[str]]:
    """The sheet asked for, or the first visible one that has two rows (else one), and those like it after it."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    known = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if wanted is not None:
        name = next((sheet.name for sheet in known if sheet.name.strip() == wanted.strip()), None)
        if name is None:
            raise RefusalError("unknown_sheet", sheets=[sheet.name for sheet in known])
        return book.get_sheet_by_name(name), []
    visible = [sheet.name for sheet in known if sheet.visible == SheetVisibleEnum.Visible]
    filled = [(name, _filled(book.get_sheet_by_name(name))) for name in visible]
    found = [name for name, rows in filled if rows > 1] or [name for name, rows in filled if rows][:1]
    if not found:
        raise RefusalError("no_rows")
    return book.get_sheet_by_name(found[0]), found[1:]


def _filled(sheet: Any) -> int:
    """How many rows have something in them, counted up to two."""
    count = 0
    for row in sheet.iter_rows():
        count += any(cell != "" for cell in row)
        if count > 1:
            break
    return count


def _rows(sheet: Any) -> Iterator[list[object]]:
    """Each row with something of its own in it; merged cells are filled down."""
    left = sheet.start[1] if sheet.start else 0
    ranges = sheet.merged_cell_ranges or ()
    merged = [(top, bottom, column - left) for (top, column), (bottom, _) in ranges if bottom > top]
    merged.sort(reverse=True)
    open_ranges: list[tuple[int, int, str]] = []
    for place, row in enumerate(sheet.iter_rows()):
        cells = [_text(cell) for cell in row]
        own = any(cell.strip() for cell in cells)
        if open_ranges:
            open_ranges = [found for found in open_ranges if found[0] >= place]
            for _, column, value in open_ranges:
                cells[column] = cells[column] or value
        while merged and merged[-1][0] <= place:
            _, bottom, column = merged.pop()
            if 0 <= column < len(cells):
                open_ranges.append((bottom, column, cells[column]))
        if own:
            yield [place + 1, _trimmed(cells)]


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    """A cell as a person would type it."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell)
    return _moment(cell)


def _number(value: float) -> str:
    if abs(value) < 1e21 and value == int(value):
        return str(int(value))
    text = repr(value)
    return f"{value:.15f}".rstrip("0") if "e-" in text else text


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        # A time is a fraction of a day: half past nine may be stored as 09:29:59.9999.
        value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(value)


if __name__ == "__main__":
    main()
