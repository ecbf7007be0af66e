"""A vCard file taken apart: logical lines of any version and make, gathered into cards.

Folds are undone on bytes, because phones fold in the middle of a character; quoted-printable lines
go on behind their ``=``; pictures are passed over without being held.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from salesflow.errors import Unusable, Usage
from salesflow.exchange.rows import Fault
from salesflow.exchange.source import CHUNK, Source

Thing = TypeVar("Thing")
LONGEST_VALUE = 1024**2  # in its longest coding it still is more than a cell takes: its card is refused
_LONGEST_LINE = 16 * 1024**2
_LONGEST_HEAD = 4096
# far more than any phone book, and few enough to be gone through in seconds
_MOST_CARDS = 100_000
_MOST_PROPERTIES = 1_500_000
_MOST_LINES = 10_000_000  # three thousand cards with a large picture each are half of that
_HEAD = 4096
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_PICTURES = frozenset(("PHOTO", "LOGO", "SOUND", "KEY"))
_BINARY = frozenset(("base64", "b"))
_ENCODINGS = frozenset(("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"))
_FOLDS = (b" ", b"\t")
_MARKS = ("BEGIN", "END")
_ESCAPES = {"n": "\n", "N": "\n"}
_GBK = frozenset(("gbk", "gb2312", "gb_2312-80", "cp936", "hz", "x-gbk"))


class Line(NamedTuple):
    """One property: its group (``item1``), name and parameters in capitals, and its value as it stands."""

    group: str
    name: str
    params: dict[str, list[str]]
    value: bytes

    @property
    def quoted(self) -> bool:
        """Whether the value is quoted-printable."""
        return "QUOTED-PRINTABLE" in self.params.get("ENCODING", ())

    @property
    def types(self) -> frozenset[str]:
        """What the property says that it is: CELL, WORK, HOME …"""
        return frozenset(self.params.get("TYPE", ()))


class Card(NamedTuple):
    """The properties of one card, counted from 1, and what is wrong with it as a whole."""

    number: int
    lines: list[Line]
    fault: Fault | None = None


def is_cards(source: Source) -> bool:
    """Whether the file begins as a vCard does, be it in UTF-16 and behind a mark."""
    with source.open() as handle:
        head = handle.read(_HEAD)
    return _begins(head.replace(b"\0", b""))


def _begins(head: bytes) -> bool:
    for mark in (codecs.BOM_UTF8, *_WIDE):
        head = head.removeprefix(mark)
    return head.lstrip()[:11].upper() == b"BEGIN:VCARD"


def wide_encoding(source: Source) -> str:
    """``utf-16`` and its kind where the file is in one, else ''."""
    with source.open() as handle:
        head = handle.read(_HEAD)
    if head[:2] in _WIDE:
        return _WIDE[head[:2]]
    zeros = head[1::2].count(0), head[0::2].count(0)
    if max(zeros) * 4 < len(head) or not _begins(head.replace(b"\0", b"")):
        return ""
    return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"


def read_cards(source: Source) -> Iterator[Card]:
    """The cards of the file in their order; one without an end has a fault. Raises Unusable."""
    wide = wide_encoding(source)
    lines = _wide_lines(source, wide) if wide else _byte_lines(source)
    properties = _counted(_unfolded(lines), _MOST_PROPERTIES, source.name)
    return _counted(_gathered(properties), _MOST_CARDS, source.name)


def _counted(things: Iterable[Thing], most: int, file: str) -> Iterator[Thing]:
    for number, thing in enumerate(things):
        if number == most:
            raise _too_many(file)
        yield thing


def _byte_lines(source: Source) -> Iterator[bytes]:
    count, rest = 0, b""
    with source.open() as handle:
        handle.seek(len(codecs.BOM_UTF8) if handle.read(3) == codecs.BOM_UTF8 else 0)
        while chunk := handle.read(CHUNK):
            *lines, rest = (rest + chunk).splitlines(keepends=True)
            if max(map(len, (rest, *lines))) > _LONGEST_LINE:
                raise Unusable("exchange.long_line", file=source.name)
            count += len(lines)
            if count > _MOST_LINES:
                raise _too_many(source.name)
            for line in lines:
                yield line.rstrip(b"\r\n")
        yield from rest.splitlines()


def _too_many(file: str) -> Unusable:
    return Unusable("exchange.too_many_cards", file=file, cards=f"{_MOST_CARDS:,}", most=f"{_MOST_LINES:,}")


def _wide_lines(source: Source, encoding: str) -> Iterator[bytes]:
    number = 0
    try:
        for line in source.lines(encoding):
            number += 1
            if number > _MOST_LINES:
                raise _too_many(source.name)
            yield line.removeprefix("\ufeff").rstrip("\n").encode()
    except UnicodeError:
        raise Unusable("exchange.broken_text", file=source.name, encoding=encoding, line=number + 1) from None


class _Open:
    """A property that further lines may belong to."""

    def __init__(self, head: Line) -> None:
        self.head = head
        self.binary = head.name in _PICTURES or bool(
            _BINARY.intersection(map(str.lower, head.params.get("ENCODING", ())))
        )
        self.quoted = head.quoted and not self.binary
        self._parts = [] if self.binary else [head.value[: LONGEST_VALUE + 1]]
        self._room = LONGEST_VALUE - len(head.value)

    @property
    def goes_on(self) -> bool:
        """Whether the next line is said to be the rest of this one."""
        return self.quoted and self._parts[-1].endswith(b"=")

    def soft(self, line: bytes) -> None:
        if self._room >= 0:
            self._parts[-1] = self._parts[-1][:-1]
            self.more(line)

    def more(self, line: bytes) -> None:
        """Take the rest of a value, as long as it is not too long already."""
        if self._room >= 0 and not self.binary:
            self._parts.append(line)
            self._room -= len(line)

    def line(self) -> Line:
        return self.head._replace(value=b"".join(self._parts))


def _unfolded(physical: Iterable[bytes]) -> Iterator[Line]:
    held: _Open | None = None
    for line in physical:
        if held and held.quoted and held.goes_on and line.strip().upper() != b"END:VCARD":
            bare = line.strip()
            held.soft(bare if line[:1].isspace() and bare.startswith(b"=") else line)
            continue
        if held and line[:1] in _FOLDS:
            if held.binary or not line.isspace():
                held.more(line[1:])
            continue
        if not line or line.isspace():
            continue
        head = _parsed(line)
        if head is None:  # a line of a picture, or of a note that nobody folded
            if held:
                held.more(b"\n" + line.strip())
            continue
        if held:
            yield held.line()
        held = _Open(head)
    if held:
        yield held.line()


def _parsed(line: bytes) -> Line | None:
    """The property that begins with this line; None for a line that begins none."""
    place = _outside_quotes(line, b":")
    if place < 1:
        return None
    head = _head(line[:place])
    return head and Line(*head, line[place + 1 :])


@lru_cache(512)  # the same few head all the lines of a file
def _head(head: bytes) -> tuple[str, str, dict[str, list[str]]] | None:
    parts = _split_head(head)
    group, _, name = parts[0].strip().upper().rpartition(".")
    if not name or not name.replace("-", "").replace("_", "").isalnum():
        return None
    params: dict[str, list[str]] = {}
    for part in parts[1:]:
        key, equals, text = part.strip().partition("=")
        if not equals:
            key, text = ("ENCODING" if key.upper() in _ENCODINGS else "TYPE"), key
        found = [one.strip().strip('"').upper() for one in text.strip('"').split(",")]
        params.setdefault(key.upper(), []).extend(filter(None, found))
    return group, name, params


def _outside_quotes(line: bytes, mark: bytes) -> int:
    place, start, quotes = line.find(mark, 0, _LONGEST_HEAD), 0, 0
    while place >= 0:
        quotes += line.count(b'"', start, place)
        if quotes % 2 == 0:
            return place
        start = place + 1
        place = line.find(mark, start, _LONGEST_HEAD)
    return place


def _split_head(head: bytes) -> list[str]:
    text = head.decode("utf-8", "replace")
    if '"' not in text:
        return text.split(";")
    parts, quoted = [""], False
    for char in text:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _gathered(lines: Iterable[Line]) -> Iterator[Card]:
    number, depth = 0, 0
    held: list[Line] | None = None
    for line in lines:
        marks = line.name in _MARKS and line.value.strip().upper() == b"VCARD"
        if line.name == "BEGIN" and marks:
            if held and (depth or (held[-1].name == "AGENT" and not held[-1].value.strip())):
                depth += 1  # a card within a card: the assistant's
                continue
            if held is not None:
                yield Card(number, held, Fault("exchange.card_without_end", {}))
            number, held = number + 1, []
        elif line.name == "END" and marks and depth:
            depth -= 1
        elif line.name == "END" and marks:
            if held is not None:
                yield Card(number, held)
            held = None
        elif held is not None and not depth:
            held.append(line)
    if held is not None:
        yield Card(number, held, Fault("exchange.card_without_end", {}))


class Decoder:
    """Turns values into text: by their own CHARSET, else as the whole file is written."""

    def __init__(self, default: str) -> None:
        self.default = default

    def texts(self, line: Line, mark: str = "", *, old: bool = False) -> list[str]:
        """The parts of a value that ``mark`` divides (all of it without one), cleared of escapes.

        ``old``: a card of version 2.1, in which ``\\n`` is no line break. Raises UnicodeError.
        """
        if line.quoted:  # what stands between the marks is encoded, the marks are not
            parts = _split(line.value.decode("latin-1"), mark)
            plain = [self._decode(line, _unquoted(part)) for part in parts]
            # some phones encode the marks too
            return [_clear(part, old) for part in (_split(plain[0], mark) if len(plain) == 1 else plain)]
        return [_clear(part, old) for part in _split(self._decode(line, line.value), mark)]

    def _decode(self, line: Line, value: bytes) -> str:
        if value.isascii():
            return value.decode("ascii")
        said = [_codec(name) for name in line.params.get("CHARSET", ())]
        others = ("utf-8", "gb18030") if said else ()  # some say one and write another
        for encoding in filter(None, (*said, self.default, *others)):
            try:
                return value.decode(encoding)
            except UnicodeError:
                continue
        raise UnicodeError(line.name)


def _codec(name: str) -> str:
    if name.lower() in _GBK:
        return "gb18030"  # which holds what the others hold, and more
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):  # a name may hold a NUL
        return ""
    return codec.name if getattr(codec, "_is_text_encoding", True) else ""


def _unquoted(text: str) -> bytes:
    from quopri import decodestring

    return decodestring(text.encode("latin-1"))


def _split(text: str, mark: str) -> list[str]:
    if not mark or mark not in text:
        return [text]
    parts, escaped = [""], False
    for char in text:
        if char == mark and not escaped:
            parts.append("")
            continue
        parts[-1] += char
        escaped = char == "\\" and not escaped
    return parts


def _clear(text: str, old: bool) -> str:
    if "\\" not in text:
        return text
    found, escaped = [], False
    for char in text:
        if escaped:
            found.append(_ESCAPES.get(char, char) if not old or char in ";,:\\" else f"\\{char}")
            escaped = False
        elif char == "\\":
            escaped = True
        else:
            found.append(char)
    return "".join([*found, "\\"] if escaped else found)


def file_encoding(source: Source, wanted: str | None) -> str:
    """How the values without a CHARSET are written: what was asked for, else UTF-8 or GB18030.

    What most lines speak for counts: a single broken card makes no GBK file of a UTF-8 one.
    Raises Usage for an encoding that there is not.
    """
    if wanted:
        found = _codec(wanted)
        if not found:
            raise Usage("exchange.unknown_encoding", encoding=wanted)
        return found
    if wide_encoding(source) or _is_utf8(source):
        return "utf-8"  # the lines of a wide one come as such
    good = bad = 0
    for card in read_cards(source):
        for line in card.lines:
            if line.value.isascii() or "CHARSET" in line.params:
                continue
            try:
                line.value.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += 1
    return "gb18030" if bad > good else "utf-8"


def _is_utf8(source: Source) -> bool:
    """Whether all of the file is; where a fold cuts a character, it is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with source.open() as handle:
            while chunk := handle.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
