"""What the measures ask beside the figures of a period: calls, known costs, what was owed, when the book began.

Days are ``YYYY-MM-DD`` and both ends of a span are in it; money is in whole fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from salesflow.models import SalesOrder
from salesflow.store import orders
from salesflow.store.rows import Connection

# an order counts where it was signed by the day and not cancelled by it
_STANDS = "signed_on <= :day AND (cancelled_on IS NULL OR cancelled_on > :day)"
# from when the usual days of payment are counted, as known on the day
_SINCE = "(CASE WHEN delivered_on <= :day THEN delivered_on ELSE signed_on END)"


def began(connection: Connection, by: str) -> str | None:
    """The first instant or day of which anything in the book tells, None where that is not after ``by``."""
    sql = """SELECT min(at) FROM (SELECT min(at) AS at FROM followup UNION ALL SELECT min(at) FROM move
  UNION ALL SELECT min(signed_on) FROM sales_order UNION ALL SELECT min(paid_on) FROM payment)"""
    first: str | None = connection.execute(sql).fetchone()[0]
    if first is None or first > by:
        sql = "SELECT min(min(coalesce(received_at, '9'), created_at)) FROM lead"
        known = connection.execute(sql).fetchone()[0]
        first = min((one for one in (first, known) if one), default="9")
    return first if first > by else None


def count_costed(connection: Connection, first_day: str, last_day: str) -> int:
    """How many of the orders signed from day to day, and not cancelled by the last, have a margin to tell."""
    sql = f"""SELECT count(amount_fen - cost_fen) FROM sales_order
WHERE signed_on BETWEEN :first AND :day AND {_STANDS}"""
    return int(connection.execute(sql, {"first": first_day, "day": last_day}).fetchone()[0])


def contacts(connection: Connection, spans: Sequence[tuple[str, str]], via: str) -> list[tuple[int, int]]:
    """(visits, calls out) in each span; a call is a follow-up that went ``via`` that way, answered or not."""
    values = {
        "via": via,
        "oldest": min(first for first, _ in spans),
        "newest": max(last for _, last in spans),
    }
    sums = []
    for place, (first, last) in enumerate(spans):
        inside = f"at BETWEEN :first{place} AND :last{place}"
        sums += [f"sum(visit AND {inside})", f"sum(via = :via AND NOT incoming AND {inside})"]
        values |= {f"first{place}": first, f"last{place}": last}
    # whether a call came in stands in no index: the follow-ups as they lie
    sql = f"""SELECT {", ".join(sums)} FROM followup NOT INDEXED
WHERE at BETWEEN :oldest AND :newest AND (visit OR via = :via)"""
    found = [value or 0 for value in connection.execute(sql, values).fetchone()]
    return list(zip(found[::2], found[1::2], strict=True))


class Debts(NamedTuple):
    """What is owed at a day's end, what of it is certainly late, and the leads of which only some may be."""

    owed: int
    late: int
    mixed: list[int]


def debts(connection: Connection, days: Sequence[str], terms: tuple[int, int]) -> list[Debts]:
    """What was owed at the end of each day, with ``terms`` from so many days to so many.

    A lead all of whose parts are past their days owes all of it late, one with none past it nothing.
    """
    values: dict[str, str] = {}
    sold, paid, asked = [], [], []
    for place, day in enumerate(days):
        least, most = (date.fromisoformat(day) - timedelta(days=count) for count in terms)
        values |= {f"day{place}": day, f"to_come{place}": f"{least}", f"late{place}": f"{most}"}
        then = f":day{place}"
        stands, since = _STANDS.replace(":day", then), _SINCE.replace(":day", then)
        sold.append(
            f"CASE WHEN {stands} THEN amount_fen END AS owed{place},"
            f" CASE WHEN {stands} THEN {since} < :late{place} AND (last IS NULL OR last < {then}) END AS late{place},"
            f" CASE WHEN {stands} THEN {since} >= :to_come{place} AND (first IS NULL OR first >= {then}) END"
            f" AS to_come{place}"
        )
        paid.append(f"CASE WHEN paid_on <= :day{place} THEN -amount_fen END, NULL, NULL")
        asked.append(f"coalesce(sum(owed{place}), 0), min(late{place}), min(to_come{place})")
    sql = f"""
SELECT lead_id, {", ".join(asked)} FROM (
  SELECT lead_id, {", ".join(sold)} FROM sales_order
    LEFT JOIN (SELECT order_id, min(due_on) AS first, max(due_on) AS last FROM due GROUP BY order_id) ON order_id = id
  UNION ALL SELECT lead_id, {", ".join(paid)} FROM payment
) GROUP BY lead_id ORDER BY lead_id"""
    rows = connection.execute(sql, values).fetchall()
    return [_debts([(row[0], *row[at : at + 3]) for row in rows]) for at in range(1, 3 * len(days), 3)]


def _debts(rows: Sequence[tuple[int, int, int | None, int | None]]) -> Debts:
    owing = [row for row in rows if row[1] > 0]
    late = sum(amount for _, amount, is_late, _ in owing if is_late)
    mixed = [lead for lead, _, is_late, is_to_come in owing if not is_late and not is_to_come]
    return Debts(sum(row[1] for row in rows), late, mixed)


def fell_due(
    connection: Connection, first_day: str, last_day: str, terms: tuple[int, int]
) -> tuple[int, list[SalesOrder]]:
    """What certainly fell due from day to day, and the orders of which something else may have.

    Both are of orders that stand at the last day's end. ``terms`` go from so many days to so many: where they
    are one number, an order without a day of payment of its own needs no second look.
    """
    least, most = (f"-{days} days" for days in terms)
    values = {"first": first_day, "day": last_day, "least": least, "most": most}
    usual = f"{_SINCE} BETWEEN date(:first, :most) AND date(:day, :least)"
    stands = f"{_STANDS} AND amount_fen > 0"
    # both days stand in an index, the one that counts in none
    near = """id IN (SELECT id FROM sales_order WHERE signed_on BETWEEN date(:first, :most) AND date(:day, :least)
  UNION SELECT id FROM sales_order WHERE delivered_on BETWEEN date(:first, :most) AND date(:day, :least))"""
    own = "EXISTS (SELECT 1 FROM due WHERE order_id = o.id)"
    certain = 0
    if least == most:
        sums = "SELECT coalesce(sum(amount_fen), 0) FROM sales_order o"
        sql = f"{sums} WHERE {stands} AND {near} AND {usual} AND NOT {own}"
        certain = int(connection.execute(sql, values).fetchone()[0])
        usual = f"{usual} AND {own}"
    sql = f"""
SELECT {orders.ORDER} FROM sales_order o WHERE {stands}
  AND id IN (SELECT order_id FROM due WHERE due_on BETWEEN :first AND :day)
UNION SELECT {orders.ORDER} FROM sales_order o WHERE {stands} AND {near} AND {usual} ORDER BY 1"""
    return certain, [orders.as_order(row) for row in connection.execute(sql, values)]
