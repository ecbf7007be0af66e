"""The book replayed from its history, a few hundred rows at a time: where it does not come out as it stands.

The images of a row are gathered by their ids alone, so that a book of any size fits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from salesflow import schema
from salesflow.store.rows import Connection, marks

_AT_ONCE = 500  # images of one statement
_ID = 1 << 63  # above every id of an image: a row's id and an image's are sorted as one number


def differing(connection: Connection) -> Iterator[str]:
    """Every row that is not as the history says, by table: ``followup 12: note``."""
    found = _images(connection)
    for table in schema.TRACKED:
        yield from _of_table(connection, table, found.pop(table, []))
    for table, keys in found.items():
        yield from (f"{table} {row_id}: gone" for row_id in dict.fromkeys(key // _ID for key in keys))


def _images(connection: Connection) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for table, row_id, image_id in connection.execute("SELECT table_name, row_id, id FROM history"):
        found.setdefault(table, []).append(row_id * _ID + image_id)
    return found


def _of_table(connection: Connection, table: str, keys: list[int]) -> Iterator[str]:
    keys.sort()
    image = schema.image(table, schema.columns(table))
    rows = connection.execute(f"SELECT id, {image} FROM {table} ORDER BY id")
    present = next(rows, None)
    for row_id, expected in _expected(connection, keys):
        while present and present[0] < row_id:
            yield f"{table} {present[0]}: no history"
            present = next(rows, None)
        if present and present[0] == row_id:
            # nearly every row is, letter by letter, as its last image has it
            if expected != present[1]:
                yield from _difference(table, row_id, expected, present[1])
            present = next(rows, None)
        elif expected is not None:
            yield f"{table} {row_id}: gone"
    while present:
        yield f"{table} {present[0]}: no history"
        present = next(rows, None)


def _difference(table: str, row_id: int, expected: str | dict[str, Any] | None, text: str) -> Iterator[str]:
    if expected is None:
        yield f"{table} {row_id}: no history"
        return
    known, present = _held(expected), _held(text)
    names = sorted(name for name in {*known, *present} if known.get(name) != present.get(name))
    if names:
        yield f"{table} {row_id}: {', '.join(names)}"


def _expected(
    connection: Connection, keys: Sequence[int]
) -> Iterator[tuple[int, str | dict[str, Any] | None]]:
    # each row's id with what its images make of it: a text as it was filed, columns, or nothing
    for row_id, images in groupby(_read(connection, keys), lambda image: image[0]):
        state: str | dict[str, Any] | None = None
        for _, before, after in images:
            if after is None:
                state = None
            elif before is None:
                state = after
            elif state is not None:
                old = json.loads(before)
                state = {name: value for name, value in _held(state).items() if name not in old}
                state |= json.loads(after)
        yield row_id, state


def _read(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, str | None, str | None]]:
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        ids = [key % _ID for key in part]
        rows = connection.execute(f"SELECT id, before, after FROM history WHERE id IN ({marks(ids)})", ids)
        texts = {row[0]: row for row in rows}
        for key in part:
            _, before, after = texts[key % _ID]
            yield key // _ID, before, after


def _held(image: str | dict[str, Any]) -> dict[str, Any]:
    columns = json.loads(image) if isinstance(image, str) else image
    return {name: value for name, value in columns.items() if value is not None}
