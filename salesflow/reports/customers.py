"""Customers after the deal, as far as reports, the day's list and the calendar need them: care visits, stock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

from salesflow import aftersale
from salesflow.aftersale import Purchase, Supply, Visit
from salesflow.dates import WorkCalendar
from salesflow.names import name_key
from salesflow.processes import Process
from salesflow.reports import worked
from salesflow.store import service
from salesflow.store.rows import Connection
from salesflow.store.service import OrderDay


class Care(NamedTuple):
    """A care visit of one order: when it was done, and how it stands."""

    order: OrderDay
    visit: Visit
    done: date | None
    state: str


class Reorder(NamedTuple):
    """The stock of a product at a customer: when it was asked about since the reminder began, how it stands."""

    supply: Supply
    product: str
    asked: date | None
    state: str


class Customers:
    """What follows from the orders and follow-ups of these leads (None: of all), as of ``day``; read at once."""

    def __init__(self, connection: Connection, lead_ids: Sequence[int] | None, day: date) -> None:
        self._connection = connection
        self.day = day
        self.orders = service.orders(connection, lead_ids, day.isoformat())
        ids = list(self.orders)
        told = service.answered(connection, ids, day.isoformat())
        self.answered = {one: [date.fromisoformat(text) for text in days] for one, days in told.items()}

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The days that are worked."""
        return worked.calendar(self._connection)

    @cached_property
    def next_workday(self) -> Callable[[date], date]:
        """The day itself, or the next that is worked; each day is looked up once."""
        return cache(self.calendar.next_workday)

    @cached_property
    def last_workday(self) -> Callable[[date], date]:
        """The day itself, or the last before it that is worked; each day is looked up once."""
        return cache(self.calendar.last_workday)

    @cached_property
    def _cycles(self) -> dict[str, int]:
        return {name_key(name): days for name, days in service.cycles(self._connection)}

    def care(self, lead_id: int, process: Process) -> list[Care]:
        """The care visits of every order of the lead, the first due first."""
        if not process.care:
            return []
        met = self.answered.get(lead_id, [])
        found = []
        for order in self.orders.get(lead_id, ()):
            start = date.fromisoformat(order.start)
            for visit in aftersale.visits(process.care, start, self.next_workday):
                done = aftersale.done_on(visit, met, self.day)
                found.append(Care(order, visit, done, aftersale.visit_state(visit, done, self.day)))
        return sorted(found, key=lambda one: (one.visit.due, one.order.id))

    def reorders(self, lead_id: int, process: Process) -> list[Reorder]:
        """The lead's stocks, by when they end."""
        bought = [purchase(one) for one in self.orders.get(lead_id, ()) if not one.framework]
        met = self.answered.get(lead_id, [])
        found = []
        for supply in self.stock(bought, process):
            asked = aftersale.asked_on(supply, met, self.day)
            state = aftersale.supply_state(supply, asked, self.day)
            found.append(Reorder(supply, self.product_title(lead_id, supply.product), asked, state))
        return found

    def stock(self, bought: Sequence[Purchase], process: Process) -> tuple[Supply, ...]:
        """How long what was bought lasts, by the cycles and the working days of the book."""
        return aftersale.supplies(bought, self._cycles, process.reorder_days, self.last_workday)

    def product_title(self, lead_id: int, key: str) -> str:
        """The product as the lead's first order of it was written; '' for none."""
        orders = self.orders.get(lead_id, ())
        return next((name for one in orders for name in one.products if name_key(name) == key), "")


def purchase(one: OrderDay) -> Purchase:
    """An order as a purchase of its products."""
    products = tuple(dict.fromkeys(map(name_key, one.products)))
    return Purchase(one.id, one.uid, date.fromisoformat(one.start), products)


def care_record(one: Care, day: date, lang: str, asks: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """A care visit in the keys of ``show`` and ``report service``; ``asks`` are the parties still to be asked for."""
    point, visit = one.visit.point, one.visit
    late = (day - visit.due).days if one.state == aftersale.LATE else 0
    return {
        "order_id": one.order.id,
        "code": point.code,
        "title": point.title(lang),
        "day": point.day,
        "via": point.via or None,
        "start": one.order.start,
        "due": visit.due.isoformat(),
        "opens": visit.opens.isoformat(),
        "closes": visit.closes.isoformat(),
        "state": one.state,
        "done_on": one.done.isoformat() if one.done else None,
        "days_late": late,
        "referral": point.referral,
        "ask_for": list(asks) if point.referral and not one.done else [],
    }


def reorder_record(one: Reorder, day: date) -> dict[str, Any]:
    """A stock in the keys of ``show`` and ``report service``; days_late: since it ended."""
    supply = one.supply
    late = (day - supply.ends).days if one.state in (aftersale.LATE, aftersale.STOPPED) else 0
    return {
        "product": one.product or None,
        "order_id": supply.last.order_id,
        "last_on": supply.last.on.isoformat(),
        "bought": supply.bought,
        "cycle_days": supply.cycle,
        "basis": supply.basis,
        "remind_on": supply.remind.isoformat(),
        "ends_on": supply.ends.isoformat(),
        "stops_on": supply.stops.isoformat(),
        "state": one.state,
        "asked_on": one.asked.isoformat() if one.asked else None,
        "days_late": max(late, 0),
    }


def parties(process: Process, linked: set[str], lang: str) -> list[dict[str, str]]:
    """The related parties of the process that a customer was not asked for yet (E7)."""
    return [
        {"code": one.code, "title": one.title(lang)} for one in process.relations if one.code not in linked
    ]


def horizon(process: Process) -> int:
    """How many days after an order the last window ends, days of rest left out."""
    if not process.care:
        return 0
    days = [0, *(one.day for one in process.care)]
    return days[-1] + (days[-1] - days[-2])
