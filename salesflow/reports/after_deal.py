"""A customer's time after the deal, in the file and on the page before a visit: plan, care visits, stock (F17, L1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from salesflow import aftersale
from salesflow.aftersale import ASKED, DONE, DUE, LATE, MISSED, STOPPED, UPCOMING
from salesflow.models import Lead
from salesflow.processes import CustomerClass, Process, short_title
from salesflow.reports import worked
from salesflow.reports.customers import Customers, care_record, parties, reorder_record
from salesflow.reports.show_base import day_text
from salesflow.store import service
from salesflow.store.rows import Connection
from salesflow.tables import Section
from salesflow.texts import t

AHEAD = 1  # care visits to come that a screen names


def records(connection: Connection, lead: Lead, process: Process, lang: str, today: date) -> dict[str, Any]:
    """``care``, ``reorders`` and ``service_plan`` of ``show --json``."""
    customers = Customers(connection, [lead.id], today)
    asks = parties(process, service.relations(connection, [lead.id]).get(lead.id, set()), lang)
    return {
        "care": [care_record(one, today, lang, asks) for one in customers.care(lead.id, process)],
        "reorders": [reorder_record(one, today) for one in customers.reorders(lead.id, process)],
        "service_plan": _service(connection, lead, process, lang, today),
    }


def _service(
    connection: Connection, lead: Lead, process: Process, lang: str, today: date
) -> dict[str, Any] | None:
    plan = plan_of(process, lead.customer_class)
    if plan is None:
        return None
    since = service.classed(connection, today.isoformat(), lead.id)[0].since
    last = service.last_answered(connection, [lead.id], today.isoformat()).get(lead.id)
    calendar = worked.calendar(connection)
    return plan_record(plan, since, last, today, calendar.next_workday, lang)


def plan_of(process: Process, code: str | None) -> CustomerClass | None:
    """The service plan of a class of the process; None where it has no such class."""
    return next((one for one in process.classes if one.code == code), None)


def plan_record(
    plan: CustomerClass,
    since: str,
    last: tuple[str, str] | None,
    today: date,
    calendar: aftersale.Worked,
    lang: str,
) -> dict[str, Any]:
    """What a plan wants of a customer, whom we last met ``last`` (time and way)."""
    met = date.fromisoformat(last[0][:10]) if last else None
    due = aftersale.service_due(plan.every, date.fromisoformat(since), met, calendar)
    return {
        "customer_class": plan.code,
        "class_title": plan.title(lang),
        "every": plan.every,
        "via": plan.via or None,
        "what": plan.what.get(lang),
        "since": since,
        "last_contact": last[0] if last else None,
        "last_via": last[1] if last else None,
        "due": due.isoformat(),
        "days_late": max((today - due).days, 0),
    }


def section(data: dict[str, Any], process: Process, lang: str, today: date) -> Section:
    """The plan, care visits due and the next, stock; empty for who has bought nothing."""
    lines = [*lines_of(data, process, lang, today)]
    return Section(heading=t("care.heading", lang) if lines else "", before=tuple(lines))


def lines_of(data: dict[str, Any], process: Process, lang: str, today: date) -> Iterator[str]:
    """What a screen says of the time after the deal, a line each."""
    if data["service_plan"]:
        yield plan_line(data["service_plan"], process, lang, today)
    waiting = [one for one in data["care"] if one["state"] in (DUE, LATE)]
    to_come = [one for one in data["care"] if one["state"] == UPCOMING][:AHEAD]
    for one in (*waiting, *to_come):
        yield care_line(one, process, lang, today)
    done, missed = (sum(one["state"] == state for one in data["care"]) for state in (DONE, MISSED))
    if done or missed:
        yield t("care.so_far", lang, done=done, missed=missed)
    for one in data["reorders"]:
        yield stock_line(one, lang, today)
    asks: list[dict[str, str]] = next((one["ask_for"] for one in waiting if one["ask_for"]), [])
    if asks:
        yield t("care.ask_for", lang, names=" / ".join(short(one["title"]) for one in asks))
        yield t("care.ask_how", lang, id=data["id"], code=asks[0]["code"])


def short(title: str) -> str:
    """A title as far as its first bracket."""
    return title.partition("（")[0].partition(" (")[0]


def plan_line(one: dict[str, Any], process: Process, lang: str, today: date) -> str:
    """The class, how often its plan wants a contact, and when the next is due."""
    met = day_text(one["last_contact"][:10], lang, today) if one["last_contact"] else "-"
    late = t("today.late", lang, days=one["days_late"]) if one["days_late"] else ""
    way = short_title(process.known_via(one["via"]), lang) if one["via"] else ""
    what = " ".join(part for part in (way, one["what"] or "") if part)
    due = day_text(one["due"], lang, today)
    values = {
        "title": short(one["class_title"]),
        "every": one["every"],
        "what": what,
        "last": met,
        "due": due,
    }
    return "  ".join(part for part in (late, t("care.plan", lang, **values).rstrip()) if part)


def care_line(one: dict[str, Any], process: Process, lang: str, today: date) -> str:
    """One care visit: when, how, what for, for which order."""
    way = short_title(process.known_via(one["via"]), lang) if one["via"] else ""
    parts = (
        t("care.visit", lang, on=day_text(one["due"], lang, today)),
        t("today.late", lang, days=one["days_late"]) if one["days_late"] else "",
        " ".join(part for part in (way, one["title"]) if part),
        t("care.of_order", lang, on=one["start"][5:]),
    )
    return "  ".join(part for part in parts if part)


def stock_line(one: dict[str, Any], lang: str, today: date) -> str:
    """One stock: until when it lasts, and how we know."""
    by = "reorder.by_rhythm" if one["basis"] == aftersale.RHYTHM else "reorder.by_product"
    parts = [
        t("reorder.line", lang, product=one["product"] or t("reorder.any_product", lang)),
        ends_text(one, lang, today),
        t(by, lang, days=one["cycle_days"], count=one["bought"]),
    ]
    if one["state"] == ASKED:
        parts.append(t("reorder.asked", lang, on=day_text(one["asked_on"], lang, today)))
    if one["state"] == STOPPED:
        parts.append(t("reorder.stopped", lang))
    return "  ".join(parts)


def ends_text(one: dict[str, Any], lang: str, today: date) -> str:
    """When the stock ends or ended, in words."""
    late = (today - date.fromisoformat(one["ends_on"])).days
    key = "reorder.ended" if late > 0 else "reorder.ends" if late else "reorder.ends_today"
    return t(key, lang, on=day_text(one["ends_on"], lang, today), days=abs(late))
