"""Consents of customers: those of a lead, and which leads others may read whole (K8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.models import Lead
from salesflow.processes import Process
from salesflow.reports.processes import Processes
from salesflow.store import consents
from salesflow.store.consents import Asked
from salesflow.store.rows import Connection
from salesflow.tables import Section
from salesflow.texts import t


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``consents`` of ``show --json``, the first given first."""
    found = consents.list_consents(connection, lead.id)
    return {
        "consents": [
            {
                "id": one.id,
                "given_on": one.given_on,
                "purpose": one.purpose,
                "by": one.by,
                "recorded_at": one.recorded_at,
            }
            for one in found
        ]
    }


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The newest consent, in a line; nothing where there is none."""
    if not data["consents"]:
        return Section()
    last = data["consents"][-1]
    key = "consent.line_for" if last["purpose"] else "consent.line"
    return Section(before=(t(key, lang, on=last["given_on"], purpose=last["purpose"]),))


def standing(
    connection: Connection, lead_ids: Sequence[int] | None
) -> tuple[frozenset[int], tuple[Asked, ...]]:
    """Which of these leads others may read whole, and which wait for their customer's consent.

    In a won stage nobody is asked: the question is for the time before the deal.
    """
    processes = Processes(connection)
    found = consents.asked(connection, lead_ids)
    open_ = [one for one in found if not one.agreed and one.stage not in processes[one.process].won_codes]
    waiting = {one.id for one in open_}
    return frozenset([one.id for one in found if one.id not in waiting]), tuple(open_)
