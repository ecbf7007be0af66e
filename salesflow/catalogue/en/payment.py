"""Payments."""

TEXTS = {
    "in_future": "A payment cannot lie in the future: {date}.",
    "no_amount": "An amount is wanted, such as: salesflow payment LEAD 20000",
    "zero": "A payment cannot be 0.",
    "no_order": "#{lead_id} '{lead}' has no order {id}; it has: {known}",
    "added": "#{id} {name}  payment {amount}  {on}",
    "for_order": "order {order}",
    "list_none": "No payments yet. Record one: salesflow payment LEAD 20000",
    "total": "{count} in all  {amount}",
    "heading": "Payments",
    "column_id": "id",
    "column_lead": "lead",
    "column_paid_on": "day",
    "column_amount": "paid",
    "column_order_id": "order",
    "column_method": "method",
    "column_note": "note",
}
