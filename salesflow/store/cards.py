"""What cards for the phone are made of beyond the people themselves: their uids, and those of the leads."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.store.rows import Connection, batches, marks


def uids(connection: Connection, lead_ids: Sequence[int]) -> dict[int, str]:
    """The uid of each person at these leads, by the person's id."""
    found: dict[int, str] = {}
    for part in batches(lead_ids):
        sql = f"SELECT id, uid FROM contact WHERE lead_id IN ({marks(part)})"
        found.update(connection.execute(sql, part).fetchall())
    return found
