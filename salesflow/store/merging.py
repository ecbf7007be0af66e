"""Rows of one lead given to another: read whole, re-pointed, taken away; and which leads a lead once was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from salesflow.names import name_key
from salesflow.store import stored
from salesflow.store.rows import Connection, marks

# whatever belongs to a lead by its lead_id, and is neither a pair of leads nor joined row by row
CARRIED = (
    "followup", "promise", "field_change", "sales_order", "order_line", "due", "objection", "incident",
    "incident_note", "signoff", "quote", "payment", "former", "consent",
)  # fmt: skip
JOINED = ("contact", "competitor", "score", "move", "negotiation_plan")  # what both have becomes one
PAIRS = ("link", "not_same", "conflict")  # lead_id and other_id
ABOVE = ("referrer_id", "parent_id")  # columns of other leads

# the leads that were merged into this one, and into those, by the steps that stand
WAS = """WITH RECURSIVE was (id) AS (
  SELECT ? UNION
  SELECT d.row_id FROM was
    JOIN history i ON i.lead_id = was.id AND i.table_name = 'former' AND i.after IS NOT NULL
    JOIN operation o ON o.id = i.operation_id AND o.kind = 'step' AND o.undone = 0
    JOIN history d ON d.operation_id = o.id AND d.table_name = 'lead' AND d.after IS NULL
) SELECT id FROM was"""


class Formerly(NamedTuple):
    """A lead that was merged into another: by what it was known."""

    lead_id: int
    uid: str
    name: str
    name_key: str
    city_key: str
    address_key: str


def carry(connection: Connection, table: str, gone_id: int, keep_id: int) -> int:
    """How many rows of the table now belong to the lead kept."""
    return connection.execute(
        f"UPDATE {table} SET lead_id = ? WHERE lead_id = ?", (keep_id, gone_id)
    ).rowcount


def not_same(connection: Connection, first: int, second: int) -> int | None:
    """The row that says that these two are not the same, or None."""
    sql = "SELECT id FROM not_same WHERE lead_id = ? AND other_id = ?"
    row = connection.execute(sql, (min(first, second), max(first, second))).fetchone()
    return int(row[0]) if row else None


def below(connection: Connection, column: str, lead_id: int) -> list[int]:
    """The leads that name this one in ``referrer_id`` or ``parent_id``."""
    assert column in ABOVE
    sql = f"SELECT id FROM lead WHERE {column} = ? ORDER BY id"
    return [row[0] for row in connection.execute(sql, (lead_id,))]


PEOPLE = (
    ("followup", "contact_id"),
    ("objection", "contact_id"),
    ("competitor", "supporter_id"),
    ("negotiation_plan", "accepted_from"),
)


def one_person(connection: Connection, kept_id: int, gone_id: int) -> None:
    """All that names one person names the other, and the one is gone."""
    for table, column in PEOPLE:
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (kept_id, gone_id))
    stored.drop(connection, "contact", gone_id)


def first_grade(connection: Connection, lead_id: int) -> tuple[str, str] | None:
    """The grade that the lead was recorded with, and its time; None without one."""
    sql = """SELECT json_extract(after, '$.grade') AS grade, json_extract(after, '$.graded_at') AS at FROM history
WHERE lead_id = ? AND table_name = 'lead' AND row_id = ? AND before IS NULL AND grade IS NOT NULL AND at IS NOT NULL
ORDER BY id LIMIT 1"""
    row = connection.execute(sql, (lead_id, lead_id)).fetchone()
    return (row[0], row[1]) if row else None


def owners(row: str, table: str) -> str:
    """A query of the leads to which ``row`` of the table has belonged: its history stands under each of them."""
    return f"""WITH RECURSIVE own (id) AS (
  SELECT {row}.lead_id UNION
  SELECT json_extract(was.before, '$.lead_id') FROM own JOIN history was ON was.lead_id = own.id
    AND was.table_name = '{table}' AND was.row_id = {row}.id AND was.before IS NOT NULL
    AND json_extract(was.before, '$.lead_id') IS NOT NULL
) SELECT id FROM own"""


def successor(connection: Connection, promise_id: int, lead_id: int, ended_at: str) -> int | None:
    """What took the place of a promise of a lead into which others were merged: of the same lead's, if any."""
    sql = """SELECT id, moved_from FROM promise WHERE lead_id = ? AND id > ? AND made_at = ? ORDER BY id"""
    found = connection.execute(sql, (lead_id, promise_id, ended_at)).fetchall()
    if len(found) < 2:
        return int(found[0][0]) if found else None
    mine = _owners_of(connection, promise_id)
    ranked = [(moved != promise_id, _owners_of(connection, one) != mine, one) for one, moved in found]
    return int(min(ranked)[2])


def _owners_of(connection: Connection, promise_id: int) -> set[int]:
    sql = """WITH RECURSIVE own (id) AS (
  SELECT lead_id FROM promise WHERE id = :promise UNION
  SELECT json_extract(was.before, '$.lead_id') FROM own JOIN history was ON was.lead_id = own.id
    AND was.table_name = 'promise' AND was.row_id = :promise AND was.before IS NOT NULL
    AND json_extract(was.before, '$.lead_id') IS NOT NULL
) SELECT id FROM own"""
    return {row[0] for row in connection.execute(sql, {"promise": promise_id})}


def was(connection: Connection, lead_id: int) -> list[int]:
    """The lead's id and those of the leads that were merged into it: its past stands under all of them."""
    if not connection.execute("SELECT 1 FROM former WHERE lead_id = ?", (lead_id,)).fetchone():
        return [lead_id]
    return [row[0] for row in connection.execute(WAS, (lead_id,))]


def formers(connection: Connection, lead_id: int) -> list[tuple[str, str]]:
    """(uid, name key) of the leads that were merged into this one."""
    rows = connection.execute("SELECT uid, name FROM former WHERE lead_id = ? ORDER BY id", (lead_id,))
    return [(uid, name_key(name)) for uid, name in rows]


def became(connection: Connection, lead_id: int) -> int | None:
    """The lead into which the lead that had this id was merged, or None."""
    sql = """
SELECT f.lead_id FROM history d JOIN former f ON f.uid = json_extract(d.before, '$.uid')
WHERE d.lead_id = ? AND d.table_name = 'lead' AND d.row_id = d.lead_id AND d.after IS NULL ORDER BY d.id DESC LIMIT 1"""
    row = connection.execute(sql, (lead_id,)).fetchone()
    return int(row[0]) if row else None


def formerly(connection: Connection, key: str | None = None) -> list[Formerly]:
    """Every lead that was merged into another, or those of one name, with the keys by which it was known."""
    found = []
    for lead_id, uid, name in connection.execute(
        "SELECT lead_id, uid, name FROM former ORDER BY id"
    ).fetchall():
        called = name_key(name)
        if key is None or key == called:
            found.append(
                Formerly(lead_id, uid, name, called, *_keys(connection, was(connection, lead_id), uid))
            )
    return found


def _keys(connection: Connection, ids: Sequence[int], uid: str) -> tuple[str, str]:
    # city and address, where the history tells them
    sql = f"""SELECT before FROM history WHERE lead_id IN ({marks(ids)}) AND table_name = 'lead' AND after IS NULL
ORDER BY id DESC"""
    for (text,) in connection.execute(sql, tuple(ids)):
        image = json.loads(text)
        if image.get("uid") == uid:
            return image.get("city_key") or "", image.get("address_key") or ""
    return "", ""


def told_before(connection: Connection, lead_id: int, other_id: int) -> list[tuple[int, int]]:
    """Promises of the lead, each with the other's newest follow-up of that very minute that was told before it."""
    leads = [*was(connection, lead_id), *was(connection, other_id)]
    told = (
        f"(SELECT min(id) FROM history WHERE lead_id IN ({marks(leads)}) AND table_name = '{{table}}'"
        " AND row_id = {row} AND before IS NULL)"
    )
    sql = f"""
SELECT p.id, max(f.id) FROM promise p JOIN followup f ON f.at = p.made_at AND f.id > p.after_followup
WHERE p.lead_id = ? AND f.lead_id = ?
  AND {told.format(table="followup", row="f.id")} < {told.format(table="promise", row="p.id")}
GROUP BY p.id"""
    return connection.execute(sql, (lead_id, other_id, *leads, *leads)).fetchall()
