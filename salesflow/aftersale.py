"""After the deal, pure: care visits, when stock runs out, whether a service plan was kept (F17, L10, L1).

Nothing of it is stored: it follows from the orders, the answered follow-ups and the process each time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from salesflow.processes import Care

Worked = Callable[[date], date]  # a day itself where it is worked, else the nearest on one side that is

UPCOMING, DUE, LATE, DONE, MISSED = "upcoming", "due", "late", "done", "missed"
ASKED, STOPPED = "asked", "stopped"
RHYTHM, CYCLE = "rhythm", "product"  # where the length of a cycle comes from
KNOWN_FROM = 3  # days of purchase: two gaps between them


def plus(day: date, days: int) -> date:
    """The day so many days later, no later than the last that there is."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


# Care visits


class Visit(NamedTuple):
    """A care visit of one order: its day, and the days within which a follow-up does for it."""

    point: Care
    due: date
    opens: date
    closes: date


def visits(care: Sequence[Care], start: date, worked: Worked) -> tuple[Visit, ...]:
    """The care visits of an order delivered (else signed) on ``start``; their days and windows do not overlap.

    ``worked`` gives the day itself or the next that is worked. A window begins in the middle from the visit
    before (from ``start`` for the first); the last ends as many days after its day as it began before it.
    """
    days = [start]
    for point in care:
        days.append(worked(max(plus(start, point.day), plus(days[-1], 1))))
    opens = [plus(one, ((two - one).days + 1) // 2) for one, two in zip(days, days[1:], strict=False)]
    closes = [one - timedelta(days=1) for one in opens[1:]]
    closes += [plus(days[-1], (days[-1] - one).days) for one in opens[-1:]]
    return tuple(map(Visit, care, days[1:], opens, closes))


def done_on(visit: Visit, answered: Sequence[date], today: date) -> date | None:
    """The first day in the visit's window with an answered follow-up; ``answered`` goes upwards."""
    place = bisect_left(answered, visit.opens)
    if place == len(answered) or answered[place] > min(visit.closes, today):
        return None
    return answered[place]


def visit_state(visit: Visit, done: date | None, today: date) -> str:
    """``done``; ``missed`` once its window is over; else ``upcoming``, ``due`` on its day, ``late`` after it."""
    if done:
        return DONE
    if today > visit.closes:
        return MISSED
    return UPCOMING if today < visit.due else DUE if today == visit.due else LATE


# Re-orders


class Purchase(NamedTuple):
    """An order that brought goods: when they came, and of which products; none where it names none."""

    order_id: int
    uid: str
    on: date
    products: tuple[str, ...] = ()


class Supply(NamedTuple):
    """How long a customer's stock of a product lasts; ``product`` is '' where no order names one.

    ``basis`` says where ``cycle`` comes from; after ``stops`` nobody reminds any more.
    """

    product: str
    last: Purchase
    bought: int
    cycle: int
    basis: str
    ends: date
    remind: date
    stops: date


def supplies(
    purchases: Iterable[Purchase], cycles: Mapping[str, int], ahead: int, worked: Worked
) -> tuple[Supply, ...]:
    """The stock of each product that a customer has bought and whose cycle is known, by when it ends.

    ``cycles`` are the products' own, ``ahead`` the days before the end on which to remind; ``worked`` gives
    the day itself or the last before it that is worked. A purchase without a product is one of each.
    """
    ranked = sorted(purchases, key=lambda one: (one.on, one.order_id))
    named = dict.fromkeys(name for one in ranked for name in one.products)
    found = [
        _supply(
            name, [one for one in ranked if name in one.products or not one.products], cycles, ahead, worked
        )
        for name in named or ("",)
    ]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.ends, one.product)))


def _supply(
    product: str, bought: Sequence[Purchase], cycles: Mapping[str, int], ahead: int, worked: Worked
) -> Supply | None:
    days = sorted({one.on for one in bought})
    own = rhythm(days)
    cycle = own or cycles.get(product)
    if not cycle or not days:
        return None
    ends = plus(days[-1], cycle)
    remind = max(worked(ends - timedelta(days=ahead)), plus(days[-1], 1))
    basis = RHYTHM if own else CYCLE
    return Supply(product, bought[-1], len(days), cycle, basis, ends, remind, plus(ends, cycle))


def rhythm(days: Sequence[date]) -> int | None:
    """The median of the days between purchases, half a day dropped; None before three of them.

    ``days`` go upwards, each of them once.
    """
    if len(days) < KNOWN_FROM:
        return None
    gaps = sorted((two - one).days for one, two in zip(days, days[1:], strict=False))
    half = len(gaps) // 2
    return gaps[half] if len(gaps) % 2 else (gaps[half - 1] + gaps[half]) // 2


def asked_on(supply: Supply, answered: Sequence[date], today: date) -> date | None:
    """The day on which somebody answered us since the reminder began; ``answered`` goes upwards."""
    place = bisect_left(answered, supply.remind)
    return answered[place] if place < len(answered) and answered[place] <= today else None


def supply_state(supply: Supply, asked: date | None, today: date) -> str:
    """``upcoming``, then ``due``, ``late`` once the stock has ended, ``asked``; ``stopped`` after another cycle."""
    if today > supply.stops:
        return STOPPED
    if today < supply.remind:
        return UPCOMING
    if asked:
        return ASKED
    return DUE if today <= supply.ends else LATE


# Service plans


def service_due(every: int, since: date, last: date | None, worked: Worked) -> date:
    """The day by which the plan wants the next contact: ``every`` days after the last, or after ``since``.

    ``since`` is the day of the first order; a contact before it was for the deal. ``worked`` gives the day
    itself or the next that is worked.
    """
    return worked(plus(max(since, last or since), every))
