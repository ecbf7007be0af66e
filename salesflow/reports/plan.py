"""A day's visits laid out: what is due and what lies near, in the order of the shortest way (E6, F11, M4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from salesflow.reports.plan_items import (
    APPOINTMENT,
    Ask,
    Found,
    Item,
    deadline_on,
    gather,
    unvisited,
)
from salesflow.reports.processes import Processes
from salesflow.route import Leg, Visit
from salesflow.route_trip import Trip, Wanted
from salesflow.store import plan as store
from salesflow.store.rows import Connection

NEAR = 5_000  # metres that an unvisited lead may add to a day that has something due
KEY_TARGET = 3_000  # metres that a key target is worth

# why somebody is not visited
NO_ROOM, NO_TIME, NO_PLACE, ELSEWHERE, KEEPER = "no_room", "no_time", "no_place", "elsewhere", "keeper"


class Slot:
    """One day in the making: its trip and who is on it; a day of ``rest`` holds its appointments alone."""

    def __init__(self, ask: Ask, day: date, *, rest: bool = False) -> None:
        self.day = day
        self.ask = ask
        self.rest = rest
        self.items: dict[int, Item] = {}
        self.trip = Trip(ask.start.spot if ask.start else None, ask.begins_on(day), ask.ends, ask.kmh)

    @property
    def full(self) -> bool:
        """Whether the day holds as many visits as were asked for."""
        return self.rest or len(self.items) >= self.ask.visits

    def put(self, items: Sequence[Item]) -> None:
        """The items are part of the day."""
        self.items |= {item.lead.id: item for item in items}
        self.trip.put(*map(self.wanted, items))

    def take(self, item: Item) -> bool:
        """Whether the item has room on the day: then it is part of it."""
        if self.full or not self.trip.take(self.wanted(item)):
            return False
        self.items[item.lead.id] = item
        return True

    def wanted(self, item: Item) -> Wanted:
        """The item as a stop: an appointment at its time, a first contact before its deadline."""
        takes = self.ask.minutes * 60
        time = item.time if item.on == self.day.isoformat() else deadline_on(item, self.day)
        at = int(time[:2]) * 3600 + int(time[3:5]) * 60 if time else 0
        if not time or (self.day == self.ask.now.date() and at < self.ask.begins_on(self.day)):
            return Wanted(item.lead.id, item.spot, Visit(takes))  # its hour is over
        earliest = at if item.kind == APPOINTMENT else 0
        return Wanted(item.lead.id, item.spot, Visit(takes, earliest, at))

    def areas(self) -> list[str]:
        """The areas that the day leads through, in that order."""
        held = (self.items[one.key].spot.area for one in self.trip.stops)
        return list(dict.fromkeys(area for area in held if area))


class Plan(NamedTuple):
    """What was laid out: the days, the calls beside them, who was left out and why."""

    slots: list[Slot]
    calls: list[Item]
    out: list[tuple[Item, str]]
    counts: dict[str, int]  # why so many were left out that nobody looked at
    chosen: str | None = None  # the area that a day without anything due was given
    unvisited: int = 0


def lay_out(connection: Connection, ask: Ask, processes: Processes) -> Plan:
    """The plan of one day: appointments, first contacts, promises, then unvisited leads on the way."""
    found = gather(connection, ask, processes)
    slot = Slot(ask, ask.first)
    calls, out = fixed([slot], found)
    calls += pressing(slot, found.first)
    for item in found.due:
        if item.is_call:
            calls.append(item)
        elif why := _refused(slot, item):
            out.append((item, why))
    chosen, left = _fill(connection, ask, slot)
    return Plan([slot], calls, out, counts_of(found), chosen, left)


def counts_of(found: Found) -> dict[str, int]:
    """Those who were left out without a look at them, by the reason."""
    return {why: count for why, count in ((ELSEWHERE, found.elsewhere), (NO_ROOM, found.unread)) if count}


def fixed(slots: Sequence[Slot], found: Found) -> tuple[list[Item], list[tuple[Item, str]]]:
    """The appointments put on their days; those that are calls, and those that somebody else keeps."""
    calls: list[Item] = []
    out: list[tuple[Item, str]] = []
    kept: list[Item] = []
    for item in found.appointments:
        keeper = item.planned.keeper
        if keeper and keeper != slots[0].ask.rep:
            out.append((item, KEEPER))
        elif item.is_call:
            calls.append(item)
        else:
            kept.append(item)
    for slot in slots:
        slot.put([item for item in kept if item.on == slot.day.isoformat()])
    return calls, out


def pressing(slot: Slot, items: Sequence[Item]) -> list[Item]:
    """First contacts that cannot be visited in time: they are called."""
    return [item for item in items if item.is_call or not item.spot.known or not slot.take(item)]


def _refused(slot: Slot, item: Item) -> str:
    # why it is not on the day; '' where it is
    if not item.spot.known:
        return NO_PLACE
    if slot.full:
        return NO_ROOM
    return "" if slot.take(item) else NO_TIME


def _fill(connection: Connection, ask: Ask, slot: Slot) -> tuple[str | None, int]:
    """The rest of the day with leads nobody has visited; the area that was chosen for it, how many are left there."""
    chosen = None
    areas = [ask.area] if ask.area else slot.areas()
    if not areas and ask.start and ask.start.spot.area:
        areas = [ask.start.spot.area]
    near = _middle(slot)
    if not areas and not near:
        counted = store.count_unvisited(connection, ask.owner)
        chosen = counted[0][0] if counted else None
        areas = [chosen] if chosen else []
    if not slot.full:
        limit = None if ask.area or not slot.items else NEAR
        _add_nearest(slot, unvisited(connection, ask, areas, near), limit)
    if not areas:
        return chosen, 0
    there = sum(not item.lead.visits and item.lead.next_date is None for item in slot.items.values())
    return chosen, max(0, store.count_unvisited_in(connection, areas, ask.owner) - there)


def _add_nearest(slot: Slot, items: list[Item], limit: int | None) -> None:
    left = [item for item in items if item.spot.known and item.lead.id not in slot.items]
    while left and not slot.full:
        ranked = []
        for place, item in enumerate(left):
            more = slot.trip.detour(slot.wanted(item))
            if more is not None and (limit is None or more <= limit):
                ranked.append((more - KEY_TARGET * item.lead.key_target, place))
        if not ranked:
            return
        item = left.pop(min(ranked)[1])
        slot.take(item)


def _middle(slot: Slot) -> tuple[float, float] | None:
    spots = [item.spot for item in slot.items.values()]
    spots += [slot.ask.start.spot] if slot.ask.start and not spots else []
    known = [(one.lat, one.lng) for one in spots if one.lat is not None and one.lng is not None]
    if not known:
        return None
    return sum(lat for lat, _ in known) / len(known), sum(lng for _, lng in known) / len(known)


def reasons(plan: Plan) -> dict[str, int]:
    """How many were left out, by the reason."""
    found = dict(plan.counts)
    for _, why in plan.out:
        found[why] = found.get(why, 0) + 1
    return found


def stops(plan: Plan) -> Iterator[tuple[Slot, int, Item, Leg]]:
    """Each stop: its day, its place on it from 1, who it is, its leg."""
    for slot in plan.slots:
        for number, leg in enumerate(slot.trip.legs(), 1):
            yield slot, number, slot.items[slot.trip.stops[leg.stop].key], leg
