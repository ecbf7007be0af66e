"""A week's visits: what is due spread over its working days, a district a day as far as that goes (E6, M3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesflow.reports import plan
from salesflow.reports.plan import NO_PLACE, NO_ROOM, NO_TIME, Plan, Slot
from salesflow.reports.plan_items import Ask, Item, gather
from salesflow.reports.processes import Processes
from salesflow.store.rows import Connection


def lay_out(connection: Connection, ask: Ask, processes: Processes) -> Plan:
    """The plan of the week: appointments on their days, the rest by worth to the day of its district.

    What is promised for a day of the week is visited on it or before it as long as there is room; one of a day
    that is not worked on the nearest working day before it, where the week has one left.
    """
    found = gather(connection, ask, processes)
    slots = [Slot(ask, day) for day in ask.days]
    met = {date.fromisoformat(one.on) for one in found.appointments if one.on} - {*ask.days}
    slots = sorted([*slots, *(Slot(ask, day, rest=True) for day in met)], key=lambda slot: slot.day)
    calls, out = plan.fixed(slots, found)
    slots = [slot for slot in slots if slot.items or not slot.rest]
    calls += plan.pressing(slots[0], found.first)
    for item in found.due:
        if item.is_call:
            calls.append(item)
        elif not item.spot.known:
            out.append((item, NO_PLACE))
        elif not any(slot.take(item) for slot in _preferred(slots, item)):
            out.append((item, NO_ROOM if all(slot.full for slot in slots) else NO_TIME))
    return Plan(slots, calls, out, plan.counts_of(found))


def _preferred(slots: Sequence[Slot], item: Item) -> list[Slot]:
    """The days in the order in which they suit: in time, in its district, free and near its own day, on the way."""
    before = [
        place for place, slot in enumerate(slots) if not slot.rest and slot.day.isoformat() <= (item.on or "")
    ]
    own = before[-1] if before else 0

    def suits(place: int) -> tuple[int, ...]:
        slot = slots[place]
        late = int(slots[0].day.isoformat() <= (item.on or "") < slot.day.isoformat())
        same = sum(one.spot.area == item.spot.area for one in slot.items.values()) if item.spot.area else 0
        if same:
            return late, 0, -same, place
        if not slot.items:
            return late, 1, abs(place - own), place
        away = slot.trip.detour(slot.wanted(item))
        return late, 2, -1 if away is None else away, place

    return [slots[place] for place in sorted(range(len(slots)), key=suits)]
