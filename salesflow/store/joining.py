"""Two books side by side, row by row: what hangs on a lead, how it came to be as it is, what was taken away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from salesflow import schema
from salesflow.schema_tables import TABLES
from salesflow.store import stored
from salesflow.store.rows import Connection, marks
from salesflow.store.stored import Row

# every table whose rows belong to one lead; what a row refers to stands in a table before it
HANGING = tuple(table for table in schema.TRACKED if "lead_id" in schema.columns(table))


def columns(table: str) -> tuple[str, ...]:
    """The columns of ``table``."""
    return schema.columns(table)


@cache
def references(table: str) -> dict[str, str]:
    """The columns of ``table`` that name rows of other tables, and of which."""
    body = TABLES[table].partition("(\n")[2].rpartition("\n)")[0]
    found = {}
    for line in body.splitlines():
        words = line.partition("--")[0].split()
        if "REFERENCES" in words:
            found[words[0]] = words[words.index("REFERENCES") + 1]
    if "after_followup" in schema.columns(table):
        found["after_followup"] = "followup"  # 0 for none, so that it is no foreign key
    return found


@cache
def own_columns(table: str) -> tuple[str, ...]:
    """The columns of ``table`` that say the same in every book: neither its id nor those of other rows."""
    return tuple(name for name in schema.columns(table) if name != "id" and name not in references(table))


def last_id(connection: Connection, table: str) -> int:
    """The highest id that a row of the table has ever had."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) if row else 0


def leads_by_uid(connection: Connection) -> tuple[dict[str, int], dict[str, int]]:
    """The id of the lead of each uid, and of the one that a lead of this uid was merged into."""
    now = dict(connection.execute("SELECT uid, id FROM lead").fetchall())
    return now, dict(connection.execute("SELECT uid, lead_id FROM former").fetchall())


def operators(connection: Connection) -> list[str]:
    """Who has written into the book, the one who did most first."""
    rows = connection.execute("SELECT by FROM operation GROUP BY by ORDER BY count(*) DESC, by")
    return [row[0] for row in rows]


def stages_held(connection: Connection) -> list[tuple[str, str, int]]:
    """(process, stage, leads) wherever leads stand."""
    sql = "SELECT process, stage, count(*) FROM lead GROUP BY process, stage ORDER BY process, stage"
    return list(connection.execute(sql))


def processes_told(connection: Connection) -> set[str]:
    """The processes that leads follow or moves were made in."""
    sql = "SELECT process FROM lead UNION SELECT process FROM move UNION SELECT from_process FROM move"
    return {row[0] for row in connection.execute(sql) if row[0]}


def first_grades(connection: Connection) -> dict[int, tuple[str | None, str | None]]:
    """The grade that each lead was recorded with, and since when it had it: older weeks' figures ask."""
    sql = (
        "SELECT row_id, json_extract(after, '$.grade'), json_extract(after, '$.graded_at') FROM history"
        " WHERE table_name = 'lead' AND before IS NULL ORDER BY id DESC"
    )
    return {lead_id: (grade, at) for lead_id, grade, at in connection.execute(sql)}


def versions(
    connection: Connection, table: str, row_id: int, lead_ids: Sequence[int]
) -> list[tuple[str, Row]]:
    """Each state that the row has had, with the moment of its making, the last one as it stands.

    ``lead_ids`` are the leads that it has belonged to.
    """
    sql = f"""SELECT o.at, h.before, h.after FROM history h JOIN operation o ON o.id = h.operation_id
WHERE h.lead_id IN ({marks(lead_ids)}) AND h.table_name = ? AND h.row_id = ? ORDER BY h.id"""
    state: Row = {}
    found = []
    for at, before, after in connection.execute(sql, (*lead_ids, table, row_id)):
        state = {name: value for name, value in state.items() if name not in json.loads(before or "{}")}
        state |= {name: value for name, value in json.loads(after or "{}").items() if value is not None}
        found.append((at, state))
    return found


def owner_said(connection: Connection, lead_id: int, command: str) -> str:
    """When the lead's owner was last said by another command than ``command``; '' for never."""
    sql = """SELECT max(o.at) FROM history h JOIN operation o ON o.id = h.operation_id
WHERE h.lead_id = ? AND h.table_name = 'lead' AND h.after IS NOT NULL AND o.command <> ? AND o.undone = 0
  AND json_extract(h.before, '$.owner') IS NOT json_extract(h.after, '$.owner')"""
    return str(connection.execute(sql, (lead_id, command)).fetchone()[0] or "")


_GONE = """SELECT h.table_name, h.before FROM history h JOIN operation o ON o.id = h.operation_id
WHERE h.after IS NULL AND o.kind = 'step' AND o.undone = 0 AND """


def removed(connection: Connection, lead_id: int) -> list[tuple[str, Row]]:
    """(table, row) of what a step that stands took away from the lead."""
    return [
        (table, json.loads(row)) for table, row in connection.execute(f"{_GONE} h.lead_id = ?", (lead_id,))
    ]


def remove(connection: Connection, table: str, row_id: int) -> None:
    """Nothing; the row is gone."""
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))


def mergers(connection: Connection, lead_id: int) -> list[int]:
    """The operations in which other leads became part of this one."""
    sql = (
        "SELECT DISTINCT operation_id FROM history WHERE lead_id = ? AND table_name = 'former'"
        " AND before IS NULL"
    )
    return [row[0] for row in connection.execute(sql, (lead_id,))]


def removed_in(connection: Connection, operation_id: int) -> list[tuple[str, Row]]:
    """(table, row) of what the operation took away, if it stands."""
    sql = f"{_GONE} h.operation_id = ?"
    return [(table, json.loads(row)) for table, row in connection.execute(sql, (operation_id,))]


def products_removed(connection: Connection) -> list[str]:
    """The names of products that a step that stands took off the list."""
    sql = f"{_GONE} h.table_name = 'product'"
    return [json.loads(row)["name"] for _, row in connection.execute(sql)]


def spends_removed(connection: Connection) -> set[str]:
    """The uids of costs that a step that stands took away."""
    sql = f"{_GONE} h.table_name = 'spend'"
    return {json.loads(row)["uid"] for _, row in connection.execute(sql)}


def keys_of(connection: Connection, lead_id: int) -> tuple[str, str, str]:
    """(name, city, address) of the lead as they are compared."""
    sql = "SELECT name_key, coalesce(city_key, ''), coalesce(address_key, '') FROM lead WHERE id = ?"
    name, city, address = connection.execute(sql, (lead_id,)).fetchone()
    return name, city, address


def targets(connection: Connection) -> dict[tuple[str, str, str], Row]:
    """Every target by what it is for: metric, period, rep."""
    return {(row["metric"], row["period"], row["rep"]): row for row in stored.rows(connection, "target")}
