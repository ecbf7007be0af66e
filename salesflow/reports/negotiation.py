"""The plan for a negotiation, the strategy for its class, and the prices beside our own (F15, F19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.models import Lead, Negotiation
from salesflow.names import label
from salesflow.processes import Process
from salesflow.reports.discreet import by_surname
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.shown import yuan_text
from salesflow.store import competitors, leads, quotes
from salesflow.store.rows import Connection
from salesflow.tables import Report, Section
from salesflow.texts import t

# key of the JSON: column of the plan
TEXTS = {
    "interests": "interests",
    "open": "open_points",
    "fixed": "fixed_points",
    "alternatives": "alternatives",
    "joined_by": "joined_by",
}


def record(one: Negotiation) -> dict[str, Any]:
    """The plan; the price that is accepted in yuan."""
    return {
        **{key: getattr(one, name) for key, name in TEXTS.items()},
        "accepted": money(one.accepted_fen),
        "accepted_from": one.accepted_from,
        "by": one.by,
        "updated_at": one.updated_at,
    }


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``negotiation`` (null without a plan) and ``strategies`` of ``show --json``."""
    plan = quotes.find_plan(connection, lead.id)
    return {"negotiation": record(plan) if plan else None, "strategies": strategies(lead, process, lang)}


def strategies(lead: Lead, process: Process, lang: str) -> list[dict[str, Any]]:
    """How the process says to quote to such a lead, in its order."""
    return [
        {"code": one.code, "title": one.title(lang), "text": one.text[lang]}
        for one in process.strategies
        if one.fits(lead.kind, lead.size, lead.side, lead.industry)
    ]


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The plan as ``show`` has it, with the strategy; empty without a plan."""
    if data["negotiation"] is None:
        return Section()
    return drawn(data, lang, gaps=False)


def drawn(data: Mapping[str, Any], lang: str, *, gaps: bool) -> Section:
    """Plan and strategy, a line each; with ``gaps`` what is not planned yet is named too."""
    plan = data["negotiation"] or {}
    said = {key: plan.get(key) for key in TEXTS} | {"accepted": accepted_text(plan, lang)}
    lines = [_line(t(f"quote.plan_{key}", lang), text, lang) for key, text in said.items() if text]
    left = [t(f"quote.plan_{key}", lang) for key, text in said.items() if not text]
    if gaps and left:
        lines.append(_line(t("quote.plan_left", lang), t("show.comma", lang).join(left), lang))
    for one in data["strategies"]:
        lines.append(_line(t("quote.strategy", lang, title=one["title"]), one["text"], lang))
    return Section(heading=t("quote.plan_heading", lang) if lines else "", before=tuple(lines))


def _line(title: str, text: str, lang: str) -> str:
    return t("quote.plan_line", lang, title=title, text=text)


def accepted_text(plan: Mapping[str, Any], lang: str) -> str | None:
    """``360（赵总说的）``; None where no such price is known."""
    if plan.get("accepted") is None:
        return None
    amount = yuan_text(plan["accepted"], lang)
    whom = plan["accepted_from"]
    return t("quote.accepted_by", lang, amount=amount, name=whom) if whom else amount


def rivals(connection: Connection, lead_id: int, lang: str) -> list[tuple[str, int]]:
    """The competitors of whom a price is known: name and fen, the first noted first."""
    found = competitors.list_competitors(connection, lead_id)
    return [(one.name, one.price_fen) for one in found if one.price_fen is not None]


def _unknown(lead: Lead, process: Process, lang: str) -> list[str]:
    # the process knows strategies, and what it goes by is not known of the lead
    asked = [
        name
        for name, one in (("kind", "kinds"), ("size", "sizes"), ("side", "sides"), ("industry", "industries"))
        if getattr(lead, name) is None and any(getattr(strategy, one) for strategy in process.strategies)
    ]
    if not asked:
        return []
    titles = t("show.comma", lang).join(process.field_title(name, lang) for name in asked)
    return [t("quote.no_strategy", lang, names=titles, id=lead.id, field=asked[0])]


def build(connection: Connection, lead_id: int, lang: str, *, others: bool = False) -> Report:
    """The plan of a lead with what is still to be planned, its strategy, and the competitors' prices."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    process = Processes(connection)[lead.process]
    found = records(connection, lead, process, lang)
    priced = rivals(connection, lead_id, lang)
    data = {
        "lead_id": lead.id,
        "name": lead.name,
        "short": label(lead),
        **(found["negotiation"] or dict.fromkeys((*TEXTS, "accepted", "accepted_from", "by", "updated_at"))),
        "competitors": [{"name": name, "price": money(fen)} for name, fen in priced],
        "strategies": found["strategies"],
    }
    plan = drawn(found, lang, gaps=True)
    prices = [
        _line(t("quote.rival", lang, name=one["name"]), yuan_text(one["price"], lang), lang)
        for one in data["competitors"]
    ]
    after = [] if found["negotiation"] else [t("quote.no_plan", lang, id=lead_id)]
    if not found["strategies"]:
        after += _unknown(lead, process, lang)
    plan = plan._replace(before=(*plan.before, *prices), heading="", after=tuple(after))
    report = Report(
        data=data, sections=(plan,), title=t("quote.plan_title", lang, id=lead_id, name=label(lead))
    )
    return by_surname(report, connection, [lead_id]) if others else report
