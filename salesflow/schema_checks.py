"""The checks that a book's columns of days and instants carry."""

from __future__ import annotations

_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def day(column: str) -> str:
    """The check that ``column`` holds a day that there is, ``YYYY-MM-DD``, or NULL."""
    # date(x) alone takes 2026-02-30; with a modifier SQLite normalises it and the comparison fails
    return f"CHECK ({column} IS NULL OR ({column} GLOB '{_DATE}' AND {column} IS date({column}, '+0 days')))"


def instant(column: str) -> str:
    """The check that ``column`` holds an instant, ``YYYY-MM-DDTHH:MM``, or NULL."""
    return f"CHECK ({column} IS NULL OR {column} GLOB '{_DATE}T[0-2][0-9]:[0-5][0-9]')"
