"""What to know just before a visit or a call, short: people, phones, the promise, the last word, what to find out."""

from __future__ import annotations

from datetime import date

from salesflow import funnel
from salesflow.names import label
from salesflow.reports import appointment, show
from salesflow.reports.show_base import File
from salesflow.reports.show_past import told
from salesflow.store import care
from salesflow.store.rows import Connection
from salesflow.texts import t

NAMED = 3  # objections, incidents


def lines(connection: Connection, lead_id: int, lang: str, today: date) -> list[str]:
    """A few lines, the lead's name first; ``prepare`` has the whole page."""
    file = show.read(connection, lead_id, lang, today)
    lead = file.lead
    found = [f"{one.name}  {' '.join(one.phones) or one.wechat or '-'}" for one in file.people]
    if lead.next_date:
        day = show.day_text(lead.next_date, lang, today)
        when = f"{day} {lead.next_time}" if lead.next_time else day
        found.append(t("log.before_promise", lang, when=when, what=lead.next_reason or "").rstrip())
    if file.data["planned"]:
        found += appointment.lines(file.data, lang)
    found += _last(file, lang, today)
    question = funnel.ask(file.process, file.facts)
    if question:
        found.append(t("log.before_ask", lang, ask=question[1][lang]))
    found += _open(connection, lead_id, lang)
    return [f"#{lead.id} {label(lead)}", *(f"  {text}" for text in found)]


def _last(file: File, lang: str, today: date) -> list[str]:
    # the newest word, and the hook that was left with it
    if not file.followups:
        return []
    newest = file.followups[0]
    said = told(
        newest._replace(learned=None, did=None, feedback=None, progress=None), file.process, lang, today
    )
    return [t("log.before_last", lang, text=said[0]), *said[1:]]


def _open(connection: Connection, lead_id: int, lang: str) -> list[str]:
    objections = [one.text for one in care.list_objections(connection, lead_id) if not one.worked]
    incidents = [one.text for one in care.list_incidents(connection, lead_id, open_only=True)]
    comma = t("show.comma", lang)
    return [
        t(f"log.before_{name}", lang, texts=comma.join(" ".join(text.split()) for text in texts[:NAMED]))
        for name, texts in (("objections", objections), ("incidents", incidents))
        if texts
    ]
