"""Which encoding a text file is in, decided on the whole file without holding it."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from salesflow.errors import Unusable, Usage
from salesflow.exchange.source import CHUNK, Source

LONGEST_LINE = 16 * 1024**2
SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# So many bytes of multi-byte UTF-8 before the first wrong one are no accident: such a file
# is damaged UTF-8, and reading it as GB18030 would give nonsense without an error.
_STRAY = 4  # control characters that a cell or two of a short list may hold
_SURELY_UTF8 = 40
# Python calls these encodings too.
_NO_CHARACTER_SETS = ("idna", "punycode", "unicode-escape", "raw-unicode-escape")


class Scan(NamedTuple):
    """A text file read through once: its encoding, its beginning, whether it holds a ``'`` or a ``="``."""

    encoding: str
    start: str
    apostrophe: bool
    formula: bool = False


class _Broken(NamedTuple):
    line: int
    wide: int


def scan(source: Source, wanted: str | None) -> Scan:
    """The encoding and the beginning of a text file; ``wanted`` is the reader's own word.

    By mark (BOM), then UTF-16 without one, then strict UTF-8, then Big5 where its characters are the likelier,
    then strict GB18030.
    Raises Usage for an encoding that there is not, Unusable for bytes that are no text.
    """
    with source.open() as handle:
        head = handle.read(SAMPLE)
    if not head:
        raise Unusable("exchange.empty_file", file=source.name)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if wanted is not None:
        return _as_wanted(source, _known(wanted), marked)
    if marked:
        return _marked(source, marked)
    found = _utf16(source, head)
    return found if found is not None else _guess(source, head)


def _known(wanted: str) -> str:
    try:
        codec = codecs.lookup(wanted)
        codecs.getincrementaldecoder(wanted)
        "".encode(wanted)
    except (LookupError, ValueError, TypeError) as error:
        raise Usage("exchange.unknown_encoding", encoding=wanted) from error
    if codec.name in _NO_CHARACTER_SETS:
        raise Usage("exchange.unknown_encoding", encoding=wanted)
    return codec.name


def _as_wanted(source: Source, encoding: str, marked: str) -> Scan:
    if encoding == "utf-8" and marked == "utf-8-sig":
        encoding = marked
    elif encoding in ("utf-16", "utf-32") and not marked:
        encoding += "-le"  # what Windows writes; the codec itself insists on a mark
    found = _read_through(source, encoding)
    if isinstance(found, _Broken):
        raise Unusable("exchange.wrong_encoding", file=source.name, encoding=encoding, line=found.line)
    return found


def _marked(source: Source, encoding: str) -> Scan:
    found = _read_through(source, encoding)
    if isinstance(found, _Broken):
        raise Unusable("exchange.broken_text", file=source.name, encoding=encoding, line=found.line)
    return found


def _guess(source: Source, head: bytes) -> Scan:
    found = _read_through(source, "utf-8")
    if isinstance(found, Scan):
        return found
    if found.wide >= _SURELY_UTF8:
        raise Unusable("exchange.broken_text", file=source.name, encoding="utf-8", line=found.line)
    found = _big5(source, head) or _read_through(source, "gb18030")
    if isinstance(found, Scan):
        return found
    raise Unusable("exchange.not_text" if b"\0" in head else "exchange.no_encoding", file=source.name)


def _big5(source: Source, head: bytes) -> Scan | None:
    """The file as Big5 where its characters are those in daily use there, and strange ones in GB18030; else None."""
    pairs = _pairs(head)
    daily = sum(0xA4 <= first <= 0xC6 for first, _ in pairs)
    daily_gb = sum(0xB0 <= first <= 0xD7 and second >= 0xA1 for first, second in pairs)
    if not pairs or daily * 10 < len(pairs) * 8 or daily_gb * 10 > len(pairs) * 6:
        return None
    for encoding in ("big5", "cp950", "big5hkscs"):
        found = _read_through(source, encoding)
        if isinstance(found, Scan):
            return found
    return None


def _pairs(head: bytes) -> list[tuple[int, int]]:
    # the bytes that make a character together, in either of the two encodings
    found, place = [], 0
    while place < len(head) - 1:
        if head[place] < 0x81:
            place += 1
            continue
        found.append((head[place], head[place + 1]))
        place += 2
    return found


def _utf16(source: Source, head: bytes) -> Scan | None:
    """The file as UTF-16 without a mark, where it surely is; else None."""
    high, low = head[1::2].count(0), head[0::2].count(0)
    # ASCII makes zeros on one side; on the other stand those of characters like 一 (U+4E00)
    if max(high, low) < 3 or min(high, low) * 4 > max(high, low):
        return None
    if (high + low) * 3 < len(head) and _is_utf8(head):
        return None
    try:
        found = _read_through(source, "utf-16-le" if high > low else "utf-16-be")
    except Unusable:
        return None
    return found if isinstance(found, Scan) else None


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _read_through(source: Source, encoding: str) -> Scan | _Broken:
    """The file decoded from end to end; raises Unusable for a NUL, junk or an endless line."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    start, apostrophe, formula, line, wide, run = "", False, False, 1, 0, 0
    with source.open() as handle:
        last = False
        while not last:
            chunk = handle.read(CHUNK)
            last = not chunk
            try:
                text = decoder.decode(chunk, last)
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(encoding, "replace")
                return _Broken(line + good.count("\n"), wide + error.start - len(good))
            except UnicodeError:  # codecs that are no character sets fail in ways of their own
                return _Broken(line, wide)
            if "\0" in text:
                line += text.partition("\0")[0].count("\n")
                raise Unusable("exchange.nul", file=source.name, line=line)
            start = start or text[:SAMPLE]
            apostrophe = apostrophe or "'" in text
            formula = formula or '="' in text
            run = _unbroken(source, text, run)
            line += text.count("\n") or text.count("\r")
            wide += len(chunk) - len(text)
    _refuse_junk(source, start)
    return Scan(encoding, start, apostrophe, formula)


def _unbroken(source: Source, text: str, before: int) -> int:
    """How many characters stand after the last line break; raises Unusable for too many."""
    last = max(text.rfind("\n"), text.rfind("\r"))
    run = before + len(text) if last < 0 else len(text) - last
    if run > LONGEST_LINE:
        raise Unusable("exchange.long_line", file=source.name)
    return run


def _refuse_junk(source: Source, start: str) -> None:
    head = start[:4096]
    strange = sum(1 for char in head if char < " " and char not in "\t\n\r\f\v\x1a\x1b")
    if strange > _STRAY and strange * 50 > len(head):
        raise Unusable("exchange.not_text", file=source.name)
