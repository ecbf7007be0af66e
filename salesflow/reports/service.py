"""``report service``: care visits and re-orders due, and whose service plan was not kept (F17, L10, L1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from salesflow.aftersale import ASKED, DONE, DUE, LATE, MISSED, RHYTHM, STOPPED, UPCOMING
from salesflow.processes import short_title, way_title
from salesflow.reports.after_deal import ends_text, plan_of, plan_record, short
from salesflow.reports.customers import Customers, care_record, parties, reorder_record
from salesflow.reports.heads import Head, heads
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.show_base import day_text
from salesflow.store import service
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

AHEAD = 7  # days for which it tells what is to come
RECORD = ("list", "lead_id", "name", "short", "what", "due", "days_late", "last_contact", "order_id")


class Service(Report):
    """A report whose records are the lines of its lists, one after the other."""

    def items(self) -> list[dict[str, Any]]:
        """Care visits, re-orders and the audit as lines of one table."""
        found = []
        for name in ("care", "missed"):
            found += [_record(name, one, one["title"], one["due"]) for one in self.data[name]]
        for name in ("reorders", "stopped"):
            found += [_record(name, one, one["product"], one["ends_on"]) for one in self.data[name]]
        return found + [_record("audit", one, one["class_title"], one["due"]) for one in self.data["audit"]]


def _record(name: str, one: dict[str, Any], what: str | None, due: str) -> dict[str, Any]:
    values = (name, one["lead_id"], one["name"], one["short"], what, due, one["days_late"])
    return dict(zip(RECORD, (*values, one.get("last_contact"), one.get("order_id")), strict=True))


class _Book(NamedTuple):
    # what the lists are made of
    processes: Processes
    known: dict[int, Head]
    span: Period
    lang: str

    @property
    def day(self) -> date:
        return self.span.day


def build(connection: Connection, period: Period, lang: str, rep: str) -> Report:
    """What is due on the last day of the period that has begun; what was done, missed or lost in the period."""
    customers = Customers(connection, None, period.day)
    classed = service.classed(connection, period.day.isoformat())
    leads = service.standing(connection, [*customers.orders, *(one.id for one in classed)])
    book = _Book(Processes(connection), heads(connection, leads), period, lang)
    care = _care(connection, customers, [one for one in customers.orders if one in leads], book)
    stock = _stock(customers, [one for one in customers.orders if one in leads], book)
    kept, audit = _audit(connection, classed, book)
    listed = [code for code in book.processes.followed if book.processes[code].classes]
    unclassed = [one for one in service.unclassed(connection, listed) if one in leads]
    data = {
        "report": "service",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "date": period.day.isoformat(),
        "complete": period.complete,
        "counts": {
            **{f"care_{state}": sum(one["state"] == state for one in care) for state in (DUE, LATE)},
            "care_ahead": sum(one["state"] == UPCOMING for one in care),
            "care_done": sum(one["state"] == DONE for one in care),
            "care_missed": sum(one["state"] == MISSED for one in care),
            **{f"reorder_{state}": sum(one["state"] == state for one in stock) for state in _STATES},
            "plans": kept + len(audit),
            "plans_not_kept": len(audit),
            "unclassed": len(unclassed),
        },
        "care": [one for one in care if one["state"] in (DUE, LATE, UPCOMING)],
        "missed": [one for one in care if one["state"] == MISSED],
        "reorders": [one for one in stock if one["state"] != STOPPED],
        "stopped": [one for one in stock if one["state"] == STOPPED],
        "audit": audit,
        "unclassed": unclassed,
    }
    return Service(data, _sections(data, book), _title(period, lang, rep), fields=RECORD)


_STATES = (DUE, LATE, UPCOMING, ASKED, STOPPED)


def _care(
    connection: Connection, customers: Customers, lead_ids: Sequence[int], book: _Book
) -> list[dict[str, Any]]:
    """The care visits that wait or come within the week, and those done or missed in the period."""
    linked = service.relations(connection, lead_ids)
    found = []
    for lead_id in lead_ids:
        process = book.processes[book.known[lead_id].process]
        asks = parties(process, linked.get(lead_id, set()), book.lang)
        for one in customers.care(lead_id, process):
            on = {DONE: one.done, MISSED: one.visit.closes + timedelta(days=1), UPCOMING: one.visit.due}
            if _within(on.get(one.state, book.day), one.state, book):
                found.append(book.known[lead_id].record | care_record(one, book.day, book.lang, asks))
    return sorted(found, key=lambda one: (one["due"], one["lead_id"], one["order_id"]))


def _within(on: date | None, state: str, book: _Book) -> bool:
    if on is None:
        return False
    if state == UPCOMING:
        return on <= book.day + timedelta(days=AHEAD)
    return book.span.first <= on <= book.day


def _stock(customers: Customers, lead_ids: Sequence[int], book: _Book) -> list[dict[str, Any]]:
    """The stocks that end or are called to mind within the week; those that were given up in the period."""
    found = []
    for lead_id in lead_ids:
        process = book.processes[book.known[lead_id].process]
        for one in customers.reorders(lead_id, process):
            on = {UPCOMING: one.supply.remind, STOPPED: one.supply.stops + timedelta(days=1)}
            if _within(on.get(one.state, book.day), one.state, book):
                found.append(book.known[lead_id].record | reorder_record(one, book.day))
    return sorted(found, key=lambda one: (one["ends_on"], one["lead_id"], one["product"] or ""))


def _audit(
    connection: Connection, classed: Sequence[service.Classed], book: _Book
) -> tuple[int, list[dict[str, Any]]]:
    """How many plans were kept, and the customers whose was not, by how many days, the latest first."""
    from salesflow.reports.worked import calendar

    worked = calendar(connection).next_workday
    last = service.last_answered(connection, [one.id for one in classed], book.day.isoformat())
    kept, late = 0, []
    for one in classed:
        plan = plan_of(book.processes[one.process], one.customer_class)
        if plan is None:
            continue
        record = plan_record(plan, one.since, last.get(one.id), book.day, worked, book.lang)
        kept += not record["days_late"]
        if record["days_late"]:
            late.append(book.known[one.id].record | record | {"owner": one.owner})
    return kept, sorted(late, key=lambda one: (-one["days_late"], one["lead_id"]))


# On the screen


def _title(period: Period, lang: str, rep: str) -> str:
    return t("service.title", lang, label=period.label, day=day_text(period.day.isoformat(), lang), rep=rep)


def _sections(data: dict[str, Any], book: _Book) -> tuple[Section, ...]:
    counts, lang = data["counts"], book.lang
    sums = Section(before=(t("service.care_sum", lang, **counts), t("service.stock_sum", lang, **counts)))
    waiting = [one for one in data["care"] if one["state"] != UPCOMING]
    ahead = [one for one in data["care"] if one["state"] == UPCOMING]
    asked = [one for one in data["reorders"] if one["state"] == ASKED]
    stock = [one for one in data["reorders"] if one["state"] in (DUE, LATE)]
    soon = [one for one in data["reorders"] if one["state"] == UPCOMING]
    found = (
        sums,
        _table("care", waiting, book, _CARE),
        _table("ahead", ahead, book, _CARE),
        _table("reorders", stock, book, _STOCK),
        _table("reorders_ahead", soon, book, _STOCK),
        _table("asked", asked, book, _STOCK),
        _table("audit", data["audit"], book, _AUDIT),
        _table("missed", data["missed"], book, _CARE),
        _table("stopped", data["stopped"], book, _STOCK),
    )
    shown = [one for one in found if one.rows or one.before]
    if counts["unclassed"]:
        ids = " ".join(f"#{one}" for one in data["unclassed"][:NAMED])
        more = t("service.unclassed", lang, count=counts["unclassed"], ids=ids, id=data["unclassed"][0])
        shown.append(Section(before=(more,)))
    return tuple(shown)


NAMED = 5

_Cell = Callable[[dict[str, Any], _Book], Any]


def _lead(one: dict[str, Any], book: _Book) -> str:
    return f"#{one['lead_id']} {one['short']}"


def _late(one: dict[str, Any], book: _Book) -> str | None:
    return t("today.late", book.lang, days=one["days_late"]) if one["days_late"] else None


def _via(one: dict[str, Any], book: _Book) -> str | None:
    process = book.processes[book.known[one["lead_id"]].process]
    return short_title(process.known_via(one["via"]), book.lang) if one["via"] else None


def _last(one: dict[str, Any], book: _Book) -> str | None:
    if not one["last_contact"]:
        return None
    process = book.processes[book.known[one["lead_id"]].process]
    way = way_title(process.known_via(one["last_via"]), False, book.lang)
    return f"{one['last_contact'][:10]} {way}"


def _by(one: dict[str, Any], book: _Book) -> str:
    key = "reorder.by_rhythm" if one["basis"] == RHYTHM else "reorder.by_product"
    return t(key, book.lang, days=one["cycle_days"], count=one["bought"])


_CARE: dict[str, _Cell] = {
    "lead": _lead,
    "title": lambda one, book: one["title"],
    "via": _via,
    "due": lambda one, book: one["due"],
    "late": _late,
    "start": lambda one, book: one["start"],
}
_STOCK: dict[str, _Cell] = {
    "lead": _lead,
    "product": lambda one, book: one["product"],
    "ends": lambda one, book: ends_text(one, book.lang, book.day),
    "last": lambda one, book: one["last_on"],
    "by": _by,
}
_AUDIT: dict[str, _Cell] = {
    "lead": _lead,
    "class": lambda one, book: short(one["class_title"]),
    "every": lambda one, book: t("service.every", book.lang, days=one["every"]),
    "contact": _last,
    "due": lambda one, book: one["due"],
    "late": _late,
}
_LABELS = ("due", "start", "ends", "last", "by", "every", "contact")
_SHRINK = ("lead", "title", "product", "class", "by")
_KINDS = {"due": "date", "start": "date", "last": "date"}


def _table(name: str, lines: Iterable[dict[str, Any]], book: _Book, cells: dict[str, _Cell]) -> Section:
    rows = tuple(
        Row(tuple(cell(one, book) for cell in cells.values()), style="late" if one["days_late"] else "")
        for one in lines
    )
    columns = tuple(
        Column(key, t(f"service.column_{key}", book.lang), _KINDS.get(key, "text"), shrink=key in _SHRINK)
        for key in cells
    )
    heading = t(f"service.heading_{name}", book.lang, count=len(rows)) if rows else ""
    return Section(columns=columns, rows=rows, heading=heading, header=bool(rows), labels=_LABELS)
