"""The people at a lead, as ``contact LEAD`` shows them."""

from __future__ import annotations

from salesflow.names import label, surname
from salesflow.processes import short_title
from salesflow.reports.processes import Processes
from salesflow.reports.records import contact_record
from salesflow.store import contacts, leads
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t


def build(connection: Connection, lead_id: int, lang: str, *, others: bool = False) -> Report:
    """The lead's people in the order in which they were met; for ``others`` by their surnames."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    process = Processes(connection)[lead.process]
    found = contacts.list_contacts(connection, lead_id)
    comma = t("show.comma", lang)
    rows = tuple(
        Row(
            (
                one.id,
                surname(one.name) if others else one.name,
                one.title,
                comma.join(short_title(process.known("role", role), lang) for role in one.roles) or None,
                process.known("attitude", one.attitude).title(lang) if one.attitude else None,
                " ".join(one.phones) or None,
                None if others else one.wechat or one.email,
            )
        )
        for one in found
    )
    keys = ("id", "name", "title", "roles", "attitude", "phone", "wechat")
    columns = tuple(
        Column(key, t(f"show.person_{key}", lang), "phone" if key == "phone" else "text") for key in keys
    )
    after = () if rows else (t("contact.list_none", lang, id=lead.id, name=label(lead)),)
    section = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    return Report(data=[contact_record(one) for one in found], sections=(section,))
