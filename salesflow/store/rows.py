"""Rows in and out: uids, JSON columns, inserts and updates that name their columns."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

Connection = sqlite3.Connection
T = TypeVar("T")

_BATCH = 500  # ids of one query


_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))  # the two bits that say which kind of UUID
_uids: list[str] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_uids.clear)  # or both would give out the same ones


def new_uid() -> str:
    """A random UUID (version 4), without importing uuid."""
    if not _uids:
        # random bytes cost a call of the system each time; sixteen uids take one
        raw = os.urandom(256).hex()
        _uids.extend(map(_uid, [raw[at : at + 32] for at in range(0, 512, 32)]))
    return _uids.pop()


def _uid(raw: str) -> str:
    return f"{raw[:8]}-{raw[8:12]}-4{raw[13:16]}-{_VARIANTS[raw[16]]}{raw[17:20]}-{raw[20:]}"


def as_json(value: Any) -> str | None:
    """The JSON text of a list or object; None for an empty one."""
    if not value:
        return None
    return _texts_json(tuple(value)) if isinstance(value, list | tuple) else _encoder().encode(value)


@lru_cache(maxsize=4096)
def _texts_json(texts: tuple[str, ...]) -> str:
    # phones, brands, codes: nothing in them that JSON writes otherwise
    if "".join(texts).replace("-", "").isalnum():
        return '["' + '","'.join(texts) + '"]'
    return _encoder().encode(texts)


@lru_cache(maxsize=1)
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)
def listed(text: str | None) -> tuple[str, ...]:
    """The items of a JSON list column."""
    return tuple(json.loads(text)) if text else ()


def mapped(text: str | None) -> dict[str, str]:
    """The object of a JSON object column."""
    return dict(json.loads(text)) if text else {}


def insert(connection: Connection, table: str, values: Mapping[str, Any]) -> int:
    """The id of the new row of ``table``."""
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    row = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
    return int(row.lastrowid or 0)


def update(connection: Connection, table: str, row_id: int, values: Mapping[str, Any]) -> None:
    """The row with new ``values``; other columns stay, and a row that has them already is not written."""
    if not values:
        return
    sets = ", ".join(f"{name} = ?" for name in values)
    new = tuple(values.values())
    sql = f"UPDATE {table} SET {sets} WHERE id = ? AND ({', '.join(values)}) IS NOT ({marks(new)})"
    connection.execute(sql, (*new, row_id, *new))


def marks(items: Iterable[Any]) -> str:
    """As many question marks as there are ``items``."""
    return ", ".join("?" for _ in items)


def batches(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """The ids, so many at a time as one query takes."""
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def is_long(first: str, last: str) -> bool:
    """Whether there may be so much in the span that it is better read in the order in which it lies."""
    from datetime import date

    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days > 40
