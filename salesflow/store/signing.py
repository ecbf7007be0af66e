"""Cards and their signatures: which leads came in a span, and what is signed of them (K3, F8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesflow.models import Signoff
from salesflow.store.rows import Connection, batches, marks


class Card(NamedTuple):
    """A lead whose card can be signed: it was received, or followed up, on a day."""

    id: int
    name: str
    short: str | None
    city: str | None
    process: str
    stage: str
    status: str
    received_at: str


_CARD = "SELECT id, name, short, city, process, stage, status, received_at FROM lead WHERE"


def cards(connection: Connection, first: str, last: str, *, lost: bool = True) -> list[Card]:
    """The leads received in the span, the oldest first; without ``lost`` not those that are lost now."""
    some = "" if lost else "AND status <> 'lost'"
    sql = f"{_CARD} received_at BETWEEN ? AND ? {some} ORDER BY received_at, id"
    return [Card._make(row) for row in connection.execute(sql, (first, last))]


def signed(connection: Connection, lead_ids: Sequence[int]) -> dict[int, set[str]]:
    """The kinds of signature that each of these leads has, if any."""
    found: dict[int, set[str]] = {}
    for part in batches(lead_ids):
        sql = f"SELECT lead_id, kind FROM signoff WHERE lead_id IN ({marks(part)})"
        for lead_id, kind in connection.execute(sql, part):
            found.setdefault(lead_id, set()).add(kind)
    return found


def count_lacking(connection: Connection, process: str, stage: str, kinds: Sequence[str], last: str) -> int:
    """How many leads of the stage, received by then and not lost, lack one of these kinds of signature."""
    sql = f"""SELECT count(*) FROM lead l WHERE process = ? AND stage = ? AND received_at <= ? AND status <> 'lost'
  AND (SELECT count(DISTINCT kind) FROM signoff s WHERE s.lead_id = l.id AND kind IN ({marks(kinds)})) < ?"""
    row = connection.execute(sql, (process, stage, last, *kinds, len(kinds))).fetchone()
    return int(row[0])


def find_signoff(connection: Connection, lead_id: int, kind: str) -> Signoff | None:
    """The lead's signature of this kind, or None."""
    sql = """SELECT id, lead_id, kind, name, week, at, note, by FROM signoff
WHERE lead_id = ? AND kind = ? ORDER BY id LIMIT 1"""
    row = connection.execute(sql, (lead_id, kind)).fetchone()
    return Signoff._make(row) if row else None


def signoffs_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, list[Signoff]]:
    """The signatures of each of these leads that has any, the first made first."""
    found: dict[int, list[Signoff]] = {}
    for part in batches(lead_ids):
        sql = f"""SELECT id, lead_id, kind, name, week, at, note, by FROM signoff
WHERE lead_id IN ({marks(part)}) ORDER BY id"""
        for row in connection.execute(sql, part):
            found.setdefault(row[1], []).append(Signoff._make(row))
    return found
