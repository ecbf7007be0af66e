"""Today's list: first contacts due, overdue, due, unplanned, in the order of the day (K1, F3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from salesflow import funnel
from salesflow.models import Contact, Lead
from salesflow.names import label, label_of
from salesflow.processes import Process
from salesflow.reports import today_screen
from salesflow.reports.facts import People
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.today_screen import Ask
from salesflow.store import followups, leads, reminders, service
from salesflow.store import today as store
from salesflow.store.rows import Connection
from salesflow.store.today import Day, Due, Rules, Waiting
from salesflow.tables import Report
from salesflow.texts import t

if TYPE_CHECKING:
    from salesflow.reports.after_today import Reminder


def build(connection: Connection, ask: Ask) -> Report:
    """Today's list as cli.md promises it (``today --json``)."""
    processes = Processes(connection)
    day = _day(ask, processes)
    counts = {bucket: store.count(connection, day, bucket) for bucket in store.BUCKETS}
    counts["untouched"] = store.count_untouched(connection, day)
    lines = [
        line for bucket in store.BUCKETS if counts[bucket] for line in store.listed(connection, day, bucket)
    ]
    items = _items(connection, ask, processes, store.order(day, lines))
    found, told = _reminders(connection, ask, day, processes, items)
    waiting = [] if ask.day == date.max else _waiting(connection, ask, day)
    data = {"date": ask.day.isoformat(), "counts": counts, "items": items, "reminders": found}
    report = today_screen.report(
        data,
        ask,
        {item["process"]: processes[item["process"]] for item in items},
        told,
        _awaited(waiting, ask),
    )
    report = report if items else report._replace(fields=FIELDS)
    if not ask.others:
        return report
    from salesflow.reports.discreet import by_surname

    return by_surname(
        report,
        connection,
        (
            *(one["lead_id"] for one in (*items, *found) if one["lead_id"]),
            *(one.lead_id for one in waiting),
        ),
    )


WAITING_SHOWN = 5


def _waiting(connection: Connection, ask: Ask, day: Day) -> list[Waiting]:
    # a deadline in the night to come is missed by whoever looks in the morning
    after = (ask.day + timedelta(days=1)).isoformat()
    return store.soon(connection, day, after, WAITING_SHOWN + 1)


def _awaited(found: list[Waiting], ask: Ask) -> str:
    if not found:
        return ""
    shown = found[:WAITING_SHOWN]
    heads = [f"#{one.lead_id} {label_of(one.name, one.short, one.city)} {one.deadline[11:]}" for one in shown]
    more = t("today.and_more", ask.lang) if len(found) > WAITING_SHOWN else ""
    return t("today.awaited", ask.lang, names="  ".join(heads) + more)


BIRTHDAY_DAYS = 7  # a birthday is named so many days before it comes


def _reminders(
    connection: Connection, ask: Ask, day: Day, processes: Processes, items: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    births = births_ahead(ask.day)
    found = [
        reminders.appointments(connection, day.date, day.last),
        reminders.birthdays(connection, list(births)),
        reminders.incidents(connection, day.date),
        reminders.conflicts(connection, [one["lead_id"] for one in items]),
    ]
    if ask.owner is not None:
        ids = {row[0] for rows in found for row in rows}
        mine = leads.owned(connection, list(ids), ask.owner)
        found = [[row for row in rows if row[0] in mine] for rows in found]
    after = _after_deal(connection, ask, day, processes) if service.has_orders(connection) else []
    records, lines = _plan(connection, ask, day)
    if not any(found) and not after:
        return records, lines
    from salesflow.reports.reminders import Found, build

    # where the deadline of a first contact stands in its place, the time is told
    timed = {one["lead_id"] for one in items if one["bucket"] != "first_contact"}
    first, told = build(Found(*found), after, births, ask, processes, timed)
    return first + records, told + lines


def _plan(connection: Connection, ask: Ask, day: Day) -> tuple[list[dict[str, Any]], list[str]]:
    # actions of the improvement plan are of no lead, area or grade
    if ask.area is not None or ask.grades is not None or not reminders.has_actions(connection, day.last):
        return [], []
    from salesflow.reports import improvement_today

    return improvement_today.build(connection, ask, day.last)


def _after_deal(connection: Connection, ask: Ask, day: Day, processes: Processes) -> list[Reminder]:
    from salesflow.reports import after_today, due_today

    last = date.fromisoformat(day.last)
    found = after_today.build(connection, ask, last, processes)
    found += due_today.build(connection, ask, last, processes)
    if found and ask.owner is not None:
        mine = leads.owned(connection, [one.lead[0] for one in found], ask.owner)
        found = [one for one in found if one.lead[0] in mine]
    return found


def births_ahead(day: date) -> dict[str, date]:
    """The birthdays (MM-DD) of the week from ``day`` and when they are kept; February 29th on that month's last."""
    found: dict[str, date] = {}
    for ahead in range(min(BIRTHDAY_DAYS, (date.max - day).days) + 1):
        on = day + timedelta(days=ahead)
        found[f"{on:%m-%d}"] = on
        if on.month == 2 and (on + timedelta(days=1)).month == 3:
            found["02-29"] = on
    return found


def _day(ask: Ask, processes: Processes) -> Day:
    rules = tuple(
        Rules(one.code, tuple(grade.code for grade in one.grades), one.first_contact_hours)
        for one in processes
    )
    last = ask.day + timedelta(days=min(ask.days, (date.max - ask.day).days))
    limit = -1 if ask.limit is None else ask.limit
    return Day(ask.day.isoformat(), last.isoformat(), rules, ask.area, ask.grades, limit, ask.owner)


def _items(connection: Connection, ask: Ask, processes: Processes, lines: list[Due]) -> list[dict[str, Any]]:
    ids = [line.lead_id for line in lines]
    found = leads.leads_by_id(connection, ids)
    people = People(connection, list(found.values()), processes)
    newest = followups.last_ones(connection, ids)
    planned = reminders.planned(connection, [one.id for one in found.values() if one.next_date])
    items = []
    for line in lines:
        lead = found[line.lead_id]
        process = processes[lead.process]
        note, met = newest[lead.id]
        person = who(people.of.get(lead.id, []), met)
        item = _item(ask, line, lead, process, person, people.facts(lead), note)
        item["purpose"], item["place"] = planned.get(lead.id, (None, None))
        items.append(item)
    return items


# the keys of an item, for a table in a file that has none
FIELDS = (
    "lead_id", "name", "bucket", "due", "time", "days_late", "reason", "via", "short", "ask", "ask_title", "last_note",
    "deadline", "value", "stage", "stage_title", "grade", "area", "contact", "phone", "followups", "visits",
    "last_followup", "passive", "process", "need", "key_target", "purpose", "place",
)  # fmt: skip


def who(people: list[Contact], met: int | None) -> Contact | None:
    """Whom to ask for: the one last met where they can be reached, else the first who can, else the first."""
    ranked = sorted(people, key=lambda one: (not one.reachable, one.id != met, one.id))
    return ranked[0] if ranked else None


def _item(
    ask: Ask,
    line: Due,
    lead: Lead,
    process: Process,
    person: Contact | None,
    facts: funnel.Facts,
    note: str | None,
) -> dict[str, Any]:
    question = funnel.ask(process, facts)
    phones = person.phones if person and person.phones else ()
    waiting = lead.first_followup_at is None and lead.received_at and process.first_contact_hours
    deadline = _deadline(lead, process) if waiting else None
    return {
        "lead_id": lead.id,
        "name": lead.name,
        "bucket": line.bucket,
        "due": line.date,
        "time": line.time,
        "days_late": max(0, (ask.day - date.fromisoformat(line.date)).days) if line.date else 0,
        "reason": lead.next_reason,
        "via": lead.next_via or (process.default_via if lead.next_date else None),
        "short": label(lead),
        "ask": question[0] if question else None,
        "ask_title": question[1][ask.lang] if question else None,
        "last_note": note,
        "deadline": deadline,
        "value": money(lead.goal_fen),
        "stage": lead.stage,
        "stage_title": process.known("stage", lead.stage).title(ask.lang),
        "grade": lead.grade,
        "area": lead.area,
        "contact": person.name if person else None,
        "phone": phones[0] if phones else lead.phone,
        "followups": lead.followups,
        "visits": lead.visits,
        "last_followup": lead.last_followup_at[:10] if lead.last_followup_at else None,
        "passive": lead.passive,
        "process": lead.process,
        "need": lead.need,
        "key_target": lead.key_target,
    }


def _deadline(lead: Lead, process: Process) -> str:
    received = datetime.fromisoformat(lead.received_at or "")
    return funnel.deadline(received, process.first_contact_hours).isoformat(timespec="minutes")
