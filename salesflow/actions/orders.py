"""Orders signed (F17, L6): what was sold, and the stage that it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from salesflow.actions import stages
from salesflow.actions.work import Work, instant
from salesflow.errors import Refused
from salesflow.models import Lead, SalesOrder
from salesflow.processes import Stage
from salesflow.store import orders


@dataclass(frozen=True)
class Sale:
    """What was sold: ``amount_fen`` None only with ``framework`` (a supply contract without a sum)."""

    amount_fen: int | None
    signed_on: date
    framework: bool = False
    product: str | None = None
    note: str | None = None
    advance: bool = True


def order(work: Work, lead_id: int, sale: Sale) -> tuple[SalesOrder, Lead, Stage | None]:
    """The order recorded; the lead enters the won stage whose gate it opens, which is returned."""
    lead = work.lead(lead_id)
    if sale.signed_on > work.today:
        raise Refused("order.in_future", date=sale.signed_on.isoformat())
    order_id = orders.insert_order(
        work.connection,
        {
            "lead_id": lead_id,
            "signed_on": sale.signed_on.isoformat(),
            "amount_fen": sale.amount_fen,
            "framework": int(sale.framework),
            "product": sale.product,
            "note": sale.note,
            "by": work.by,
            "recorded_at": work.at,
        },
    )
    found = stages.before_won(work, lead_id) if sale.advance else None
    won = found[0] if found and not found[1] else None
    if won:
        # the won stage is entered on the day of the signature, be it before a move that was recorded earlier
        stages.move(work, lead, instant(datetime.combine(sale.signed_on, work.now.time())), to_stage=won.code)
    made = next(one for one in orders.list_orders(work.connection, lead_id) if one.id == order_id)
    return made, work.lead(lead_id), won
