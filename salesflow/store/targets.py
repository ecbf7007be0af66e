"""Targets as they are set, and the history that the value formula rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.models import Target
from salesflow.store.rows import Connection, insert, is_long, marks, new_uid, update

_TARGET = "SELECT id, metric, period, rep, value, by, recorded_at FROM target"
# signed in the span with a sum, and not cancelled by its end
_SOLD = "signed_on BETWEEN ? AND ? AND amount_fen IS NOT NULL AND (cancelled_on IS NULL OR cancelled_on > ?)"


def list_targets(connection: Connection, periods: Sequence[str] | None = None) -> list[Target]:
    """Every target, or those of the periods, the first set first."""
    where = "" if periods is None else f" WHERE period IN ({marks(periods)})"
    rows = connection.execute(f"{_TARGET}{where} ORDER BY id", tuple(periods or ()))
    return [Target._make(row) for row in rows]


def find_target(connection: Connection, metric: str, period: str, rep: str) -> Target | None:
    """The target of the metric for the period and the rep ('' for all of the book), if one is set."""
    sql = f"{_TARGET} WHERE metric = ? AND period = ? AND rep = ?"
    row = connection.execute(sql, (metric, period, rep)).fetchone()
    return Target._make(row) if row else None


def insert_target(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new target."""
    return insert(connection, "target", {"uid": new_uid(), **values})


def update_target(connection: Connection, target_id: int, values: Mapping[str, Any]) -> None:
    """The target with new ``values``."""
    update(connection, "target", target_id, values)


def delete_target(connection: Connection, target_id: int) -> None:
    """The target gone."""
    connection.execute("DELETE FROM target WHERE id = ?", (target_id,))


def calls(connection: Connection, via: str, first: str, last: str) -> dict[str, int]:
    """How many follow-ups of that way each rep made in the span, answered or not; what came in is none."""
    table = "followup NOT INDEXED" if is_long(first, last) else "followup"
    sql = f"SELECT by FROM {table} WHERE via = ? AND incoming = 0 AND at BETWEEN ? AND ?"
    made = Counter(connection.execute(sql, (via, first, last)))
    return {by: count for (by,), count in made.items()}


def margins(connection: Connection, first_day: str, last_day: str) -> dict[str, int]:
    """The margin in fen of each rep's orders signed from day to day, of those whose cost is known."""
    sql = f"SELECT by, sum(amount_fen - cost_fen) FROM sales_order WHERE {_SOLD} AND cost_fen IS NOT NULL GROUP BY by"
    return dict(connection.execute(sql, (first_day, last_day, last_day)).fetchall())


class Past(NamedTuple):
    """What was done from day to day: visits, orders with a sum, their amounts in fen."""

    visits: int
    orders: int
    sales: int


def past(connection: Connection, first_day: str, last_day: str, rep: str = "") -> Past:
    """Visits, orders and sales from day to day, both in it, of the rep or ('') of all."""
    mine, whose = (" AND by = ?", (rep,)) if rep else ("", ())
    seen = f"SELECT coalesce(sum(visit), 0) FROM followup WHERE at BETWEEN ? AND ?{mine}"
    visits = connection.execute(seen, (f"{first_day}T00:00", f"{last_day}T23:59", *whose)).fetchone()[0]
    sold = f"SELECT count(*), coalesce(sum(amount_fen), 0) FROM sales_order WHERE {_SOLD}{mine}"
    orders, sales = connection.execute(sold, (first_day, last_day, last_day, *whose)).fetchone()
    return Past(visits, orders, sales)


def began(connection: Connection) -> str | None:
    """The day of the first follow-up or order of the book."""
    sql = "SELECT min(day) FROM (SELECT min(at) AS day FROM followup UNION ALL SELECT min(signed_on) FROM sales_order)"
    first = connection.execute(sql).fetchone()[0]
    return first[:10] if first else None
