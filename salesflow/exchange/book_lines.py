"""A whole book as lines of JSON: what it is, one record a line, and at the end a sum that tells any change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from typing import Any, BinaryIO, NamedTuple
from unicodedata import category

from salesflow.errors import Unusable

HEAD, END = "book", "end"
_FIRST = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"type"\s*:\s*"book"\s*,\s*"version"\s*:\s*\d')
_LOOK = 200  # bytes that tell such a file from any other
_MOST = 64 * 1024**2  # bytes of one line
_STEERS = frozenset({"Cc", "Cf", "Zl", "Zp"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


class Head(NamedTuple):
    """The first line: the version of the book's tables, when it was made, the last ids, the rows of each table."""

    version: int
    made: str
    counters: dict[str, int]
    rows: dict[str, int]


class Record(NamedTuple):
    """One line: its number, the table, the columns that hold something."""

    line: int
    table: str
    values: dict[str, Any]


def written(head: Head, records: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[bytes]:
    """The lines of a book, ends included; the same book gives the same bytes."""
    summed, count = sha256(), 0
    first = encoded(head_record(head))
    summed.update(first)
    yield first
    for table, values in records:
        line = encoded({"type": table, **values})
        summed.update(line)
        count += 1
        yield line
    yield encoded({"type": END, "records": count, "sha256": summed.hexdigest()})


def as_object(head: Head, records: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[bytes]:
    """The same as one object of JSON: what the book is, then the records of each table in a list."""
    yield encoded(head_record(head)).removesuffix(b"}\n")
    for table, rows in groupby(records, lambda record: record[0]):
        yield b',\n"' + table.encode() + b'":['
        comma = b"\n"
        for _, values in rows:
            yield comma + encoded(values).removesuffix(b"\n")
            comma = b",\n"
        yield b"]"
    yield b"}\n"


def head_record(head: Head) -> dict[str, Any]:
    """The first line as a record."""
    return {"type": HEAD, **head._asdict()}


def encoded(record: Mapping[str, Any]) -> bytes:
    """A line of JSON: Chinese as it is, what steers a terminal written out."""
    line = _encode(record)
    if not line.isprintable():
        line = "".join([_units(one) if category(one) in _STEERS else one for one in line])
    return line.encode() + b"\n"


def _units(character: str) -> str:
    units = character.encode("utf-16-be").hex()
    return "".join([f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4)])


def is_book(file: BinaryIO) -> bool:
    """Whether the file begins as a whole book does; only what can be looked at without reading it is looked at."""
    peek = getattr(file, "peek", None)
    return is_head(peek(_LOOK) if peek else b"")


def is_head(start: bytes) -> bool:
    """Whether these are the first bytes of a whole book."""
    return bool(_FIRST.match(start[:_LOOK]))


class BookLines:
    """A file that ``written`` made, read line by line. Raises Unusable, naming the line, for any other."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self._file = file
        self._summed = sha256()
        self._line = 0
        self._ended = True  # whether the last line had an end
        self.unchanged = False  # known once all records are read
        self.head = self._head()

    def tables(self) -> Iterator[tuple[str, Iterator[Record]]]:
        """The records of each table, one table after the other."""
        return groupby(self._records(), lambda record: record.table)

    def _head(self) -> Head:
        raw = self._next().removeprefix(b"\xef\xbb\xbf")
        if raw.endswith(b","):
            raise Unusable("whole.an_object", file=self.name)
        found = self._loaded(raw)
        self._summed.update(raw + b"\n")
        try:
            counters = {str(table): int(last) for table, last in found["counters"].items()}
            rows = {str(table): int(count) for table, count in found["rows"].items()}
            return Head(int(found["version"]), str(found["made"]), counters, rows)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Unusable("whole.not_json", file=self.name, line=1) from None

    def _records(self) -> Iterator[Record]:
        while True:
            raw = self._next()
            found = self._loaded(raw)
            table = found.pop("type", None)
            if table == END:
                self._end(found)
                return
            self._summed.update(raw + b"\n")
            yield Record(self._line, str(table), found)

    def _end(self, found: dict[str, Any]) -> None:
        self.unchanged = found == {"records": self._line - 2, "sha256": self._summed.hexdigest()}
        if self._file.readline(_LOOK).strip():
            raise Unusable("whole.not_json", file=self.name, line=self._line + 1)

    def _next(self) -> bytes:
        # the line without its end: a mail program may have changed that, and nothing else
        raw = self._file.readline(_MOST)
        if not raw.strip():
            raise Unusable("whole.cut", file=self.name, line=self._line)
        self._line += 1
        self._ended = raw.endswith(b"\n")
        return raw.removesuffix(b"\n").removesuffix(b"\r")

    def _loaded(self, raw: bytes) -> dict[str, Any]:
        try:
            found = _decode(raw.decode())
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            key = "whole.not_json" if self._ended else "whole.cut"
            raise Unusable(key, file=self.name, line=self._line)
        return found
