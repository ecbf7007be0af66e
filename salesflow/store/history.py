"""Operations and the images of what they changed: the trail that undo and check walk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from salesflow import schema
from salesflow.names import label_of
from salesflow.store.rows import Connection

TRACKED = schema.TRACKED


@dataclass(frozen=True)
class Step:
    """One operation as people see it; ``changes`` is how many rows it changed."""

    id: int
    at: str
    command: str
    reason: str | None
    by: str
    lead_id: int | None
    lead: str | None
    kind: str
    undone: bool
    changes: int


@dataclass(frozen=True)
class Image:
    """One row's change: what its columns held before and after; None for no row."""

    id: int
    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


_STEP = """SELECT o.id, o.at, o.command, o.reason, o.by, o.lead_id, l.short, l.name, l.city, o.kind, o.undone,
  (SELECT count(*) FROM history h WHERE h.operation_id = o.id)
FROM operation o LEFT JOIN lead l ON l.id = o.lead_id"""


def _steps(connection: Connection, where: str, values: Sequence[Any]) -> list[Step]:
    rows = connection.execute(f"{_STEP} {where}", values)
    return [
        Step(row[0], row[1], row[2], row[3], row[4], row[5], _label(row[6:9]), row[9], bool(row[10]), row[11])
        for row in rows
    ]


def _label(row: Sequence[Any]) -> str | None:
    short, name, city = row
    return label_of(name, short, city) if name else None


def undoable(connection: Connection, count: int) -> list[Step]:
    """The last ``count`` steps that stand, newest first."""
    # a step of an older book that left everything as it was has nothing to take back
    where = (
        "WHERE o.kind = 'step' AND o.undone = 0 AND EXISTS (SELECT 1 FROM history h"
        " WHERE h.operation_id = o.id AND h.before IS NOT h.after) ORDER BY o.id DESC LIMIT ?"
    )
    return _steps(connection, where, (count,))


def redoable(connection: Connection, count: int) -> list[Step]:
    """The steps taken back since the last new one, the oldest first."""
    return _steps(connection, "WHERE o.kind = 'step' AND o.undone = 1 ORDER BY o.id LIMIT ?", (count,))


def list_steps(connection: Connection, limit: int, *, every: bool) -> list[Step]:
    """The newest operations, newest first; without ``every`` not the making of the book, which none takes back."""
    where = "" if every else "WHERE o.kind <> 'setup'"
    return _steps(connection, f"{where} ORDER BY o.id DESC LIMIT ?", (limit,))


def steps_of_lead(connection: Connection, lead_id: int) -> list[Step]:
    """The operations that changed anything of a lead, newest first."""
    where = "WHERE o.id IN (SELECT operation_id FROM history WHERE lead_id = ?) ORDER BY o.id DESC"
    return _steps(connection, where, (lead_id,))


def last_at(connection: Connection) -> str | None:
    """When the newest operation was written."""
    row = connection.execute("SELECT at FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def images(connection: Connection, operation_id: int, *, backwards: bool) -> Iterator[Image]:
    """The images of one operation in the order in which to apply them."""
    order = "DESC" if backwards else "ASC"
    rows = connection.execute(
        "SELECT id, table_name, row_id, before, after FROM history WHERE operation_id = ?"
        f" ORDER BY id {order}",
        (operation_id,),
    ).fetchall()
    for row in rows:
        yield _image(row)


def all_images(connection: Connection) -> Iterator[Image]:
    """Every image in the order in which they came to be."""
    for row in connection.execute("SELECT id, table_name, row_id, before, after FROM history ORDER BY id"):
        yield _image(row)


def lead_images(connection: Connection, lead_id: int, operation_id: int) -> list[Image]:
    """What one operation changed of one lead."""
    rows = connection.execute(
        "SELECT id, table_name, row_id, before, after FROM history"
        " WHERE operation_id = ? AND lead_id = ? ORDER BY id",
        (operation_id, lead_id),
    )
    return [_image(row) for row in rows]


def _image(row: Sequence[Any]) -> Image:
    return Image(row[0], row[1], row[2], _columns(row[3]), _columns(row[4]))


def _columns(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    return {name: value for name, value in json.loads(text).items() if value is not None}


def apply(connection: Connection, image: Image, *, backwards: bool) -> bool:
    """Whether the change could be applied (or taken back): False where the row is not as the image left it."""
    old, new = (image.after, image.before) if backwards else (image.before, image.after)
    table = image.table
    if table not in schema.TRACKED:
        return False
    if old is None:
        return _put_back(connection, table, new or {})
    present = current(connection, table, image.row_id)
    if present is None:
        return False
    if new is None:
        if not _same(present, old):
            return False
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (image.row_id,))
        return True
    names = [name for name in present if name in old or name in new]
    if any(present[name] != old.get(name) for name in names):
        return False
    if names:
        sets = ", ".join(f"{name} = ?" for name in names)
        values = [new.get(name) for name in names]
        connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values, image.row_id))
    return True


def _put_back(connection: Connection, table: str, row: dict[str, Any]) -> bool:
    if current(connection, table, row["id"]) is not None:
        return False
    names = [name for name in schema.columns(table) if name in row]
    marks = ", ".join("?" * len(names))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [row[name] for name in names]
    )
    return True


def current(connection: Connection, table: str, row_id: int) -> dict[str, Any] | None:
    """The row as it stands, column: value, or None."""
    names, sql = _one_row(table)
    row = connection.execute(sql, (row_id,)).fetchone()
    return dict(zip(names, row, strict=True)) if row else None


@cache
def _one_row(table: str) -> tuple[tuple[str, ...], str]:
    names = schema.columns(table)
    return names, f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"


def _same(present: dict[str, Any], old: dict[str, Any]) -> bool:
    # nearly every row is as its image left it, and two equal dicts are compared at once
    held = {name: value for name, value in present.items() if value is not None}
    return held == old or all(value == old.get(name) for name, value in present.items())


def rows_of(connection: Connection, table: str) -> Iterator[dict[str, Any]]:
    """Every row of a tracked table, column: value."""
    names = schema.columns(table)
    for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):
        yield dict(zip(names, row, strict=True))


def mark_undone(connection: Connection, operation_id: int, undone: bool) -> None:
    """The operation marked as taken back, or as standing again."""
    connection.execute("UPDATE operation SET undone = ? WHERE id = ?", (int(undone), operation_id))


def defer_references(connection: Connection) -> None:
    """Nothing; until the commit rows may point at rows that are not back yet."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
