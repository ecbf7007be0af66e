"""Two claims on one lead, side by side: who registered first, whose contact is deeper, whose more frequent (F9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.models import Contact, Lead
from salesflow.names import label
from salesflow.processes import Process, short_title
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.shown import yuan_text
from salesflow.store import conflicts, contacts, leads
from salesflow.store.conflicts import Conflict
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

CLAIM = (
    "lead_id", "name", "short", "owner", "registered_by", "registered_at", "received_at", "created_at", "followups",
    "answered", "visits", "people", "met", "deepest_role", "deepest_title", "last_contact", "process", "stage",
    "stage_title", "status", "orders", "sales",
)  # fmt: skip
FIELDS = ("id", "found_at", "settled_at", "settled_to", "why", "by", "stronger", *CLAIM)


class SideBySide(Report):
    """A report whose records are the claims, one a line, each with its conflict."""

    def items(self) -> list[dict[str, Any]]:
        """Every claim, those of one conflict one after the other."""
        return [
            {name: one[name] for name in FIELDS[:6]} | {"stronger": _is_stronger(one, claim)} | claim
            for one in self.data
            for claim in one["claims"]
        ]


def _is_stronger(one: dict[str, Any], claim: dict[str, Any]) -> bool | None:
    return one["hint"]["stronger"] == claim["lead_id"] if one["hint"] else None


def build(connection: Connection, lang: str, *, settled: bool = False, owner: str | None = None) -> Report:
    """The open conflicts, with ``settled`` those that were, side by side; ``owner`` has a claim in each."""
    found = conflicts.list_conflicts(connection, settled=settled)
    ids = list({lead_id for one in found for lead_id in (one.lead_id, one.other_id) if lead_id})
    claims = _claims(connection, ids, lang)
    data = [_record(one, claims) for one in found]
    if owner is not None:
        data = [one for one in data if any(claim["owner"] == owner for claim in one["claims"])]
    sections = [_section(one, lang) for one in data]
    count = t("conflicts.count", lang, count=len(data)) if data else t("conflicts.none", lang)
    last = Section(before=(count,))
    return SideBySide(data, (*sections, last), chat=tuple(_chat(data, count, lang)), fields=FIELDS)


def _record(one: Conflict, claims: dict[int, dict[str, Any]]) -> dict[str, Any]:
    both = [claims[lead_id] for lead_id in (one.lead_id, one.other_id) if lead_id]
    return {
        "id": one.id,
        "found_at": one.found_at,
        "settled_at": one.settled_at,
        "settled_to": one.settled_to,
        "why": one.why,
        "by": one.by,
        "claims": [{name: claim[name] for name in CLAIM} for claim in both],
        "hint": hint(*both) if len(both) > 1 else None,
    }


def hint(first: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Which claim is stronger and by what; whoever settles decides.

    ``first``, ``deeper`` and ``oftener`` are the leads that were, None where both are alike. The first to
    register owns; of two of one moment the deeper contact counts, then the more frequent one.
    """
    pair = (first, other)
    said = {
        "first": _least(pair, "registered_at"),
        "deeper": _least(pair, "depth"),
        "oftener": _least(pair, "often"),
    }
    by = next((name for name, lead_id in said.items() if lead_id is not None), None)
    return {"stronger": said[by] if by else None, "by": by, **said}


def _least(pair: Sequence[dict[str, Any]], name: str) -> int | None:
    mine, theirs = (one[name] for one in pair)
    if mine == theirs:
        return None
    return int(pair[0 if mine < theirs else 1]["lead_id"])


def _claims(connection: Connection, ids: Sequence[int], lang: str) -> dict[int, dict[str, Any]]:
    processes = Processes(connection)
    found = leads.leads_by_id(connection, ids)
    people = contacts.contacts_of(connection, ids)
    met = conflicts.met_people(connection, ids)
    sold = conflicts.orders_of(connection, ids)
    return {
        lead_id: _claim(
            lead,
            processes[lead.process],
            people.get(lead_id, []),
            met.get(lead_id, set()),
            sold.get(lead_id, (0, 0)),
            lang,
        )
        for lead_id, lead in found.items()
    }


def _claim(
    lead: Lead, process: Process, people: list[Contact], met: set[int], sold: tuple[int, int], lang: str
) -> dict[str, Any]:
    # a process names the roles from whoever decides downwards
    order = [role.code for role in process.roles]
    reached = [order.index(role) for one in people if one.id in met for role in one.roles if role in order]
    deepest = order[min(reached)] if reached else None
    return {
        "lead_id": lead.id,
        "name": lead.name,
        "short": label(lead),
        "owner": lead.owner,
        "registered_by": lead.registered_by,
        "registered_at": lead.received_at or lead.created_at,
        "received_at": lead.received_at,
        "created_at": lead.created_at,
        "followups": lead.followups,
        "answered": lead.answered,
        "visits": lead.visits,
        "people": len(people),
        "met": len(met),
        "deepest_role": deepest,
        "deepest_title": short_title(process.known("role", deepest), lang) if deepest else None,
        "last_contact": lead.last_followup_at,
        "process": lead.process,
        "stage": lead.stage,
        "stage_title": process.known("stage", lead.stage).title(lang),
        "status": lead.status,
        "orders": sold[0],
        "sales": money(sold[1]),
        "depth": min(reached, default=len(order)),
        "often": -lead.answered,
    }


def _section(one: dict[str, Any], lang: str) -> Section:
    claims = one["claims"]
    if len(claims) == 1:  # the two are one, and the earlier of their days of recording is not of the first
        claims = [claims[0] | {"created_at": claims[0]["registered_at"]}]
    columns = [Column("what", t("conflicts.what", lang))]
    columns += [
        Column(f"claim_{claim['lead_id']}", f"{claim['owner'] or '-'} #{claim['lead_id']}", shrink=True)
        for claim in claims
    ]
    rows = [
        Row((t(f"conflicts.row_{name}", lang), *(say(claim, lang) for claim in claims)))
        for name, say in _ROWS.items()
    ]
    head = t("conflicts.head", lang, id=one["id"], name=claims[0]["name"], found=one["found_at"][:10])
    return Section(columns=tuple(columns), rows=tuple(rows), heading=head, after=tuple(_below(one, lang)))


def _registered(claim: dict[str, Any], lang: str) -> str:
    at, recorded = claim["registered_at"], claim["created_at"]
    said = f"{at[:10]} {claim['registered_by']}"
    # a day that was told later than it was is shown with the one that the book can vouch for
    return said if recorded[:10] <= at[:10] else said + t("conflicts.recorded", lang, day=recorded[:10])


def _contacts(claim: dict[str, Any], lang: str) -> str:
    return t("conflicts.contacts", lang, **claim)


def _people(claim: dict[str, Any], lang: str) -> str:
    return t("conflicts.people", lang, **claim)


def _stage(claim: dict[str, Any], lang: str) -> str:
    title = str(claim["stage_title"])
    if claim["status"] == "open":
        return title
    state = t(f"lists.status_{claim['status']}", lang)
    return f"{title} {state}"


def _orders(claim: dict[str, Any], lang: str) -> str | None:
    if not claim["orders"]:
        return None
    return f"{claim['orders']}  {yuan_text(claim['sales'], lang)}"


_ROWS: dict[str, Any] = {
    "registered": _registered,
    "contacts": _contacts,
    "people": _people,
    "deepest": lambda claim, lang: claim["deepest_title"],
    "last": lambda claim, lang: (claim["last_contact"] or "")[:10] or None,
    "stage": _stage,
    "orders": _orders,
}


def _below(one: dict[str, Any], lang: str) -> list[str]:
    if one["settled_at"]:
        day, to = one["settled_at"][:10], one["settled_to"] or "-"
        return [t("conflicts.settled", lang, day=day, to=to, why=one["why"] or "-", by=one["by"])]
    if one["hint"] is None:
        return []
    return [_hint_line(one, lang), t("conflicts.how", lang, id=one["id"])]


def _hint_line(one: dict[str, Any], lang: str) -> str:
    by_id = {claim["lead_id"]: claim for claim in one["claims"]}
    said = one["hint"]
    parts = []
    for name in ("first", "deeper", "oftener"):
        claim = by_id.get(said[name])
        if claim:
            values = claim | {
                "owner": claim["owner"] or f"#{claim['lead_id']}",
                "day": claim["registered_at"][:10],
            }
            parts.append(t(f"conflicts.hint_{name}", lang, **values))
    return t("conflicts.hint", lang) + t("show.comma", lang).join(parts or [t("conflicts.hint_alike", lang)])


def _chat(data: Sequence[dict[str, Any]], count: str, lang: str) -> list[str]:
    lines = [count]
    for one in data:
        claims = one["claims"]
        lines.append(
            t("conflicts.head", lang, id=one["id"], name=claims[0]["short"], found=one["found_at"][:10])
        )
        lines += [
            f"{claim['owner'] or '-'}: {_registered(claim, lang)} {_contacts(claim, lang)}"
            for claim in claims
        ]
        lines += _below(one, lang)[:1]
    return lines


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``conflicts`` of ``show --json``: with whom, since when, and how each was settled."""
    found = conflicts.of_lead(connection, lead.id)
    others = [one.other_id if one.lead_id == lead.id else one.lead_id for one in found]
    known = leads.leads_by_id(connection, [lead_id for lead_id in others if lead_id])
    return {
        "conflicts": [
            {
                "id": one.id,
                "other_id": other_id,
                "owner": known[other_id].owner if other_id else None,
                "registered_at": (known[other_id].received_at or known[other_id].created_at)
                if other_id
                else None,
                "first": one.lead_id == lead.id,
                "found_at": one.found_at,
                "settled_at": one.settled_at,
                "settled_to": one.settled_to,
                "why": one.why,
                "by": one.by,
            }
            for one, other_id in zip(found, others, strict=True)
        ]
    }


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """A line for each conflict, open or settled."""
    lines = []
    for one in data["conflicts"]:
        if one["settled_at"]:
            day, to = one["settled_at"][:10], one["settled_to"] or "-"
            lines.append(
                t("conflicts.line_settled", lang, id=one["id"], day=day, to=to, why=one["why"] or "-")
            )
        elif one["other_id"]:
            values = {"id": one["id"], "other_id": one["other_id"], "owner": one["owner"] or "-"}
            lines.append(t("conflicts.line", lang, day=one["registered_at"][:10], **values))
    return Section(before=tuple(lines))
