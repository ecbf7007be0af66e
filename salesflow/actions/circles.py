"""No lead stands above itself: neither as its own referrer nor as its own head office (E3, E5)."""

from __future__ import annotations

from salesflow.errors import Refused
from salesflow.names import label, shortened
from salesflow.store import kin, leads
from salesflow.store.rows import Connection


def refuse_circle(connection: Connection, lead_id: int, other_id: int, column: str) -> None:
    """Nothing; Refused, the chain named, where the lead with ``other_id`` in ``column`` would stand above itself.

    ``column`` is ``referrer_id`` or ``parent_id``.
    """
    if lead_id == other_id:
        raise Refused(f"circles.self_{column}", id=lead_id)
    above = kin.above(connection, other_id, column)
    if lead_id not in above:
        return
    chain = [other_id, *above[: above.index(lead_id) + 1]]
    known = leads.leads_by_id(connection, chain)
    raise Refused(
        f"circles.{column}",
        id=lead_id,
        name=label(known[lead_id]),
        other_id=other_id,
        other=label(known[other_id]),
        chain=" < ".join(shortened([label(known[one]) for one in chain])),
    )
