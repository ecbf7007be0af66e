"""People at a lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.models import Contact
from salesflow.store.rows import Connection, batches, insert, listed, marks, new_uid, update

_COLUMNS = (
    "id, lead_id, name, title, roles, phones, wechat, email, attitude, character, hobbies, family, friends,"
    " department, chain, weight, birthday"
)


def _contact(row: Sequence[Any]) -> Contact:
    return Contact(row[0], row[1], row[2], row[3], listed(row[4]), listed(row[5]), *row[6:])


def insert_contact(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new contact."""
    return insert(connection, "contact", {"uid": new_uid(), **values})


def update_contact(connection: Connection, contact_id: int, values: Mapping[str, Any]) -> None:
    """The contact with new ``values``."""
    update(connection, "contact", contact_id, values)


def delete_contact(connection: Connection, contact_id: int) -> None:
    """The contact gone; follow-ups made with them stay, without the person."""
    connection.execute("UPDATE followup SET contact_id = NULL WHERE contact_id = ?", (contact_id,))
    connection.execute("UPDATE competitor SET supporter_id = NULL WHERE supporter_id = ?", (contact_id,))
    connection.execute("UPDATE objection SET contact_id = NULL WHERE contact_id = ?", (contact_id,))
    connection.execute(
        "UPDATE negotiation_plan SET accepted_from = NULL WHERE accepted_from = ?", (contact_id,)
    )
    connection.execute("DELETE FROM contact WHERE id = ?", (contact_id,))


def find_contact(connection: Connection, contact_id: int) -> Contact | None:
    """The contact of this id, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM contact WHERE id = ?", (contact_id,)).fetchone()
    return _contact(row) if row else None


def list_contacts(connection: Connection, lead_id: int) -> list[Contact]:
    """The lead's people in the order in which they were met."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM contact WHERE lead_id = ? ORDER BY id", (lead_id,))
    return [_contact(row) for row in rows]


def last_met(connection: Connection, lead_id: int) -> dict[int, str]:
    """The day on which each of the lead's people last answered us, by their ids."""
    rows = connection.execute(
        "SELECT contact_id, substr(max(at), 1, 10) FROM followup"
        " WHERE lead_id = ? AND answered AND contact_id IS NOT NULL GROUP BY contact_id",
        (lead_id,),
    )
    return dict(rows.fetchall())


def contacts_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, list[Contact]]:
    """The people of each of these leads."""
    found: dict[int, list[Contact]] = {}
    for part in batches(lead_ids):
        sql = f"SELECT {_COLUMNS} FROM contact WHERE lead_id IN ({marks(part)}) ORDER BY lead_id, id"
        for row in connection.execute(sql, part):
            found.setdefault(row[1], []).append(_contact(row))
    return found


def count_further(connection: Connection, lead_ids: Sequence[int]) -> int:
    """How many people these leads have beside the first of each."""
    further = 0
    for part in batches(lead_ids):
        sql = f"SELECT count(*) - count(DISTINCT lead_id) FROM contact WHERE lead_id IN ({marks(part)})"
        further += int(connection.execute(sql, part).fetchone()[0])
    return further
