"""After the deal: orders with the days that count, who answered when, product cycles, classes of customers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, batches, marks

# the lead of each: its names, and what today's list is filtered by; as in store.reminders
LEAD = "l.id, l.name, l.short, l.city, l.area, l.grade, l.process"


class OrderDay(NamedTuple):
    """An order that stands: when it was signed and delivered, and of which products; '' where none is said."""

    id: int
    uid: str
    lead_id: int
    signed_on: str
    delivered_on: str | None
    framework: bool
    products: tuple[str, ...]

    @property
    def start(self) -> str:
        """The day from which everything after the deal is counted."""
        return self.delivered_on or self.signed_on


class Classed(NamedTuple):
    """A customer with a class: whose it is, and the day from which the plan counts where nobody was met."""

    id: int
    process: str
    customer_class: str
    owner: str | None
    since: str


def has_orders(connection: Connection) -> bool:
    """Whether the book holds any order."""
    sql = "SELECT EXISTS (SELECT 1 FROM sales_order INDEXED BY sales_order_lead)"
    return bool(connection.execute(sql).fetchone()[0])


def bought(connection: Connection, lead_id: int) -> bool:
    """Whether the lead has any order."""
    sql = "SELECT EXISTS (SELECT 1 FROM sales_order WHERE lead_id = ?)"
    return bool(connection.execute(sql, (lead_id,)).fetchone()[0])


def answered_on(connection: Connection, lead_id: int, day: str) -> int:
    """How many follow-ups of that day somebody at the lead answered."""
    sql = "SELECT count(*) FROM followup WHERE lead_id = ? AND answered = 1 AND at BETWEEN ? AND ?"
    return int(connection.execute(sql, (lead_id, day, f"{day}T23:59")).fetchone()[0])


def orders(connection: Connection, lead_ids: Sequence[int] | None, day: str) -> dict[int, list[OrderDay]]:
    """The orders by lead that stand on ``day``, in the order of their ids; None asks for every lead.

    One that is signed, delivered or cancelled only later is not so yet.
    """
    found: dict[int, list[OrderDay]] = {}
    for part in [None] if lead_ids is None else batches(lead_ids):
        only = "" if part is None else f" AND lead_id IN ({marks(part)})"
        sql = f"""SELECT id, uid, lead_id, signed_on, CASE WHEN delivered_on <= ? THEN delivered_on END,
  framework, product
FROM sales_order WHERE signed_on <= ? AND (cancelled_on IS NULL OR cancelled_on > ?){only} ORDER BY id"""
        rows = connection.execute(sql, (day, day, day, *(part or ()))).fetchall()
        lines = _lines(connection, part)
        for row in rows:
            one = _day(row, lines)
            found.setdefault(one.lead_id, []).append(one)
    return found


def _day(row: Sequence[Any], lines: Mapping[int, tuple[str, ...]]) -> OrderDay:
    products = lines.get(row[0]) or ((row[6],) if row[6] else ())
    return OrderDay(row[0], row[1], row[2], row[3], row[4], bool(row[5]), products)


def _lines(connection: Connection, lead_ids: Sequence[int] | None) -> dict[int, tuple[str, ...]]:
    only = "" if lead_ids is None else f"WHERE lead_id IN ({marks(lead_ids)})"
    found: dict[int, tuple[str, ...]] = {}
    sql = f"SELECT order_id, product FROM order_line {only} ORDER BY id"
    for order_id, product in connection.execute(sql, lead_ids or ()):
        found[order_id] = (*found.get(order_id, ()), product)
    return found


def cancelled(connection: Connection) -> list[OrderDay]:
    """The orders that were cancelled."""
    lines = _lines(connection, None)
    sql = """SELECT id, uid, lead_id, signed_on, delivered_on, framework, product FROM sales_order
WHERE cancelled_on IS NOT NULL ORDER BY id"""
    return [_day(row, lines) for row in connection.execute(sql)]


def undone(connection: Connection, first: str) -> list[OrderDay]:
    """The orders that an undo since ``first`` took out of the book, and that are not back; without their lines."""
    sql = """SELECT h.before FROM operation o JOIN history h ON h.operation_id = o.id
WHERE o.kind IN ('undo', 'redo') AND o.at >= ? AND h.table_name = 'sales_order' AND h.after IS NULL
  AND NOT EXISTS (SELECT 1 FROM sales_order s WHERE s.id = h.row_id) ORDER BY h.id"""
    found: dict[str, OrderDay] = {}
    for (before,) in connection.execute(sql, (first,)):
        row: dict[str, Any] = json.loads(before)
        if row.get("cancelled_on") is None:
            names = ("id", "uid", "lead_id", "signed_on", "delivered_on", "framework", "product")
            found[row["uid"]] = _day([row.get(name) for name in names], {})
    for part in batches(list(found)):  # joined or imported once more, it is back under another id
        back = connection.execute(
            f"SELECT uid FROM sales_order WHERE uid IN ({marks(part)})", part
        ).fetchall()
        for (uid,) in back:
            del found[uid]
    return list(found.values())


def answered(connection: Connection, lead_ids: Sequence[int], last: str) -> dict[int, list[str]]:
    """The days, upwards and each once, up to ``last``, on which somebody at the lead answered us."""
    found: dict[int, list[str]] = {}
    for part in batches(lead_ids):
        sql = f"""SELECT DISTINCT lead_id, substr(at, 1, 10) FROM followup
WHERE lead_id IN ({marks(part)}) AND answered = 1 AND at <= ? ORDER BY lead_id, 2"""
        for lead_id, day in connection.execute(sql, (*part, f"{last}T23:59")):
            found.setdefault(lead_id, []).append(day)
    return found


def last_answered(connection: Connection, lead_ids: Sequence[int], last: str) -> dict[int, tuple[str, str]]:
    """(time, way) of the newest follow-up up to ``last`` that somebody at each of these leads answered."""
    found: dict[int, tuple[str, str]] = {}
    for part in batches(lead_ids):
        sql = f"""SELECT l.id, f.at, f.via FROM lead l JOIN followup f ON f.id = (
  SELECT id FROM followup WHERE lead_id = l.id AND answered = 1 AND at <= ? ORDER BY at DESC, id DESC LIMIT 1)
WHERE l.id IN ({marks(part)})"""
        found.update((row[0], (row[1], row[2])) for row in connection.execute(sql, (f"{last}T23:59", *part)))
    return found


def cycles(connection: Connection) -> list[tuple[str, int]]:
    """Each product that lasts so many days, and how many."""
    sql = "SELECT name, cycle_days FROM product WHERE cycle_days IS NOT NULL ORDER BY id"
    return [(name, days) for name, days in connection.execute(sql)]


def relations(connection: Connection, lead_ids: Sequence[int]) -> dict[int, set[str]]:
    """What the parties that each of these leads is linked to are to it: those that were asked for already."""
    found: dict[int, set[str]] = {}
    for part in batches(lead_ids):
        sql = f"SELECT lead_id, relation FROM link WHERE lead_id IN ({marks(part)})"
        for lead_id, relation in connection.execute(sql, part):
            found.setdefault(lead_id, set()).add(relation)
    return found


def standing(connection: Connection, lead_ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    """The LEAD columns of each of these leads that is not lost."""
    found: dict[int, tuple[Any, ...]] = {}
    for part in batches(list(lead_ids)):
        sql = f"SELECT {LEAD} FROM lead l WHERE l.id IN ({marks(part)}) AND l.status <> 'lost'"
        found.update((row[0], row) for row in connection.execute(sql, part))
    return found


# What today's list looks for


def own_days(connection: Connection) -> bool:
    """Whether a calendar of working days was imported."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM workday)").fetchone()[0])


def uncared(connection: Connection, process: str, first: str, last: str, opens: int) -> set[int]:
    """Leads of the process, not lost, with an order that counts from ``first`` to ``last`` and stands.

    Those that answered us ``opens`` days after it or later are left out.
    """
    found: set[int] = set()
    for index, start, more in (
        ("sales_order_delivered", "delivered_on", ""),
        ("sales_order_signed", "signed_on", " AND o.delivered_on IS NULL"),
    ):
        sql = f"""SELECT o.lead_id FROM sales_order o INDEXED BY {index} CROSS JOIN lead l ON l.id = o.lead_id
WHERE o.{start} >= ? AND o.{start} <= ?{more} AND o.cancelled_on IS NULL AND l.process = ? AND l.status <> 'lost'
  AND NOT EXISTS (SELECT 1 FROM followup f
    WHERE f.lead_id = o.lead_id AND f.answered = 1 AND f.at >= date(o.{start}, '+' || ? || ' days'))"""
        found.update(row[0] for row in connection.execute(sql, (first, last, process, opens)))
    return found


def buyers(connection: Connection, least: int, day: str, longest: int) -> set[int]:
    """Leads that bought on so many days and have not stopped since, or bought no longer than ``longest`` ago.

    Whoever bought on n days has a rhythm of at most twice the mean of the gaps, and has stopped after two of it.
    """
    start = "coalesce(delivered_on, signed_on)"
    sql = f"""SELECT lead_id FROM (
  SELECT lead_id, count(DISTINCT {start}) AS days, julianday(?) - julianday(max({start})) AS since,
    julianday(max({start})) - julianday(min({start})) AS span
  FROM sales_order WHERE cancelled_on IS NULL AND framework = 0 GROUP BY lead_id)
WHERE since <= ? OR (days >= ? AND since <= 4.0 * span / (days - 1))"""
    return {row[0] for row in connection.execute(sql, (day, longest, least))}


# Classes of customers


def classed(connection: Connection, day: str, lead_id: int | None = None) -> list[Classed]:
    """The customers with a class that are not lost, or the one asked for.

    ``since`` is the day of the first order that stands, else the one on which we came to know them.
    """
    which = "l.status <> 'lost'" if lead_id is None else "l.id = ?2"
    sql = f"""SELECT l.id, l.process, l.customer_class, l.owner, coalesce((
  SELECT min(coalesce(CASE WHEN o.delivered_on <= ?1 THEN o.delivered_on END, o.signed_on)) FROM sales_order o
  WHERE o.lead_id = l.id AND o.signed_on <= ?1 AND (o.cancelled_on IS NULL OR o.cancelled_on > ?1)),
  substr(coalesce(l.received_at, l.created_at), 1, 10))
FROM lead l WHERE l.customer_class IS NOT NULL AND {which} ORDER BY l.id"""
    given = (day,) if lead_id is None else (day, lead_id)
    return [Classed._make(row) for row in connection.execute(sql, given)]


def unclassed(connection: Connection, processes: Sequence[str]) -> list[int]:
    """The leads of these processes, not lost, that have an order which stands and no class."""
    sql = f"""SELECT DISTINCT l.id FROM sales_order o JOIN lead l ON l.id = o.lead_id
WHERE o.cancelled_on IS NULL AND l.customer_class IS NULL AND l.status <> 'lost' AND l.process IN ({marks(processes)})
ORDER BY l.id"""
    return [row[0] for row in connection.execute(sql, processes)]
