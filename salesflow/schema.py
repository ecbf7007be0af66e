"""A book's making: tables, history triggers, the version, and how older books become this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from salesflow import schema_seal
from salesflow.schema_indexes import INDEXES, VIEWS
from salesflow.schema_tables import TABLES

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

APPLICATION_ID = 0x53464C57  # "SFLW"
VERSION = 4

UNTRACKED = ("operation", "history")
TRACKED = tuple(name for name in TABLES if name not in UNTRACKED)


def indexes(names: Iterable[str]) -> list[str]:
    """The statements that make the indexes of these names."""
    return [sql for sql in INDEXES for name in names if f" INDEX {name} ON " in sql]


def columns(table: str) -> tuple[str, ...]:
    """The column names of ``table`` in the order of its DDL."""
    return _columns(TABLES[table])


@cache
def _columns(ddl: str) -> tuple[str, ...]:
    body = ddl.partition("(\n")[2].rpartition("\n)")[0]
    return tuple(line.split()[0] for line in body.splitlines())


@cache
def defaulted(table: str) -> tuple[str, ...]:
    """The columns of ``table`` that hold something where an insert says nothing of them."""
    body = TABLES[table].partition("(\n")[2].rpartition("\n)")[0]
    return tuple(line.split()[0] for line in body.splitlines() if " DEFAULT " in line)


_MOST_PAIRS = 60  # a function of SQLite takes 127 arguments


def _parts(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [names[start : start + _MOST_PAIRS] for start in range(0, len(names), _MOST_PAIRS)]


def image(row: str, names: tuple[str, ...]) -> str:
    """The expression that writes the row (a table's name, NEW or OLD) as the history keeps it."""
    # NULLs stay in: leaving them out, as below, costs an import a fifth of its time
    objects = [
        "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in part) + ")" for part in _parts(names)
    ]
    whole = objects[0]
    for more in objects[1:]:
        whole = f"rtrim({whole}, '}}') || ',' || substr({more}, 2)"
    return whole


def lead_of(table: str, row: str) -> str:
    """The expression that gives the lead of the row, under which its history stands."""
    return f"{row}.id" if table == "lead" else f"{row}.lead_id" if "lead_id" in columns(table) else "NULL"


def _changes(row: str, names: tuple[str, ...]) -> str:
    whole = "'{}'"
    for part in _parts(names):
        pairs = ", ".join(
            f"'{name}', CASE WHEN OLD.{name} IS NOT NEW.{name} THEN {row}.{name} END" for name in part
        )
        whole = f"json_patch({whole}, json_object({pairs}))"  # a merge patch leaves NULLs out
    return whole


def _trigger(table: str, event: str, row: str, before: str, after: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} "
        "WHEN NOT EXISTS (SELECT 1 FROM operation WHERE open = 2) BEGIN\n"
        "  INSERT INTO history (operation_id, lead_id, table_name, row_id, before, after) VALUES (\n"
        f"    (SELECT id FROM operation WHERE open = 1), {lead_of(table, row)}, '{table}', {row}.id,\n"
        f"    {before},\n    {after});\nEND"
    )


def history_triggers(table: str) -> tuple[str, ...]:
    """The three triggers that write down every change of ``table`` (P4)."""
    names = columns(table)
    return (
        _trigger(table, "INSERT", "NEW", "NULL", image("NEW", names)),
        _trigger(table, "UPDATE", "NEW", _changes("OLD", names), _changes("NEW", names)),
        _trigger(table, "DELETE", "OLD", image("OLD", names), "NULL"),
    )


GUARDS = (
    "CREATE TRIGGER history_kept BEFORE DELETE ON history BEGIN SELECT raise(ABORT, 'history is kept'); END",
    "CREATE TRIGGER history_fixed BEFORE UPDATE ON history BEGIN SELECT raise(ABORT, 'history is kept'); END",
)


@cache
def statements() -> tuple[str, ...]:
    """Every statement that makes an empty book of this version, in order."""
    triggers = tuple(sql for table in TRACKED for sql in history_triggers(table))
    return (*TABLES.values(), *INDEXES, *VIEWS, *triggers, *GUARDS)


def create(connection: sqlite3.Connection) -> None:
    """An empty book of this version in ``connection``'s open transaction."""
    for sql in statements():
        connection.execute(sql)
    schema_seal.drop(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


# Append only: MIGRATIONS[n] brings a book of version n + 1 to version n + 2, inside one transaction.
# Each is given sqlite_utils' Database; a table with history changes by ``rebuild``, never by
# ``transform``, which drops triggers without a word.
def _whole_file(book: Database) -> None:
    """Version 2: the whole customer file, appointments, objections, incidents, quotes, payments."""
    for table in ("lead", "contact", "followup", "promise", "move"):
        rebuild(book.conn, table)
    for table in (
        "competitor",
        "score",
        "objection",
        "incident",
        "incident_note",
        "link",
        "signoff",
        "quote",
        "payment",
    ):
        add_table(book.conn, table)


def _many_books(book: Database) -> None:
    """Version 3: leads that are not the same, or were; conflicts, consents, targets; images filed in bulk."""
    new = ("not_same", "former", "conflict", "consent", "target")
    rebuild(book.conn, "operation")
    there = {row[0] for row in book.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in TRACKED:
        if table in there:
            _undress(book.conn, table)
            for sql in history_triggers(table):
                book.conn.execute(sql)
    for table in new:
        add_table(book.conn, table)


def _money(book: Database) -> None:
    """Version 4: products, order lines, due dates, negotiations; what sources cost; actions; scripts' keys."""
    for table in ("lead", "sales_order", "quote"):
        rebuild(book.conn, table)
    for table in ("order_line", "due", "product", "negotiation_plan", "spend", "action", "answered"):
        add_table(book.conn, table)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (_whole_file, _many_books, _money)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """The book of ``version`` brought to VERSION inside the transaction that is open."""
    from sqlite_utils import Database

    book = Database(connection)
    for step in MIGRATIONS[version - 1 :]:
        step(book)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def rebuild(connection: sqlite3.Connection, table: str) -> None:
    """``table`` as TABLES says it now, with the rows and ids that it had, its indexes and triggers.

    Columns that both have are copied; a new one must be NULL there, for nobody has said it yet, and
    the history, which is not written to, must still tell every value. Foreign keys are off meanwhile.
    """
    connection.execute("PRAGMA legacy_alter_table = ON")  # references by name stay as they are
    _undress(connection, table)
    connection.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    connection.execute(TABLES[table])
    had = {row[1] for row in connection.execute(f"PRAGMA table_info({table}_before)")}
    both = ", ".join(name for name in columns(table) if name in had)
    connection.execute(f"INSERT INTO {table} ({both}) SELECT {both} FROM {table}_before")
    used = connection.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (f"{table}_before",)
    ).fetchone()
    connection.execute(f"DROP TABLE {table}_before")
    if used:
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, used[0]))
    _dress(connection, table)
    connection.execute("PRAGMA legacy_alter_table = OFF")


def add_table(connection: sqlite3.Connection, table: str) -> None:
    """``table``, new in this version, with its indexes and triggers."""
    connection.execute(TABLES[table])
    _dress(connection, table)


def _undress(connection: sqlite3.Connection, table: str) -> None:
    for event in ("insert", "update", "delete"):
        connection.execute(f"DROP TRIGGER IF EXISTS {table}_{event}")


def _dress(connection: sqlite3.Connection, table: str) -> None:
    triggers = history_triggers(table) if table in TRACKED else ()
    for sql in (*INDEXES, *triggers):
        if f" ON {table} " in sql:
            connection.execute(sql)


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the tables, indexes and triggers are exactly those of this version (nothing injected)."""
    found = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    found.discard("CREATE TABLE sqlite_sequence(name,seq)")
    return found == set(statements())
