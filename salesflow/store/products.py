"""Products: what we sell, at what price and cost, and how long it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.models import Product
from salesflow.names import name_key
from salesflow.store.rows import Connection, insert, new_uid, update

_PRODUCT = "id, name, unit, price_fen, cost_fen, cycle_days, note, by, created_at"


def list_products(connection: Connection) -> list[Product]:
    """Every product, the first noted first."""
    return [Product._make(row) for row in connection.execute(f"SELECT {_PRODUCT} FROM product ORDER BY id")]


def find(connection: Connection, name: str | None) -> Product | None:
    """The product of this name, whatever its width, case and blanks; None for none."""
    return by_key(connection).get(name_key(name)) if name else None


def by_key(connection: Connection) -> dict[str, Product]:
    """Every product by ``name_key`` of its name."""
    return {name_key(one.name): one for one in list_products(connection)}


def insert_product(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new product."""
    return insert(connection, "product", {"uid": new_uid(), **values})


def update_product(connection: Connection, product_id: int, values: Mapping[str, Any]) -> None:
    """The product with new ``values``."""
    update(connection, "product", product_id, values)


def delete_product(connection: Connection, product_id: int) -> None:
    """The product gone; quotes and orders keep the name that they were made with."""
    connection.execute("DELETE FROM product WHERE id = ?", (product_id,))


def unlisted(connection: Connection) -> list[str]:
    """Names in quotes and orders that no product has, each once as it was written first."""
    known = by_key(connection)
    found: dict[str, str] = {}
    sql = """SELECT product FROM quote WHERE product IS NOT NULL
UNION ALL SELECT product FROM sales_order WHERE product IS NOT NULL
UNION ALL SELECT product FROM order_line"""
    for (name,) in connection.execute(sql):
        found.setdefault(name_key(name), name)
    return [name for key, name in found.items() if key not in known]
