"""Rows in and out: uids, JSON columns, inserts and updates that name their columns."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

Connection = sqlite3.Connection


def new_uid() -> str:
    """A random UUID (version 4), without importing uuid."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def as_json(value: Any) -> str | None:
    """The JSON text of a list or object; None for an empty one."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None


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
    """The row with new ``values``; other columns stay."""
    if not values:
        return
    sets = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values.values(), row_id))


def marks(items: Iterable[Any]) -> str:
    """As many question marks as there are ``items``."""
    return ", ".join("?" for _ in items)
