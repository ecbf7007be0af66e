"""Orders."""

TEXTS = {
    "in_future": "An order cannot be signed in the future: {date}.",
    "no_amount": "An amount is wanted, such as 5.8万 or 58000; a contract without a sum: --framework",
    "zero": "An order cannot be 0; a contract without a sum: --framework",
    "added": "#{id} {name}  order {amount}  {on}",
    "framework": "framework contract",
    "won": "entered '{stage}'",
    "not_won": "Not in '{stage}' yet, missing: {count}",
    "lacks": "  {title}  {command}",
    "then": "Then: salesflow advance {id} {stage}",
    "closed": "the lead is not open and its stage stays; to follow it again: salesflow reopen {id}",
    "list_none": "No orders yet. Record one: salesflow order LEAD 58000",
    "column_id": "order",
    "column_lead_id": "lead",
    "column_short": "name",
    "column_signed_on": "signed",
    "column_amount": "amount",
    "column_product": "product",
    "column_note": "note",
    "total": "{count} in all  {amount}",
}
