"""What of the time after the deal stands in today's list: care visits due, stock that runs out (F17, L10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from salesflow import aftersale
from salesflow.aftersale import DUE, LATE, UPCOMING
from salesflow.names import label_of
from salesflow.processes import Care, Process, short_title
from salesflow.reports.after_deal import ends_text, short
from salesflow.reports.customers import Care as CareVisit
from salesflow.reports.customers import Customers, horizon, parties, reorder_record
from salesflow.reports.processes import Processes
from salesflow.reports.show_base import day_text
from salesflow.reports.today_screen import Ask
from salesflow.store import service
from salesflow.store.rows import Connection
from salesflow.texts import t


class Reminder(NamedTuple):
    """One line of the reminders: what kind, from when, whose (the LEAD columns), and what it says."""

    kind: str
    on: str
    lead: tuple[Any, ...]
    text: str


CARE, REORDER = "care", "reorder"
# by no more days than these do days of rest push a care visit: the national ones, those of a calendar of one's own
REST, IMPORTED_REST = 14, 60


def build(connection: Connection, ask: Ask, last: date, processes: Processes) -> list[Reminder]:
    """One line for each lead that a care visit is due at by ``last``, and one for each whose stock ends."""
    used = {code: processes[code] for code in processes.followed}
    rest = IMPORTED_REST if service.own_days(connection) else REST
    ids = set(_uncared(connection, ask.day, last, used.values(), rest)) | _buyers(connection, ask.day)
    leads = service.standing(connection, sorted(ids))
    customers = Customers(connection, list(leads), ask.day)
    linked = service.relations(connection, list(leads))
    found: list[Reminder] = []
    for lead_id, lead in leads.items():
        process = used[lead[6]]
        found += _care(customers, lead, process, ask, last, linked.get(lead_id, set()))
        found += _stock(customers, lead, process, ask, last)
    return sorted(found, key=lambda one: (one.kind, one.on, one.lead[0]))


def _uncared(
    connection: Connection, day: date, last: date, used: Iterable[Process], rest: int
) -> Iterator[int]:
    # by each care visit of each process: the orders that may be waiting for it, without those of whom
    # somebody answered since its window opened at the latest
    for process in used:
        ends = horizon(process)
        before = 0
        for place, point in enumerate(process.care):
            after = _middle(point, process.care[place + 1]) if place + 1 < len(process.care) else ends
            opens = (before + point.day + 1) // 2 + rest
            first = _back(day, after + rest)
            yield from service.uncared(connection, process.code, first, _back(last, point.day), opens)
            before = point.day


def _middle(one: Care, two: Care) -> int:
    return (one.day + two.day + 1) // 2


def _back(day: date, days: int) -> str:
    return (day - timedelta(days=min(days, (day - date.min).days))).isoformat()


def _buyers(connection: Connection, day: date) -> set[int]:
    longest = max((days for _, days in service.cycles(connection)), default=0)
    return service.buyers(connection, aftersale.KNOWN_FROM, day.isoformat(), 2 * longest)


def _care(
    customers: Customers, lead: tuple[Any, ...], process: Process, ask: Ask, last: date, linked: set[str]
) -> Iterator[Reminder]:
    # several orders of one customer are one visit: the line tells the first that is due, and how many there are
    waiting = [one for one in customers.care(lead[0], process) if _is_near(one, last)]
    if not waiting:
        return
    first = waiting[0]
    asks = [
        short(one["title"])
        for one in parties(process, linked, ask.lang)
        if any(each.visit.point.referral for each in waiting)
    ]
    way = short_title(process.known_via(first.visit.point.via), ask.lang) if first.visit.point.via else ""
    parts = [
        t("care.today", ask.lang, lead=_label(lead)),
        " ".join(part for part in (way, first.visit.point.title(ask.lang)) if part),
        _when(first.visit.due, ask),
        t("care.today_orders", ask.lang, count=len(waiting)) if len(waiting) > 1 else "",
        t("care.today_ask" if len(asks) == 1 else "care.today_asks", ask.lang, name=asks[0]) if asks else "",
    ]
    yield Reminder(CARE, first.visit.due.isoformat(), lead, "  ".join(part for part in parts if part))


ASKED = 3  # parties to ask for that one line names


def _is_near(one: CareVisit, last: date) -> bool:
    return one.state in (DUE, LATE) or (one.state == UPCOMING and one.visit.due <= last)


def _stock(
    customers: Customers, lead: tuple[Any, ...], process: Process, ask: Ask, last: date
) -> Iterator[Reminder]:
    waiting = [
        one
        for one in customers.reorders(lead[0], process)
        if one.state in (DUE, LATE) or (one.state == UPCOMING and one.supply.remind <= last)
    ]
    if not waiting:
        return
    first = waiting[0]
    more = t("reorder.today_more", ask.lang, count=len(waiting) - 1) if len(waiting) > 1 else ""
    one = reorder_record(first, ask.day)
    by = "reorder.by_rhythm" if one["basis"] == aftersale.RHYTHM else "reorder.by_product"
    values = {
        "product": one["product"] or t("reorder.any_product", ask.lang),
        "when": ends_text(one, ask.lang, ask.day),
        "basis": t(by, ask.lang, days=one["cycle_days"], count=one["bought"]),
    }
    text = "  ".join(
        part for part in (t("reorder.today", ask.lang, lead=_label(lead), **values), more) if part
    )
    yield Reminder(REORDER, first.supply.remind.isoformat(), lead, text)


def _when(due: date, ask: Ask) -> str:
    late = (ask.day - due).days
    if late > 0:
        return t("today.late", ask.lang, days=late)
    if late == 0:
        return t("today.today", ask.lang)
    return day_text(due.isoformat(), ask.lang, ask.day)


def _label(lead: tuple[Any, ...]) -> str:
    return label_of(lead[1], lead[2], lead[3])
