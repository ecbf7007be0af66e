"""Care visits and re-orders as events of the calendar: one uid for each through all that becomes of it (F17, L10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from salesflow import aftersale
from salesflow.aftersale import Purchase
from salesflow.processes import Process
from salesflow.reports.customers import Customers, purchase
from salesflow.reports.heads import heads
from salesflow.reports.processes import Processes
from salesflow.store import service
from salesflow.store.rows import Connection
from salesflow.store.service import OrderDay
from salesflow.texts import t

CARE, REORDER = "care", "reorder"


class After(NamedTuple):
    """One event: its uid, day and what it is for; ``stands`` is false where the phone is to forget it."""

    kind: str
    uid: str
    lead_id: int
    on: str
    what: str
    more: tuple[str, ...]
    stands: bool
    open: bool


def events(connection: Connection, first: str, last: str, day: date, lang: str) -> list[After]:
    """The care visits and re-orders from ``first`` to ``last``, those of cancelled and undone orders as cancelled."""
    gone = [*service.cancelled(connection), *service.undone(connection, first)]
    if not gone and not service.has_orders(connection):
        return []
    customers = Customers(connection, None, day)
    known = heads(connection, [*customers.orders, *(one.lead_id for one in gone)])
    alive = service.standing(connection, known)
    processes = Processes(connection)
    found: list[After] = []
    for lead_id, lead in known.items():
        process = processes[lead.process]
        lost = [one for one in gone if one.lead_id == lead_id]
        made = [
            *_care(customers, lead_id, process, lost, lang),
            *_stock(customers, lead_id, process, lost, lang),
        ]
        found += made if lead_id in alive else [one._replace(stands=False, open=False) for one in made]
    return [one for one in found if first <= one.on <= last]


def _care(
    customers: Customers, lead_id: int, process: Process, gone: Sequence[OrderDay], lang: str
) -> Iterator[After]:
    for one in customers.care(lead_id, process):
        # one that was done before its day left nothing to do then; one that was done on it stays
        stands = one.done is None or one.done >= one.visit.due
        yield _visit(one.order, one.visit, lang, stands=stands, waits=one.done is None)
    for order in gone:
        for visit in aftersale.visits(process.care, date.fromisoformat(order.start), customers.next_workday):
            yield _visit(order, visit, lang, stands=False, waits=False)


def _visit(order: OrderDay, visit: aftersale.Visit, lang: str, *, stands: bool, waits: bool) -> After:
    point = visit.point
    more = (t("care.of_order", lang, on=order.start),)
    uid = f"care-{order.uid}-{point.code}"
    return After(CARE, uid, order.lead_id, visit.due.isoformat(), point.title(lang), more, stands, waits)


def _stock(
    customers: Customers, lead_id: int, process: Process, gone: Sequence[OrderDay], lang: str
) -> Iterator[After]:
    """What was called to mind after each purchase, until the next one made it needless."""
    orders = [one for one in customers.orders.get(lead_id, ()) if not one.framework]
    bought = sorted(map(purchase, orders), key=lambda one: (one.on, one.order_id))
    for place, one in enumerate(bought):
        yield from _after_purchase(
            customers, lead_id, process, bought[: place + 1], one, bought[place + 1 :], lang
        )
    for order in gone:
        if not order.framework:
            last = purchase(order)
            before = [one for one in bought if one.on <= last.on]
            yield from _after_purchase(customers, lead_id, process, [*before, last], last, None, lang)


def _after_purchase(
    customers: Customers,
    lead_id: int,
    process: Process,
    known: Sequence[Purchase],
    last: Purchase,
    later: Sequence[Purchase] | None,
    lang: str,
) -> Iterator[After]:
    # ``later``: the purchases that came after it; None where the purchase itself is gone
    found = [one for one in customers.stock(known, process) if one.last.uid == last.uid]
    for number, one in enumerate(sorted(found, key=lambda one: one.product), 1):
        following = [
            each.on
            for each in later or ()
            if not each.products or not one.product or one.product in each.products
        ]
        stands = later is not None and (not following or following[0] > one.remind)
        name = customers.product_title(lead_id, one.product) or t("reorder.any_product", lang)
        by = "reorder.by_rhythm" if one.basis == aftersale.RHYTHM else "reorder.by_product"
        more = (
            t("reorder.until", lang, on=one.ends.isoformat()),
            t(by, lang, days=one.cycle, count=one.bought),
        )
        uid = f"reorder-{last.uid}" + (f"-{number}" if number > 1 else "")
        yield After(
            REORDER, uid, lead_id, one.remind.isoformat(), name, more, stands, stands and not following
        )
