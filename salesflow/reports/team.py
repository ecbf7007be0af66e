"""``report team``: what each rep did, and beneath them the whole (M5, K6); ``--by rep`` of any period."""

from __future__ import annotations

from salesflow.dates import WorkCalendar
from salesflow.reports import by_rep, parts
from salesflow.reports.period import Period
from salesflow.store.rows import Connection
from salesflow.tables import Report


def build(
    connection: Connection, period: Period, lang: str, calendar: WorkCalendar, explain: bool = False
) -> Report:
    """A row a rep; a book that holds one rep says so by its one row."""
    found = by_rep.build(connection, "team", period, lang, calendar)
    empty = parts.without_leads(connection, lang)
    if empty:
        first, *rest = found.sections
        found = found._replace(sections=(first._replace(after=(*first.after, *empty)), *rest))
    return parts.explained_too(found, "team", lang) if explain else found
