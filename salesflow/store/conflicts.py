"""Conflicts, two claims on one lead (F9): found, settled, and what each claim can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, batches, insert, marks, new_uid, update


class Conflict(NamedTuple):
    """Two claims: ``lead_id`` was registered first, ``other_id`` is None once the two are one."""

    id: int
    lead_id: int
    other_id: int | None
    found_at: str
    settled_at: str | None
    settled_to: str | None
    why: str | None
    by: str


_COLUMNS = ", ".join(Conflict._fields)

# a conflict ``k`` waits for a decision: nobody has made one, and nobody said that the two are not the same
OPEN = """k.settled_at IS NULL AND k.other_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM not_same n
  WHERE n.lead_id = min(k.lead_id, k.other_id) AND n.other_id = max(k.lead_id, k.other_id))"""


def find_conflict(connection: Connection, conflict_id: int) -> Conflict | None:
    """The conflict of this id, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM conflict WHERE id = ?", (conflict_id,)).fetchone()
    return Conflict._make(row) if row else None


def list_conflicts(connection: Connection, *, settled: bool = False) -> list[Conflict]:
    """The conflicts that are open, with ``settled`` all of them, the first found first."""
    where = "" if settled else f"WHERE {OPEN}"
    rows = connection.execute(f"SELECT {_COLUMNS} FROM conflict k {where} ORDER BY id")
    return list(map(Conflict._make, rows))


def of_lead(connection: Connection, lead_id: int) -> list[Conflict]:
    """The conflicts that the lead is or was in, the first found first; not those with whom it is not the same."""
    mine = "(lead_id = ? OR other_id = ?)"
    sql = f"SELECT {_COLUMNS} FROM conflict k WHERE {mine} AND (settled_at IS NOT NULL OR {OPEN}) ORDER BY id"
    return list(map(Conflict._make, connection.execute(sql, (lead_id, lead_id))))


def between(connection: Connection, lead_id: int, other_id: int) -> bool:
    """Whether a conflict links the two, settled or not."""
    sql = "SELECT 1 FROM conflict WHERE (lead_id, other_id) IN (VALUES (?, ?), (?, ?)) LIMIT 1"
    return bool(connection.execute(sql, (lead_id, other_id, other_id, lead_id)).fetchone())


def insert_conflict(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new conflict."""
    return insert(connection, "conflict", {"uid": new_uid(), **values})


def update_conflict(connection: Connection, conflict_id: int, values: Mapping[str, Any]) -> None:
    """The conflict with new ``values``."""
    update(connection, "conflict", conflict_id, values)


def met_people(connection: Connection, lead_ids: Sequence[int]) -> dict[int, set[int]]:
    """The people of each lead who have answered us."""
    found: dict[int, set[int]] = {}
    for part in batches(lead_ids):
        sql = (
            "SELECT DISTINCT lead_id, contact_id FROM followup"
            f" WHERE lead_id IN ({marks(part)}) AND answered AND contact_id IS NOT NULL"
        )
        for lead_id, contact_id in connection.execute(sql, part):
            found.setdefault(lead_id, set()).add(contact_id)
    return found


def orders_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """(orders that stand, their amounts in fen) of each of these leads that has any."""
    found: dict[int, tuple[int, int]] = {}
    for part in batches(lead_ids):
        sql = (
            "SELECT lead_id, count(*), coalesce(sum(amount_fen), 0) FROM sales_order"
            f" WHERE lead_id IN ({marks(part)}) AND cancelled_on IS NULL GROUP BY lead_id"
        )
        for lead_id, count, amount in connection.execute(sql, part):
            found[lead_id] = (count, amount)
    return found
