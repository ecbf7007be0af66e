"""Where leads are and whose they are, and what was done and sold with each in a span."""

from __future__ import annotations

from typing import NamedTuple

from salesflow.store.rows import Connection


class Placed(NamedTuple):
    """A lead by its place and owner; ``visits`` are all that have been made."""

    id: int
    city: str | None
    area: str | None
    owner: str | None
    lat: float | None
    lng: float | None
    process: str
    stage: str
    status: str
    goal_fen: int | None
    visits: int
    since: str


def placed(connection: Connection, moment: str) -> list[Placed]:
    """Every lead that was known by the moment, as it stands; by id."""
    sql = """SELECT id, city, area, owner, lat, lng, process, stage, status, goal_fen, visits,
  min(coalesce(received_at, '9'), created_at) AS since FROM lead NOT INDEXED WHERE since <= ? ORDER BY id"""
    return list(map(Placed._make, connection.execute(sql, (moment,))))


def visits(connection: Connection, first: str, last: str) -> dict[int, int]:
    """How often each lead was visited in the span, of those that were."""
    sql = "SELECT lead_id, count(*) FROM followup WHERE visit AND at BETWEEN ? AND ? GROUP BY lead_id"
    return dict(connection.execute(sql, (first, last)).fetchall())


def sales(connection: Connection, first_day: str, last_day: str) -> dict[int, int]:
    """What each lead bought from day to day, in fen, by the orders that ``metrics.order_sums`` counts."""
    sql = (
        "SELECT lead_id, coalesce(sum(amount_fen), 0) FROM sales_order"
        " WHERE signed_on BETWEEN ? AND ? AND (cancelled_on IS NULL OR cancelled_on > ?) GROUP BY lead_id"
    )
    return dict(connection.execute(sql, (first_day, last_day, last_day)).fetchall())
