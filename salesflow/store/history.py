"""Operations and the images of what they changed: the trail that undo and check walk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from salesflow import schema
from salesflow.names import label_of
from salesflow.store import stored
from salesflow.store.rows import Connection, marks

TRACKED = schema.TRACKED
_TOGETHER = 4_000  # images in memory at once
_AT_ONCE = 400  # rows of one statement


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
    """The latest moment of the last operations: those written after a clock went back do not hide it."""
    row = connection.execute(
        "SELECT max(at) FROM (SELECT at FROM operation ORDER BY id DESC LIMIT 100)"
    ).fetchone()
    return str(row[0]) if row[0] else None


def images(connection: Connection, operation_id: int, *, backwards: bool) -> Iterator[Sequence[Image]]:
    """The images of one operation in the order in which to apply them, some thousands at a time."""
    order, least = ("DESC", "id < ?") if backwards else ("ASC", "id > ?")
    last = 2**62 if backwards else 0
    sql = (
        "SELECT id, table_name, row_id, before, after FROM history WHERE operation_id = ?"
        f" AND {least} ORDER BY id {order} LIMIT {_TOGETHER}"
    )
    while rows := connection.execute(sql, (operation_id, last)).fetchall():
        yield [_image(row) for row in rows]
        last = rows[-1][0]


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


def apply(connection: Connection, images: Sequence[Image], *, backwards: bool) -> bool:
    """Whether the changes could be applied (or taken back), in this order: False where a row is not as left.

    Nothing is filed of it: ``turned`` does that for the whole step.
    """
    for (table, kind), group in groupby(images, lambda one: (one.table, _kind(one, backwards))):
        found = list(group)
        if table not in schema.TRACKED:
            return False
        for start in range(0, len(found), _AT_ONCE):
            if not _APPLY[kind](connection, table, found[start : start + _AT_ONCE], backwards):
                return False
    return True


def _kind(image: Image, backwards: bool) -> str:
    old, new = _sides(image, backwards)
    return "put back" if old is None else "taken out" if new is None else "changed"


def _sides(image: Image, backwards: bool) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    return (image.after, image.before) if backwards else (image.before, image.after)


def _take_out(connection: Connection, table: str, images: Sequence[Image], backwards: bool) -> bool:
    expected = {one.row_id: _sides(one, backwards)[0] or {} for one in images}
    names, many = _several(table), marks(expected)
    rows = connection.execute(f"SELECT {names} FROM {table} WHERE id IN ({many})", tuple(expected))
    present = [dict(zip(schema.columns(table), row, strict=True)) for row in rows]
    if len(present) != len(images) or not all(_same(row, expected[row["id"]]) for row in present):
        return False
    connection.execute(f"DELETE FROM {table} WHERE id IN ({many})", tuple(expected))
    return True


def _put_back(connection: Connection, table: str, images: Sequence[Image], backwards: bool) -> bool:
    rows = [_sides(one, backwards)[1] or {} for one in images]
    ids = tuple(one.row_id for one in images)
    if connection.execute(f"SELECT 1 FROM {table} WHERE id IN ({marks(ids)}) LIMIT 1", ids).fetchone():
        return False
    said = {name for row in rows for name in row}
    names = [name for name in schema.columns(table) if name in said]
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks(names)})"
    connection.executemany(sql, [[row.get(name) for name in names] for row in rows])
    return True


def _change(connection: Connection, table: str, images: Sequence[Image], backwards: bool) -> bool:
    return all(_change_one(connection, table, one, backwards) for one in images)


def _change_one(connection: Connection, table: str, image: Image, backwards: bool) -> bool:
    old, new = _sides(image, backwards)
    present = stored.row(connection, table, image.row_id)
    if present is None or old is None or new is None:
        return False
    names = [name for name in present if name in old or name in new]
    if any(present[name] != old.get(name) for name in names):
        return False
    if names:
        sets = ", ".join(f"{name} = ?" for name in names)
        values = [new.get(name) for name in names]
        connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values, image.row_id))
    return True


_APPLY = {"put back": _put_back, "taken out": _take_out, "changed": _change}


def take_out_all(connection: Connection, operation_id: int) -> bool:
    """Whether all rows of a step that only added rows are gone again: False where one is not as it was left.

    Nothing leaves SQLite on the way: a step of a hundred thousand rows is an import.
    """
    counts = _only_added(connection, operation_id)
    if counts is None:
        return False
    for table, rows in counts.items():
        same = (
            f"SELECT count(*) FROM history h JOIN {table} ON {table}.id = h.row_id WHERE h.operation_id = ?"
            f" AND h.table_name = ? AND {_said('h.after')} = {_said(schema.image(table, schema.columns(table)))}"
        )
        if connection.execute(same, (operation_id, table)).fetchone()[0] != rows:
            return False
    for table in reversed(schema.TRACKED):
        if table in counts:
            of_it = "SELECT row_id FROM history WHERE operation_id = ? AND table_name = ?"
            connection.execute(f"DELETE FROM {table} WHERE id IN ({of_it})", (operation_id, table))
    return True


def put_back_all(connection: Connection, operation_id: int) -> bool:
    """Whether all rows of a step that only added rows are there again: False where a row of such an id is there."""
    counts = _only_added(connection, operation_id)
    if counts is None:
        return False
    for table in counts:
        there = f"SELECT 1 FROM history JOIN {table} ON {table}.id = row_id WHERE {_OF_STEP} LIMIT 1"
        if connection.execute(there, (operation_id, table)).fetchone():
            return False
    for table in schema.TRACKED:
        if table in counts:
            sql = f"INSERT INTO {table} ({_several(table)}) SELECT {_values(connection, table)} FROM history"
            connection.execute(f"{sql} WHERE {_OF_STEP} ORDER BY id", (operation_id, table))
    return True


def _values(connection: Connection, table: str) -> str:
    # what an image says nothing of is NULL; in one that is older than its column, what the column is by itself
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    said = [
        (f"json_extract(after, '$.{name}')", usual if full else None)
        for _, name, _, full, usual, _ in columns
    ]
    return ", ".join(value if usual is None else f"coalesce({value}, {usual})" for value, usual in said)


_OF_STEP = "operation_id = ? AND table_name = ?"


def _only_added(connection: Connection, operation_id: int) -> dict[str, int] | None:
    """How many rows a step added, by table; None where it did anything else."""
    sql = "SELECT table_name, count(*), count(before) FROM history WHERE operation_id = ? GROUP BY table_name"
    counts = {}
    for table, rows, changed in connection.execute(sql, (operation_id,)):
        if changed or table not in schema.TRACKED:
            return None
        counts[table] = rows
    return counts


def _said(image: str) -> str:
    return f"json_patch('{{}}', {image})"  # a merge patch leaves NULLs out, which an image may hold or not


def file_by_hand(connection: Connection, operation_id: int) -> None:
    """Nothing; from now on the triggers file no images of what the open operation changes: ``turned`` does."""
    connection.execute("UPDATE operation SET open = 2 WHERE id = ?", (operation_id,))


def turned(connection: Connection, operation_id: int, step: int, *, backwards: bool) -> None:
    """Nothing; the images of ``step`` are filed under the open operation, turned round where it took them back."""
    sides, order = ("after, before", "DESC") if backwards else ("before, after", "ASC")
    connection.execute(
        "INSERT INTO history (operation_id, lead_id, table_name, row_id, before, after)"
        f" SELECT ?, lead_id, table_name, row_id, {sides} FROM history WHERE operation_id = ? ORDER BY id {order}",
        (operation_id, step),
    )


def _several(table: str) -> str:
    return ", ".join(schema.columns(table))


def _same(present: dict[str, Any], old: dict[str, Any]) -> bool:
    # nearly every row is as its image left it, and two equal dicts are compared at once
    held = {name: value for name, value in present.items() if value is not None}
    return held == old or all(value == old.get(name) for name, value in present.items())


def mark_undone(connection: Connection, operation_id: int, undone: bool) -> None:
    """The operation marked as taken back, or as standing again."""
    connection.execute("UPDATE operation SET undone = ? WHERE id = ?", (int(undone), operation_id))


def defer_references(connection: Connection) -> None:
    """Nothing; until the commit rows may point at rows that are not back yet."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
