"""What each rep did in a period, by the name that stands in the record."""

from __future__ import annotations

from collections.abc import Mapping

from salesflow.store.rows import Connection


def owners(connection: Connection) -> Mapping[int, str | None]:
    """Whose each lead is; None for nobody's."""
    return dict(connection.execute("SELECT id, owner FROM lead").fetchall())


def followups(connection: Connection, first: str, last: str) -> dict[str, tuple[int, int]]:
    """(follow-ups, visits) of each rep in the span."""
    sql = "SELECT by, count(*), coalesce(sum(visit), 0) FROM followup WHERE at BETWEEN ? AND ? GROUP BY by"
    return {by: (count, visits) for by, count, visits in connection.execute(sql, (first, last))}


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
