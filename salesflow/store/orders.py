"""Orders, their lines and the days on which they are to be paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from salesflow.models import Due, OrderLine, SalesOrder
from salesflow.store.rows import Connection, batches, insert, marks, new_uid, update

ORDER = (
    "id, lead_id, signed_on, amount_fen, framework, product, note, by, cost_fen, contract, delivered_on,"
    " accepted_on, cancelled_on, cancel_why"
)
_LINE = "id, lead_id, order_id, product, quantity, price_fen, cost_fen"
_DUE = "id, lead_id, order_id, due_on, amount_fen"


def as_order(row: Sequence[Any]) -> SalesOrder:
    """The order of a row of the ORDER columns."""
    return SalesOrder._make((*row[:4], bool(row[4]), *row[5:]))


def insert_order(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new order."""
    return insert(connection, "sales_order", {"uid": new_uid(), **values})


def update_order(connection: Connection, order_id: int, values: Mapping[str, Any]) -> None:
    """Nothing; the order has these values."""
    update(connection, "sales_order", order_id, values)


def find_order(connection: Connection, order_id: int) -> SalesOrder | None:
    """The order of this id, if there is one."""
    row = connection.execute(f"SELECT {ORDER} FROM sales_order WHERE id = ?", (order_id,)).fetchone()
    return as_order(row) if row else None


def list_orders(connection: Connection, lead_id: int | None = None) -> list[SalesOrder]:
    """The lead's orders, or all of them, newest first; the cancelled ones among them."""
    where, values = _of(lead_id)
    rows = connection.execute(
        f"SELECT {ORDER} FROM sales_order {where} ORDER BY signed_on DESC, id DESC", values
    )
    return [as_order(row) for row in rows]


def orders_of(connection: Connection, lead_ids: Sequence[int]) -> list[SalesOrder]:
    """The orders of these leads; the cancelled ones among them."""
    found: list[SalesOrder] = []
    for part in batches(lead_ids):
        sql = f"SELECT {ORDER} FROM sales_order WHERE lead_id IN ({marks(part)}) ORDER BY id"
        found += map(as_order, connection.execute(sql, part))
    return found


def insert_line(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new line."""
    return insert(connection, "order_line", {"uid": new_uid(), **values})


def list_lines(connection: Connection, order_ids: Sequence[int]) -> dict[int, list[OrderLine]]:
    """The lines of each of these orders that has any, as they were written."""
    found: dict[int, list[OrderLine]] = {}
    for part in batches(order_ids):
        sql = f"SELECT {_LINE} FROM order_line WHERE order_id IN ({marks(part)}) ORDER BY id"
        for one in map(OrderLine._make, connection.execute(sql, part)):
            found.setdefault(one.order_id, []).append(one)
    return found


def remove_lines(connection: Connection, order_id: int) -> None:
    """Nothing; the order has no lines."""
    connection.execute("DELETE FROM order_line WHERE order_id = ?", (order_id,))


def insert_due(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new day of payment."""
    return insert(connection, "due", {"uid": new_uid(), **values})


def list_dues(connection: Connection, lead_id: int | None = None) -> list[Due]:
    """The days of payment of the lead's orders, or of all orders, the first first."""
    where, values = _of(lead_id)
    sql = f"SELECT {_DUE} FROM due {where} ORDER BY due_on, id"
    return [Due._make(row) for row in connection.execute(sql, values)]


def dues_of(connection: Connection, lead_ids: Sequence[int]) -> list[Due]:
    """The days of payment of these leads' orders."""
    found: list[Due] = []
    for part in batches(lead_ids):
        sql = f"SELECT {_DUE} FROM due WHERE lead_id IN ({marks(part)})"
        found += map(Due._make, connection.execute(sql, part))
    return found


def leads_due(connection: Connection, days: Sequence[str], terms: Collection[int]) -> list[int]:
    """The leads with an order that stands and may be due on one of the days, agreed or so many days after it."""
    found: set[int] = set()
    for part in batches(list(days)):
        wanted = marks(part)
        sql = f"SELECT lead_id FROM due WHERE due_on IN ({wanted})"
        found |= {row[0] for row in connection.execute(sql, part)}
        for term in terms:
            known = [one for one in map(date.fromisoformat, part) if one.toordinal() > term]
            since = [(one - timedelta(days=term)).isoformat() for one in known]
            for column in ("signed_on", "delivered_on"):
                sql = f"SELECT lead_id FROM sales_order WHERE {column} IN ({marks(since)}) AND cancelled_on IS NULL"
                found |= {row[0] for row in connection.execute(sql, since)}
    return sorted(found)


def remove_dues(connection: Connection, order_id: int) -> None:
    """Nothing; the order has no days of payment of its own."""
    connection.execute("DELETE FROM due WHERE order_id = ?", (order_id,))


def _of(lead_id: int | None) -> tuple[str, tuple[int, ...]]:
    return ("WHERE lead_id = ?", (lead_id,)) if lead_id is not None else ("", ())
