"""What of today's reminders is money: payments due on the day, the day after, and on each seventh day late (L6).

A Monday reminds of what the weekend would have: many open no list on these days.
"""

from __future__ import annotations

from datetime import date, timedelta

from salesflow.money import show_money
from salesflow.names import label_of
from salesflow.receivables import Part
from salesflow.reports import owing
from salesflow.reports.after_today import Reminder
from salesflow.reports.processes import Processes
from salesflow.reports.show_base import day_text
from salesflow.reports.today_screen import Ask
from salesflow.store import orders, service
from salesflow.store.rows import Connection
from salesflow.texts import t

AGAIN = 7  # days between two reminders of what is late
LONGEST = 13 * AGAIN  # what is later than a quarter stands in `payment due` alone


def build(connection: Connection, ask: Ask, last: date, processes: Processes) -> list[Reminder]:
    """One line for each lead of which a payment is due by ``last``, or has been late for a day or for weeks."""
    days = _days(ask.day, last)
    terms = {processes[code].payment_days for code in processes.followed}
    ids = orders.leads_due(connection, [one.isoformat() for one in days], terms)
    heads = service.standing(connection, ids)
    found = []
    for lead_id, balance in owing.of_leads(connection, ask.day, sorted(heads), processes).items():
        parts = [part for account in balance.accounts for part in account.parts if part.open_fen]
        waiting = [part for part in parts if part.due_on in days]
        if waiting:
            first = min(part.due_on for part in waiting)
            found.append(
                Reminder("payment", first.isoformat(), heads[lead_id], _text(heads[lead_id], waiting, ask))
            )
    return sorted(found, key=lambda one: (one.on, one.lead[0]))


def _days(day: date, last: date) -> frozenset[date]:
    ahead = min((last - day).days, 366)
    late = {1, *range(AGAIN, LONGEST + 1, AGAIN)}
    if day.weekday() == 0:
        late |= {one + more for one in (0, *late) for more in (1, 2)}
    return frozenset(
        [
            *(day + timedelta(days=one) for one in range(ahead + 1)),
            *(day - timedelta(days=one) for one in late if one <= (day - date.min).days),
        ]
    )


def _text(lead: tuple[object, ...], waiting: list[Part], ask: Ask) -> str:
    amount = show_money(sum(part.open_fen for part in waiting), ask.lang)
    first = min(part.due_on for part in waiting)
    late = (ask.day - first).days
    key = "due.today_late" if late > 0 else "due.today"
    name, short, city = (None if one is None else str(one) for one in lead[1:4])
    on = t("today.today", ask.lang) if not late else day_text(first.isoformat(), ask.lang, ask.day)
    return t(key, ask.lang, lead=label_of(name or "", short, city), amount=amount, on=on, days=late)
