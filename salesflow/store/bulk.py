"""Many rows at once: collected by table, ids given out above all that were ever used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from salesflow import schema
from salesflow.store.rows import Connection

_ORDER = (
    "lead", "contact", "followup", "promise", "field_change", "move", "sales_order", "order_line", "due",
    "payment", "target",
)  # fmt: skip
# filled at the end of a long import: entry by entry, in no order, each costs it a tenth of its time in SQLite;
# nothing is looked up by them meanwhile, by names only where one comes again
_LATER = ("lead_name", "lead_uid", "lead_phone", "lead_phones", "contact_phone", "contact_phones")
_AT_ONCE = 100  # rows of one INSERT: SQLite secures every page that a statement changes, once a statement

# rows as SQLite takes them: the columns that hold anything, and the values of up to a hundred rows one behind another
Flat = tuple[tuple[str, ...], list[list[Any]]]


def flat(columns: Mapping[str, Sequence[Any]], rows: int) -> Flat:
    """So many rows, given by their columns, as they are written; columns without a value stay out."""
    # sqlite3 spends longer on a None than on a name
    held = {name: cells for name, cells in columns.items() if cells.count(None) < rows}
    whole = list(zip(*held.values(), strict=True))
    parts = [whole[start : start + _AT_ONCE] for start in range(0, rows, _AT_ONCE)]
    return tuple(held), [list(chain.from_iterable(part)) for part in parts]


def unflat(rows: Flat, wanted: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows again, each with the ``wanted`` columns."""
    names, parts = rows
    for part in parts:
        for start in range(0, len(part), len(names)):
            row = dict(zip(names, part[start : start + len(names)], strict=True))
            yield tuple(map(row.get, wanted))


class Bulk:
    """Rows waiting to be written; parents go in before what hangs on them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _ORDER}
        self._ready: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _ORDER}
        self._names: dict[str, tuple[str, ...]] = {}
        self._ids: dict[str, int] = {}
        self._waiting: tuple[str, ...] = ()  # indexes
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
            self._waiting = _LATER

    def complete(self, names: tuple[str, ...] = _LATER) -> None:
        """Nothing; these indexes are whole."""
        wanted = tuple(name for name in self._waiting if name in names)
        if wanted:
            for sql in schema.indexes(wanted):
                self._connection.execute(sql)
            self._waiting = tuple(name for name in self._waiting if name not in wanted)

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

    def write(self, table: str, rows: Flat, count: int) -> int:
        """The id of the first of ``count`` rows, which are in the table now; none may wait."""
        first = self.next_id(table)
        names = self._insert(table, rows)
        self._file(table, {"id", *names}, first, first + count - 1)
        self._ids.clear()
        return first

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
        ids = [row["id"] for row in rows] + [row[0] for row in ready]
        held: set[str] = set()
        if rows:
            said: set[str] = set().union(*rows)
            columns = {
                name: [row.get(name) for row in rows] for name in schema.columns(table) if name in said
            }
            held |= self._insert(table, flat(columns, len(rows)))
        if ready:
            columns = dict(zip(self._names[table], map(list, zip(*ready, strict=True)), strict=True))
            held |= self._insert(table, flat(columns, len(ready)))
        # no other row has an id among these
        self._file(table, held, min(ids), max(ids))

    def _insert(self, table: str, rows: Flat) -> set[str]:
        """The columns of these rows, which are in the table now; their images are not."""
        names, parts = rows
        self._connection.execute("UPDATE operation SET open = 2 WHERE open = 1")  # the triggers sleep
        one = f"({', '.join('?' * len(names))})"
        for part in parts:
            values = ", ".join([one] * (len(part) // len(names)))
            self._connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES {values}", part)
        self._connection.execute("UPDATE operation SET open = 1 WHERE open = 2")
        return set(names)

    def _file(self, table: str, held: set[str], first: int, last: int) -> None:
        # an image by a trigger holds every column; of a long list most of them are NULL in every row
        held = held.union(schema.defaulted(table))
        names = tuple(name for name in schema.columns(table) if name in held)
        sql = (
            "INSERT INTO history (operation_id, lead_id, table_name, row_id, after)"
            f" SELECT (SELECT id FROM operation WHERE open = 1), {schema.lead_of(table, table)}, '{table}', id,"
            f" {schema.image(table, names)} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"
        )
        self._connection.execute(sql, (first, last))


def merged_custom(present: str | None, new: str | None) -> str | None:
    """The custom fields with the new ones over them, as they are stored."""
    if not new:
        return present
    merged = {**json.loads(present or "{}"), **json.loads(new)}
    return json.dumps(merged, ensure_ascii=False, separators=(",", ":"))
