"""What each rep did in a period, by the name that stands in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from salesflow.store.rows import Connection, is_long


def owners(connection: Connection) -> Mapping[int, str | None]:
    """Whose each lead is; None for nobody's."""
    return dict(connection.execute("SELECT id, owner FROM lead").fetchall())


def followups(connection: Connection, first: str, last: str) -> dict[str, tuple[int, int]]:
    """(follow-ups, visits) of each rep in the span."""
    table = "followup NOT INDEXED" if is_long(first, last) else "followup"
    made = Counter(
        connection.execute(f"SELECT by, visit FROM {table} WHERE at BETWEEN ? AND ?", (first, last))
    )
    return {by: (made[by, 0] + made[by, 1], made[by, 1]) for by, _ in made}


def orders(connection: Connection, first_day: str, last_day: str) -> dict[str, tuple[int, int]]:
    """(orders signed, their amounts in fen) of each rep from day to day; not those cancelled by the last day."""
    sql = (
        "SELECT by, count(*), coalesce(sum(amount_fen), 0) FROM sales_order"
        " WHERE signed_on BETWEEN ? AND ? AND (cancelled_on IS NULL OR cancelled_on > ?) GROUP BY by"
    )
    days = (first_day, last_day, last_day)
    return {by: (count, amount) for by, count, amount in connection.execute(sql, days)}


def collected(connection: Connection, first_day: str, last_day: str) -> dict[str, int]:
    """What each rep collected from day to day, in fen."""
    sql = "SELECT by, sum(amount_fen) FROM payment WHERE paid_on BETWEEN ? AND ? GROUP BY by"
    return dict(connection.execute(sql, (first_day, last_day)).fetchall())
