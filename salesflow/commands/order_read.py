"""Lines, days of payment and orders as they stand in a command; the order that a word means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from salesflow.commands import common
from salesflow.context import App
from salesflow.errors import Ambiguous, NotFound, Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesflow.actions.terms import Term
    from salesflow.models import SalesOrder
    from salesflow.money_lines import Line

_MOST = 10


def read_lines(app: App, texts: Sequence[str] | None) -> tuple[Line, ...]:
    """The lines that ``--line`` says, one each. Raises Usage for what is none."""
    from salesflow.money_lines import parse_line

    found = [parse_line(text) for text in texts or ()]
    return tuple(one._replace(product=common.line(app, one.product, "--line") or "") for one in found)


def read_terms(app: App, texts: Sequence[str] | None, since: date) -> tuple[Term, ...]:
    """Days of payment, each ``WHEN``, ``WHEN AMOUNT`` or ``WHEN 30%``; counted from the day ``since``."""
    return tuple(_term(app, text, since) for text in texts or ())


def _term(app: App, text: str, since: date) -> Term:
    from salesflow.actions.terms import Term
    from salesflow.dates import longest_words
    from salesflow.money import parse_amount

    words = text.replace("，", " ").replace(",", ", ").split() if " " not in text else text.split()
    if not words:
        raise Usage("errors.empty_value", name="--due")
    found, count = longest_words(words, since)
    common.said_beyond(app, found)
    rest = "".join(words[count:])
    if not rest:
        return Term(found.date)
    if rest.endswith(("%", "％")):
        return Term(found.date, share=_share(rest[:-1], text))
    fen = parse_amount(rest)
    if fen == 0:
        raise Usage("due.zero", text=text[:60])
    return Term(found.date, fen)


def _share(number: str, text: str) -> int:
    from salesflow.actions.terms import WHOLE
    from salesflow.names import narrow_digits

    whole, _, part = narrow_digits(number.strip()).partition(".")
    digits = (part + "00")[:2]
    share = (
        int(whole) * 100 + int(digits) if whole.isdecimal() and whole.isascii() and digits.isdecimal() else 0
    )
    if not 0 < share <= WHOLE or len(part) > 2:
        raise Usage("due.no_share", text=text[:60])
    return share


def which(app: App, text: str | None, wanted: Callable[[SalesOrder], bool], none: str) -> int:
    """The order that a number, or a lead with one such order, means; a choice on a terminal.

    Raises NotFound with ``none`` where a lead has no such order, Ambiguous where it has several.
    """
    number = (text or "").strip().removeprefix("#")
    if number.isascii() and number.isdecimal() and len(number) < 19:
        return int(number)
    if text is None and not app.interactive:
        raise Usage("order.no_id")
    from salesflow.store import orders

    lead_id = None if text is None else common.pick(app, text).id
    with app.read() as connection:
        known = [one for one in orders.list_orders(connection, lead_id) if wanted(one)]
        lines = _described(app, known[:_MOST], connection) if known else []
    if not known:
        raise NotFound(none, text=text or "")
    if lead_id is not None and len(known) == 1:
        return known[0].id
    if app.interactive:
        chosen = app.choose("order.which", lines)
        if chosen >= 0:
            return known[chosen].id
        raise Usage("order.no_id")
    raise Ambiguous("order.several", tuple(lines), tuple(one.id for one in known), text=text or "")


def _described(app: App, known: Sequence[SalesOrder], connection: object) -> list[str]:
    from typing import cast

    from salesflow.money import show_money
    from salesflow.reports.heads import heads
    from salesflow.store.rows import Connection

    names = heads(cast("Connection", connection), [one.lead_id for one in known])
    found = []
    for one in known:
        amount = app.t("order.framework") if one.amount_fen is None else show_money(one.amount_fen, app.lang)
        parts = (str(one.id), names[one.lead_id].short, one.signed_on, amount, one.product or "")
        found.append("  ".join(part for part in parts if part))
    return found
