"""What the measures ask beside the figures of a period: calls, known costs, what was owed, when the book began.

Days are ``YYYY-MM-DD`` and both ends of a span are in it; money is in whole fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from salesflow.models import Due, Payment, SalesOrder
from salesflow.store.rows import Connection, batches, marks

# an order counts where it was signed by the day and not cancelled by it
_STANDS = "signed_on <= :day AND (cancelled_on IS NULL OR cancelled_on > :day)"
_ORDER = (
    "o.id, o.lead_id, signed_on, amount_fen, framework, product, o.note, o.by, cost_fen, contract, delivered_on,"
    " accepted_on, cancelled_on, cancel_why"
)


def began(connection: Connection, by: str) -> str | None:
    """The first instant or day of which anything in the book tells, None where that is not after ``by``."""
    sql = """SELECT min(at) FROM (SELECT min(at) AS at FROM followup UNION ALL SELECT min(at) FROM move
  UNION ALL SELECT min(signed_on) FROM sales_order UNION ALL SELECT min(paid_on) FROM payment)"""
    first: str | None = connection.execute(sql).fetchone()[0]
    if first is None or first > by:
        sql = "SELECT min(min(coalesce(received_at, '9'), created_at)) FROM lead"
        known = connection.execute(sql).fetchone()[0]
        first = min((one for one in (first, known) if one), default=by)
    return first if first > by else None


def count_costed(connection: Connection, first_day: str, last_day: str) -> int:
    """How many of the orders signed from day to day, and not cancelled by the last, have a margin to tell."""
    sql = f"""SELECT count(amount_fen - cost_fen) FROM sales_order
WHERE signed_on BETWEEN :first AND :day AND {_STANDS}"""
    return int(connection.execute(sql, {"first": first_day, "day": last_day}).fetchone()[0])


class Debts(NamedTuple):
    """What is owed at a day's end, what of it is certainly late, and the leads of which only some may be."""

    owed: int
    late: int
    mixed: list[int]


def debts(connection: Connection, day: str, terms: tuple[int, int]) -> Debts:
    """What was owed at the end of the day, with ``terms`` from so many days to so many.

    A lead all of whose parts are past their days owes all of it late, one with none past it nothing.
    """
    sql = f"""
SELECT lead_id, sum(amount), min(late), min(to_come) FROM (
  SELECT lead_id, amount, since < :late AND (last IS NULL OR last < :day) AS late,
    since >= :to_come AND (first IS NULL OR first >= :day) AS to_come
  FROM (SELECT id, lead_id, coalesce(amount_fen, 0) AS amount,
      CASE WHEN delivered_on <= :day THEN delivered_on ELSE signed_on END AS since
    FROM sales_order WHERE {_STANDS})
  LEFT JOIN (SELECT order_id, min(due_on) AS first, max(due_on) AS last FROM due GROUP BY order_id)
    ON order_id = id
  UNION ALL SELECT lead_id, -amount_fen, 1, 1 FROM payment WHERE paid_on <= :day
) GROUP BY lead_id ORDER BY lead_id"""
    least, most = (date.fromisoformat(day) - timedelta(days=days) for days in terms)
    owed = late = 0
    mixed = []
    for lead_id, amount, is_late, is_to_come in connection.execute(
        sql, {"day": day, "late": f"{most}", "to_come": f"{least}"}
    ):
        owed += amount
        if amount > 0 and is_late:
            late += amount
        elif amount > 0 and not is_to_come:
            mixed.append(lead_id)
    return Debts(owed, late, mixed)


def falling(
    connection: Connection, first_day: str, last_day: str, terms: tuple[int, int]
) -> list[SalesOrder]:
    """The orders of which something may fall due from day to day, with ``terms`` from so many days to so many.

    They stand at the end of the last day; each has a day of payment of its own in the span, or was signed
    or delivered so long before it.
    """
    least, most = (f"-{days} days" for days in terms)
    sql = f"""
SELECT {_ORDER} FROM sales_order o WHERE {_STANDS} AND amount_fen > 0 AND id IN (
  SELECT order_id FROM due WHERE due_on BETWEEN :first AND :day
  UNION SELECT id FROM sales_order WHERE signed_on BETWEEN date(:first, :most) AND date(:day, :least)
  UNION SELECT id FROM sales_order WHERE delivered_on BETWEEN date(:first, :most) AND date(:day, :least)
) ORDER BY id"""
    values = {"first": first_day, "day": last_day, "least": least, "most": most}
    return [_order(row) for row in connection.execute(sql, values)]


def _order(row: Sequence[object]) -> SalesOrder:
    return SalesOrder._make(row)


def orders_of(connection: Connection, lead_ids: Sequence[int]) -> list[SalesOrder]:
    """All orders of these leads."""
    found: list[SalesOrder] = []
    for part in batches(lead_ids):
        sql = f"SELECT {_ORDER} FROM sales_order o WHERE lead_id IN ({marks(part)}) ORDER BY id"
        found += map(_order, connection.execute(sql, part))
    return found


def payments_of(connection: Connection, lead_ids: Sequence[int]) -> list[Payment]:
    """All payments of these leads."""
    found: list[Payment] = []
    for part in batches(lead_ids):
        sql = f"""SELECT id, lead_id, order_id, paid_on, amount_fen, method, note, by FROM payment
WHERE lead_id IN ({marks(part)}) ORDER BY id"""
        found += map(Payment._make, connection.execute(sql, part))
    return found


def dues_of(connection: Connection, lead_ids: Sequence[int]) -> list[Due]:
    """All days of payment of these leads' orders."""
    found: list[Due] = []
    for part in batches(lead_ids):
        sql = f"SELECT id, lead_id, order_id, due_on, amount_fen FROM due WHERE lead_id IN ({marks(part)})"
        found += map(Due._make, connection.execute(sql, part))
    return found
