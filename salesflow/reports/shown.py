"""A measure's value as people read it: an amount, a count, a share, and the average of several."""

from __future__ import annotations

from typing import Any

from salesflow.money import show_money

MONEY, COUNT, RATE = "money", "count", "rate"


def shown(value: float | None, unit: str, lang: str) -> Any:
    """The value as people read it, money as elsewhere."""
    if value is None:
        return None
    if unit == MONEY:
        return show_money(round(value * 100), lang)
    return f"{int(value * 100 + 0.5 + 1e-9)}%" if unit == RATE else value


def averaged(value: float | None, unit: str, lang: str) -> Any:
    """The same of an average: to the yuan, from ten thousand on to the hundred; a count to one decimal."""
    if value is None or unit == RATE:
        return shown(value, unit, lang)
    if unit == MONEY:
        step = 100 if abs(value) >= 10_000 else 1
        return show_money(int(value / step + (0.5 if value >= 0 else -0.5)) * step * 100, lang)
    return f"{int(value * 10 + 0.5 + 1e-9) / 10:.1f}"
