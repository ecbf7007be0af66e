"""What changed about objections, incidents, referrals, signatures, quotes and payments, in the words of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from salesflow.processes import Process
from salesflow.reports import trail_orders, trail_quotes
from salesflow.store.history import Image
from salesflow.texts import t


def told(image: Image, process: Process, lang: str) -> str:
    """One change of a row of these tables; '' for what is of another one, or says nothing by itself."""
    if image.table in trail_orders.TABLES:
        return trail_orders.told(image, lang)
    say = _SAID.get(image.table)
    if say is None:
        return ""
    if image.table in trail_quotes.FIELDS and image.before is not None and image.after is not None:
        return trail_quotes.changed(image, lang)
    # an update's images hold what changed alone: what is new now is what is to be said
    said = say(image.after if image.after is not None else image.before or {}, process, lang)
    return t("undo.gone", lang, what=said) if said and image.after is None else said


def _objection(row: dict[str, Any], process: Process, lang: str) -> str:
    parts = [row.get("text"), t("trail.answer", lang, text=row["answer"]) if row.get("answer") else None]
    if row.get("worked") is not None:
        parts.append(t(f"objection.worked_{'yes' if row['worked'] else 'no'}", lang))
    return _named("objection", parts, lang)


def _incident(row: dict[str, Any], process: Process, lang: str) -> str:
    parts = [row.get("text"), t("incident.due", lang, on=row["due_on"]) if row.get("due_on") else None]
    if row.get("solved_at"):
        parts += [t("incident.solved", lang, on=row["solved_at"][:10]), row.get("solution")]
    return _named("incident", parts, lang)


def _note(row: dict[str, Any], process: Process, lang: str) -> str:
    return _named("incident", [row.get("text")], lang)


def _link(row: dict[str, Any], process: Process, lang: str) -> str:
    title = process.known("relation", row["relation"]).title(lang) if row.get("relation") else None
    return _named("link", [f"#{row['other_id']}" if row.get("other_id") else None, title], lang)


def _signoff(row: dict[str, Any], process: Process, lang: str) -> str:
    return _named("signoff", [process.known("signoff", row["kind"]).title(lang), row["name"]], lang)


def _named(name: str, parts: list[str | None], lang: str) -> str:
    return t(f"trail.{name}", lang, what=" ".join(part for part in parts if part)).rstrip()


_SAID: dict[str, Callable[[dict[str, Any], Process, str], str]] = {
    "objection": _objection,
    "incident": _incident,
    "incident_note": _note,
    "link": _link,
    "signoff": _signoff,
    "quote": trail_quotes.quote,
    "negotiation_plan": trail_quotes.plan,
}
