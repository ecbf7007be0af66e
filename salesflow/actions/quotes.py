"""Quotes made, changed and taken back (F16), and the plan for a negotiation (F15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from salesflow.actions import contacts
from salesflow.actions.work import Work
from salesflow.errors import NotFound, Refused, Usage
from salesflow.models import Lead, Negotiation, Quote
from salesflow.names import label
from salesflow.store import quotes


@dataclass(frozen=True)
class Offer:
    """A price offered, what we get for a step down, what it costs us, who allowed it."""

    amount_fen: int
    quoted_on: date
    product: str | None = None
    in_return: str | None = None
    note: str | None = None
    cost_fen: int | None = None
    approved_by: str | None = None

    def with_product(self, name: str | None) -> Offer:
        """The same offer of the product as it is called."""
        return replace(self, product=name)


def quote(work: Work, lead_id: int, offer: Offer) -> tuple[Quote, Lead]:
    """The quote recorded, and the lead. Raises Refused for a day to come."""
    lead = work.lead(lead_id)
    _refuse_wrong(work, offer.amount_fen, offer.quoted_on)
    row = {
        "lead_id": lead_id,
        "quoted_on": offer.quoted_on.isoformat(),
        "amount_fen": offer.amount_fen,
        "product": offer.product,
        "in_return": offer.in_return,
        "cost_fen": offer.cost_fen,
        "approved_by": offer.approved_by,
        "note": offer.note,
        "by": work.by,
        "recorded_at": work.at,
    }
    return get(work, quotes.insert_quote(work.connection, row)), lead


def get(work: Work, quote_id: int) -> Quote:
    """The quote of this id. Raises NotFound."""
    found = quotes.find_quote(work.connection, quote_id)
    if found is None:
        raise NotFound("quote.no_quote", id=quote_id)
    return found


def edit(work: Work, quote_id: int, values: Mapping[str, Any]) -> tuple[Quote, Lead]:
    """The quote with these values, and its lead. Raises Usage for nothing to change, Refused for a day to come."""
    found = get(work, quote_id)
    lead = work.lead(found.lead_id)
    if not values:
        raise Usage("quote.nothing", id=quote_id)
    row = dict(values)
    on = row.pop("quoted_on", None)
    _refuse_wrong(work, row.get("amount_fen", found.amount_fen), on or work.today)
    if on is not None:
        row["quoted_on"] = on.isoformat()
    quotes.update_quote(work.connection, quote_id, row)
    return get(work, quote_id), lead


def remove(work: Work, quote_id: int) -> tuple[Quote, Lead]:
    """The quote as it was, gone now, and its lead."""
    found = get(work, quote_id)
    lead = work.lead(found.lead_id)
    quotes.delete_quote(work.connection, quote_id)
    return found, lead


def products_of(work: Work, lead_id: int) -> list[str]:
    """The products that the lead was quoted, where one quote alone names none: was it meant for one of them?"""
    found = quotes.list_quotes(work.connection, lead_id)
    named = dict.fromkeys(one.product for one in found if one.product)
    return list(named) if len(found) - sum(bool(one.product) for one in found) == 1 else []


def _refuse_wrong(work: Work, amount_fen: int, on: date) -> None:
    if amount_fen == 0:
        raise Usage("quote.zero")
    if on > work.today:
        raise Refused("quote.in_future", date=on.isoformat())


_SAID = ("interests", "open_points", "fixed_points", "alternatives", "joined_by", "accepted_fen")


def plan(work: Work, lead_id: int, values: Mapping[str, Any]) -> tuple[Negotiation | None, Lead]:
    """The lead's plan with these values (None empties one), None where nothing of it is left; and the lead.

    ``accepted_from`` names a person of the lead: who says which price is accepted. Raises Usage where
    there is no such price.
    """
    lead = work.lead(lead_id)
    had = quotes.find_plan(work.connection, lead_id)
    row = {key: values[key] for key in _SAID if key in values}
    if row.get("accepted_fen") == 0:
        raise Usage("quote.zero")
    accepted = row.get("accepted_fen", had.accepted_fen if had else None)
    if accepted is None:
        if values.get("accepted_from"):
            raise Usage("quote.from_without_price", id=lead_id, lead=label(lead))
        row["accepted_from"] = None
    elif "accepted_from" in values:
        said = values["accepted_from"]
        row["accepted_from"] = contacts.pick(work, lead_id, said).id if said else None
    elif row.get("accepted_fen") is not None and had and row["accepted_fen"] != had.accepted_fen:
        row["accepted_from"] = None  # another price: who said the last one has not said this one
    left = {key: row.get(key, getattr(had, key) if had else None) for key in _SAID}
    if all(value is None for value in left.values()):
        quotes.delete_plan(work.connection, lead_id)
        return None, lead
    stored = quotes.plan_row(work.connection, lead_id)
    if stored is None or any(stored[key] != value for key, value in row.items()):
        quotes.set_plan(work.connection, lead_id, {**row, "by": work.by, "updated_at": work.at})
    return quotes.find_plan(work.connection, lead_id), lead
