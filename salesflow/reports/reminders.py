"""What the day is reminded of besides its list: appointments, birthdays, incidents, care, conflicts (E4, M4, M9, F9).

Today's list imports this only on a day that has any.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from salesflow.names import label_of
from salesflow.reports import appointment
from salesflow.reports.processes import Processes
from salesflow.reports.show_base import day_text
from salesflow.reports.today_screen import Ask
from salesflow.texts import t

if TYPE_CHECKING:
    from salesflow.reports.after_today import Reminder


class Found(NamedTuple):
    """The rows of ``store.reminders``: each begins with its lead."""

    appointments: Sequence[tuple[Any, ...]]
    birthdays: Sequence[tuple[Any, ...]]
    incidents: Sequence[tuple[Any, ...]]
    conflicts: Sequence[tuple[Any, ...]] = ()


def build(
    found: Found,
    after_deal: Sequence[Reminder],
    births: Mapping[str, date],
    ask: Ask,
    processes: Processes,
    timed: Container[int],
) -> tuple[list[dict[str, Any]], list[str]]:
    """``reminders`` of ``today --json``, and the lines for people.

    Appointments come by their time, then birthdays by day (``births``: on which day MM-DD comes),
    then incidents, care visits and stock that ends (``after_deal``), and leads of the list that
    somebody else has registered too. What is for others tells no birthdays. An appointment that says
    no more than the list's own line (``timed``: the leads whose line has the time) is no line of its own.
    """
    records, lines = [], []
    kept = Found(*([row for row in rows if _wanted(row, ask)] for rows in found))
    later = [one for one in after_deal if _wanted(one.lead, ask)]
    for kind, on, row, text, told in _all(kept, later, births, ask, processes, timed):
        records.append({"kind": kind, "lead_id": row[0], "on": on, "text": text})
        if told:
            lines.append(f"#{row[0]} {text}")
    return records, lines


def _wanted(row: tuple[Any, ...], ask: Ask) -> bool:
    area, grade = row[4], row[5] or ""
    return (ask.area is None or area == ask.area) and (ask.grades is None or grade in ask.grades)


def _all(
    found: Found,
    after_deal: Sequence[Reminder],
    births: Mapping[str, date],
    ask: Ask,
    processes: Processes,
    timed: Container[int],
) -> Iterator[tuple[str, str, tuple[Any, ...], str, bool]]:
    # kind, day, lead, text, and whether it is a line of its own
    for row in found.appointments:
        told = any(row[10:]) or row[0] not in timed
        yield "appointment", row[7], row, _appointment(row, ask, processes), told
    for row in sorted(found.birthdays, key=lambda one: births[one[9][-5:]]):
        on = births[row[9][-5:]]
        yield "birthday", on.isoformat(), row, _birthday(row, on, ask), not ask.others
    for row in found.incidents:
        yield "incident", row[9] or row[7], row, _incident(row, ask), True
    for one in after_deal:
        yield one.kind, one.on, one.lead, one.text, True
    for row in found.conflicts:
        yield "conflict", row[7], row, _conflict(row, ask), True


def _label(row: tuple[Any, ...]) -> str:
    return label_of(row[1], row[2], row[3])


def _appointment(row: tuple[Any, ...], ask: Ask, processes: Processes) -> str:
    day, time, reason, purpose, place, booked_by, keeper = row[7:]
    title = processes[row[6]].known("purpose", purpose).title(ask.lang) if purpose else ""
    who = appointment.who(booked_by, keeper, ask.lang)
    when = time if day == ask.day.isoformat() else f"{day_text(day, ask.lang, ask.day)} {time}"
    return "  ".join(part for part in (when, _label(row), reason or "", title, place or "", who) if part)


def _birthday(row: tuple[Any, ...], on: date, ask: Ask) -> str:
    name, title = row[7], row[8]
    away = (on - ask.day).days
    soon = t("today.today" if away == 0 else "today.days_ahead", ask.lang, days=away)
    person = f"{name} {title}" if title else name
    when = day_text(on.isoformat(), ask.lang, ask.day)
    return t("today.birthday", ask.lang, when=when, soon=soon, lead=_label(row), person=person)


def _conflict(row: tuple[Any, ...], ask: Ask) -> str:
    conflict_id, other_id, owner = row[8:]
    values = {"id": conflict_id, "other_id": other_id, "owner": owner or "-"}
    return t("conflicts.today", ask.lang, lead=_label(row), **values)


def _incident(row: tuple[Any, ...], ask: Ask) -> str:
    opened, text, due = row[7:]
    since = day_text(opened, ask.lang, ask.day)
    values = {"lead": _label(row), "text": " ".join(text.split()), "since": since}
    if due is None:
        return t("today.incident", ask.lang, **values)
    late = (ask.day - date.fromisoformat(due)).days
    key = "today.incident_late" if late > 0 else "today.incident_due"
    return t(key, ask.lang, due=day_text(due, ask.lang, ask.day), days=late, **values)
