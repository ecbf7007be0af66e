"""Rows, and all that the history holds of them, as if somebody had never stood there (K8).

The one place that writes into the history: the same change is made in a row and in every image of it, so that
the book still comes out of its history, and earlier steps can still be taken back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from salesflow import schema, schema_seal
from salesflow.schema_tables import TABLES
from salesflow.store.rows import Connection, marks

Columns = dict[str, Any]
Rewrite = Callable[[str, Columns], Columns]  # the table and a whole row: what others may know of it
Doomed = Mapping[str, frozenset[int]]  # ids by table

_AT_ONCE = 1000
_REFERENCE = re.compile(r"^\s*(\w+) INTEGER( NOT NULL)?[^\n]*?REFERENCES (\w+) \(id\)", re.MULTILINE)
# what a text column holds that is no text of people: codes, days, who of ours wrote it, identities
CODES = frozenset((
    "id", "uid", "at", "by", "registered_by", "owner", "rep", "settled_to", "process", "stage", "status",
    "from_process", "from_stage", "to_stage", "from_status", "to_status", "kind", "need", "grade",
    "source", "command", "table_name", "source_key", "metric", "period", "week", "via", "purpose",
    "goal_met", "ended", "checklist", "item", "field", "relation", "credit", "approach", "buying_step",
    "customer_class", "code", "size", "side", "industry", "date", "time", "until", "name_key",
    "short_key", "city_key", "address_key", "py", "initials", "phone_digits",
))  # fmt: skip
_OWN_CODES = {
    "contact": frozenset(
        ("name", "phones", "wechat", "email", "birthday", "roles", "attitude")
    ),  # somebody else's
    "setting": frozenset(("key",)),
}
# in these tables people write there what they like
_NO_CODES = {
    "process": frozenset(("source",)),
    "competitor": frozenset(("relation",)),
    "consent": frozenset(("purpose",)),
    "lead": frozenset(("industry", "size", "side", "source")),  # where the process lists none
}


class Found(NamedTuple):
    """A text of the book: the row that holds it, whose lead it is of, and the text."""

    table: str
    row_id: int
    lead_id: int | None
    text: str


def prose(table: str) -> tuple[str, ...]:
    """The columns of the table in which people write what they like."""
    types = {line.split()[0]: line.split()[1].rstrip(",") for line in _body(table)}
    return tuple(
        name
        for name in schema.columns(table)
        if types[name] == "TEXT"
        and name not in CODES - _NO_CODES.get(table, frozenset())
        and name not in _OWN_CODES.get(table, ())
        if not name.endswith(("_at", "_on"))
    )


def _body(table: str) -> list[str]:
    return TABLES[table].partition("(\n")[2].rpartition("\n)")[0].splitlines()


def references(table: str) -> list[tuple[str, str, bool]]:
    """The table's columns that name rows: column, the table it names, and whether it always names one."""
    return [(column, other, bool(always)) for column, always, other in _REFERENCE.findall(TABLES[table])]


def texts(connection: Connection) -> Iterator[Found]:
    """Every text of every row and image of the book."""
    for table in (*schema.TRACKED, "operation"):
        names = prose(table) if table != "operation" else ("reason",)
        if names:
            lead = schema.lead_of(table, table)
            sql = f"SELECT id, {lead}, {', '.join(names)} FROM {table} ORDER BY id"
            for row_id, lead_id, *values in connection.execute(sql):
                said = "\x1f".join([value for value in values if value is not None])
                if said:
                    yield Found(table, row_id, lead_id, said)
    sql = "SELECT table_name, row_id, lead_id, coalesce(before, '') || char(31) || coalesce(after, '') FROM history"
    yield from map(Found._make, connection.execute(sql))


class Person(NamedTuple):
    """One person as the book has or had them: every name, number and account, and the leads they stood at."""

    id: int
    lead_id: int | None  # None: gone from the book, and in its history alone
    names: frozenset[str]
    phones: frozenset[str]
    accounts: frozenset[str]
    leads: frozenset[int]


def people(connection: Connection) -> list[Person]:
    """Everybody who stands in the book or in its history."""
    there = dict(connection.execute("SELECT id, lead_id FROM contact").fetchall())
    held: dict[int, list[Columns]] = {}
    sql = "SELECT row_id, lead_id, before, after FROM history WHERE table_name = 'contact' ORDER BY id"
    for row_id, lead_id, before, after in connection.execute(sql):
        for image in (before, after):
            if image:
                held.setdefault(row_id, []).append({"lead_id": lead_id} | json.loads(image))
    for row in connection.execute("SELECT id, lead_id, name, phones, wechat, email FROM contact"):
        columns = dict(zip(("id", "lead_id", "name", "phones", "wechat", "email"), row, strict=True))
        held.setdefault(row[0], []).append(columns)
    return [_person(row_id, there.get(row_id), images) for row_id, images in held.items()]


def _person(row_id: int, lead_id: int | None, images: list[Columns]) -> Person:
    def said(name: str) -> Iterator[Any]:
        return (image[name] for image in images if image.get(name))

    return Person(
        row_id,
        lead_id,
        frozenset(said("name")),
        frozenset(phone for text in said("phones") for phone in json.loads(text)),
        frozenset((*said("wechat"), *said("email"))),
        frozenset(said("lead_id")),
    )


def writers(connection: Connection) -> set[str]:
    """Everybody who wrote into the book."""
    return {row[0] for row in connection.execute("SELECT DISTINCT by FROM operation")}


def doomed_with(connection: Connection, lead_ids: frozenset[int]) -> dict[str, frozenset[int]]:
    """The rows that go with these leads: all that is theirs, or cannot be without them; in the history too."""
    found: dict[str, set[int]] = {"lead": set(lead_ids)}
    for table in schema.TRACKED:
        names = [column for column, other, always in references(table) if other == "lead" and always]
        if names:
            found[table] = {
                row_id for row_id, row in _latest(connection, table, names) if _names(row, names, lead_ids)
            }
    return {table: frozenset(ids) for table, ids in found.items() if ids}


def _names(row: Columns, names: list[str], lead_ids: frozenset[int]) -> bool:
    return any(row.get(name) in lead_ids for name in names)


def _latest(connection: Connection, table: str, names: list[str]) -> Iterator[tuple[int, Columns]]:
    # each row as it stands; one that is gone as it stood last
    several = ", ".join(names)
    for row_id, *values in connection.execute(f"SELECT id, {several} FROM {table}"):
        yield row_id, dict(zip(names, values, strict=True))
    gone = (
        "SELECT row_id, before FROM history h WHERE table_name = ? AND after IS NULL AND before IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = h.row_id) ORDER BY h.id"
    )
    for row_id, before in connection.execute(gone, (table,)):
        yield row_id, json.loads(before)


def naming(connection: Connection, doomed: Doomed) -> set[tuple[str, int]]:
    """The rows that name one of the doomed, now or once."""
    found: set[tuple[str, int]] = set()
    for table in schema.TRACKED:
        for column, other, _ in references(table):
            ids = tuple(doomed.get(other, ()))
            if ids:
                sql = f"SELECT id FROM {table} WHERE {column} IN ({marks(ids)})"
                found |= {(table, row_id) for (row_id,) in connection.execute(sql, ids)}
                pattern = re.compile(rf'"{column}":(?:{"|".join(map(str, ids))})\b')
                images = connection.execute(
                    "SELECT row_id, coalesce(before, '') || coalesce(after, '') FROM history WHERE table_name = ?",
                    (table,),
                )
                found |= {(table, row_id) for row_id, text in images if pattern.search(text)}
    return found


def open_history(connection: Connection) -> None:
    """Nothing; until ``close_history`` images may be changed. Inside a transaction only."""
    assert connection.in_transaction
    for sql in schema.GUARDS:
        connection.execute(f"DROP TRIGGER {sql.split()[2]}")


def close_history(connection: Connection) -> None:
    """Nothing; the history is kept again, and what closes the transaction seals all of it anew."""
    for sql in schema.GUARDS:
        connection.execute(sql)
    schema_seal.drop(connection)


def is_as_sealed(connection: Connection) -> bool:
    """Whether nobody has changed the history since it was written."""
    chain = schema_seal.Chain(connection)
    rows = connection.execute(f"SELECT {schema_seal.IMAGE} FROM history ORDER BY operation_id, id")
    while some := rows.fetchmany(_AT_ONCE):
        chain.take(some)
    return next(schema_seal.broken(schema_seal.read(connection), chain), None) is None


def remove(connection: Connection, doomed: Doomed) -> None:
    """The rows are gone, and every image of them."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in reversed(schema.TRACKED):
        ids = doomed.get(table, frozenset())
        each = [(row_id,) for row_id in sorted(ids)]
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", each)
        connection.executemany(
            "DELETE FROM history WHERE table_name = ? AND row_id = ?", [(table, row_id) for (row_id,) in each]
        )


def rewrite(connection: Connection, rows: Iterable[tuple[str, int]], change: Rewrite) -> None:
    """Each of the rows, and each of its images, as ``change`` makes it."""
    for table, row_id in sorted(set(rows)):
        if table in schema.TRACKED:
            _row(connection, table, row_id, change)
            _images(connection, table, row_id, change)


def _row(connection: Connection, table: str, row_id: int, change: Rewrite) -> None:
    names = schema.columns(table)
    row = connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    if row is None:
        return
    old = dict(zip(names, row, strict=True))
    new = change(table, dict(old))
    changed = [name for name in names if new.get(name) != old[name]]
    if changed:
        sets = ", ".join(f"{name} = ?" for name in changed)
        connection.execute(
            f"UPDATE {table} SET {sets} WHERE id = ?", (*[new.get(name) for name in changed], row_id)
        )


def _images(connection: Connection, table: str, row_id: int, change: Rewrite) -> None:
    # the row is followed from its making on: what a key column becomes depends on the whole row
    sql = "SELECT id, before, after FROM history WHERE table_name = ? AND row_id = ? ORDER BY id"
    state: Columns = {}
    for image_id, before, after in connection.execute(sql, (table, row_id)).fetchall():
        old, new = _held(before), _held(after)
        if old is not None and new is not None:
            start = state | dict.fromkeys(new) | old
            state = state | dict.fromkeys(old) | new
            was, now = change(table, dict(start)), change(table, dict(state))
            names = [name for name in was | now if was.get(name) != now.get(name)]
            old, new = (
                {name: one[name] for name in names if one.get(name) is not None} for one in (was, now)
            )
        else:
            state = new or {}
            old, new = (one if one is None else _kept(one, change(table, dict(one))) for one in (old, new))
        said = (_written(old), _written(new))
        if said != (before, after):
            connection.execute("UPDATE history SET before = ?, after = ? WHERE id = ?", (*said, image_id))


def _kept(image: Columns, changed: Columns) -> Columns:
    return {name: changed.get(name) for name in image}


def _held(text: str | None) -> Columns | None:
    return None if text is None else dict(json.loads(text))


def _written(image: Columns | None) -> str | None:
    return None if image is None else json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def rewrite_reasons(connection: Connection, ids: Iterable[int], change: Callable[[str], str]) -> None:
    """The reasons of these operations as ``change`` makes them."""
    for operation_id in ids:
        (reason,) = connection.execute(
            "SELECT reason FROM operation WHERE id = ?", (operation_id,)
        ).fetchone()
        connection.execute("UPDATE operation SET reason = ? WHERE id = ?", (change(reason), operation_id))


def end_redo(connection: Connection) -> None:
    """What was taken back is so for good."""
    connection.execute("UPDATE operation SET undone = 2 WHERE kind = 'step' AND undone = 1")


def tombstone(
    connection: Connection, operation_id: int, lead_id: int | None, table: str, row_id: int
) -> None:
    """The history says that a row of this id was there and is gone, and nothing else of it."""
    columns = {"id": row_id} if table == "lead" else {"id": row_id, "lead_id": lead_id}
    image = _written(columns)
    connection.executemany(
        "INSERT INTO history (operation_id, lead_id, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [(operation_id, lead_id, table, row_id, *sides) for sides in ((None, image), (image, None))],
    )
