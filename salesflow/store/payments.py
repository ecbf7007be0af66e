"""Payments received."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.models import Payment
from salesflow.store.rows import Connection, batches, insert, marks, new_uid, update

_PAYMENT = "id, lead_id, order_id, paid_on, amount_fen, method, note, by"


def insert_payment(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new payment."""
    return insert(connection, "payment", {"uid": new_uid(), **values})


def update_payment(connection: Connection, payment_id: int, values: Mapping[str, Any]) -> None:
    """Nothing; the payment has these values."""
    update(connection, "payment", payment_id, values)


def delete_payment(connection: Connection, payment_id: int) -> None:
    """Nothing; the payment is gone."""
    connection.execute("DELETE FROM payment WHERE id = ?", (payment_id,))


def find_payment(connection: Connection, payment_id: int) -> Payment | None:
    """The payment of this id, if there is one."""
    row = connection.execute(f"SELECT {_PAYMENT} FROM payment WHERE id = ?", (payment_id,)).fetchone()
    return Payment._make(row) if row else None


def list_payments(connection: Connection, lead_id: int | None = None) -> list[Payment]:
    """The lead's payments, or those of the whole book, the newest first."""
    where, values = _of(lead_id)
    sql = f"SELECT {_PAYMENT} FROM payment {where} ORDER BY paid_on DESC, id DESC"
    return [Payment._make(row) for row in connection.execute(sql, values)]


def payments_of(connection: Connection, lead_ids: Sequence[int]) -> list[Payment]:
    """The payments of these leads."""
    found: list[Payment] = []
    for part in batches(lead_ids):
        sql = f"SELECT {_PAYMENT} FROM payment WHERE lead_id IN ({marks(part)}) ORDER BY id"
        found += map(Payment._make, connection.execute(sql, part))
    return found


def _of(lead_id: int | None) -> tuple[str, tuple[int, ...]]:
    return ("WHERE lead_id = ?", (lead_id,)) if lead_id is not None else ("", ())
