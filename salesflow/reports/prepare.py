"""One page before a visit or a call: who, what for, what was said, what is missing, what stands against us (F12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from salesflow import facts as rules
from salesflow import funnel
from salesflow.models import Competitor, Followup, Incident, Objection, Promise
from salesflow.names import label, label_of, name_key
from salesflow.processes import Item, Process, short_title
from salesflow.reports import records, show
from salesflow.reports.show_base import File
from salesflow.store import care, competitors, followups, leads
from salesflow.store.rows import Connection

SAID = 2  # follow-ups
QUOTES = 3
ANSWERS = 2  # from other leads, to one objection
OBJECTIONS = 8  # that a page has room for


# keys of the page that are those of `show --json`
_KEPT = (
    "name", "short", "process", "stage", "stage_title", "status", "grade", "need", "area", "city", "address", "phone",
    "kind", "brands", "supplier", "volume_month", "buying_step", "key_target", "helped_by", "owner",
    "goal_value", "goal_on", "appointment", "planned", "negotiation", "strategies",
    "customer_class", "care", "reorders", "service_plan",
)  # fmt: skip


class Page(NamedTuple):
    """All that the page is drawn from; ``data`` is its JSON."""

    file: File
    promise: Promise | None
    said: list[Followup]
    guide: list[Item]
    objections: list[Objection]
    incidents: list[Incident]
    competitors: list[Competitor]
    data: dict[str, Any]


def read(connection: Connection, lead_id: int, lang: str, today: date) -> Page:
    """The page about the lead."""
    file = show.read(connection, lead_id, lang, today)
    page = Page(
        file,
        followups.open_promise(connection, lead_id),
        file.followups[:SAID],
        guide(file.process, file.facts),
        care.list_objections(connection, lead_id),
        care.list_incidents(connection, lead_id, open_only=True),
        competitors.list_competitors(connection, lead_id),
        {},
    )
    told = _worked_elsewhere(connection, page)
    return page._replace(data=_data(page, _insiders(connection, file, lang), told, lang))


def guide(process: Process, facts: funnel.Facts) -> list[Item]:
    """The guide of the stage, the open points first, part by part, without what is known by now (L12)."""
    items = process.stage(facts.stage).guide
    left = [one for one in items if one.until is None or funnel.missing((one.until,), facts)]
    parts = list(dict.fromkeys([funnel.OPEN_POINT, *(one.part for one in left)]))
    return sorted(left, key=lambda one: parts.index(one.part))


def _data(
    page: Page, insiders: list[dict[str, Any]], told: dict[int, list[dict[str, Any]]], lang: str
) -> dict[str, Any]:
    file, process = page.file, page.file.process
    lead = file.lead
    return {
        "lead_id": lead.id,
        **{name: file.data[name] for name in _KEPT},
        "label": label(lead),
        "effort": next((one.effort.get(lang) for one in process.grades if one.code == lead.grade), None),
        "people": [_person(one, file, lang) for one in file.data["contacts"]],
        "promise": _promise(page, lang),
        "said": [records.followup_record(one) for one in page.said],
        **_gate(file, lang),
        "work": process.stage(lead.stage).work.get(lang),
        "guide": [_item(one, lang) for one in page.guide],
        "objections": [
            {**_objection(one), "answers": told.get(one.id, [])} for one in page.objections if not one.worked
        ],
        "worked": [_objection(one) for one in page.objections if one.worked],
        "competitors": [_competitor(one) for one in page.competitors],
        "insiders": insiders,
        "incidents": [
            {"id": one.id, "opened_at": one.opened_at, "text": one.text, "due_on": one.due_on}
            for one in page.incidents
        ],
        "fields": [
            {"code": field.code, "title": field.title(lang), "value": lead.custom.get(field.code)}
            for field in process.fields
            if field.own
        ],
        "quotes": file.data["quotes"][:QUOTES],
    }


def _person(contact: dict[str, Any], file: File, lang: str) -> dict[str, Any]:
    process = file.process
    met = next(
        (one.at[:10] for one in file.followups if one.contact_id == contact["id"] and one.answered), None
    )
    attitude = contact["attitude"]
    return {
        **contact,
        "role_titles": [short_title(process.known("role", role), lang) for role in contact["roles"]],
        "attitude_title": process.known("attitude", attitude).title(lang) if attitude else None,
        "last_contact": met,
    }


def _promise(page: Page, lang: str) -> dict[str, Any] | None:
    one, process = page.promise, page.file.process
    if one is None:
        return None
    return {
        "date": one.date,
        "time": one.time,
        "via": one.via,
        "via_title": short_title(process.known_via(one.via), lang) if one.via else None,
        "reason": one.reason,
        "moved": page.file.lead.reschedules,
    }


def _gate(file: File, lang: str) -> dict[str, Any]:
    found = funnel.next_gate(file.process, file.facts)
    if found is None or file.lead.status != "open":
        return {"next_stage": None, "next_stage_title": None, "missing": []}
    stage, missing = found
    wants = [
        {
            "code": want.code,
            "title": funnel.want_title(want, lang),
            "ask": want.ask[lang],
            "command": funnel.supply_command(want, file.lead.id, lang),
        }
        for want in missing
    ]
    return {"next_stage": stage.code, "next_stage_title": stage.title(lang), "missing": wants}


def _item(one: Item, lang: str) -> dict[str, Any]:
    return {"code": one.code, "part": one.part, "title": one.title(lang)}


def _objection(one: Objection) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at,
        "with": one.contact,
        "text": one.text,
        "answer": one.answer,
        "worked": one.worked,
    }


def _competitor(one: Competitor) -> dict[str, Any]:
    return {
        "name": one.name,
        "strengths": one.strengths,
        "weaknesses": one.weaknesses,
        "price": records.money(one.price_fen),
        "relation": one.relation,
        "supporter": one.supporter,
        "note": one.note,
    }


def _insiders(connection: Connection, file: File, lang: str) -> list[dict[str, Any]]:
    # F13: what the checklists that are asked of somebody at the lead do not know yet
    asked = [one for one in file.process.checklists if one.role]
    if not asked:
        return []
    ours = {
        (one.checklist, one.item): one.points
        for one in competitors.list_points(connection, file.lead.id)
        if one.competitor_id is None
    }
    known = file.facts._replace(points=ours)
    found = []
    for checklist in asked:
        left = [point for point in checklist.points if rules.points_of(checklist, point, known) is None]
        found.append(
            {
                "code": checklist.code,
                "title": checklist.title(lang),
                "role": checklist.role,
                "people": [one.name for one in file.people if checklist.role in one.roles],
                "points": [{"code": point.code, "title": point.title(lang)} for point in left],
            }
        )
    return found


def _worked_elsewhere(connection: Connection, page: Page) -> dict[int, list[dict[str, Any]]]:
    """By objection that stands, the answers that worked where other leads said much the same (L5)."""
    standing = [one for one in page.objections if not one.worked][:OBJECTIONS]
    if not standing:
        return {}
    worked = [one for one in care.list_objections(connection) if one.worked and one.answer]
    found = {one.id: list(_answers(one, worked))[:ANSWERS] for one in standing}
    named = leads.leads_by_id(connection, [one.lead_id for each in found.values() for one in each])
    return {
        objection_id: [
            {
                "answer": one.answer,
                "lead_id": one.lead_id,
                "short": label_of(*(getattr(named[one.lead_id], key) for key in ("name", "short", "city"))),
            }
            for one in each
        ]
        for objection_id, each in found.items()
    }


def _answers(objection: Objection, worked: Iterable[Objection]) -> Iterable[Objection]:
    # the newest of each answer; alike are texts that share half of the shorter one's pairs of characters
    pairs = _pairs(objection.text)
    seen: set[str] = set()
    for one in worked:
        others = _pairs(one.text)
        answer = name_key(one.answer or "")
        if (
            2 * len(pairs & others) >= min(len(pairs), len(others))
            and answer not in seen
            and one.id != objection.id
        ):
            seen.add(answer)
            yield one


def _pairs(text: str) -> set[str]:
    plain = name_key(text)
    return {plain[place : place + 2] for place in range(max(1, len(plain) - 1))}
