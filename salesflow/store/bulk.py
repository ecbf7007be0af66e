"""Many rows at once: collected by table, ids given out above all that were ever used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

from salesflow import schema
from salesflow.store.rows import Connection

_ORDER = (
    "lead", "contact", "followup", "promise", "field_change", "move", "sales_order", "order_line", "due",
    "payment", "target",
)  # fmt: skip
# filled at the end of a long import: entry by entry, in no order, each costs it a tenth of its time in SQLite;
# nothing is looked up by them meanwhile
_LATER = ("lead_uid", "lead_phone", "lead_phones", "contact_phone", "contact_phones")
_AT_ONCE = 100  # rows of one INSERT: SQLite secures every page that a statement changes, once a statement


class Bulk:
    """Rows waiting to be written; parents go in before what hangs on them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _ORDER}
        self._ready: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _ORDER}
        self._names: dict[str, tuple[str, ...]] = {}
        self._ids: dict[str, int] = {}
        self._waits = False
        connection.execute("PRAGMA cache_size = -64000")

    @property
    def waiting(self) -> int:
        """How many leads wait."""
        return len(self._rows["lead"]) + len(self._ready["lead"])

    def put_off(self, rows: int) -> None:
        """Nothing; where the book has no more leads than the ``rows`` that came, some indexes wait for ``complete``."""
        if self._connection.execute("SELECT count(*) FROM lead").fetchone()[0] <= rows:
            for name in _LATER:
                self._connection.execute(f"DROP INDEX {name}")
            self._waits = True

    def complete(self) -> None:
        """Nothing; every index is whole."""
        if self._waits:
            for sql in schema.indexes(_LATER):
                self._connection.execute(sql)
            self._waits = False

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

    def put(self, table: str, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
        """The row of these columns waits, its id the first; the columns are the same each time."""
        self._names[table] = names
        self._ready[table].append(values)

    def flush(self) -> None:
        """Every waiting row is in its table."""
        for table in _ORDER:
            rows, ready = self._rows[table], self._ready[table]
            if rows or ready:
                self._write(table, rows, ready)
                rows.clear()
                ready.clear()
        self._ids.clear()  # rows may come into the tables by other ways before the next batch

    def _write(self, table: str, rows: list[dict[str, Any]], ready: list[tuple[Any, ...]]) -> None:
        self._connection.execute("UPDATE operation SET open = 2 WHERE open = 1")  # the triggers sleep
        ids = [row["id"] for row in rows] + [row[0] for row in ready]
        held = set(schema.defaulted(table))
        if rows:
            said: set[str] = set().union(*rows)
            names = [name for name in schema.columns(table) if name in said]
            held |= self._insert(table, names, [tuple(map(row.get, names)) for row in rows])
        if ready:
            held |= self._insert(table, self._names[table], ready)
        # no other row has an id among these
        self._file(table, tuple(name for name in schema.columns(table) if name in held), min(ids), max(ids))
        self._connection.execute("UPDATE operation SET open = 1 WHERE open = 2")

    def _insert(self, table: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> set[str]:
        """The columns that hold anything in these rows, which are in the table now."""
        # sqlite3 spends longer on a None than on a name, so that columns without a value stay out
        columns = list(zip(*rows, strict=True))
        held = [at for at, cells in enumerate(columns) if cells.count(None) < len(cells)]
        names = [names[at] for at in held]
        one = f"({', '.join('?' * len(names))})"
        whole = list(zip(*[columns[at] for at in held], strict=True)) if len(held) < len(columns) else rows
        for start in range(0, len(whole), _AT_ONCE):
            part = whole[start : start + _AT_ONCE]
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([one] * len(part))}"
            self._connection.execute(sql, list(chain.from_iterable(part)))
        return set(names)

    def _file(self, table: str, names: tuple[str, ...], first: int, last: int) -> None:
        # an image by a trigger holds every column; of a long list most of them are NULL in every row
        sql = (
            "INSERT INTO history (operation_id, lead_id, table_name, row_id, after)"
            f" SELECT (SELECT id FROM operation WHERE open = 2), {schema.lead_of(table, table)}, '{table}', id,"
            f" {schema.image(table, names)} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"
        )
        self._connection.execute(sql, (first, last))


def merged_custom(present: str | None, new: str | None) -> str | None:
    """The custom fields with the new ones over them, as they are stored."""
    if not new:
        return present
    merged = {**json.loads(present or "{}"), **json.loads(new)}
    return json.dumps(merged, ensure_ascii=False, separators=(",", ":"))
