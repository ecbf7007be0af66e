"""A new book that is filled row by row with what was read of a damaged one, and made whole."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow import schema, schema_seal
from salesflow.schema_tables import TABLES
from salesflow.store import checks, undone
from salesflow.store.replay import Replay, held
from salesflow.store.rows import Connection

COMMAND = "salvage"  # of the operation from which replaying begins anew
LOST = "lost"  # of one that is known from its images alone
NEVER_SEALED = 2**62  # the end of what came after the last seal
_PLAIN = len(TABLES)
_REFERENCE = re.compile(r"^\s*(\w+) INTEGER( NOT NULL)?[^\n]*?REFERENCES (\w+) \(id\)", re.MULTILINE)
_NEEDED = re.compile(r"^  (\w+) \w+ NOT NULL(?![^\n]*DEFAULT)", re.MULTILINE)
Columns = dict[str, Any]


def begin(connection: Connection) -> None:
    """Nothing; the tables are there, and nothing that hangs on them: rows go in as they come."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("BEGIN IMMEDIATE")
    for sql in TABLES.values():
        connection.execute(sql)


def ready(connection: Connection) -> None:
    """Nothing; the images of one row are found at once, as long as the book is being filled."""
    connection.execute("CREATE INDEX salvage_row ON history (table_name, row_id)")
    connection.execute("CREATE INDEX history_operation ON history (operation_id)")


def finish(connection: Connection, counters: Mapping[str, int]) -> None:
    """Nothing; the book is whole: indexes, triggers, views, the last ids given out, the seal. Committed."""
    past = dict(connection.execute("SELECT table_name, max(row_id) FROM history GROUP BY table_name"))
    connection.execute("DROP INDEX salvage_row")
    connection.execute("DROP INDEX history_operation")
    for sql in schema.statements()[_PLAIN:]:
        connection.execute(sql)
    for table in TABLES:
        row = connection.execute(f"SELECT max(id) FROM {table}").fetchone()
        last = max(row[0] or 0, counters.get(table, 0), past.get(table, 0))
        if last:
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.VERSION}")
    schema_seal.anew(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")


def put(connection: Connection, table: str, columns: Mapping[str, Any]) -> str | None:
    """None; the row is in its table. Else why it cannot be: what SQLite says."""
    names = [name for name in schema.columns(table) if columns.get(name) is not None]
    marks = ", ".join("?" * len(names))
    try:
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
            [_whole(columns[name]) for name in names],
        )
    except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
        return str(error)
    return None


def _whole(value: Any) -> Any:
    # half a character, as a damaged image may spell it, is none that a book takes
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def take_out(connection: Connection, table: str, row: int) -> None:
    """Nothing; the row is not in the table."""
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))


def columns(connection: Connection, table: str, row: int) -> Columns | None:
    """What the row holds, without what is NULL; None where it is not there."""
    image = schema.image(table, schema.columns(table))
    found = connection.execute(f"SELECT {image} FROM {table} WHERE id = ?", (row,)).fetchone()
    return held(found[0]) if found else None


def ids(connection: Connection, table: str) -> list[int]:
    """The ids of the table's rows."""
    return [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]


def needed(table: str) -> frozenset[str]:
    """The columns without which there is no row."""
    return frozenset(_NEEDED.findall(TABLES[table]))


class Past(NamedTuple):
    """What the images make of a row: its last state, whether each fits the one before it, the steps they are of."""

    state: Columns | None
    whole: bool
    operations: frozenset[int]


def past(connection: Connection, table: str, row: int) -> Past | None:
    """What the history says of a row; None where it says nothing."""
    replay, operations = Replay(table, row), set[int]()
    sql = (
        "SELECT id, operation_id, lead_id, before, after, operation_id IN (SELECT id FROM operation"
        f" WHERE kind = 'setup' AND command = '{COMMAND}') FROM history WHERE table_name = ? AND row_id = ? ORDER BY id"
    )
    for image, operation, lead_id, before, after, reset in connection.execute(sql, (table, row)):
        operations.add(operation)
        replay.take(image, before, after, lead_id, reset=bool(reset))
    if not operations:
        return None
    named = (replay.state or {}).get("id", row) == row
    return Past(
        replay.state if named else None, named and not replay.found and not replay.lost, frozenset(operations)
    )


def in_history(connection: Connection, table: str, row: int) -> bool:
    """Whether the history knows a row of this id."""
    sql = "SELECT 1 FROM history WHERE table_name = ? AND row_id = ? LIMIT 1"
    return connection.execute(sql, (table, row)).fetchone() is not None


def rows_of_history(connection: Connection, table: str) -> set[int]:
    """The ids of all rows of the table that the history knows."""
    sql = "SELECT DISTINCT row_id FROM history WHERE table_name = ?"
    return {row[0] for row in connection.execute(sql, (table,))}


def unknown_images(connection: Connection) -> list[int]:
    """The operations of images that are of no table of a book; the images are gone."""
    names = ", ".join(f"'{table}'" for table in schema.TRACKED)
    found = connection.execute(
        f"SELECT id, operation_id FROM history WHERE table_name NOT IN ({names})"
    ).fetchall()
    for image, _ in found:
        connection.execute("DELETE FROM history WHERE id = ?", (image,))
    return [operation for _, operation in found]


def lost_operations(connection: Connection, at: str) -> list[int]:
    """Operations that are known from their images alone; they are there now, and nobody knows what they were."""
    sql = (
        "SELECT DISTINCT operation_id FROM history WHERE operation_id NOT IN (SELECT id FROM operation)"
        " ORDER BY operation_id"
    )
    found = [row[0] for row in connection.execute(sql)]
    for operation in found:
        connection.execute(
            "INSERT INTO operation (id, at, command, by, kind)"
            " VALUES (?, coalesce((SELECT at FROM operation WHERE id < ? ORDER BY id DESC LIMIT 1), ?), ?, '?',"
            " 'setup')",
            (operation, operation, at, LOST),
        )
    return found


def missing_images(connection: Connection) -> list[int]:
    """Operations beside a gap in the ids of images: some of theirs may be lost."""
    found: set[int] = set()
    last, operation_before = 0, 0
    for image, operation in connection.execute("SELECT id, operation_id FROM history ORDER BY id"):
        if image != last + 1:
            found.update(range(max(operation_before, 1), operation + 1))
        last, operation_before = image, operation
    return sorted(found)


def broken_seals(connection: Connection, text: object) -> list[tuple[int, int]] | None:
    """The operations that are not as the damaged book's seal says, from the first to the last; None without a seal."""
    links = schema_seal.parsed(text) if text is not None else None
    if not links:
        return None
    chain = schema_seal.Chain(connection)
    rows = connection.execute(f"SELECT {schema_seal.IMAGE} FROM history ORDER BY id")
    while some := rows.fetchmany(2_000):
        chain.take(some)
    return [
        *((one.first, one.last) for one in schema_seal.broken(links, chain)),
        (links[-1].operation + 1, NEVER_SEALED),
    ]


def no_steps(connection: Connection, operations: Sequence[int]) -> None:
    """Nothing; ``undo`` leaves these operations alone: not all that they changed is known any more."""
    for operation in operations:
        connection.execute(
            "UPDATE operation SET kind = 'setup', undone = 0, target = NULL, open = NULL WHERE id = ?",
            (operation,),
        )
    connection.execute("UPDATE operation SET open = NULL WHERE open IS NOT NULL")
    connection.execute(
        "UPDATE operation SET target = NULL WHERE target IS NOT NULL AND target NOT IN (SELECT id FROM operation)"
    )


def mark_undone(connection: Connection) -> None:
    """Nothing; each step is marked as taken back where it is, as far as that can be made out."""
    marks = undone.meant(connection)
    if marks is None:
        return
    for operation, mark in connection.execute("SELECT id, undone FROM operation").fetchall():
        if mark != marks.get(operation, 0):
            connection.execute(
                "UPDATE operation SET undone = ? WHERE id = ?", (marks.get(operation, 0), operation)
            )


def begin_anew(connection: Connection, at: str, by: str, reason: str) -> int:
    """The operation under which the rows stand from which replaying begins anew."""
    row = connection.execute(
        "INSERT INTO operation (at, command, reason, by, kind) VALUES (?, ?, ?, ?, 'setup')",
        (at, COMMAND, reason, by),
    )
    return row.lastrowid or 0


def file_anew(connection: Connection, operation: int, table: str, row: int) -> None:
    """Nothing; the history holds the row as it is now, or that it is not there, whatever it said before."""
    image = schema.image(table, schema.columns(table))
    done = connection.execute(
        "INSERT INTO history (operation_id, lead_id, table_name, row_id, after)"
        f" SELECT ?, {schema.lead_of(table, table)}, ?, id, {image} FROM {table} WHERE id = ?",
        (operation, table, row),
    )
    if not done.rowcount and in_history(connection, table, row):
        connection.execute(
            "INSERT INTO history (operation_id, table_name, row_id, before) VALUES (?, ?, ?, '{}')",
            (operation, table, row),
        )


class Orphan(NamedTuple):
    """A row that names another that is not there; ``always``: it cannot be without one."""

    table: str
    row: int
    column: str
    other: str
    other_row: int
    always: bool


def orphans(connection: Connection) -> Iterator[Orphan]:
    """Every row that names one that is not there."""
    for table in schema.TRACKED:
        for column, always, other in _REFERENCE.findall(TABLES[table]):
            sql = (
                f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL"
                f" AND {column} NOT IN (SELECT id FROM {other}) ORDER BY id"
            )
            for row, other_row in connection.execute(sql).fetchall():
                yield Orphan(table, row, column, other, other_row, bool(always))


def unlink(connection: Connection, table: str, row: int, column: str) -> None:
    """Nothing; the row names nothing there."""
    connection.execute(f"UPDATE {table} SET {column} = NULL WHERE id = ?", (row,))


def recount(connection: Connection, lead_id: int) -> None:
    """Nothing; the lead's counts and times are those of the follow-ups and promises that are there."""
    of_it = "FROM followup WHERE lead_id = lead.id"
    connection.execute(
        f"UPDATE lead SET followups = (SELECT count(*) {of_it}),"
        f" answered = (SELECT coalesce(sum(answered), 0) {of_it}),"
        f" visits = (SELECT coalesce(sum(visit), 0) {of_it}), first_followup_at = (SELECT min(at) {of_it}),"
        f" last_followup_at = (SELECT max(at) {of_it}),"
        " reschedules = (SELECT count(*) FROM promise WHERE lead_id = lead.id AND moved_from IS NOT NULL)"
        " WHERE id = ?",
        (lead_id,),
    )


def processes_wanted(connection: Connection) -> list[str]:
    """The processes that leads follow and that are not there."""
    sql = "SELECT DISTINCT process FROM lead WHERE process NOT IN (SELECT code FROM process)"
    return [row[0] for row in connection.execute(sql)]


def staged_nowhere(connection: Connection) -> list[tuple[int, str, str]]:
    """The leads in a process that is not there, or in a stage that it does not have: id, process, stage."""
    wrong = [(process, stage) for process, stage, _ in checks.staged_nowhere(connection)]
    found = (
        connection.execute("SELECT id, process, stage FROM lead WHERE process = ? AND stage = ?", one)
        for one in wrong
    )
    return [row for rows in found for row in rows]


def stage(connection: Connection, lead_id: int, process: str, stage: str) -> None:
    """Nothing; the lead is in this stage of this process."""
    connection.execute("UPDATE lead SET process = ?, stage = ? WHERE id = ?", (process, stage, lead_id))


def process_id(connection: Connection, code: str) -> int:
    """The id of the process of this code."""
    return int(connection.execute("SELECT id FROM process WHERE code = ?", (code,)).fetchone()[0])


def settle_promise(connection: Connection, lead_id: int, at: str, by: str, uid: str) -> list[int]:
    """The ids of promises that were changed or made: the lead's next date is the one promise that stands."""
    standing = connection.execute(
        "SELECT id FROM promise WHERE lead_id = ? AND ended_at IS NULL ORDER BY id DESC", (lead_id,)
    ).fetchall()
    planned = (
        "date IS lead.next_date AND time IS lead.next_time AND reason IS lead.next_reason"
        " AND via IS lead.next_via"
    )
    row = connection.execute(
        f"SELECT max(promise.id) FROM promise JOIN lead ON lead.id = lead_id WHERE lead_id = ? AND {planned}"
        " AND ended_at IS NULL",
        (lead_id,),
    ).fetchone()
    kept = row[0] or (standing[0][0] if standing else None)
    changed = [one for (one,) in standing if one != kept]
    for one in changed:
        connection.execute("UPDATE promise SET ended_at = ?, ended = 'dropped' WHERE id = ?", (at, one))
    if kept is None:
        made = connection.execute(
            "INSERT INTO promise (uid, lead_id, date, time, via, reason, made_at, by)"
            " SELECT ?, id, next_date, next_time, next_via, next_reason, ?, ? FROM lead"
            " WHERE id = ? AND next_date IS NOT NULL",
            (uid, at, by, lead_id),
        )
        return [*changed, made.lastrowid or 0] if made.rowcount else changed
    connection.execute(
        "UPDATE lead SET (next_date, next_time, next_via, next_reason) ="
        " (SELECT date, time, via, reason FROM promise WHERE id = ?) WHERE id = ?",
        (kept, lead_id),
    )
    return changed
