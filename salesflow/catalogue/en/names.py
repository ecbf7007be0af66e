"""Words about names that cannot be taken."""

TEXTS = {
    "empty": "{what} is empty: write something for it.",
    "empty_name": "The name is empty: write the shop's name.",
    "control": "{what} holds control characters or line breaks: take them out.",
    "dropped": "Invisible characters were taken out: {what}",
    "too_long": "{what} has {length} characters, {most} at most: long text goes into a note.",
    "phone_rounded": "'{text}' is a phone that a spreadsheet has rounded, its digits are lost:"
    " make the column text and fill it in again.",
    "not_an_amount": "'{text}' is no amount: write 58000, 58,000, 1000.10, ¥58000, 5.8万 or 1.2亿.",
    "other_currency": "'{text}' is {currency}: the book counts in yuan; write it in yuan, and the rest as a note.",
    "negative_amount": "'{text}' is negative: an amount cannot be less than 0.",
    "too_precise": "'{text}' is finer than a fen: two decimals at most.",
    "absurd_amount": "'{text}' is more than a trillion yuan: please check it.",
}
