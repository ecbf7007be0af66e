"""Quotes, and the plan for a negotiation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from salesflow.models import Negotiation, Quote
from salesflow.store import stored
from salesflow.store.rows import Connection, insert, new_uid, update
from salesflow.store.stored import Row

_QUOTE = "id, lead_id, quoted_on, amount_fen, product, in_return, cost_fen, approved_by, note, by"
_ORDER = "ORDER BY quoted_on DESC, id DESC"
_PLAN = """SELECT n.id, n.lead_id, n.interests, n.open_points, n.fixed_points, n.alternatives, n.joined_by,
  n.accepted_fen, p.name, n.by, n.updated_at
FROM negotiation_plan n LEFT JOIN contact p ON p.id = n.accepted_from WHERE n.lead_id = ?"""


def insert_quote(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new quote."""
    return insert(connection, "quote", {"uid": new_uid(), **values})


def update_quote(connection: Connection, quote_id: int, values: Mapping[str, Any]) -> None:
    """The quote with new ``values``."""
    update(connection, "quote", quote_id, values)


def delete_quote(connection: Connection, quote_id: int) -> None:
    """The quote gone."""
    connection.execute("DELETE FROM quote WHERE id = ?", (quote_id,))


def find_quote(connection: Connection, quote_id: int) -> Quote | None:
    """The quote of this id, or None."""
    return next(_quotes(connection, "WHERE id = ?", (quote_id,)), None)


def list_quotes(connection: Connection, lead_id: int | None = None) -> list[Quote]:
    """The lead's quotes, or those of the whole book, the newest first."""
    if lead_id is None:
        return list(_quotes(connection, _ORDER, ()))
    return list(_quotes(connection, f"WHERE lead_id = ? {_ORDER}", (lead_id,)))


def _quotes(connection: Connection, which: str, values: Iterable[int]) -> Iterator[Quote]:
    return map(Quote._make, connection.execute(f"SELECT {_QUOTE} FROM quote {which}", tuple(values)))


def find_plan(connection: Connection, lead_id: int) -> Negotiation | None:
    """The plan for negotiating with the lead, or None."""
    row = connection.execute(_PLAN, (lead_id,)).fetchone()
    return Negotiation._make(row) if row else None


def plan_row(connection: Connection, lead_id: int) -> Row | None:
    """The lead's plan as it is stored, or None."""
    return next(iter(stored.rows_of(connection, "negotiation_plan", lead_id)), None)


def set_plan(connection: Connection, lead_id: int, values: Mapping[str, Any]) -> None:
    """The lead's plan with these values, made where there is none."""
    found = find_plan(connection, lead_id)
    if found is None:
        insert(connection, "negotiation_plan", {"lead_id": lead_id, **values})
    else:
        update(connection, "negotiation_plan", found.id, values)


def delete_plan(connection: Connection, lead_id: int) -> None:
    """The lead without a plan."""
    connection.execute("DELETE FROM negotiation_plan WHERE lead_id = ?", (lead_id,))
