"""What is owed: orders, payments and days of payment put together (L6); pure, in whole fen.

``billed = paid + outstanding``, for a lead and for a book, whatever was cancelled, paid in advance or too much:
a lead that has paid more than its orders come to has a negative outstanding, its credit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from salesflow.models import Due, Payment, SalesOrder

# the bands of ageing: their code and the last day overdue that is in them
AGES: tuple[tuple[str, int], ...] = (("not_due", -1), ("0-30", 30), ("31-60", 60), ("61-90", 90))
OLDEST = "over_90"


class Part(NamedTuple):
    """A part of an order, the day on which it is to be paid, and what of it is not; negative days: to come."""

    due_on: date
    amount_fen: int
    open_fen: int
    days: int

    @property
    def days_overdue(self) -> int:
        """How many days it is late, 0 where it is not or is paid."""
        return max(self.days, 0) if self.open_fen else 0


class Account(NamedTuple):
    """An order that stands: what was paid for it and what is not, part by part, the first due first."""

    order: SalesOrder
    paid_fen: int
    outstanding_fen: int
    parts: tuple[Part, ...]

    @property
    def next_due(self) -> Part | None:
        """The first part that is not paid in full, None where all is."""
        return next((part for part in self.parts if part.open_fen), None)

    @property
    def days_overdue(self) -> int:
        """The days by which the latest of its parts is late."""
        return max((part.days_overdue for part in self.parts), default=0)

    @property
    def overdue_fen(self) -> int:
        """What of it should have been paid before the day."""
        return sum(part.open_fen for part in self.parts if part.days > 0)


class Balance(NamedTuple):
    """A lead's orders that stand, and its sums; ``outstanding_fen`` is negative where it has paid too much."""

    lead_id: int
    accounts: tuple[Account, ...]
    billed_fen: int
    paid_fen: int

    @property
    def outstanding_fen(self) -> int:
        """What was billed and not paid."""
        return self.billed_fen - self.paid_fen

    @property
    def credit_fen(self) -> int:
        """What was paid beyond all orders: in advance, or for an order that was cancelled."""
        return max(-self.outstanding_fen, 0)

    @property
    def overdue_fen(self) -> int:
        """What should have been paid before the day."""
        return sum(one.overdue_fen for one in self.accounts)

    @property
    def days_overdue(self) -> int:
        """The days by which the latest part is late."""
        return max((one.days_overdue for one in self.accounts), default=0)


def age(days: int) -> str:
    """The band of ageing of what is so many days overdue (negative: not due yet)."""
    return next((code for code, last in AGES if days <= last), OLDEST)


def ages(parts: Iterable[Part]) -> dict[str, int]:
    """What is open of these parts, by band of ageing; every band is in it."""
    found = dict.fromkeys((*(code for code, _ in AGES), OLDEST), 0)
    for part in parts:
        found[age(part.days)] += part.open_fen
    return found


def stands(order: SalesOrder, day: date) -> bool:
    """Whether the order was signed by the day and not cancelled by it."""
    on = day.isoformat()
    return order.signed_on <= on and not (order.cancelled_on and order.cancelled_on <= on)


def balances(
    orders: Iterable[SalesOrder],
    payments: Iterable[Payment],
    dues: Iterable[Due],
    day: date,
    terms: Mapping[int, int],
) -> dict[int, Balance]:
    """Every lead with an order or a payment by the day: what it owes at its end.

    ``terms`` are each lead's days of payment where an order has no day of its own. What was paid for an
    order beyond its amount, for one that was cancelled, or for none counts for the lead's other orders,
    the oldest first.
    """
    on = day.isoformat()
    sold: dict[int, list[SalesOrder]] = {}
    for order in sorted(orders, key=lambda one: (one.signed_on, one.id)):
        if stands(order, day):
            sold.setdefault(order.lead_id, []).append(order)
    paid: dict[int, list[Payment]] = {}
    for payment in payments:
        if payment.paid_on <= on:
            paid.setdefault(payment.lead_id, []).append(payment)
    planned: dict[int, list[Due]] = {}
    for due in dues:
        planned.setdefault(due.order_id, []).append(due)
    found = {}
    for lead_id in sorted({*sold, *paid}):
        theirs = sold.get(lead_id, [])
        shares = _shares(theirs, paid.get(lead_id, []))
        accounts = tuple(
            _account(one, shares[one.id], planned.get(one.id, []), day, terms.get(lead_id, 0))
            for one in theirs
        )
        billed = sum(one.amount_fen or 0 for one in theirs)
        found[lead_id] = Balance(
            lead_id, accounts, billed, sum(one.amount_fen for one in paid.get(lead_id, []))
        )
    return found


def _shares(orders: list[SalesOrder], payments: list[Payment]) -> dict[int, int]:
    # what of the payments counts for which order
    shares = {one.id: 0 for one in orders}
    free = 0
    for payment in payments:
        if payment.order_id in shares:
            shares[payment.order_id] += payment.amount_fen
        else:
            free += payment.amount_fen
    for order in orders:
        over = max(shares[order.id] - (order.amount_fen or 0), 0)
        shares[order.id] -= over
        free += over
    for order in orders:
        more = min(free, (order.amount_fen or 0) - shares[order.id])
        shares[order.id] += more
        free -= more
    return shares


def _account(order: SalesOrder, paid: int, dues: list[Due], day: date, terms: int) -> Account:
    parts, left = [], paid
    for due_on, amount in schedule(order, dues, day, terms):
        covered = min(left, amount)
        left -= covered
        parts.append(Part(due_on, amount, amount - covered, (day - due_on).days))
    return Account(order, paid, (order.amount_fen or 0) - paid, tuple(parts))


def schedule(order: SalesOrder, dues: Iterable[Due], day: date, terms: int) -> list[tuple[date, int]]:
    """(day, amount) of each part of the order as known on ``day``, the first due first; they sum up to it.

    What no day was named for is due ``terms`` days after the delivery, or after the signature until then.
    """
    left = order.amount_fen or 0
    found: list[tuple[date, int]] = []
    rest = None
    for due in sorted(dues, key=lambda one: (one.due_on, one.id)):
        if due.amount_fen is None:
            rest = rest or date.fromisoformat(due.due_on)
        else:
            part = min(due.amount_fen, left)
            left -= part
            if part:
                found.append((date.fromisoformat(due.due_on), part))
    if left:
        found.append((rest or usual_due(order, day, terms), left))
    return sorted(found)


def usual_due(order: SalesOrder, day: date, terms: int) -> date:
    """The day on which the order is to be paid where none was named."""
    delivered = order.delivered_on
    since = delivered if delivered and delivered <= day.isoformat() else order.signed_on
    return date.fromisoformat(since) + timedelta(days=terms)
