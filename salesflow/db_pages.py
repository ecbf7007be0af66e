"""A database file read page by page without SQLite, for what SQLite cannot read any more.

Nothing of a page is believed before it fits: a cell lies inside its page, a record is as long as its header says,
no chain of pages goes round in circles. What does not fit is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

LEAF, INTERIOR = 13, 5  # the kinds of pages that hold a table
HEADER = 100
_USUAL_PAGE = 4096
_MOST_COLUMNS = 200

Value = int | float | bytes | str | None


class Damaged(Exception):
    """Something on a page does not fit."""


class Cell(NamedTuple):
    """One row on a leaf: its rowid, how long it is, where on the page its first part lies, how long that is, and
    the page where it goes on (0: nowhere)."""

    rowid: int
    size: int
    start: int
    local: int
    overflow: int


class Field(NamedTuple):
    """One column of a record: its serial type, and where in the record its bytes lie."""

    kind: int
    start: int
    size: int


class Pages:
    """The pages of a file; they are numbered from 1."""

    def __init__(self, content: bytes | memoryview, page_size: int = 0) -> None:
        self.content = memoryview(content)
        self.size = page_size or page_size_of(self.content)
        self.count = len(self.content) // self.size

    def page(self, number: int) -> memoryview:
        """The bytes of a page. Raises Damaged where there is none."""
        if not 1 <= number <= self.count:
            raise Damaged
        start = (number - 1) * self.size
        return self.content[start : start + self.size]

    def kind(self, number: int) -> int:
        """What kind of page it says it is; 0 where it is no page of a table."""
        kind = self.page(number)[HEADER if number == 1 else 0]
        return kind if kind in (LEAF, INTERIOR) else 0

    def children(self, number: int) -> list[int]:
        """The pages below an interior page. Raises Damaged."""
        page, start = self.page(number), HEADER if number == 1 else 0
        if page[start] != INTERIOR:
            raise Damaged
        found = [_integer(page, place) for place in self._places(page, start, 12)]
        return [*found, _integer(page, start + 8)]

    def leaves(self, root: int) -> Iterator[int]:
        """The leaves of the tree below ``root``, from left to right, as far as they can be reached."""
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            try:
                kind = self.kind(number)
                if kind == LEAF:
                    yield number
                elif kind == INTERIOR:
                    waiting.extend(reversed(self.children(number)))
            except Damaged:
                continue

    def cells(self, number: int) -> Iterator[Cell]:
        """The rows of a leaf; those that do not fit on it are left out."""
        page, start = self.page(number), HEADER if number == 1 else 0
        if page[start] != LEAF:
            return
        for place in self._places(page, start, 8):
            try:
                yield self._cell(page, place)
            except Damaged:
                continue

    def _places(self, page: memoryview, start: int, header: int) -> list[int]:
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + header
        end = first + 2 * count
        if end > self.size:
            raise Damaged
        found = [int.from_bytes(page[at : at + 2], "big") for at in range(first, end, 2)]
        return [place for place in found if end <= place <= self.size - 4]

    def _cell(self, page: memoryview, place: int) -> Cell:
        size, place = _varint(page, place)
        rowid, place = _varint(page, place)
        if not 0 < size <= len(self.content):
            raise Damaged
        local = self._local(size)
        if place + local + (4 if local < size else 0) > self.size:
            raise Damaged
        overflow = _integer(page, place + local) if local < size else 0
        return Cell(rowid - (1 << 64) if rowid >= 1 << 63 else rowid, size, place, local, overflow)

    def _local(self, size: int) -> int:
        # how much of a row stands on its leaf: the file format's own sum
        most, least = self.size - 35, (self.size - 12) * 32 // 255 - 23
        if size <= most:
            return size
        kept = least + (size - least) % (self.size - 4)
        return kept if kept <= most else least

    def payload(self, number: int, cell: Cell) -> bytes:
        """The whole record of a cell on page ``number``. Raises Damaged."""
        found = bytearray(self.page(number)[cell.start : cell.start + cell.local])
        following, left = cell.overflow, (cell.size - cell.local) // (self.size - 4) + 2
        while len(found) < cell.size:
            page = self.page(following)
            left -= 1
            if not left:
                raise Damaged
            found += page[4 : 4 + cell.size - len(found)]
            following = _integer(page, 0)
        return bytes(found)

    def rows(self, number: int) -> Iterator[tuple[int, list[Value]]]:
        """The rowid and the values of every row of a leaf that can be read; text is bytes where it is no UTF-8."""
        for cell in self.cells(number):
            try:
                yield cell.rowid, values(self.payload(number, cell))
            except Damaged:
                continue


def page_size_of(content: bytes | memoryview) -> int:
    """The size of the pages as the header says, or the usual one where it says what cannot be."""
    said = int.from_bytes(content[16:18], "big")
    said = 65536 if said == 1 else said
    return said if said >= 512 and said & (said - 1) == 0 else _USUAL_PAGE


def fields(record: bytes | memoryview) -> list[Field]:
    """The columns of a record. Raises Damaged where its header does not fit it."""
    length, place = _varint(record, 0)
    if not place <= length <= len(record):
        raise Damaged
    found, start = [], length
    while place < length:
        kind, place = _varint(record, place)
        size = _size(kind)
        found.append(Field(kind, start, size))
        start += size
    if place != length or start != len(record) or len(found) > _MOST_COLUMNS:
        raise Damaged
    return found


def values(record: bytes) -> list[Value]:
    """What the columns of a record hold. Raises Damaged."""
    return [_value(record[one.start : one.start + one.size], one.kind) for one in fields(record)]


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _size(kind: int) -> int:
    if kind < 10:
        return _SIZES[kind]
    if kind < 12:
        raise Damaged
    return (kind - 12) // 2


def _value(raw: bytes, kind: int) -> Value:
    if kind == 0:
        return None
    if kind == 7:
        from struct import unpack

        return float(unpack(">d", raw)[0])
    if kind < 10:
        return kind - 8 if kind >= 8 else int.from_bytes(raw, "big", signed=True)
    if kind % 2 == 0:
        return raw
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


def _integer(page: memoryview, place: int) -> int:
    return int.from_bytes(page[place : place + 4], "big")


def _varint(content: bytes | memoryview, place: int) -> tuple[int, int]:
    found = 0
    for count in range(9):
        if place >= len(content):
            raise Damaged
        byte = content[place]
        place += 1
        if count == 8:
            return found << 8 | byte, place
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            return found, place
    raise Damaged
