"""Days on which an order is to be paid, and how they divide its sum (L6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from salesflow.errors import Refused
from salesflow.money import show_money

WHOLE = 10_000  # a share is in hundredths of a percent


class Term(NamedTuple):
    """A day, and what is to be paid on it: a sum, a share of the order, or (neither) whatever is left."""

    due_on: date
    amount_fen: int | None = None
    share: int | None = None


def divided(terms: Sequence[Term], amount_fen: int | None, signed_on: date) -> list[tuple[date, int | None]]:
    """(day, fen) of each part, None for whatever is left.

    Raises Refused for more than the order comes to, two rests, a day before the signature, an order without a sum.
    """
    if terms and amount_fen is None:
        raise Refused("due.no_sum")
    early = next((one.due_on for one in terms if one.due_on < signed_on), None)
    if early is not None:
        raise Refused("due.before_signed", date=early.isoformat(), signed=signed_on.isoformat())
    found = [(one.due_on, _part(one, amount_fen or 0)) for one in terms]
    if terms and sum(one.share or 0 for one in terms) == WHOLE:
        # the last of 30 % and 70 % is the rest, so that no fen is lost
        last = max(at for at, one in enumerate(terms) if one.share)
        found[last] = (terms[last].due_on, None)
    if sum(fen is None for _, fen in found) > 1:
        raise Refused("due.two_rests")
    total = sum(fen or 0 for _, fen in found)
    if total > (amount_fen or 0):
        raise Refused("due.too_much", total=show_money(total, "en"), amount=show_money(amount_fen or 0, "en"))
    return found


def _part(term: Term, amount_fen: int) -> int | None:
    if term.share is None:
        return term.amount_fen
    return max(amount_fen * term.share // WHOLE, 1)
