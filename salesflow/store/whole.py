"""The whole book, row by row: read in a fixed order, and put into a book that holds nothing yet.

A book of an older version goes in by the names of its columns, which is what migrations do: they add
tables and columns, and what nobody has said yet is NULL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow import schema, schema_seal
from salesflow.schema_tables import TABLES
from salesflow.store.rows import Connection, marks

_ORDER = (*schema.TRACKED, *schema.UNTRACKED)  # what people read first, then how it came to be
_PLAIN = len(TABLES)  # so many of the schema's statements make tables, the others what hangs on them


class Contents(NamedTuple):
    """What a book holds: its version, when it was made, the last ids given out and the rows of each table."""

    version: int
    made: str
    counters: dict[str, int]
    rows: dict[str, int]


def contents(connection: Connection) -> Contents:
    """What the open book holds."""
    made = connection.execute("SELECT at FROM operation ORDER BY id LIMIT 1").fetchone()
    used = dict(connection.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0").fetchall())
    counters = {table: int(used[table]) for table in _ORDER if table in used}
    return Contents(schema.VERSION, str(made[0]) if made else "", counters, _counts(connection))


def _counts(connection: Connection) -> dict[str, int]:
    counts = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _ORDER
    }
    return {table: count for table, count in counts.items() if count}


def records(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row with its table, columns that hold nothing left out: table by table, by id."""
    for table in _ORDER:
        names = schema.columns(table)
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id"):
            yield table, {name: value for name, value in zip(names, row, strict=True) if value is not None}


def leads(connection: Connection) -> int:
    """How many leads the book holds."""
    return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])


def has_steps(connection: Connection) -> bool:
    """Whether anything was done in the book besides making it."""
    return bool(connection.execute("SELECT 1 FROM operation WHERE kind <> 'setup' LIMIT 1").fetchone())


def empty(connection: Connection) -> None:
    """The book's tables without a row, an index or a trigger. Call it inside ``db.replacing``."""
    connection.execute("PRAGMA cache_size = -64000")
    views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    for (view,) in views:
        connection.execute(f"DROP VIEW {view}")
    # what hangs on a table goes with it, and what guards the history too
    for table in TABLES:
        connection.execute(f"DROP TABLE {table}")
    for sql in TABLES.values():
        connection.execute(sql)
    schema_seal.drop(connection)  # another history comes in


def columns(table: str) -> frozenset[str]:
    """The names of the table's columns; none where the book has no such table."""
    return frozenset(schema.columns(table)) if table in TABLES else frozenset()


def put(connection: Connection, table: str, rows: Iterator[Mapping[str, Any]]) -> None:
    """Every row in the table as it is; a column that a row does not name is NULL, or what the table says."""
    columns = _columns(connection, table)
    sql = f"INSERT INTO {table} ({', '.join(name for name, _ in columns)}) VALUES ({marks(columns)})"
    connection.executemany(sql, ([row.get(name, other) for name, other in columns] for row in rows))


def _columns(connection: Connection, table: str) -> list[tuple[str, Any]]:
    # with what stands where nothing is said; STRICT tables take no NULL where they have a default
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [
        (row[1], connection.execute(f"SELECT {row[4]}").fetchone()[0] if row[4] is not None else None)
        for row in found
    ]


def finish(connection: Connection, counters: Mapping[str, int]) -> None:
    """The rows put have their indexes, triggers and views again, and no id is given out twice."""
    for sql in schema.statements()[_PLAIN:]:
        connection.execute(sql)
    for table, last in counters.items():
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def rows_before(connection: Connection, table: str, row_id: int) -> int:
    """How many rows of the table have smaller ids."""
    row = connection.execute(f"SELECT count(*) FROM {table} WHERE id < ?", (row_id,)).fetchone()
    return int(row[0])
