"""The value formula (E2), exact: sales = visits a day x working days x closing rate x average order.

Solved for any one of the five. Money is in fen; a rate is a share (1/20); nothing is rounded here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

NAMES = ("sales", "visits", "days", "rate", "order")


class Factors(NamedTuple):
    """Sales of the period and the four that make them; None is what is not known."""

    sales: Fraction | None = None
    visits: Fraction | None = None
    days: Fraction | None = None
    rate: Fraction | None = None
    order: Fraction | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of those that are not known."""
        return tuple(name for name in NAMES if getattr(self, name) is None)


def solve(known: Factors) -> Factors:
    """All five, the one that was not known made of the others.

    Raises ValueError where not exactly one is unknown, or where it would be a division by nothing.
    """
    if len(known.unknown) != 1:
        raise ValueError(f"one must be unknown, not {len(known.unknown)}")
    wanted = known.unknown[0]
    product = Fraction(1)
    for name in NAMES[1:]:
        product *= 1 if name == wanted else getattr(known, name)
    if wanted == "sales":
        return known._replace(sales=product)
    if not product:
        raise ValueError("one of the others is 0")
    sales = known.sales if known.sales is not None else Fraction(0)
    return known._replace(**{wanted: sales / product})
