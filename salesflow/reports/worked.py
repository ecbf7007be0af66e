"""The days that are worked, for reports that reckon with them."""

from __future__ import annotations

from datetime import date

from salesflow.dates import WorkCalendar
from salesflow.store import settings
from salesflow.store.rows import Connection

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar(connection: Connection) -> WorkCalendar:
    """The rep's own weekdays, else the Chinese calendar and what was imported, as the book says."""
    said = settings.get_setting(connection, "workdays")
    days = {date.fromisoformat(day): work for day, work in settings.workdays(connection).items()}
    week = frozenset(_DAYS.index(day) for day in said.split(",")) if said else None
    return WorkCalendar(days, week)
