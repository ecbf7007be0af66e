"""What leads are compared by to find possible doubles, and the pairs that somebody said are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.store.rows import Connection, insert


class Seen(NamedTuple):
    """A lead as far as it may look like another one; ``phones`` are the digits of its own and its people's."""

    id: int
    name: str
    short: str | None
    city: str | None
    address: str | None
    brands: str | None
    name_key: str
    short_key: str | None
    city_key: str
    process: str
    stage: str
    status: str
    owner: str | None
    area: str | None
    received_at: str | None
    created_at: str
    followups: int
    py: str | None
    phones: str


def everyone(connection: Connection) -> Iterator[Seen]:
    """Every lead of the book, by id."""
    sql = """SELECT l.id, l.name, l.short, l.city, l.address, l.brands, l.name_key, l.short_key,
  coalesce(l.city_key, ''), l.process, l.stage, l.status, l.owner, l.area, l.received_at, l.created_at,
  l.followups, l.py, trim(coalesce(l.phone_digits, '') || ' ' || coalesce(c.digits, ''))
FROM lead l LEFT JOIN (
  SELECT lead_id, group_concat(phone_digits, ' ') AS digits FROM contact WHERE phone_digits IS NOT NULL GROUP BY lead_id
) c ON c.lead_id = l.id ORDER BY l.id"""
    return map(Seen._make, connection.execute(sql))


class NotSame(NamedTuple):
    """Two leads of which somebody said that they are not the same: why, who, when."""

    id: int
    lead_id: int
    other_id: int
    why: str | None
    by: str
    created_at: str


def marked(connection: Connection) -> dict[tuple[int, int], NotSame]:
    """Every pair that is not the same, the lower id first."""
    rows = connection.execute("SELECT id, lead_id, other_id, why, by, created_at FROM not_same ORDER BY id")
    return {(row[1], row[2]): NotSame._make(row) for row in rows}


def mark(connection: Connection, first: int, second: int, why: str | None, by: str, at: str) -> None:
    """The two are not the same."""
    low, high = sorted((first, second))
    row = {"lead_id": low, "other_id": high, "why": why, "by": by, "created_at": at}
    insert(connection, "not_same", row)


def unmark(connection: Connection, mark_id: int) -> None:
    """The two may be the same again."""
    connection.execute("DELETE FROM not_same WHERE id = ?", (mark_id,))
