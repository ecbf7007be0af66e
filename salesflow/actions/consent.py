"""That a customer agreed that others get to read their data, written down or taken back (K8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.store import consents


def give(work: Work, lead_ids: Sequence[int], on: date, purpose: str | None) -> None:
    """Nothing; each of these leads has its customer's consent since that day. Raises Refused for a day to come."""
    if on > work.today:
        raise Refused("consent.in_future", on=on.isoformat())
    for lead_id in lead_ids:
        work.lead(lead_id)
        consents.insert_consent(
            work.connection,
            {
                "lead_id": lead_id,
                "given_on": on.isoformat(),
                "purpose": purpose,
                "by": work.by,
                "recorded_at": work.at,
            },
        )
    work.operation.lead_id = lead_ids[0] if len(lead_ids) == 1 else None


def take_back(work: Work, lead_id: int) -> bool:
    """Whether the lead had a consent; it has none from now on."""
    work.lead(lead_id)
    return consents.delete_consents(work.connection, lead_id) > 0
