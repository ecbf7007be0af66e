"""What each source of leads has brought: leads received, orders of the leads that came from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesflow.store.rows import Connection, batches, marks


class Sold(NamedTuple):
    """Orders, their amounts and the margin of those whose cost is known (None without one), in fen."""

    orders: int
    sales: int
    margin: int | None


def orders(connection: Connection, first_day: str, last_day: str) -> dict[str | None, Sold]:
    """What ``metrics.order_sums`` counts from day to day, by the source of the lead."""
    sql = (
        "SELECT l.source, count(*), coalesce(sum(o.amount_fen), 0), sum(o.amount_fen - o.cost_fen)"
        " FROM sales_order o JOIN lead l ON l.id = o.lead_id"
        " WHERE signed_on BETWEEN ? AND ? AND (cancelled_on IS NULL OR cancelled_on > ?) GROUP BY l.source"
    )
    rows = connection.execute(sql, (first_day, last_day, last_day))
    return {source: Sold(*sums) for source, *sums in rows}


def sources(connection: Connection, lead_ids: Sequence[int]) -> dict[int, str | None]:
    """Whence each of these leads came."""
    found: dict[int, str | None] = {}
    for part in batches(lead_ids):
        found.update(connection.execute(f"SELECT id, source FROM lead WHERE id IN ({marks(part)})", part))
    return found
