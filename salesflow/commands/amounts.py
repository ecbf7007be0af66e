"""Sums as they stand in a command, and the words of a note behind them."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.commands import common
from salesflow.errors import Usage
from salesflow.money import currency, parse_amount

_UNITS = ("万", "亿", "千", "元", "万元", "块")


def read_amount(amount: str | None, words: Sequence[str] | None) -> tuple[int | None, str | None]:
    """The amount in fen (None where none was written) and the note behind it. Raises Usage for no amount."""
    rest = list(words or ())
    if amount and rest and rest[0] in _UNITS:
        amount += rest.pop(0)  # `5 万` is not five yuan
    fen = None if amount is None else parse_amount(amount)
    if fen is not None and rest and currency(rest[0]) and not rest[0][:1].isdecimal():
        raise Usage("names.other_currency", text=f"{amount} {rest[0]}"[:60], currency=currency(rest[0]))
    return fen, common.joined(rest) or None
