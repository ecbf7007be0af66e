"""Quotes made (F16): the record, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.models import Lead, Quote
from salesflow.store import money


@dataclass(frozen=True)
class Offer:
    """A price offered, and what we get for a step down."""

    amount_fen: int
    quoted_on: date
    product: str | None = None
    in_return: str | None = None
    note: str | None = None


def quote(work: Work, lead_id: int, offer: Offer) -> tuple[Quote, Lead]:
    """The quote recorded, and the lead. Raises Refused for a day to come."""
    lead = work.lead(lead_id)
    if offer.quoted_on > work.today:
        raise Refused("quote.in_future", date=offer.quoted_on.isoformat())
    row = {
        "lead_id": lead_id,
        "quoted_on": offer.quoted_on.isoformat(),
        "amount_fen": offer.amount_fen,
        "product": offer.product,
        "in_return": offer.in_return,
        "note": offer.note,
        "by": work.by,
        "recorded_at": work.at,
    }
    made = money.insert_quote(work.connection, row)
    return next(one for one in money.list_quotes(work.connection, lead_id) if one.id == made), lead
