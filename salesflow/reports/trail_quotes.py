"""What changed about quotes and negotiation plans, in the words of a person."""

from __future__ import annotations

from typing import Any

from salesflow.money import show_money
from salesflow.processes import Process
from salesflow.store.history import Image
from salesflow.texts import t

# the columns whose changes a person made, and what they are called
FIELDS = {
    "quote": {
        "quoted_on": "column_quoted_on",
        "amount_fen": "column_amount",
        "product": "column_product",
        "in_return": "column_in_return",
        "cost_fen": "cost_of",
        "approved_by": "column_approved",
        "note": "column_note",
    },
    "negotiation_plan": {
        "interests": "plan_interests",
        "open_points": "plan_open",
        "fixed_points": "plan_fixed",
        "alternatives": "plan_alternatives",
        "joined_by": "plan_joined_by",
        "accepted_fen": "plan_accepted",
    },
}


def quote(row: dict[str, Any], process: Process, lang: str) -> str:
    """A quote made, or taken back."""
    by = t("trail.approved", lang, name=row["approved_by"]) if row.get("approved_by") else None
    parts = [_value("amount_fen", row, lang), row.get("product"), row.get("in_return"), by]
    return t("trail.quote", lang, what=" ".join(part for part in parts if part))


def plan(row: dict[str, Any], process: Process, lang: str) -> str:
    """A plan made, or taken back."""
    said = [
        f"{t(f'quote.{title}', lang)} {_value(name, row, lang)}"
        for name, title in FIELDS["negotiation_plan"].items()
        if row.get(name) is not None
    ]
    return t("trail.negotiation", lang, what="  ".join(said))


def changed(image: Image, lang: str) -> str:
    """What of a quote or a plan is another now; '' where no person changed it."""
    old, new = image.before or {}, image.after or {}
    said = [
        t(
            "undo.changed",
            lang,
            field=t(f"quote.{title}", lang),
            old=_value(name, old, lang),
            new=_value(name, new, lang),
        )
        for name, title in FIELDS[image.table].items()
        if name in old or name in new
    ]
    if not said:
        return ""
    what = "  ".join(said)
    if image.table == "quote":
        return t("trail.quote", lang, what=f"{image.row_id}  {what}")
    return t("trail.negotiation", lang, what=what)


def _value(name: str, row: dict[str, Any], lang: str) -> str:
    value = row.get(name)
    if value is None:
        return "-"
    return show_money(value, lang) if name.endswith("_fen") else str(value)
