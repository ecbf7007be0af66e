"""Birthdays, with the year or without."""

from __future__ import annotations

import datetime
from unicodedata import normalize

from salesflow.errors import SalesflowError, Usage


def read_birthday(text: str) -> str:
    """A birthday, YYYY-MM-DD, or MM-DD where the year is not known. Raises Usage for a day that is none."""
    plain = normalize("NFKC", text).strip()
    for mark in "年月/.":
        plain = plain.replace(mark, "-")
    parts = plain.removesuffix("日").removesuffix("号").split("-")
    try:
        numbers = [int(part) if part.isascii() and part.isdecimal() else 0 for part in parts]
        if len(numbers) == 2:
            datetime.date(2000, *numbers)
            return f"{numbers[0]:02}-{numbers[1]:02}"
        if len(numbers) == 3 and all(numbers):
            return datetime.date(*numbers).isoformat()
        return _cell(text)  # with a time behind it, as sheets have it
    except (ValueError, TypeError, OverflowError, SalesflowError):
        raise Usage("contact.bad_birthday", text=text[:40]) from None


def _cell(text: str) -> str:
    from salesflow.dates import parse_date_cell

    return parse_date_cell(text).date.isoformat()
