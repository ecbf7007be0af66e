"""What a day could hold: appointments, first contacts, promises by worth and lateness, unvisited leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from salesflow import funnel
from salesflow.models import Lead
from salesflow.reports.processes import Processes
from salesflow.route_places import Spot, is_point, street_of
from salesflow.store import leads, reminders
from salesflow.store import plan as store
from salesflow.store import today as days
from salesflow.store.plan import Planned
from salesflow.store.rows import Connection
from salesflow.store.today import Day, Rules

MOST = 300  # of each kind that are looked at: nobody visits more in a week
NEARBY = 200
_DEGREES = 0.1  # about ten kilometres
_NOTHING = Planned(None, None, None)

APPOINTMENT, FIRST, DUE, NEW = "appointment", "first_contact", "due", "unvisited"


class Start(NamedTuple):
    """Where the day begins: how it is called, the lead that it is, the place."""

    label: str
    lead_id: int | None
    spot: Spot


class Ask(NamedTuple):
    """What is asked for: the days, the place, and what a day can hold (seconds of the day, minutes a visit)."""

    days: tuple[date, ...]
    last: date
    now: datetime
    lang: str
    rep: str
    area: str | None
    start: Start | None
    visits: int
    begins: int
    ends: int
    kmh: int
    minutes: int
    owner: str | None = None
    week: bool = False

    @property
    def first(self) -> date:
        """The first day that is planned."""
        return self.days[0]

    def begins_on(self, day: date) -> int:
        """When one can set out on that day: today not before now, to the next five minutes."""
        if day != self.now.date():
            return self.begins
        now = -(-(self.now.hour * 60 + self.now.minute) // 5) * 300
        return max(self.begins, now)


class Item(NamedTuple):
    """One lead that could be visited or called: why, when it was promised, how, where it is."""

    lead: Lead
    kind: str
    on: str | None
    time: str | None
    rank: int
    via: str | None
    planned: Planned
    spot: Spot
    is_call: bool = False

    @property
    def worth(self) -> tuple[object, ...]:
        """The order of the promises: key targets, the hottest grade, the most value, the longest late."""
        lead = self.lead
        return (not lead.key_target, self.rank, -(lead.goal_fen or 0), self.on or "9", lead.id)

    def days_late(self, day: date) -> int:
        """How many days after its own that day is."""
        late = self.on and self.kind in (DUE, APPOINTMENT)
        return max(0, (day - date.fromisoformat(self.on or "")).days) if late else 0


class Found(NamedTuple):
    """What there is to do, each in its own order; ``unread`` are promises beyond those that were looked at."""

    appointments: list[Item]
    first: list[Item]
    due: list[Item]
    elsewhere: int
    unread: int


def gather(connection: Connection, ask: Ask, processes: Processes) -> Found:
    """What is due on the days asked for, and what is overdue by then."""
    day = _day(ask, processes)
    here = day._replace(area=ask.area)
    lines = {bucket: days.listed(connection, here, bucket) for bucket in ("first_contact", "overdue", "due")}
    timed = reminders.appointments(connection, day.date, day.last)
    buckets = {line.lead_id: line for found in lines.values() for line in found}
    ids = list(dict.fromkeys([row[0] for row in timed] + list(buckets)))
    found = [
        one
        for one in leads.leads_by_id(connection, ids).values()
        if one.status == "open" and _asked(ask, one)
    ]
    deadlines = {
        line.lead_id: f"{line.date}T{line.time}" for line in lines["first_contact"] if line.lead_id in buckets
    }
    items = _items(connection, found, ask, processes, deadlines)
    counted = sum(days.count(connection, here, bucket) for bucket in lines)
    return Found(
        sorted((one for one in items if one.kind == APPOINTMENT), key=lambda one: (one.on, one.time)),
        sorted((one for one in items if one.kind == FIRST), key=lambda one: (one.on, one.worth)),
        sorted((one for one in items if one.kind == DUE), key=lambda one: one.worth),
        _elsewhere(connection, ask, day, counted, items),
        counted - len(buckets),
    )


def _asked(ask: Ask, lead: Lead) -> bool:
    # what stands on a day of its own between today and the one planned is done then, not now
    today = ask.now.date().isoformat()
    own = lead.next_date is not None and today <= lead.next_date < ask.first.isoformat()
    over = lead.next_date == today and _seconds(f"{ask.now:%H:%M}") >= ask.ends
    mine = ask.owner is None or (lead.owner or "") == ask.owner
    return mine and (not own or over)


def _seconds(text: str) -> int:
    return int(text[:2]) * 3600 + int(text[3:5]) * 60


def _day(ask: Ask, processes: Processes) -> Day:
    rules = tuple(
        Rules(one.code, tuple(grade.code for grade in one.grades), one.first_contact_hours)
        for one in processes
    )
    return Day(ask.first.isoformat(), ask.last.isoformat(), rules, None, None, MOST, ask.owner)


def _elsewhere(connection: Connection, ask: Ask, day: Day, counted: int, items: Sequence[Item]) -> int:
    if ask.area is None:
        return 0
    every = sum(days.count(connection, day, bucket) for bucket in ("first_contact", "overdue", "due"))
    met = sum(one.kind == APPOINTMENT and one.lead.area != ask.area for one in items)
    return max(0, every - counted - met)


def _items(
    connection: Connection,
    found: Sequence[Lead],
    ask: Ask,
    processes: Processes,
    deadlines: dict[int, str],
) -> list[Item]:
    planned = store.planned(connection, [lead.id for lead in found])
    spots = spots_of(connection, found, {key: one.place for key, one in planned.items() if one.place})
    items = []
    for lead in found:
        process = processes[lead.process]
        via = lead.next_via or (process.default_via if lead.next_date else None)
        call = via is not None and not process.known_via(via).counts_as_visit
        kind, on = _kind(lead, ask, deadlines.get(lead.id))
        grades = [grade.code for grade in process.grades]
        rank = grades.index(lead.grade) if lead.grade in grades else len(grades)
        time = lead.next_time if kind == APPOINTMENT else None
        items.append(
            Item(lead, kind, on, time, rank, via, planned.get(lead.id, _NOTHING), spots[lead.id], call)
        )
    return items


def _kind(lead: Lead, ask: Ask, deadline: str | None) -> tuple[str, str | None]:
    if lead.next_date and lead.next_time and lead.next_date >= ask.first.isoformat():
        return APPOINTMENT, lead.next_date
    promised = lead.next_date is not None and lead.next_date <= ask.last.isoformat()
    return (FIRST, deadline) if deadline and not promised else (DUE, lead.next_date)


def spots_of(
    connection: Connection, found: Iterable[Lead], places: dict[int, str] | None = None
) -> dict[int, Spot]:
    """Where each lead is, or where it is to be met; an area stands for what has no coordinates."""
    spots = {lead.id: _spot(lead, (places or {}).get(lead.id)) for lead in found}
    missing = {(one.area, one.city) for one in spots.values() if one.area and one.lat is None}
    centres = store.centres(connection, missing) if missing else {}
    for key, one in spots.items():
        if one.lat is None and (one.area, one.city) in centres:
            lat, lng = centres[one.area, one.city]
            spots[key] = one._replace(lat=lat, lng=lng)
    return spots


def _spot(lead: Lead, place: str | None) -> Spot:
    if place:
        elsewhere = spot_of_text(place, lead.province or "", lead.city or "")
        if elsewhere.area and elsewhere.area != lead.area:
            return elsewhere
    street, number = street_of(lead.address)
    known = Spot(None, None, lead.area or "", lead.city or "", street, number)
    if is_point(lead.lat, lead.lng):
        return known._replace(lat=lead.lat, lng=lead.lng, sure=True)
    return known


def spot_of_text(text: str, province: str = "", city: str = "") -> Spot:
    """What an address says of where it is."""
    from salesflow.divisions import locate

    told = locate(text, province, city)
    street, number = street_of(text)
    return Spot(None, None, told.area, told.city or city, street, number)


def unvisited(
    connection: Connection, ask: Ask, areas: Sequence[str], near: tuple[float, float] | None
) -> list[Item]:
    """Leads that nobody has visited, in these areas; around the place where no area is known."""
    if areas:
        ids = store.unvisited_in(connection, areas, near, NEARBY, ask.owner)
    elif near:
        ids = store.unvisited_around(connection, near, _DEGREES, NEARBY, ask.owner)
    else:
        return []
    found = leads.leads_by_id(connection, ids)
    spots = spots_of(connection, found.values())
    held = (found[one] for one in ids)
    return [Item(lead, NEW, None, None, 0, None, _NOTHING, spots[lead.id]) for lead in held]


def deadline_on(item: Item, day: date) -> str | None:
    """The hour of that day by which a first contact is to be made, if it is on that day."""
    if item.kind != FIRST or not item.on or item.on[:10] != day.isoformat():
        return None
    return item.on[11:16]


def asked_for(lead: Lead, facts: funnel.Facts, processes: Processes, lang: str) -> tuple[str, str] | None:
    """What to find out at the lead, code and title."""
    found = funnel.ask(processes[lead.process], facts)
    return (found[0], found[1][lang]) if found else None
