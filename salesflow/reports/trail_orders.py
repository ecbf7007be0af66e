"""What changed about orders, their lines, days of payment and payments, in the words of a person."""

from __future__ import annotations

from typing import Any

from salesflow.money import show_money
from salesflow.money_lines import show_quantity
from salesflow.store.history import Image
from salesflow.texts import t

# the columns whose changes a person made, and what they are called
_FIELDS = {
    "sales_order": {
        "signed_on": "order.column_signed_on",
        "amount_fen": "order.column_amount",
        "cost_fen": "order.column_cost",
        "product": "order.column_product",
        "contract": "order.column_contract",
        "delivered_on": "order.column_delivered_on",
        "accepted_on": "order.column_accepted_on",
        "cancelled_on": "order.column_cancelled_on",
        "note": "order.column_note",
    },
    "payment": {
        "paid_on": "payment.column_paid_on",
        "amount_fen": "payment.column_amount",
        "order_id": "payment.column_order_id",
        "method": "payment.column_method",
        "note": "payment.column_note",
    },
}
TABLES = frozenset(("order_line", "due", *_FIELDS))


def told(image: Image, lang: str) -> str:
    """One change of a row of these tables; '' where no person changed it."""
    row = image.after if image.after is not None else image.before or {}
    if image.before is not None and image.after is not None:
        return _changed(image, lang)
    said = _made(image.table, row, lang)
    return t("undo.gone", lang, what=said) if image.after is None else said


def _made(table: str, row: dict[str, Any], lang: str) -> str:
    if table == "order_line":
        price = f" x {show_money(row['price_fen'], lang)}" if row.get("price_fen") is not None else ""
        return f"{row['product']} {show_quantity(row['quantity'])}{price}"
    amount = row.get("amount_fen")
    if table == "due":
        shown = t("trail.rest", lang) if amount is None else show_money(amount, lang)
        return t("order.told_due", lang, on=row["due_on"], amount=shown)
    if table == "payment":
        parts = (show_money(row["amount_fen"], lang), row.get("method"))
        return t("trail.payment", lang, what=" ".join(part for part in parts if part))
    shown = t("order.framework", lang) if amount is None else show_money(amount, lang)
    return t("undo.made_order", lang, amount=shown)


def _changed(image: Image, lang: str) -> str:
    old, new = image.before or {}, image.after or {}
    titles = _FIELDS.get(image.table, {})
    said = [
        t(
            "undo.changed",
            lang,
            field=t(titles[name], lang),
            old=_value(name, old, lang),
            new=_value(name, new, lang),
        )
        for name in dict.fromkeys((*old, *new))
        if name in titles
    ]
    if not said:
        return ""
    whose = t("order.told" if image.table == "sales_order" else "trail.payment_id", lang, id=image.row_id)
    return "  ".join((whose, *said))


def _value(name: str, row: dict[str, Any], lang: str) -> str:
    value = row.get(name)
    if value is None:
        return "-"
    return show_money(value, lang) if name.endswith("_fen") else str(value)
