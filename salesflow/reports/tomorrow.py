"""What there is to do on the next working day, as it stood at the period's last moment: the end of the day's message.

It is what ``today`` lists for that day: first contacts due, promises overdue by then, promises of the day itself.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from salesflow.dates import WorkCalendar, weekday_name
from salesflow.reports import figures
from salesflow.reports.period import Period
from salesflow.store import metrics
from salesflow.texts import t

_AREAS = 5  # in the line


def line(book: figures.Book, period: Period, lang: str, calendar: WorkCalendar) -> str:
    """How many there are to do, of what kind, and in which areas."""
    nearest = period.last + timedelta(days=1)
    on = calendar.next_workday(nearest)
    day = t("week.chat_tomorrow", lang) if on == nearest else f"{on:%m-%d} {weekday_name(on, lang)}"
    kinds = _kinds(book, on.isoformat(), (on + timedelta(days=1)).isoformat(), period.moment)
    ids = [lead_id for found in kinds.values() for lead_id in found]
    if not ids:
        return t("week.chat_todo_none", lang, day=day)
    told = t("week.chat_todo", lang, day=day, count=len(ids))
    if len(kinds["due"]) < len(ids):
        parts = [t(f"week.chat_todo_{kind}", lang, count=len(some)) for kind, some in kinds.items() if some]
        told += t("week.chat_todo_kinds", lang, each=t("week.comma", lang).join(parts))
    areas = Counter(one["area"] for one in metrics.names_of(book.connection, ids).values() if one["area"])
    named = "  ".join(f"{area} {count}" for area, count in areas.most_common(_AREAS))
    return told + t("week.chat_colon", lang) + named if named else told


def _kinds(book: figures.Book, day: str, after: str, moment: str) -> dict[str, list[int]]:
    # a lead stands in one of them at most, the first that fits; a parked one comes back when its day has come
    hours = {process.code: process.first_contact_hours for process in book.processes.all()}
    leads = book.leads.open_at(moment)
    first = {
        lead.id
        for lead in leads
        if hours[lead.process]
        and lead.received_at
        and lead.received_at < figures.shifted(f"{after}T00:00", -hours[lead.process])
        and not (lead.first_followup_at and lead.first_followup_at <= moment)
    }
    promised = metrics.promised_by(book.connection, day, moment)
    open_ids = {lead.id for lead in leads}
    found = [one for one in promised if one not in first]
    return {
        "first_contact": sorted(first),
        "overdue": [one for one in found if one in open_ids and promised[one] < day],
        "due": [one for one in found if one not in open_ids or promised[one] == day],
    }
