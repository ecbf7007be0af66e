"""Quotes."""

TEXTS = {
    "in_future": "A quote cannot lie in the future: {date}.",
    "no_amount": "An amount is wanted, such as: salesflow quote LEAD 368",
    "zero": "A quote cannot be 0.",
    "added": "#{id} {name}  quote {amount}  {on}",
    "in_return": "in return: {text}",
    "list_none": "No quotes yet. Record one: salesflow quote LEAD 368",
    "heading": "Quotes",
    "column_id": "id",
    "column_lead": "lead",
    "column_quoted_on": "day",
    "column_amount": "quote",
    "column_product": "product",
    "column_in_return": "in return",
    "column_note": "note",
}
