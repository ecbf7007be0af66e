"""The lines of an order."""

TEXTS = {
    "not_a_line": "'{text}' is no line: write PRODUCT QUANTITY PRICE COST, such as: Film 50 368 210",
    "no_quantity": "'{text}' is no quantity: a number above 0 with three decimals at most, such as 50 or 2.5",
    "zero_price": "The price in '{text}' cannot be 0; what is given away stands in the note.",
}
