"""Whether 3/4/2018 is the 3rd or the 4th: settled by a whole column, never by one cell."""

from __future__ import annotations

from salesflow.dates import date_orders, parse_date_cell
from salesflow.errors import Usage

ORDERS = ("ymd", "dmy", "mdy")


class DateOrder:
    """The orders that a column's cells leave over, cell after cell."""

    def __init__(self) -> None:
        self._left = frozenset(ORDERS)
        self._unclear = ""

    def see(self, text: str) -> None:
        """One more cell; what is no date in figures says nothing."""
        orders = date_orders(text)
        if not orders:
            return
        self._left &= orders
        if not self._unclear and _is_unclear(text):
            self._unclear = text

    @property
    def is_open(self) -> bool:
        """Whether the cells so far can be read in more ways than one."""
        return bool(self._unclear) and len(self._left) > 1

    @property
    def order(self) -> str:
        """The one order left; '' where each cell is to be read for itself, or refused."""
        return next(iter(self._left)) if len(self._left) == 1 else ""

    @property
    def readings(self) -> str:
        """The first cell that can be two days, in each of the ways left: ``2018-04-03 = dmy, …``."""
        days = {order: parse_date_cell(self._unclear, order).date for order in ORDERS if order in self._left}
        return ", ".join(f"{day.isoformat()} = {order}" for order, day in days.items())

    @property
    def unclear(self) -> str:
        """The first cell that can be two days, as it stands."""
        return self._unclear.strip()


def _is_unclear(text: str) -> bool:
    try:
        parse_date_cell(text)
    except Usage as error:
        return error.key == "dates.order_unclear"
    return False
