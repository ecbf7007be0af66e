"""The people at a lead, as ``contact LEAD`` shows them."""

from __future__ import annotations

from datetime import date

from salesflow.names import label, surname
from salesflow.reports import chain
from salesflow.reports.processes import Processes
from salesflow.reports.records import contact_record, in_chain
from salesflow.store import contacts, leads
from salesflow.store.rows import Connection
from salesflow.tables import Report, Section
from salesflow.texts import t

_KEYS = (
    "id", "chain", "name", "title", "roles", "department", "attitude", "weight", "phone", "wechat", "last_met",
)  # fmt: skip


def build(connection: Connection, lead_id: int, lang: str, today: date, *, others: bool = False) -> Report:
    """The lead's people, those of the decision chain first; for ``others`` by their surnames."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    process = Processes(connection)[lead.process]
    found = in_chain(contacts.list_contacts(connection, lead_id))
    met = contacts.last_met(connection, lead_id)
    shown = (
        [one._replace(name=surname(one.name), wechat=None, email=None) for one in found] if others else found
    )
    columns, rows = chain.table(shown, process, met, lang, today, _KEYS)
    after = () if rows else (t("contact.list_none", lang, id=lead.id, name=label(lead)),)
    section = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    return Report(data=[contact_record(one, met.get(one.id)) for one in found], sections=(section,))
