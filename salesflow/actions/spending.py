"""What a source of leads costs: noted, added to, changed, taken away (K7)."""

from __future__ import annotations

from typing import NamedTuple

from salesflow.actions.work import Work
from salesflow.errors import NotFound
from salesflow.models import Spend
from salesflow.store import spending


class Put(NamedTuple):
    """A sum as it now stands, and what it was before (None where it is new)."""

    spend: Spend
    before: int | None


def add(work: Work, source: str, period: str, amount_fen: int, note: str | None) -> Put:
    """The sum noted; what was noted of the source and the period before is added to it."""
    known = spending.find_spend(work.connection, source, period)
    row = {"by": work.by, "recorded_at": work.at}
    if known is None:
        what = {"source": source, "period": period, "amount_fen": amount_fen, "note": note}
        spending.insert_spend(work.connection, {**what, **row})
    else:
        notes = "；".join(one for one in (known.note, note) if one) or None
        values = {"amount_fen": known.amount_fen + amount_fen, "note": notes}
        spending.update_spend(work.connection, known.id, {**values, **row})
    return Put(get(work, source, period), known.amount_fen if known else None)


def edit(work: Work, source: str, period: str, amount_fen: int, note: str | None) -> Put:
    """The sum as it is now said to be."""
    known = get(work, source, period)
    row = {"amount_fen": amount_fen, "note": known.note if note is None else note or None}
    spending.update_spend(work.connection, known.id, {**row, "by": work.by, "recorded_at": work.at})
    return Put(get(work, source, period), known.amount_fen)


def get(work: Work, source: str, period: str) -> Spend:
    """What was noted of the source and the period. Raises NotFound with the periods that have something."""
    found = spending.find_spend(work.connection, source, period)
    if found is None:
        every = spending.list_spends(work.connection)
        known = "  ".join(one.period for one in every if one.source == source) or "-"
        raise NotFound("spend.none", period=period, known=known)
    return found


def remove(work: Work, found: Spend) -> None:
    """The sum gone."""
    spending.delete_spend(work.connection, found.id)
