"""One bit turned in one value of a sound book: ``check`` must find each, and name the row."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from salesflow.reports import check

from .damaged import Place, book, places
from .frame import chance, each

_TRAIL = ("operation", "history")  # who did what when: sealed
# images keep fifteen digits: the last byte of a place on the map is less than a hair's breadth
_REAL = ("lat", "lng", "baseline")


def run(count: int) -> dict[str, float]:
    """Of ``count`` bits turned in what the book says of people and money, and a fifth as many in its history."""
    with tempfile.TemporaryDirectory() as folder:
        content = book(Path(folder)).read_bytes()
    if problems(content):
        raise AssertionError("the book is not sound to begin with")
    known = list(places(content))
    figures = {"tables": float(len({one.table for one in known}))}
    for name, among in (("text", _live(known)), ("trail", [one for one in known if one.table in _TRAIL])):
        turned, dice = count if name == "text" else max(count // 5, 1), chance(f"bitflips {name}")
        found = [_one(content, among, dice) for _ in each(turned, f"bits of {name}")]
        figures[f"{name}_found"] = found.count("named") + found.count("found")
        figures[f"{name}_missed"] = found.count("missed")
        figures[f"{name}_unnamed"] = found.count("found")
    return figures


def _live(known: list[Place]) -> list[Place]:
    return [one for one in known if one.table not in _TRAIL]


def _one(content: bytes, among: list[Place], dice: random.Random) -> str:
    place = dice.choice(among)
    bit = dice.randrange(place.size * 8 if place.column not in _REAL else 7 * 8)
    turned = bytearray(content)
    turned[place.start + bit // 8] ^= 1 << bit % 8
    said = problems(bytes(turned))
    if not said:
        return "missed"
    called = f"{place.table} {place.row}"
    named = any(one.startswith((f"{called}:", f"{called} ")) or f"({called})" in one for one in said)
    return "named" if named or place.table in _TRAIL else "found"


def problems(content: bytes) -> list[str]:
    """What ``check`` says of the rows of a book of these bytes."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(content)
        return [one.where for one in check.problems_of_rows(connection)]
