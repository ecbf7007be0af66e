"""Whether a lead stands where only an order leads to, and has none that stands."""

from __future__ import annotations

from salesflow.processes import Stage
from salesflow.reports.processes import Processes
from salesflow.store import leads, orders
from salesflow.store.rows import Connection


def without(connection: Connection, lead_id: int) -> Stage | None:
    """The won stage in which the open lead stands without an order, None where it is not so."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    process = Processes(connection)[lead.process]
    sold = any(one.cancelled_on is None for one in orders.list_orders(connection, lead_id))
    if sold or lead.status != "open" or lead.stage not in process.won_codes:
        return None
    return process.stage(lead.stage)
