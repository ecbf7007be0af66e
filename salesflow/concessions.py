"""Prices offered one after the other as steps down, and what is wrong with a step (F16). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST = (
    3  # steps down that a negotiation takes before the next one is warned of, where the process says nothing
)

NOT_SMALLER = "not_smaller"
NOTHING_BACK = "nothing_in_return"
TOO_MANY = "too_many_steps"
BELOW_COST = "below_cost"
BELOW_PRICE = "below_price"
APPROVED = "approved"


class Offer(NamedTuple):
    """A price of one product: in fen, what we get for it, what it costs us where that was said with it."""

    amount_fen: int
    in_return: str | None = None
    cost_fen: int | None = None
    approved_by: str | None = None


class Standing(NamedTuple):
    """An offer beside those before it.

    ``down_fen`` is how far the price went down from ``previous_fen`` (below 0: it rose; None: the
    first). ``number`` counts the steps down, 0 where this is none; ``last_fen`` is the step down
    before this one. ``cost_fen`` is the cost it was held against. ``special`` says why it is a
    special price: below the list price, below cost, or allowed by somebody.
    """

    previous_fen: int | None = None
    down_fen: int | None = None
    number: int = 0
    last_fen: int | None = None
    cost_fen: int | None = None
    warnings: tuple[str, ...] = ()
    special: tuple[str, ...] = ()


def climb(
    offers: Sequence[Offer], price_fen: int | None = None, cost_fen: int | None = None, most: int = MOST
) -> list[Standing]:
    """Each offer of one product to one lead, the oldest first, beside those before it.

    ``price_fen`` and ``cost_fen`` are the product's own. The cost said last, with this offer or one
    before it, goes before the product's. A rise is no step, and does not make the last one forgotten.
    """
    found: list[Standing] = []
    previous = last = None
    number = 0
    for offer in offers:
        cost_fen = offer.cost_fen if offer.cost_fen is not None else cost_fen
        down = None if previous is None else previous - offer.amount_fen
        step = down is not None and down > 0
        number += step
        standing = Standing(previous, down, number if step else 0, last if step else None, cost_fen)
        found.append(
            standing._replace(
                warnings=_warnings(offer, standing, most), special=_special(offer, price_fen, cost_fen)
            )
        )
        previous, last = offer.amount_fen, down if step else last
    return found


def _warnings(offer: Offer, one: Standing, most: int) -> tuple[str, ...]:
    found = []
    if one.number:
        if one.last_fen is not None and (one.down_fen or 0) >= one.last_fen:
            found.append(NOT_SMALLER)
        if not offer.in_return:
            found.append(NOTHING_BACK)
        if one.number > most:
            found.append(TOO_MANY)
    if one.cost_fen is not None and offer.amount_fen < one.cost_fen:
        found.append(BELOW_COST)
    return tuple(found)


def _special(offer: Offer, price_fen: int | None, cost_fen: int | None) -> tuple[str, ...]:
    found = [
        code
        for code, bound in ((BELOW_PRICE, price_fen), (BELOW_COST, cost_fen))
        if bound is not None and offer.amount_fen < bound
    ]
    return (*found, APPROVED) if offer.approved_by else tuple(found)


def share(part_fen: int, whole_fen: int) -> str:
    """The part of the whole in percent with one decimal, halves up: ``3.2%``."""
    tenths = (2000 * abs(part_fen) + whole_fen) // (2 * whole_fen)
    return f"{tenths // 10}.{tenths % 10}%"
