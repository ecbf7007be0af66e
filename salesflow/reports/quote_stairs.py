"""A lead's quotes as a staircase: each step, what it was for, and the prices beside our own (F15, F16)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.models import Product
from salesflow.money import show_money
from salesflow.names import label, name_key
from salesflow.reports import negotiation
from salesflow.reports.discreet import by_surname
from salesflow.reports.processes import Processes
from salesflow.reports.quotes import FIELDS, cells, column, of_lead, record, special_line
from salesflow.reports.shown import fen_of, yuan_text
from salesflow.store import leads, products, quotes
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

_KEYS = ("what", "id", "quoted_on", "amount", "stairs", "step", "in_return", "approved", "warnings", "note")
_ALWAYS = ("what", "amount")
WIDE = 16  # cells of the picture
_LEAST = 2  # what is left of the lowest price


def build(
    connection: Connection, lead_id: int, lang: str, *, picture: bool = False, others: bool = False
) -> Report:
    """The lead's quotes by product, the oldest first, and the plan; ``picture`` draws the stairs."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    process = Processes(connection)[lead.process]
    found, stood = of_lead(connection, lead_id, process)
    data = [record(one, stood[one.id]) | {"name": lead.name, "short": label(lead)} for one in found]
    planned = negotiation.records(connection, lead, process, lang)
    beside = _beside(connection, lead_id, lang)
    by_product: dict[str, list[dict[str, Any]]] = {}
    for one in reversed(data):
        by_product.setdefault(name_key(one["product"] or ""), []).append(one)
    sold = products.by_key(connection)
    one_product = len(by_product) == 1
    sections = [
        _stairs(each, sold.get(key), beside if one_product else [], lang, picture)
        for key, each in by_product.items()
    ]
    if not data:
        sections = [Section(after=(t("quote.list_none", lang),))]
    if beside and not one_product:
        sections.append(_stairs([], None, beside, lang, False))
    sections.append(negotiation.drawn(planned, lang, gaps=False))
    shown_ = tuple(one for one in sections if one.rows or one.before or one.after)
    title = t("quote.title", lang, id=lead_id, name=label(lead))
    report = Report(data=data, sections=shown_, title=title, fields=FIELDS)
    return by_surname(report, connection, [lead_id]) if others else report


def _beside(connection: Connection, lead_id: int, lang: str) -> list[tuple[str, int]]:
    # prices of others in fen: what the key person says is accepted, and the competitors'
    plan = quotes.find_plan(connection, lead_id)
    found: list[tuple[str, int]] = []
    if plan and plan.accepted_fen is not None:
        whom = plan.accepted_from
        name = t("quote.accepted_of", lang, name=whom) if whom else t("quote.plan_accepted", lang)
        found.append((name, plan.accepted_fen))
    rivals = negotiation.rivals(connection, lead_id, lang)
    return found + [(t("quote.rival", lang, name=name), fen) for name, fen in rivals]


def _stairs(
    found: Sequence[dict[str, Any]],
    sold: Product | None,
    beside: Sequence[tuple[str, int]],
    lang: str,
    picture: bool,
) -> Section:
    drawn = [cells(one, lang) | {"what": _what(one, place, lang)} for place, one in enumerate(found)]
    drawn += [{"what": name, "amount": show_money(fen, lang)} for name, fen in beside]
    if picture and found:
        drawn = [one | {"quoted_on": _short(one.get("quoted_on"), found)} for one in drawn]
        steps = [(fen_of(one["amount"]), fen_of(one["step"] or 0)) for one in found]
        bars = pictures(steps, [fen for _, fen in beside])
        drawn = [one | {"stairs": bar} for one, bar in zip(drawn, bars, strict=True)]
    kept = [key for key in _KEYS if key in _ALWAYS or any(one.get(key) for one in drawn)]
    columns = tuple(_column(key, lang) for key in kept)
    rows = tuple(Row(tuple(one.get(key) or None for key in kept)) for one in drawn)
    return Section(
        columns=columns,
        rows=rows,
        heading=_heading(found, sold, lang),
        after=tuple(special_line(found[-1], lang) if found else ()),
    )


def _column(key: str, lang: str) -> Column:
    if key in ("what", "stairs"):
        return Column(key)
    return column(key, lang)._replace(drop=_LEAVES.get(key, 0))


_LEAVES = {"note": 1, "approved": 2}  # a narrow terminal


def _short(on: str | None, found: Sequence[dict[str, Any]]) -> str | None:
    # the year is said where there is more than one
    years = {one["quoted_on"][:4] for one in found}
    return on[5:] if on and len(years) == 1 else on


def _what(one: dict[str, Any], place: int, lang: str) -> str:
    if one["step"]:
        return t("quote.what_step", lang, number=one["step_number"])
    if not place:
        return t("quote.what_first", lang)
    return t("quote.what_same" if one["previous"] == one["amount"] else "quote.what_rise", lang)


def _heading(found: Sequence[dict[str, Any]], sold: Product | None, lang: str) -> str:
    if not found:
        return t("quote.beside", lang)
    parts = [found[-1]["product"] or t("quote.no_product", lang)]
    if sold and sold.price_fen is not None:
        parts.append(t("quote.list_price", lang, amount=show_money(sold.price_fen, lang)))
    if found[-1]["cost"] is not None:
        parts.append(t("quote.cost", lang, amount=yuan_text(found[-1]["cost"], lang)))
    return "  ".join(parts)


def pictures(steps: Sequence[tuple[int, int]], beside: Sequence[int]) -> list[str]:
    """A bar for each price in fen: ``#`` for what is left of it, ``-`` for what this step gave away.

    ``steps`` are prices with the step down that led to each (0: none), ``beside`` prices of others.
    The bars begin at the lowest price, so that steps are seen; a price far outside ours does not
    press them flat.
    """
    prices = [price for price, _ in steps]
    low, high = min(prices), max(prices)
    room = high - low or high
    low, high = max(min([low, *beside]), low - room), min(max([high, *beside]), high + room)

    def room_of(price: int) -> int:
        if high == low:
            return WIDE
        above = min(max(price, low), high) - low
        return _LEAST + (2 * (WIDE - _LEAST) * above + high - low) // (2 * (high - low))

    found = []
    for price, step in steps:
        left = room_of(price)
        found.append("#" * left + "-" * (room_of(price + step) - left if step else 0))
    return found + ["=" * room_of(price) for price in beside]
