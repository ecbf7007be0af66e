"""A lead and what hangs on it as the JSON of cli.md: codes never depend on the language, titles do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from salesflow import funnel
from salesflow.models import Contact, Followup, Lead, Move, SalesOrder
from salesflow.money import yuan
from salesflow.processes import Process


def money(fen: int | None) -> int | float | None:
    """Yuan for JSON; null stays null."""
    return None if fen is None else yuan(fen)


def is_new_customer(process: Process, first_order: str | None, today: date) -> bool:
    """Whether the first order was signed no longer ago than the process's days of watching closely (M9)."""
    if first_order is None:
        return False
    return 0 <= (today - date.fromisoformat(first_order)).days <= process.new_customer_days


def lead_record(
    lead: Lead, process: Process, facts: funnel.Facts, lang: str, *, new_customer: bool
) -> dict[str, Any]:
    """The lead in the keys that ``list`` and ``find`` promise."""
    share, missing = funnel.completeness(process, facts)
    return {
        "id": lead.id,
        "uid": lead.uid,
        "name": lead.name,
        "short": lead.short,
        "process": lead.process,
        "stage": lead.stage,
        "stage_title": process.stage(lead.stage).title(lang),
        "status": lead.status,
        "owner": lead.owner,
        "registered_by": lead.registered_by,
        "grade": lead.grade,
        "kind": lead.kind,
        "need": lead.need,
        "source": lead.source,
        "passive": lead.passive,
        "area": lead.area,
        "city": lead.city,
        "province": lead.province,
        "address": lead.address,
        "lat": lead.lat,
        "lng": lead.lng,
        "phone": lead.phone,
        "brands": list(lead.brands),
        "supplier": lead.supplier,
        "volume_month": lead.volume_month,
        "ownership": lead.ownership,
        "shareholders": lead.shareholders,
        "industry": lead.industry,
        "size": lead.size,
        "side": lead.side,
        "parent": lead.parent_id,
        "reference": lead.reference,
        "key_target": lead.key_target,
        "new_customer": new_customer,
        "helped_by": lead.helped_by,
        "credit": lead.credit,
        "credit_by": lead.credit_by,
        "credit_on": lead.credit_on,
        "approach": lead.approach,
        "from_list": lead.from_list,
        "buying_step": lead.buying_step,
        "customer_class": lead.customer_class,
        "goal_value": money(lead.goal_fen),
        "goal_on": lead.goal_on,
        "next_date": lead.next_date,
        "next_time": lead.next_time,
        "next_reason": lead.next_reason,
        "next_via": lead.next_via,
        "received_at": lead.received_at,
        "first_followup_at": lead.first_followup_at,
        "last_followup_at": lead.last_followup_at,
        "followups": lead.followups,
        "visits": lead.visits,
        "reschedules": lead.reschedules,
        "completeness": round(share, 4),
        "missing": list(missing),
        "tags": list(lead.tags),
        "custom": dict(lead.custom),
        "referrer": lead.referrer_id,
        "note": lead.note,
        "created_at": lead.created_at,
        "updated_at": lead.updated_at,
    }


def in_chain(people: Iterable[Contact]) -> list[Contact]:
    """The people in the order in which a purchase goes through them, then those outside it as they were met."""
    return sorted(people, key=lambda one: (one.chain is None, one.chain or 0, one.id))


def contact_record(contact: Contact, last_met: str | None) -> dict[str, Any]:
    """A person in the keys that ``show`` promises; ``last_met`` is the day they last answered us."""
    return {
        "id": contact.id,
        "name": contact.name,
        "title": contact.title,
        "roles": list(contact.roles),
        "phones": list(contact.phones),
        "wechat": contact.wechat,
        "email": contact.email,
        "attitude": contact.attitude,
        "character": contact.character,
        "hobbies": contact.hobbies,
        "birthday": contact.birthday,
        "family": contact.family,
        "friends": contact.friends,
        "department": contact.department,
        "chain": contact.chain,
        "weight": contact.weight,
        "last_met": last_met,
    }


def followup_record(one: Followup) -> dict[str, Any]:
    """A follow-up in the keys that ``show`` promises."""
    return {
        "id": one.id,
        "at": one.at,
        "via": one.via,
        "incoming": one.incoming,
        "answered": one.answered,
        "with": one.contact,
        "note": one.note,
        "learned": one.learned,
        "did": one.did,
        "feedback": one.feedback,
        "progress": one.progress,
        "purpose": one.purpose,
        "goal_met": one.goal_met,
        "result": one.result,
        "hook": one.hook,
        "grade": one.grade,
        "next_date": one.next_date,
        "next_reason": one.next_reason,
        "by": one.by,
        "recorded_at": one.recorded_at,
    }


def information_record(process: Process, facts: funnel.Facts, lang: str) -> list[dict[str, Any]]:
    """Each kind of information with how much of it is known (0 to 1), and what is missing (E4)."""
    found = []
    for one in process.information:
        share, missing = funnel.filled(process, one.required, facts)
        found.append(
            {
                "code": one.code,
                "title": one.title(lang),
                "share": round(share, 4),
                "missing": list(missing),
                "total": len(one.required),
            }
        )
    return found


def move_record(move: Move, now: str) -> dict[str, Any]:
    """A stage move in the keys that ``show`` promises; ``now`` is the process that the lead follows."""
    process = move.process or now
    return {
        "from": move.from_stage,
        "to": move.to_stage,
        "from_process": move.from_process or process,
        "process": process,
        "at": move.at,
        "why": move.why,
        "forced": move.forced,
        "by": move.by,
    }


def status_record(move: Move) -> dict[str, Any]:
    """A lead parked, lost or opened again: when, why, and what the reason wanted told."""
    return {
        "from": move.from_status,
        "to": move.to_status,
        "at": move.at,
        "why": move.why,
        "by": move.by,
        "reason": move.reason,
        "competitor": move.competitor,
        "until": move.until,
    }


def order_record(order: SalesOrder) -> dict[str, Any]:
    """An order: amount in yuan, null for a supply contract without a sum."""
    return {
        "id": order.id,
        "lead_id": order.lead_id,
        "signed_on": order.signed_on,
        "amount": money(order.amount_fen),
        "framework": order.framework,
        "product": order.product,
        "note": order.note,
        "by": order.by,
    }


def gate_record(process: Process, facts: funnel.Facts, lang: str) -> dict[str, Any] | None:
    """The next gate and what it still wants, by code and by title; None in the last stage."""
    gate = funnel.next_gate(process, facts)
    if gate is None:
        return None
    stage, missing = gate
    return {
        "stage": stage.code,
        "stage_title": stage.title(lang),
        "missing": [want.code for want in missing],
        "missing_titles": [funnel.want_title(want, lang) for want in missing],
    }
