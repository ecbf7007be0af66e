"""Files that grow without end when they are read: each is one line and exit 5, or is read, within 1 GB and 30 s."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .frame import bar, start
from .frame import run as run_program

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


class Ended(NamedTuple):
    """How an import ended: its code, its seconds of the processor, the most memory in MB, what it said.

    Seconds and memory are those of its children too; the wall clock would measure whatever else runs.
    """

    code: int
    seconds: float
    peak_mb: float
    err: bytes


def _good() -> dict[str, bytes]:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["店名", "电话"])
        page.write_row(1, 0, ["甲", "13900000001"])
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with(name: str, pieces: Iterator[bytes] | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    parts = _good()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as archive:
        for part in {*parts, name}:
            if part != name:
                archive.writestr(part, parts[part])
                continue
            with archive.open(part, "w", force_zip64=True) as handle:
                for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                    handle.write(piece)
    return out.getvalue()


def _sheet(rows: bytes) -> bytes:
    return b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, rows)


def _many(head: bytes, piece: bytes, times: int, tail: bytes) -> Iterator[bytes]:
    yield head
    block = piece * 1000
    for _ in range(times // 1000):
        yield block
    yield tail


def _below_the_ratio() -> bytes:
    # 190 MB that unpack from more than a hundredth of it: only the child's own limits are left
    rows = b"".join(b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
                    % (n, n, os.urandom(40).hex().encode()) for n in range(1, 900_000))  # fmt: skip
    return _with(SHEET, _sheet(rows))


def _entries(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"x{number}", b"")
    return out.getvalue()


FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BILLION = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "x1 far.xlsx": lambda: _with(SHEET, _sheet(FAR)),
    "x1 wide.xlsx": lambda: _with(
        SHEET, _sheet(b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 60_000)))
    ),
    "x2 sheet.xlsx": lambda: _with(SHEET, _many(b"<worksheet><sheetData>", b" " * 1000, 1_000_000, b"</sheetData>")),
    "x2 ratio.xlsx": _below_the_ratio,
    "x2 entries.xlsx": lambda: _entries(70_000),
    "x3 strings.xlsx": lambda: _with(
        "xl/sharedStrings.xml", _many(b"<sst %s>" % MAIN, b"<si><t>" + b"a" * 990 + b"</t></si>", 1_000_000, b"</sst>")
    ),
    "x4 entities.xlsx": lambda: _with(SHEET, BILLION + _sheet(b"")),
    "x4 outside.xlsx": lambda: _with(
        "xl/sharedStrings.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'
    ),
    "x5 none.xlsx": lambda: b"PK\x03\x04 this is no archive" * 1000,
    "x5 index.xlsx": lambda: _with(SHEET, _sheet(b'<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>')),
    "x5 old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2_000_000,
    "line.csv": lambda: "店名,备注\n甲,".encode() + b"x" * 200_000_000 + b"\n",
    "quote.csv": lambda: '店名,备注\n甲,"'.encode() + b"a,b\n" * 20_000_000,
    "columns.csv": lambda: b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n" + b"," * 999_999 + b"\n",
    "deep.json": lambda: b"[" * 5_000_000,
    "keys.json": lambda: b"[{" + b",".join(b'"k%d":1' % n for n in range(2_000_000)) + b"}]",
    "line.jsonl": lambda: b'{"name": "' + b"x" * 100_000_000 + b'"}\n',
    "line.vcf": lambda: b"BEGIN:VCARD\nVERSION:3.0\nFN:" + b"x" * 100_000_000 + b"\nEND:VCARD\n",
    "folded.vcf": lambda: b"BEGIN:VCARD\nVERSION:3.0\nFN:a\n" + b" x\n" * 10_000_000 + b"END:VCARD\n",
    "cards.vcf": lambda: b"BEGIN:VCARD\n" * 1_000_000,
    "folds.vcf": lambda: b"BEGIN:VCARD\nVERSION:3.0\nFN:" + b"\n x" * 20_000_000 + b"\nEND:VCARD\n",
    "zeros.csv": lambda: b"\0" * 100_000_000,
}  # fmt: skip
# these are large, and honest: what they hold may be taken
MAY_BE_READ = (
    "x1 wide.xlsx",
    "line.csv",
    "columns.csv",
    "keys.json",
    "line.jsonl",
    "line.vcf",
    "folded.vcf",
    "x2 ratio.xlsx",
)


def ended(book: Path, file: Path) -> Ended:
    """How the import of the file ended."""
    process = start(book, "import", str(file))
    assert process.stdout is not None and process.stderr is not None
    with process.stdout, process.stderr:
        process.stdout.read()
        err = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, err)


def wrong(name: str, done: Ended) -> str:
    """What is wrong with how it ended, '' where nothing is."""
    codes = (0, 1, 2, 5) if name in MAY_BE_READ else (5,)
    if done.code not in codes:
        return f"exit {done.code}"
    if done.err.count(b"\n") > 3 or b"Traceback" in done.err or b"defect" in done.err or b"root:" in done.err:
        return "what it said"
    return ""


def run(count: int) -> Mapping[str, float]:
    """The figures of ``count`` rounds."""
    figures: dict[str, float] = {"files": len(BOMBS), "wrong": 0, "peak_mb": 0, "seconds": 0}
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.db"
        run_program(book, "init")
        raw = book.read_bytes()
        for name in bar([*BOMBS] * count, len(BOMBS) * count, "bombs"):
            file = Path(folder) / name
            file.write_bytes(BOMBS[name]())
            done = ended(book, file)
            file.unlink()
            fault = wrong(name, done) or ("changed" if done.code and book.read_bytes() != raw else "")
            book.write_bytes(raw)
            figures["wrong"] += bool(fault)
            figures["peak_mb"] = max(figures["peak_mb"], done.peak_mb)
            figures["seconds"] = max(figures["seconds"], done.seconds)
            said = done.err.decode("utf-8", "replace").strip()[:200]
            print(f"{name}: exit {done.code}, {done.seconds:.1f} s, {done.peak_mb:.0f} MB {fault} {said}",
                  file=sys.stderr, flush=True)  # fmt: skip
    return figures
