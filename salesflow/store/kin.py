"""Leads that hang together: who brought whom, whose branch a lead is, and what they ordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesflow.store.rows import Connection, marks

# the columns of a lead that name another lead above it: no other text reaches the SQL
ABOVE = {"referrer_id": "referrer_id", "parent_id": "parent_id"}


class Kin(NamedTuple):
    """One lead of a tree of referrals; ``relation`` is what it is to the one who brought it, where told."""

    id: int
    name: str
    short: str | None
    city: str | None
    process: str
    stage: str
    status: str
    referrer_id: int | None
    relation: str | None
    sales_fen: int


def above(connection: Connection, lead_id: int, column: str) -> list[int]:
    """The leads above this one by the column, the nearest first; one that comes round ends there."""
    name = ABOVE[column]
    sql = f"""
WITH RECURSIVE up (id) AS (
  SELECT {name} FROM lead WHERE id = ? AND {name} IS NOT NULL
  UNION SELECT l.{name} FROM lead l JOIN up ON l.id = up.id WHERE l.{name} IS NOT NULL
) SELECT id FROM up"""
    return [row[0] for row in connection.execute(sql, (lead_id,))]


def brought(connection: Connection, roots: Sequence[int]) -> list[Kin]:
    """These leads and all whom they brought, at any depth, by id."""
    sql = f"""
WITH RECURSIVE tree (id) AS (
  SELECT id FROM lead WHERE id IN ({marks(roots)})
  UNION SELECT l.id FROM lead l JOIN tree ON l.referrer_id = tree.id
)
SELECT l.id, l.name, l.short, l.city, l.process, l.stage, l.status, l.referrer_id,
  (SELECT relation FROM link k WHERE k.lead_id = l.referrer_id AND k.other_id = l.id),
  (SELECT coalesce(sum(amount_fen), 0) FROM sales_order o WHERE o.lead_id = l.id AND cancelled_on IS NULL)
FROM tree JOIN lead l ON l.id = tree.id ORDER BY l.id"""
    return [Kin._make(row) for row in connection.execute(sql, tuple(roots))]


def first_referrers(connection: Connection) -> list[int]:
    """The leads that brought somebody and that nobody brought, by id."""
    sql = (
        "SELECT DISTINCT a.id FROM lead l JOIN lead a ON a.id = l.referrer_id"
        " WHERE a.referrer_id IS NULL ORDER BY a.id"
    )
    return [row[0] for row in connection.execute(sql)]
