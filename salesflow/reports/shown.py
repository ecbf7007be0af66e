"""Values of the JSON as people read them: an amount, a count, a share, and the average of several."""

from __future__ import annotations

from typing import Any

from salesflow.money import show_money

MONEY, COUNT, RATE = "money", "count", "rate"


def fen_of(yuan: float) -> int:
    """The whole fen of an amount of the JSON."""
    return round(yuan * 100)


def yuan_text(yuan: float, lang: str) -> str:
    """An amount of the JSON as people read it."""
    return show_money(fen_of(yuan), lang)


def shown(value: float | None, unit: str, lang: str) -> Any:
    """The value as people read it, money as elsewhere."""
    if value is None:
        return None
    if unit == MONEY:
        return yuan_text(value, lang)
    return f"{int(value * 100 + 0.5 + 1e-9)}%" if unit == RATE else value


def averaged(value: float | None, unit: str, lang: str) -> Any:
    """The same of an average: to the yuan, from ten thousand on to the hundred; a count to one decimal."""
    if value is None or unit == RATE:
        return shown(value, unit, lang)
    if unit == MONEY:
        step = 100 if abs(value) >= 10_000 else 1
        return show_money(int(value / step + (0.5 if value >= 0 else -0.5)) * step * 100, lang)
    return f"{int(value * 10 + 0.5 + 1e-9) / 10:.1f}"
