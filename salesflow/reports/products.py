"""Products: what is sold, at what price and cost, how long it lasts; and what is sold without being listed."""

from __future__ import annotations

from typing import Any

from salesflow.errors import nearest
from salesflow.models import Product
from salesflow.money import show_money
from salesflow.names import name_key
from salesflow.reports.records import money
from salesflow.store import products
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = ("id", "name", "unit", "price", "cost", "cycle_days", "note", "by", "created_at")
_KEYS = ("name", "unit", "price", "cost", "margin", "cycle_days", "note")
_SUMS = ("price", "cost", "margin")
_UNLISTED = 10


def record(one: Product) -> dict[str, Any]:
    """A product; price and cost of one in yuan."""
    return {
        "id": one.id,
        "name": one.name,
        "unit": one.unit,
        "price": money(one.price_fen),
        "cost": money(one.cost_fen),
        "cycle_days": one.cycle_days,
        "note": one.note,
        "by": one.by,
        "created_at": one.created_at,
    }


def details(one: Product, lang: str) -> str:
    """What is known of a product, in a line."""
    parts = [
        t("product.price", lang, amount=show_money(one.price_fen, lang)) if one.price_fen is not None else "",
        t("product.cost", lang, amount=show_money(one.cost_fen, lang)) if one.cost_fen is not None else "",
        t("product.per", lang, unit=one.unit) if one.unit else "",
        t("product.cycle", lang, days=one.cycle_days) if one.cycle_days else "",
        one.note or "",
    ]
    return "  ".join(part for part in parts if part)


def build(connection: Connection, words: str, lang: str) -> Report:
    """The products, or those in whose names the words stand; a column of which nothing is known is left out."""
    key = name_key(words)
    found = [one for one in products.list_products(connection) if key in name_key(one.name)]
    drawn = [_cells(one, lang) for one in found]
    kept = [key for key in _KEYS if key == "name" or any(one[key] is not None for one in drawn)]
    columns = tuple(
        Column(key, t(f"product.column_{key}", lang), "int" if key in (*_SUMS, "cycle_days") else "text",
               shrink=key in ("name", "note"))
        for key in kept
    )  # fmt: skip
    rows = tuple(Row(tuple(one[key] for key in kept)) for one in drawn)
    section = Section(
        columns=columns, rows=rows, header=bool(rows), after=_after(connection, words, rows, lang)
    )
    return Report(data=[record(one) for one in found], sections=(section,), fields=FIELDS)


def _cells(one: Product, lang: str) -> dict[str, Any]:
    margin = None if None in (one.price_fen, one.cost_fen) else (one.price_fen or 0) - (one.cost_fen or 0)
    return {
        "name": one.name,
        "unit": one.unit,
        "price": None if one.price_fen is None else show_money(one.price_fen, lang),
        "cost": None if one.cost_fen is None else show_money(one.cost_fen, lang),
        "margin": None if margin is None else show_money(margin, lang),
        "cycle_days": one.cycle_days,
        "note": one.note,
    }


def _after(connection: Connection, words: str, rows: tuple[Row, ...], lang: str) -> tuple[str, ...]:
    if words:
        return () if rows else (_none(connection, words, lang),)
    lines = [] if rows else [t("product.list_none", lang)]
    others = products.unlisted(connection)
    if others:
        more = " .." if len(others) > _UNLISTED else ""
        lines.append(t("product.also", lang, names=", ".join(others[:_UNLISTED]) + more))
    return tuple(lines)


def _none(connection: Connection, words: str, lang: str) -> str:
    known = [one.name for one in products.list_products(connection)]
    near = nearest(words, known)
    key = "product.none_near" if near else "product.none" if known else "product.none_at_all"
    return t(key, lang, text=words, near=near, known=", ".join(known[:_UNLISTED]))
