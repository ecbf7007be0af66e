"""The number by which one record of a lead is meant, and the words behind it."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.commands import common
from salesflow.context import App
from salesflow.errors import Usage

_MOST_DIGITS = 18  # the biggest id that a book can have has one more


def record_id(text: str | None, key: str, lead_id: int) -> int:
    """The id that ``3`` or ``#3`` means; Usage ``key`` where there is none."""
    number = (text or "").strip().removeprefix("#")
    if not (number.isascii() and number.isdecimal()) or len(number) > _MOST_DIGITS:
        raise Usage(key, id=lead_id)
    return int(number)


def told(app: App, words: Sequence[str] | None, ask: str, key: str, lead_id: int) -> str:
    """The words as one clean line; asked for on a terminal, else Usage ``key`` where there are none."""
    text = common.joined(words)
    if not text and app.interactive:
        text = app.ask(ask)
    if not text:
        raise Usage(key, id=lead_id)
    return common.line(app, text, "TEXT") or ""
