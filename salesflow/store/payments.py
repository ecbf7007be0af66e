"""Payments received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.models import Payment
from salesflow.store.rows import Connection, insert, new_uid

_PAYMENT = "id, lead_id, order_id, paid_on, amount_fen, method, note, by"


def insert_payment(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new payment."""
    return insert(connection, "payment", {"uid": new_uid(), **values})


def list_payments(connection: Connection, lead_id: int | None = None) -> list[Payment]:
    """The lead's payments, or those of the whole book, the newest first."""
    where, values = _of(lead_id)
    sql = f"SELECT {_PAYMENT} FROM payment {where} ORDER BY paid_on DESC, id DESC"
    return [Payment._make(row) for row in connection.execute(sql, values)]


def _of(lead_id: int | None) -> tuple[str, tuple[int, ...]]:
    return ("WHERE lead_id = ?", (lead_id,)) if lead_id is not None else ("", ())
