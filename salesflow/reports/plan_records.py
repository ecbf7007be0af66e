"""A plan as the records that scripts read: days, stops, calls, who was left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from salesflow.dates import week_label
from salesflow.models import Contact, Lead
from salesflow.names import label
from salesflow.reports import plan, plan_week
from salesflow.reports.facts import People
from salesflow.reports.plan import Plan, Slot
from salesflow.reports.plan_items import FIRST, Ask, Item, asked_for
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.today import who
from salesflow.route import Leg
from salesflow.route_places import is_measured
from salesflow.store import followups
from salesflow.store import plan as store
from salesflow.store.rows import Connection

# the keys of a stop, for a table in a file that has none
FIELDS = (
    "date", "order", "kind", "lead_id", "name", "short", "arrive", "leave", "time", "wait_minutes", "late_minutes",
    "km", "km_known", "minutes", "due", "days_late", "deadline", "reason", "via", "purpose", "place", "grade", "value",
    "key_target", "stage", "stage_title", "process", "area", "city", "address", "lat", "lng", "located", "contact",
    "phone", "ask", "ask_title", "followups", "visits", "last_followup",
)  # fmt: skip


def build(connection: Connection, ask: Ask, processes: Processes) -> dict[str, Any]:
    """``plan --json``: the same keys for a day and for a week."""
    laid = (plan_week if ask.week else plan).lay_out(connection, ask, processes)
    people = _Told(connection, ask, processes, laid)
    data = {
        "plan": "week" if ask.week else "day",
        "from": ask.first.isoformat(),
        "to": ask.last.isoformat(),
        "label": week_label(ask.first) if ask.week else ask.first.isoformat(),
        "area": ask.area or laid.chosen,
        "area_chosen": laid.chosen is not None and bool(laid.slots[0].items),
        "start": _start(ask),
        "speed": ask.kmh,
        "visit_minutes": ask.minutes,
        "most_visits": ask.visits,
        "until": _clock(ask.ends),
        "days": [_day(slot) for slot in laid.slots],
        "stops": [people.stop(*one) for one in plan.stops(laid)],
        "calls": [people.call(one) for one in laid.calls],
        "left_out": [_left_out(one, why) for one, why in laid.out],
        "left_out_counts": plan.reasons(laid),
        "unvisited_left": laid.unvisited,
        "leads": store.any_lead(connection),
    }
    return data


def _start(ask: Ask) -> dict[str, Any] | None:
    if ask.start is None:
        return None
    spot = ask.start.spot
    where = {"lat": spot.lat, "lng": spot.lng, "area": spot.area or None, "km_known": spot.sure}
    return {"label": ask.start.label, "lead_id": ask.start.lead_id, **where}


def _day(slot: Slot) -> dict[str, Any]:
    legs = slot.trip.legs()
    drives = [slot.trip.way(slot.trip.stops).drive(leg.metres) for leg in legs]
    sets_out = legs[0].arrives - drives[0] if legs else slot.trip.begins
    return {
        "date": slot.day.isoformat(),
        "areas": slot.areas(),
        "visits": len(legs),
        "begin": _clock(sets_out // 60 * 60),
        "end": _clock(legs[-1].leaves) if legs else None,
        "km": sum(leg.metres for leg in legs) / 1000,
        "minutes": round(sum(drives) / 60),
        "over_minutes": max(0, legs[-1].leaves - slot.ask.ends) // 60 if legs else 0,
        "full": slot.full,
    }


def _clock(seconds: int) -> str:
    # to the minute; what lies behind midnight says so
    minutes = -(-seconds // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _left_out(item: Item, why: str) -> dict[str, Any]:
    lead = item.lead
    return {
        "lead_id": lead.id,
        "name": lead.name,
        "short": label(lead),
        "kind": item.kind,
        "due": item.on[:10] if item.on else None,
        "time": item.time,
        "area": lead.area,
        "why": why,
        "keeper": item.planned.keeper,
    }


class _Told:
    """Puts stops and calls into records; everything about their leads is read at once."""

    def __init__(self, connection: Connection, ask: Ask, processes: Processes, laid: Plan) -> None:
        self._ask = ask
        self._processes = processes
        items = [*(one for slot in laid.slots for one in slot.items.values()), *laid.calls]
        found = [item.lead for item in items]
        self._people = People(connection, found, processes)
        self._newest = followups.last_ones(connection, [lead.id for lead in found])

    def stop(self, slot: Slot, number: int, item: Item, leg: Leg) -> dict[str, Any]:
        """One stop: where, when, how far from the one before."""
        before = slot.trip.stops[leg.stop - 1].spot if leg.stop else slot.trip.start
        drive = slot.trip.way(slot.trip.stops).drive(leg.metres)
        return {
            "date": slot.day.isoformat(),
            "order": number,
            "kind": item.kind,
            **self._names(item.lead),
            "arrive": _clock(leg.arrives),
            "leave": _clock(leg.leaves),
            "time": item.time,
            "wait_minutes": (leg.begins - leg.arrives) // 60,
            "late_minutes": _late(slot, item, leg),
            "km": leg.metres / 1000 if before else None,
            "km_known": is_measured(before, item.spot) if before else False,
            "minutes": round(drive / 60) if before else None,
            **self._why(item, slot.day),
            **self._where(item),
            **self._whom(item.lead),
        }

    def call(self, item: Item) -> dict[str, Any]:
        """One call, beside the way."""
        day = date.fromisoformat(item.on[:10]) if item.on else self._ask.first
        on = max(day, self._ask.first)
        why = {"kind": item.kind, **self._names(item.lead), "date": on.isoformat(), "time": item.time}
        return {**why, **self._why(item, on), "area": item.lead.area, **self._whom(item.lead)}

    def _names(self, lead: Lead) -> dict[str, Any]:
        return {"lead_id": lead.id, "name": lead.name, "short": label(lead)}

    def _why(self, item: Item, day: date) -> dict[str, Any]:
        lead, process = item.lead, self._processes[item.lead.process]
        return {
            "due": item.on[:10] if item.on else None,
            "days_late": item.days_late(day),
            "deadline": item.on if item.kind == FIRST else None,
            "reason": lead.next_reason if lead.next_date else None,
            "via": item.via,
            "purpose": item.planned.purpose,
            "place": item.planned.place,
            "grade": lead.grade,
            "value": money(lead.goal_fen),
            "key_target": lead.key_target,
            "stage": lead.stage,
            "stage_title": process.known("stage", lead.stage).title(self._ask.lang),
            "process": lead.process,
        }

    def _where(self, item: Item) -> dict[str, Any]:
        lead = item.lead
        where = {"area": item.spot.area or None, "city": lead.city, "address": lead.address}
        return {**where, "lat": item.spot.lat, "lng": item.spot.lng, "located": item.spot.sure}

    def _whom(self, lead: Lead) -> dict[str, Any]:
        person = self._person(lead)
        phones = person.phones if person and person.phones else ()
        asked = asked_for(lead, self._people.facts(lead), self._processes, self._ask.lang)
        return {
            "contact": person.name if person else None,
            "phone": phones[0] if phones else lead.phone,
            "ask": asked[0] if asked else None,
            "ask_title": asked[1] if asked else None,
            "followups": lead.followups,
            "visits": lead.visits,
            "last_followup": lead.last_followup_at[:10] if lead.last_followup_at else None,
        }

    def _person(self, lead: Lead) -> Contact | None:
        met = self._newest.get(lead.id, (None, None))[1]
        return who(self._people.of.get(lead.id, []), met)


def _late(slot: Slot, item: Item, leg: Leg) -> int:
    # against the hour that was agreed, one that is over included
    if item.time is None or item.on != slot.day.isoformat():
        return leg.late // 60
    agreed = int(item.time[:2]) * 60 + int(item.time[3:5])
    return max(0, -(-leg.begins // 60) - agreed)


def ids_of(data: dict[str, Any]) -> Sequence[int]:
    """The leads that the plan tells of."""
    return list(
        dict.fromkeys(one["lead_id"] for name in ("stops", "calls", "left_out") for one in data[name])
    )
