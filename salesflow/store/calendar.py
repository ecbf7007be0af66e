"""What a calendar is made of: promises with all that became of them, incidents, birthdays, what was undone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.models import Promise
from salesflow.store.rows import Connection, batches, marks

_PROMISE = ", ".join(f"p.{name}" for name in Promise._fields)


class Due(NamedTuple):
    """An incident with a day by which it is to be solved."""

    uid: str
    lead_id: int
    text: str
    due_on: str
    solved_at: str | None


class Born(NamedTuple):
    """A person's birthday, YYYY-MM-DD or MM-DD."""

    uid: str
    lead_id: int
    name: str
    title: str | None
    birthday: str


class Undone(NamedTuple):
    """A promise that an undo took out of the book, and the step that did."""

    uid: str
    lead_id: int
    date: str
    time: str | None
    reason: str | None
    step: int
    at: str


def promises(connection: Connection, first: str, last: str) -> list[tuple[str, Promise]]:
    """Every promise, with its uid, of leads that have one from ``first`` to ``last`` or ended one since ``first``.

    By lead, oldest first, so that one that was moved stands before the one that it was moved to.
    """
    sql = f"""SELECT p.uid, {_PROMISE} FROM promise p WHERE p.lead_id IN (
  SELECT lead_id FROM promise WHERE date BETWEEN ? AND ? UNION SELECT lead_id FROM promise WHERE ended_at >= ?)
ORDER BY p.lead_id, p.id"""
    return [(row[0], Promise._make(row[1:])) for row in connection.execute(sql, (first, last, first))]


def later(connection: Connection, last: str) -> list[int]:
    """The lead of each promise that stands and is due after ``last``."""
    sql = "SELECT lead_id FROM promise WHERE date > ? AND ended_at IS NULL"
    return [lead_id for (lead_id,) in connection.execute(sql, (last,))]


def incidents(connection: Connection, first: str, last: str) -> list[Due]:
    """The incidents due from ``first`` to ``last``, and those due another day that were solved since ``first``."""
    sql = """SELECT uid, lead_id, text, due_on, solved_at FROM incident
WHERE due_on BETWEEN ? AND ? OR (due_on IS NOT NULL AND solved_at >= ?) ORDER BY due_on, id"""
    return [Due._make(row) for row in connection.execute(sql, (first, last, first))]


def birthdays(connection: Connection) -> list[Born]:
    """Every birthday known of a person at a lead that is not lost, through the year."""
    sql = """SELECT c.uid, c.lead_id, c.name, c.title, c.birthday FROM contact c JOIN lead l ON l.id = c.lead_id
WHERE c.birthday IS NOT NULL AND l.status <> 'lost' ORDER BY substr(c.birthday, -5), c.id"""
    return [Born._make(row) for row in connection.execute(sql)]


def undone(connection: Connection, first: str, last: str) -> list[Undone]:
    """The promises of a day from ``first`` to ``last`` that an undo since ``first`` took away for good.

    What a reschedule had made is left out: with it gone, the promise that was moved stands again.
    """
    sql = """SELECT h.before, o.id, o.at FROM operation o JOIN history h ON h.operation_id = o.id
WHERE o.kind IN ('undo', 'redo') AND o.at >= ? AND h.table_name = 'promise' AND h.after IS NULL
  AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.id = h.row_id) ORDER BY h.id"""
    found: dict[str, Undone] = {}
    for before, step, at in connection.execute(sql, (first,)):
        row: dict[str, Any] = json.loads(before)
        if first <= row["date"] <= last and row.get("moved_from") is None:
            kept = (row["uid"], row["lead_id"], row["date"], row.get("time"), row.get("reason"))
            found[row["uid"]] = Undone(*kept, step, at)
    for part in batches(list(found)):  # joined or imported once more, it is back under another id
        back = connection.execute(f"SELECT uid FROM promise WHERE uid IN ({marks(part)})", part).fetchall()
        for (uid,) in back:
            del found[uid]
    return list(found.values())


def last_set_up(connection: Connection) -> int:
    """The number of the last step that changed a product, a process or the working days; 0 for none."""
    sql = """SELECT coalesce(max(id), 0) FROM operation
WHERE command GLOB 'product*' OR command GLOB 'process*' OR command GLOB 'config*' OR kind IN ('undo', 'redo')"""
    return int(connection.execute(sql).fetchone()[0])


def changes(connection: Connection, lead_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The number and the time of the last step that changed anything of each of these leads."""
    found: dict[int, tuple[int, str]] = {}
    for part in batches(lead_ids):
        sql = f"""SELECT h.lead_id, o.id, o.at FROM history h JOIN operation o ON o.id = h.operation_id
WHERE h.id IN (SELECT max(id) FROM history WHERE lead_id IN ({marks(part)}) GROUP BY lead_id)"""
        found.update((lead_id, (step, at)) for lead_id, step, at in connection.execute(sql, part))
    return found
