"""What hangs on leads as far as gates ask for it: orders, quotes, payments, ways, points, sign-offs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from salesflow.models import Evidence
from salesflow.store.rows import Connection, batches, marks


def read(connection: Connection, lead_ids: Sequence[int], words: frozenset[str]) -> dict[int, Evidence]:
    """The evidence about each of these leads; ``words`` are those of the gate language that will ask.

    What no word asks for is not read.
    """
    found: dict[int, dict[str, Any]] = {}
    for part in batches(lead_ids):
        for word in words & _READERS.keys():
            name, reader = _READERS[word]
            for lead_id, value in reader(connection, part):
                found.setdefault(lead_id, {})[name] = value
    nothing = Evidence()
    return {lead_id: Evidence(**found[lead_id]) if lead_id in found else nothing for lead_id in lead_ids}


def _true(table: str, where: str = "1") -> Callable[[Connection, Sequence[int]], Iterator[tuple[int, Any]]]:
    def read(connection: Connection, part: Sequence[int]) -> Iterator[tuple[int, Any]]:
        sql = f"SELECT DISTINCT lead_id FROM {table} WHERE {where} AND lead_id IN ({marks(part)})"
        return ((row[0], True) for row in connection.execute(sql, part))

    return read


def _paid(connection: Connection, part: Sequence[int]) -> Iterator[tuple[int, Any]]:
    sql = f"""SELECT lead_id, sum(amount_fen),
  (SELECT sum(amount_fen) FROM sales_order o WHERE o.lead_id = p.lead_id AND cancelled_on IS NULL)
FROM payment p WHERE lead_id IN ({marks(part)}) GROUP BY lead_id"""
    for lead_id, paid, sold in connection.execute(sql, part):
        yield lead_id, "full" if sold is not None and paid >= sold else "received"


def _done(connection: Connection, part: Sequence[int]) -> Iterator[tuple[int, Any]]:
    sql = f"""SELECT lead_id, via, coalesce(purpose, ''), count(*) FROM followup
WHERE answered AND lead_id IN ({marks(part)}) GROUP BY lead_id, via, purpose ORDER BY lead_id"""
    yield from _gathered((row[0], (row[1], row[2]), row[3]) for row in connection.execute(sql, part))


def _points(connection: Connection, part: Sequence[int]) -> Iterator[tuple[int, Any]]:
    sql = f"""SELECT lead_id, checklist, item, points FROM score
WHERE competitor_id IS NULL AND lead_id IN ({marks(part)}) ORDER BY lead_id"""
    yield from _gathered((row[0], (row[1], row[2]), row[3]) for row in connection.execute(sql, part))


def _gathered(rows: Iterator[tuple[int, Any, Any]]) -> Iterator[tuple[int, Any]]:
    found: dict[int, dict[Any, Any]] = {}
    for lead_id, key, value in rows:
        found.setdefault(lead_id, {})[key] = value
    yield from found.items()


def _signed(connection: Connection, part: Sequence[int]) -> Iterator[tuple[int, Any]]:
    sql = f"SELECT lead_id, kind, 1 FROM signoff WHERE lead_id IN ({marks(part)})"
    for lead_id, kinds in _gathered(connection.execute(sql, part)):
        yield lead_id, frozenset(kinds)


# the word of the gate language: what of Evidence it asks for, and how it is read
_READERS: dict[str, tuple[str, Callable[[Connection, Sequence[int]], Iterator[tuple[int, Any]]]]] = {
    "order": ("order", _true("sales_order", "cancelled_on IS NULL")),
    "quote": ("quoted", _true("quote")),
    "payment": ("paid", _paid),
    "followup": ("done", _done),
    "score": ("points", _points),
    "tick": ("points", _points),
    "signoff": ("signed", _signed),
}
