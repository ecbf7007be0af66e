"""No lead stands above itself: neither as its own referrer nor as its own head office (E3, E5)."""

from __future__ import annotations

from salesflow.errors import Refused
from salesflow.names import label
from salesflow.store import kin, leads
from salesflow.store.rows import Connection


def refuse_circle(connection: Connection, lead_id: int, other_id: int, column: str) -> None:
    """Nothing; Refused where the lead with ``other_id`` in ``column`` would stand above itself.

    ``column`` is ``referrer_id`` or ``parent_id``.
    """
    if lead_id == other_id:
        raise Refused(f"circles.self_{column}", id=lead_id)
    if lead_id not in kin.above(connection, other_id, column):
        return
    known = leads.leads_by_id(connection, [lead_id, other_id])
    raise Refused(
        f"circles.{column}",
        id=lead_id,
        name=label(known[lead_id]),
        other_id=other_id,
        other=label(known[other_id]),
    )
