"""What to know just before a visit or a call: the people, their phones, the promise, what to find out."""

from __future__ import annotations

from datetime import date

from salesflow import funnel
from salesflow.names import label
from salesflow.reports import show
from salesflow.store.rows import Connection
from salesflow.texts import t


def lines(connection: Connection, lead_id: int, lang: str, today: date) -> list[str]:
    """A few lines, the lead's name first."""
    file = show.read(connection, lead_id, lang, today)
    lead = file.lead
    found = [f"#{lead.id} {label(lead)}"]
    found += [f"  {one.name}  {' '.join(one.phones) or one.wechat or '-'}" for one in file.people]
    if lead.next_date:
        when = show.day_text(lead.next_date, lang, today)
        found.append("  " + t("log.before_promise", lang, when=when, what=lead.next_reason or "").rstrip())
    question = funnel.ask(file.process, file.facts)
    if question:
        found.append("  " + t("log.before_ask", lang, ask=question[1][lang]))
    return found
