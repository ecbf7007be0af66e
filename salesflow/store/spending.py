"""What sources of leads cost, as it was noted: one sum a source and period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.models import Spend
from salesflow.store.rows import Connection, insert, new_uid, update

_SPEND = "SELECT id, source, period, amount_fen, note, by, recorded_at FROM spend"


def list_spends(connection: Connection) -> list[Spend]:
    """Every sum, by period and source."""
    return [Spend._make(row) for row in connection.execute(f"{_SPEND} ORDER BY period, source")]


def find_spend(connection: Connection, source: str, period: str) -> Spend | None:
    """The sum of the source for the period, if one is noted."""
    row = connection.execute(f"{_SPEND} WHERE source = ? AND period = ?", (source, period)).fetchone()
    return Spend._make(row) if row else None


def insert_spend(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new sum."""
    return insert(connection, "spend", {"uid": new_uid(), **values})


def update_spend(connection: Connection, spend_id: int, values: Mapping[str, Any]) -> None:
    """The sum with new ``values``."""
    update(connection, "spend", spend_id, values)


def delete_spend(connection: Connection, spend_id: int) -> None:
    """The sum gone."""
    connection.execute("DELETE FROM spend WHERE id = ?", (spend_id,))
