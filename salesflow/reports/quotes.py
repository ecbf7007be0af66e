"""Quotes: each as a step against the one before it of the same product; special prices, and who allowed them (M2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from salesflow.concessions import APPROVED, Offer, Standing, climb, share
from salesflow.models import Lead, Product, Quote
from salesflow.money import show_money
from salesflow.names import name_key
from salesflow.processes import Process
from salesflow.reports.discreet import by_surname
from salesflow.reports.heads import heads
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.shown import fen_of, yuan_text
from salesflow.store import products, quotes
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "id", "lead_id", "quoted_on", "amount", "product", "in_return", "note", "by", "previous", "step",
    "step_number", "step_rate", "last_step", "cost", "approved_by", "special", "warnings", "name", "short",
)  # fmt: skip
_KEYS = ("quoted_on", "amount", "product", "step", "in_return", "approved", "warnings", "note")
_KINDS = {"id": "int", "amount": "int", "quoted_on": "date"}
_SHRINK = ("note", "in_return", "warnings", "lead", "approved")
# what a narrow terminal does without in a list: of special prices, of all
_LEAVES = {True: {"note": 1, "warnings": 2, "in_return": 3, "step": 4}, False: {"note": 1, "approved": 2}}
Stands = Mapping[int, Standing]


def stands(
    found: Sequence[Quote], known: Mapping[str, Product], most: Callable[[int], int]
) -> dict[int, Standing]:
    """Each of these quotes beside those before it of the same product, by its id; all of a lead must be there.

    ``known`` are the products by key, ``most`` says of a lead how many steps down its process takes.
    """
    rows: dict[tuple[int, str], list[Quote]] = {}
    for one in sorted(found, key=lambda one: (one.quoted_on, one.id)):
        rows.setdefault((one.lead_id, name_key(one.product or "")), []).append(one)
    stood: dict[int, Standing] = {}
    for (lead_id, key), each in rows.items():
        sold = known.get(key)
        offers = [Offer(one.amount_fen, one.in_return, one.cost_fen, one.approved_by) for one in each]
        bounds = (sold.price_fen, sold.cost_fen) if sold else (None, None)
        stood |= zip((one.id for one in each), climb(offers, *bounds, most(lead_id)), strict=True)
    return stood


def of_lead(connection: Connection, lead_id: int, process: Process) -> tuple[list[Quote], Stands]:
    """The lead's quotes, the newest first, and how each stands."""
    found = quotes.list_quotes(connection, lead_id)
    return found, stands(found, products.by_key(connection), lambda _: process.concessions)


def record(one: Quote, standing: Standing) -> dict[str, Any]:
    """A quote; sums in yuan. ``step`` is how far the price went down, null for a first price and a rise."""
    step = standing.down_fen if standing.number else None
    return {
        "id": one.id,
        "lead_id": one.lead_id,
        "quoted_on": one.quoted_on,
        "amount": money(one.amount_fen),
        "product": one.product,
        "in_return": one.in_return,
        "note": one.note,
        "by": one.by,
        "previous": money(standing.previous_fen),
        "step": money(step),
        "step_number": standing.number or None,
        "step_rate": None if step is None else round(step / (standing.previous_fen or 1), 4),
        "last_step": money(standing.last_fen),
        "cost": money(standing.cost_fen),
        "approved_by": one.approved_by,
        "special": list(standing.special),
        "warnings": list(standing.warnings),
    }


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``quotes`` of ``show --json``, the newest first."""
    found, stood = of_lead(connection, lead.id, process)
    return {"quotes": [record(one, stood[one.id]) for one in found]}


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The prices offered, the newest first, each with its step."""
    shown = table(data["quotes"], _KEYS, lang)
    return shown._replace(heading=t("quote.heading", lang) if shown.rows else "", header=bool(shown.rows))


def table(found: Sequence[dict[str, Any]], keys: Sequence[str], lang: str) -> Section:
    """Quotes as columns; a column of which nothing is known is left out."""
    drawn = [cells(one, lang) for one in found]
    always = ("id", "lead", "quoted_on", "amount")
    kept = [key for key in keys if key in always or any(one.get(key) for one in drawn)]
    rows = tuple(Row(tuple(one.get(key) for key in kept)) for one in drawn)
    return Section(columns=tuple(column(key, lang) for key in kept), rows=rows)


def column(key: str, lang: str) -> Column:
    """The column of this key."""
    return Column(key, t(f"quote.column_{key}", lang), _KINDS.get(key, "text"), shrink=key in _SHRINK)


def cells(one: dict[str, Any], lang: str) -> dict[str, Any]:
    """A quote's cells by column."""
    return {
        **one,
        "amount": yuan_text(one["amount"], lang),
        "step": step_text(one, lang) or None,
        "approved": approved_text(one, lang) or None,
        "warnings": t("show.comma", lang).join(t(f"quote.short_{code}", lang) for code in one["warnings"])
        or None,
        "lead": f"#{one['lead_id']} {one['short']}" if "short" in one else None,
    }


def step_text(one: dict[str, Any], lang: str) -> str:
    """``退 12（3.2%）``, what it rose by, '' for a first price and for the same one again."""
    if one["previous"] is None or one["previous"] == one["amount"]:
        return ""
    was, now = fen_of(one["previous"]), fen_of(one["amount"])
    values = {"amount": show_money(abs(was - now), lang), "share": share(was - now, was)}
    return t("quote.step_down" if one["step"] else "quote.step_up", lang, **values)


def approved_text(one: dict[str, Any], lang: str) -> str:
    """Who allowed a special price, or that nobody is named; '' for a price that is not special."""
    if not one["special"]:
        return ""
    return one["approved_by"] or t("quote.nobody", lang)


def special_text(one: dict[str, Any], lang: str) -> str:
    """Why a price is special, in words."""
    return t("show.comma", lang).join(
        t(f"quote.special_{code}", lang) for code in one["special"] if code != APPROVED
    )


def build(connection: Connection, lang: str, *, special: bool = False, lead_id: int | None = None,
          others: bool = False) -> Report:  # fmt: skip
    """The quotes of the whole book or of a lead, the newest first; ``special`` ones alone with who allowed them."""
    found = quotes.list_quotes(connection, lead_id)
    named = heads(connection, [one.lead_id for one in found])
    processes = Processes(connection)
    stood = stands(
        found, products.by_key(connection), lambda lead: processes[named[lead].process].concessions
    )
    data = [record(one, stood[one.id]) | named[one.lead_id].record for one in found]
    if special:
        data = [one for one in data if one["special"]]
    keys = ("id", "lead", *_KEYS) if not special else ("id", "lead", *_KEYS[:3], "why", *_KEYS[3:])
    shown = table([one | {"why": special_text(one, lang)} for one in data], keys, lang)
    leaves = _LEAVES[special]
    shown = shown._replace(columns=tuple(one._replace(drop=leaves.get(one.key, 0)) for one in shown.columns))
    after = () if data else (t("quote.no_special" if special else "quote.list_none", lang),)
    if special and any(not one["approved_by"] for one in data):
        after = (t("quote.special_how", lang),)
    report = Report(data=data, sections=(shown._replace(header=bool(data), after=after),), fields=FIELDS)
    return by_surname(report, connection, named) if others else report


def told(one: dict[str, Any], lang: str) -> list[str]:
    """What a quote just made is, a line each: the step, what it is for; a special price and who allowed it."""
    parts = []
    if one["step"]:
        values = {"number": one["step_number"], "step": step_text(one, lang)}
        last = t("quote.after_last", lang, last=yuan_text(one["last_step"], lang)) if one["last_step"] else ""
        parts.append(t("quote.told_step", lang, previous=yuan_text(one["previous"], lang), **values) + last)
    elif step_text(one, lang):
        parts.append(step_text(one, lang))
    if one["in_return"]:
        parts.append(t("quote.in_return", lang, text=one["in_return"]))
    lines = ["  ".join(parts)] if parts else []
    return [*lines, *special_line(one, lang)]


def special_line(one: dict[str, Any], lang: str) -> list[str]:
    """That it is a special price, why, and who allowed it; nothing for one that is not."""
    if not one["special"]:
        return []
    why = special_text(one, lang)
    key = "quote.special_by" if one["approved_by"] else "quote.special_open"
    return [t(key if why else "quote.special_plain", lang, why=why, name=one["approved_by"])]


def warned(one: dict[str, Any], lang: str, most: int) -> dict[str, Any]:
    """The values of the texts that warn of a step."""
    below = None if one["cost"] is None else one["cost"] - one["amount"]
    sums = {"step": one["step"], "last": one["last_step"], "cost": one["cost"], "below": below}
    said = {name: "-" if yuan is None else yuan_text(yuan, lang) for name, yuan in sums.items()}
    return {**said, "number": one["step_number"], "most": most, "id": one["id"]}
