"""Sums as they stand in a command, and the words of a note behind them."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.commands import common
from salesflow.money import parse_amount

_UNITS = ("万", "亿", "千", "元", "万元", "块")


def read_amount(amount: str | None, words: Sequence[str] | None) -> tuple[int | None, str | None]:
    """The amount in fen (None where none was written) and the note behind it. Raises Usage for no amount."""
    rest = list(words or ())
    if amount and rest and rest[0] in _UNITS:
        amount += rest.pop(0)  # `5 万` is not five yuan
    fen = None if amount is None else parse_amount(amount)
    return fen, common.joined(rest) or None
