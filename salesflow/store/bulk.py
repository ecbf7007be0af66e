"""Many rows at once: collected by table, ids given out above all that were ever used."""

from __future__ import annotations

import json
from typing import Any

from salesflow import schema
from salesflow.store.rows import Connection

_ORDER = (
    "lead", "contact", "followup", "promise", "field_change", "move", "sales_order", "payment", "target",
)  # fmt: skip
_AT_ONCE = 100  # rows of one INSERT: SQLite secures every page that a statement changes, once a statement


class Bulk:
    """Rows waiting to be written; parents go in before what hangs on them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _ORDER}
        self._ids: dict[str, int] = {}
        connection.execute("PRAGMA cache_size = -64000")

    @property
    def waiting(self) -> int:
        """How many leads wait."""
        return len(self._rows["lead"])

    def next_id(self, table: str) -> int:
        """An id that no row of the table has had."""
        if table not in self._ids:
            row = self._connection.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
            ).fetchone()
            self._ids[table] = row[0] if row else 0
        self._ids[table] += 1
        return self._ids[table]

    def add(self, table: str, row: dict[str, Any]) -> None:
        """The row waits; one without an id gets the next."""
        if "id" not in row:
            row["id"] = self.next_id(table)
        self._rows[table].append(row)

    def flush(self) -> None:
        """Every waiting row is in its table."""
        for table in _ORDER:
            rows = self._rows[table]
            if rows:
                self._write(table, rows)
                rows.clear()
        self._ids.clear()  # rows may come into the tables by other ways before the next batch

    def _write(self, table: str, rows: list[dict[str, Any]]) -> None:
        # sqlite3 spends longer on a None than on a name, so that columns without a value stay out
        said: set[str] = set().union(*rows)
        held = {name for name in said if any(row.get(name) is not None for row in rows)}
        names = [name for name in schema.columns(table) if name in held]
        self._connection.execute("UPDATE operation SET open = 2 WHERE open = 1")  # the triggers sleep
        for start in range(0, len(rows), _AT_ONCE):
            self._insert(table, names, rows[start : start + _AT_ONCE])
        self._file(table, names, rows)
        self._connection.execute("UPDATE operation SET open = 1 WHERE open = 2")

    def _insert(self, table: str, names: list[str], rows: list[dict[str, Any]]) -> None:
        one = f"({', '.join('?' * len(names))})"
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([one] * len(rows))}"
        values: list[Any] = []
        for row in rows:
            values += map(row.get, names)
        self._connection.execute(sql, values)

    def _file(self, table: str, names: list[str], rows: list[dict[str, Any]]) -> None:
        # an image by a trigger holds every column; of a long list most of them are NULL in every row
        sql = (
            "INSERT INTO history (operation_id, lead_id, table_name, row_id, after)"
            f" SELECT (SELECT id FROM operation WHERE open = 2), {schema.lead_of(table, table)}, '{table}', id,"
            f" {schema.image(table, tuple(names))} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"
        )
        ids = [row["id"] for row in rows]
        self._connection.execute(sql, (min(ids), max(ids)))  # no other row has an id among these


def merged_custom(present: str | None, new: str | None) -> str | None:
    """The custom fields with the new ones over them, as they are stored."""
    if not new:
        return present
    merged = {**json.loads(present or "{}"), **json.loads(new)}
    return json.dumps(merged, ensure_ascii=False, separators=(",", ":"))
