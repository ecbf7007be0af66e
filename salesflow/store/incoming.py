"""What an import of records asks of the book: leads by name, what hangs on the leads it touches, what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow import schema
from salesflow.store.rows import Connection, batches, marks, update


class Named(NamedTuple):
    """A lead by what a sheet may call it."""

    id: int
    uid: str
    name_key: str
    short_key: str | None
    process: str


class Held(NamedTuple):
    """A touched lead as it stands: what its history may change."""

    id: int
    process: str
    stage: str
    status: str
    grade: str | None
    graded_at: str | None
    received_at: str | None
    created_at: str
    first_followup_at: str | None
    last_followup_at: str | None
    followups: int
    answered: int
    visits: int
    reschedules: int


def leads(connection: Connection) -> Iterator[Named]:
    """Every lead by its names, in the order of ids."""
    sql = "SELECT id, uid, name_key, short_key, process FROM lead ORDER BY id"
    return map(Named._make, connection.execute(sql))


def former_uids(connection: Connection) -> dict[str, int]:
    """The leads into which others were merged, by the uids that those had."""
    return dict(connection.execute("SELECT uid, lead_id FROM former").fetchall())


def source_keys(connection: Connection, table: str) -> set[str]:
    """The keys of all rows of the table that were imported."""
    sql = f"SELECT source_key FROM {table} WHERE source_key IS NOT NULL"
    return {row[0] for row in connection.execute(sql)}


def uids(connection: Connection, table: str) -> dict[str, int]:
    """The ids of the table's rows by their uids."""
    return dict(connection.execute(f"SELECT uid, id FROM {table}").fetchall())


# what tells one record of a lead from the others
_CONTENT = {
    "followup": "lead_id, at, note, learned, did, feedback, progress",
    "move": "lead_id, at, CASE WHEN from_stage <> to_stage THEN to_stage END, to_status",
    "sales_order": "lead_id, signed_on, amount_fen, product",
    "payment": "lead_id, paid_on, amount_fen",
}


def typed(connection: Connection, table: str) -> Iterator[tuple[Any, ...]]:
    """What every row of the table says that no import brought."""
    sql = f"SELECT {_CONTENT[table]} FROM {table} WHERE source_key IS NULL"
    return map(tuple, connection.execute(sql))


def promises(connection: Connection) -> dict[tuple[int, str, str], tuple[str | None, str | None]]:
    """When and how every promise ended, by its lead, when it was made and for which day."""
    rows = connection.execute("SELECT lead_id, made_at, date, ended_at, ended FROM promise ORDER BY id")
    return {(lead_id, made_at, day): (ended_at, ended) for lead_id, made_at, day, ended_at, ended in rows}


def held(connection: Connection, lead_ids: Sequence[int]) -> dict[int, Held]:
    """How each of these leads stands."""
    found: dict[int, Held] = {}
    for part in batches(lead_ids):
        sql = f"SELECT {', '.join(Held._fields)} FROM lead WHERE id IN ({marks(part)})"
        found.update((row[0], Held._make(row)) for row in connection.execute(sql, part))
    return found


def rows_of(
    connection: Connection, table: str, lead_ids: Sequence[int], order: str = "id"
) -> dict[int, list[dict[str, Any]]]:
    """The rows of the table that hang on each of these leads, column: value."""
    names = schema.columns(table)
    found: dict[int, list[dict[str, Any]]] = {}
    for part in batches(lead_ids):
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE lead_id IN ({marks(part)}) ORDER BY {order}"
        for row in connection.execute(sql, part):
            one = dict(zip(names, row, strict=True))
            found.setdefault(one["lead_id"], []).append(one)
    return found


def times_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, list[tuple[str, int, bool]]]:
    """(at, id, whether it was imported) of the follow-ups of each of these leads."""
    found: dict[int, list[tuple[str, int, bool]]] = {}
    for part in batches(lead_ids):
        some = f"lead_id IN ({marks(part)})"
        sql = f"SELECT lead_id, at, id, source_key IS NOT NULL FROM followup WHERE {some} ORDER BY at, id"
        for lead_id, at, followup_id, imported in connection.execute(sql, part):
            found.setdefault(lead_id, []).append((at, followup_id, bool(imported)))
    return found


class Bare(NamedTuple):
    """A follow-up of which only the day is known: what a sheet of leads says of the last one."""

    id: int
    at: str
    visit: int
    answered: int


def bare_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, list[Bare]]:
    """The follow-ups of these leads of which nothing was said, and that no sheet of follow-ups told of."""
    told = "coalesce(note, learned, did, feedback, progress, contact_id, result, hook, source_key) IS NULL"
    found: dict[int, list[Bare]] = {}
    for part in batches(lead_ids):
        some = f"lead_id IN ({marks(part)})"
        sql = f"SELECT lead_id, id, at, visit, answered FROM followup WHERE {some} AND {told} ORDER BY at, id"
        for row in connection.execute(sql, part):
            found.setdefault(row[0], []).append(Bare._make(row[1:]))
    return found


def people_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """The ids of the people of each of these leads by their names; of two of one name the first."""
    found: dict[int, dict[str, int]] = {}
    for part in batches(lead_ids):
        sql = f"SELECT lead_id, name, id FROM contact WHERE lead_id IN ({marks(part)}) ORDER BY id"
        for lead_id, name, contact_id in connection.execute(sql, part):
            found.setdefault(lead_id, {}).setdefault(name, contact_id)
    return found


def targets(connection: Connection) -> dict[tuple[str, str, str], tuple[int, int]]:
    """(id, value) of every target by metric, period and rep."""
    rows = connection.execute("SELECT metric, period, rep, id, value FROM target")
    return {(metric, period, rep): (one, value) for metric, period, rep, one, value in rows}


def change(connection: Connection, table: str, row_id: int, values: Mapping[str, Any]) -> None:
    """The row with new ``values``."""
    update(connection, table, row_id, values)


def set_lead(connection: Connection, lead_id: int, values: Mapping[str, Any]) -> None:
    """The lead with new ``values``, written whether they differ or not."""
    sets = ", ".join([f"{name} = ?" for name in values])
    connection.execute(f"UPDATE lead SET {sets} WHERE id = ?", (*values.values(), lead_id))


def take_out(connection: Connection, table: str, ids: Sequence[int]) -> None:
    """Nothing; the rows are gone. They come again with higher ids, so that ids go by time."""
    for part in batches(ids):
        connection.execute(f"DELETE FROM {table} WHERE id IN ({marks(part)})", part)
