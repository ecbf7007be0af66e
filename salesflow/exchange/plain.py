"""Many rows of a sheet at once, a column at a time, where a row holds nothing out of the ordinary.

A long list is read so in a third of the time. Whatever is not plain in a row - several phones in a cell, a
diary in a note, a character that no screen shows - is left to ``record``, which reads one row for itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.exchange.places import Column
from salesflow.exchange.record import blanks_of
from salesflow.exchange.values import BLANKS, is_suspect, split_list
from salesflow.names import LONGEST
from salesflow.phones import is_mobile, stands_alone

_LINES = (
    "name", "short", "province", "city", "area", "address", "supplier", "ownership", "source", "kind", "grade",
    "contact", "title", "wechat", "email", "department",
)  # fmt: skip
_NUMBERS = ("phone", "mobile", "contact_phone")
_LISTS = ("brands", "tags")
_FIELDS = frozenset((*_LINES, *_NUMBERS, *_LISTS, "volume_month", "note"))
_OF_A_PERSON = ("title", "wechat", "email", "department", "contact_phone")
_DIGIT = re.compile(r"\d")  # a note without one is no diary

_NAMES = {"mobile": "contact_phone"}
_WHERE = ("province", "city", "area")

Cells = list[Any]


class Batch:
    """Some rows by columns: ``fields`` and ``custom`` (by header) have a cell or None for each plain row.

    ``places`` are the numbers of these rows among those that were read. ``phone`` is the shop's,
    ``contact_phone`` the person's; brands and tags are tuples, ``volume_month`` is a number.
    """

    def __init__(
        self, places: Sequence[int], fields: Mapping[str, Cells], custom: Mapping[str, Cells]
    ) -> None:
        self.places = places
        self.custom = custom
        self._fields = fields
        self._none: Cells = [None] * len(places)

    def column(self, field: str) -> Cells:
        """The cells of the field, None where there is none."""
        return self._fields.get(field, self._none)


class Columns:
    """Reads rows by their columns; ``read`` are the places of the fields, ``custom`` those that are kept."""

    def __init__(self, read: Mapping[str, int], custom: Sequence[Column]) -> None:
        self._read = read
        self._custom = [
            (column.at, column.header.removeprefix("custom.") or column.header) for column in custom
        ]
        self._blanks = {field: blanks_of(field) for field in read}

    def batch(self, rows: Sequence[Sequence[str]]) -> Batch:
        """The plain ones of rows that all have a cell in every column."""
        columns = list(zip(*rows, strict=True))
        odd = _unprintable(columns)
        fields = {field: self._cleaned(field, columns[at]) for field, at in self._read.items()}
        for field, cells in fields.items():
            odd |= _odd(field, cells)
        odd |= _without_person(fields, len(rows))
        custom = {header: self._cleaned("", columns[at]) for at, header in self._custom}
        plain: Sequence[int] = range(len(rows))
        if odd:
            plain = [place for place in plain if place not in odd]
            fields = {field: [cells[place] for place in plain] for field, cells in fields.items()}
            custom = {header: [cells[place] for place in plain] for header, cells in custom.items()}
        _locate(fields)
        return Batch(plain, fields, custom)

    def _cleaned(self, field: str, column: Sequence[str]) -> Cells:
        blanks = self._blanks.get(field, BLANKS)
        cells = [None if cell in blanks else cell for cell in map(str.strip, column)]
        return [split_list(cell) or None if cell else None for cell in cells] if field in _LISTS else cells


def plain_columns(
    read: Mapping[str, Sequence[Column]], custom: Sequence[Column], *, others: bool
) -> Columns | None:
    """What reads plain rows of this sheet; None where it has columns of another kind, or ``others`` besides."""
    if (
        others
        or "name" not in read
        or not read.keys() <= _FIELDS
        or {"mobile", "contact_phone"} <= read.keys()
    ):
        return None
    if any(len(found) > 1 for found in read.values()):
        return None
    return Columns({_NAMES.get(field, field): found[0].at for field, found in read.items()}, custom)


def _unprintable(columns: Sequence[Sequence[str]]) -> set[int]:
    odd: set[int] = set()
    for column in columns:
        if not "".join(column).isprintable():
            odd.update(place for place, cell in enumerate(column) if not cell.isprintable())
    return odd


def _odd(field: str, cells: Cells) -> set[int]:
    """The rows whose cell of this field is more than it can tell by itself."""
    if field in ("phone", "contact_phone"):
        return {place for place, cell in enumerate(cells) if cell and not stands_alone(cell)}
    if field == "note":
        return {place for place, cell in enumerate(cells) if cell and _DIGIT.search(cell)}
    if field == "volume_month":
        return _counted(cells)
    if field in _LISTS:
        return set()
    odd = {place for place, cell in enumerate(cells) if cell and len(cell) > LONGEST}
    if field == "name":
        odd.update(place for place, cell in enumerate(cells) if not cell or is_suspect(cell))
    if field == "contact":
        odd.update(place for place, cell in enumerate(cells) if cell and not cell.isalpha())
    return odd


def _counted(cells: Cells) -> set[int]:
    # each cell becomes its number; those that are none are the odd ones
    odd = set()
    for place, cell in enumerate(cells):
        if cell and cell.isascii() and cell.isdecimal() and len(cell) <= 9:
            cells[place] = int(cell)
        elif cell:
            odd.add(place)
    return odd


def _without_person(fields: Mapping[str, Cells], rows: int) -> set[int]:
    # what belongs to nobody who is named, and a mobile in the column of the shop, go their own ways
    people = fields.get("contact", [None] * rows)
    odd: set[int] = set()
    for field in _OF_A_PERSON:
        for place, cell in enumerate(fields.get(field, ())):
            if cell and not people[place]:
                odd.add(place)
    for place, cell in enumerate(fields.get("phone", ())):
        if cell and people[place] and is_mobile(cell):
            odd.add(place)
    return odd


def _locate(fields: dict[str, Cells]) -> None:
    # what the address says of province, city and district, where their own columns do not
    from salesflow.divisions import locate

    if "address" not in fields:
        return
    addresses = fields["address"]
    for field in _WHERE:
        fields.setdefault(field, [None] * len(addresses))
    known = [fields[field] for field in _WHERE]
    for place, (address, *said) in enumerate(zip(addresses, *known, strict=True)):
        if address and not all(said):
            for cells, own, found in zip(
                known, said, locate(address, said[0] or "", said[1] or ""), strict=True
            ):
                cells[place] = own or found or None
