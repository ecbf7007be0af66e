"""The calendar for the phone: what was promised, appointments, incidents due, care, birthdays (F8 to K8).

An event is one promise through all its days: who moves it moves the event. One that was dropped,
undone or kept before its day is cancelled; one that was kept stays where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from salesflow.models import Contact, Lead, Promise
from salesflow.names import called, label, surname
from salesflow.phones import hidden, mask, mask_people
from salesflow.processes import Process
from salesflow.reports import appointment, calendar_after
from salesflow.reports.calendar_after import After
from salesflow.reports.discreet import renamer
from salesflow.reports.processes import Processes
from salesflow.reports.today import who
from salesflow.store import calendar as store
from salesflow.store import contacts, followups, leads
from salesflow.store.rows import Connection
from salesflow.texts import t

CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"
_LONGEST = 500
_NO_YEAR = "2000"  # a leap year, so that there is a 29th of February


class Ask(NamedTuple):
    """What is asked for: the days, the language, the leads (None: all), and those that are told whole."""

    first: str
    last: str
    lang: str
    leads: Container[int] | None = None
    whole: Container[int] = ()
    day: str = ""  # today, where what an order leads to is told too


def build(connection: Connection, ask: Ask) -> list[dict[str, Any]]:
    """The events as records, by their start: ``uid kind lead_id start summary description location lat lng``
    ``status sequence changed alarm yearly``."""
    chains = _asked_for(connection, ask)
    incidents = store.incidents(connection, ask.first, ask.last)
    born = [one for one in store.birthdays(connection) if one.lead_id in ask.whole] if ask.whole else []
    after = _after(connection, ask)
    ids = _ids(chains, incidents, born, after)
    writer = _Writer(connection, ask, [one for one in ids if _asked(ask, one)])
    events = [
        *(writer.promise(one) for one in chains if one.head.lead_id in writer.leads),
        *(writer.incident(one) for one in incidents if one.lead_id in writer.leads),
        *(writer.birthday(one) for one in born if one.lead_id in writer.leads),
        *(writer.after(one) for one in after if one.lead_id in writer.leads),
        *_undone(connection, ask),
    ]
    return sorted(events, key=lambda one: (one["start"], one["uid"]))


def leads_of(connection: Connection, ask: Ask, *, births: bool = False) -> list[int]:
    """The leads that the calendar tells of, those of birthdays too where it is to tell them."""
    born = store.birthdays(connection) if births else []
    incidents = store.incidents(connection, ask.first, ask.last)
    ids = _ids(_asked_for(connection, ask), incidents, born, _after(connection, ask))
    return [one for one in ids if _asked(ask, one)]


def _asked_for(connection: Connection, ask: Ask) -> list[_Chain]:
    return [one for one in _chains(store.promises(connection, ask.first, ask.last)) if one.wanted(ask)]


def _after(connection: Connection, ask: Ask) -> list[After]:
    if not ask.day:
        return []
    return calendar_after.events(connection, ask.first, ask.last, date.fromisoformat(ask.day), ask.lang)


def _ids(chains: Sequence[_Chain], *others: Sequence[store.Due | store.Born | After]) -> list[int]:
    ids = [one.head.lead_id for one in chains]
    return list(dict.fromkeys([*ids, *(one.lead_id for found in others for one in found)]))


def count_later(connection: Connection, ask: Ask) -> int:
    """How many promises stand after the last day."""
    return sum(_asked(ask, lead_id) for lead_id in store.later(connection, ask.last))


def _asked(ask: Ask, lead_id: int) -> bool:
    return ask.leads is None or lead_id in ask.leads


class _Chain(NamedTuple):
    """A promise through its days: the uid of the first, and the last that it was moved to."""

    uid: str
    days: tuple[Promise, ...]

    @property
    def head(self) -> Promise:
        return self.days[-1]

    @property
    def kept(self) -> bool:
        """Whether a follow-up came on the day or after it: one that came before it left nothing to do then."""
        head = self.head
        return head.ended == "followup" and head.date <= (head.ended_at or "")[:10]

    @property
    def status(self) -> str:
        return CONFIRMED if self.head.ended is None or self.kept else CANCELLED

    def wanted(self, ask: Ask) -> bool:
        # whoever has the event on a day of before must hear where it is now
        if self.kept and self.head.date < ask.first:
            return False
        return any(
            ask.first <= one.date <= ask.last or (one.ended_at or "") >= ask.first for one in self.days
        )


def _chains(found: Sequence[tuple[str, Promise]]) -> list[_Chain]:
    root: dict[int, int] = {}
    uids: dict[int, str] = {}
    days: dict[int, list[Promise]] = {}
    for uid, one in found:
        first = root.get(one.moved_from, one.id) if one.moved_from else one.id
        root[one.id] = first
        uids.setdefault(first, uid)
        days.setdefault(first, []).append(one)
    return [_Chain(uids[first], tuple(held)) for first, held in days.items()]


class _Writer:
    """Puts events into words; everything about the leads is read at once."""

    def __init__(self, connection: Connection, ask: Ask, ids: Sequence[int]) -> None:
        self.leads = leads.leads_by_id(connection, ids)
        self._ask = ask
        self._processes = Processes(connection)
        self._people = contacts.contacts_of(connection, ids)
        self._newest = followups.last_ones(connection, ids)
        self._changes = store.changes(connection, ids)
        self._set_up = store.last_set_up(connection)

    def promise(self, chain: _Chain) -> dict[str, Any]:
        """What is to be done: a whole day, or an hour where a time was agreed."""
        one, lead = chain.head, self.leads[chain.head.lead_id]
        process, quiet = self._processes[lead.process], self._quiet(lead)
        purpose = process.known("purpose", one.purpose).title(self._ask.lang) if one.purpose else ""
        way = process.known_via(one.via or process.default_via).title(self._ask.lang)
        what = quiet(_line(one.reason or purpose))
        told = {"way": way, "lead": self._label(lead)}
        bare = t("calendar.summary_bare", self._ask.lang, **told)
        return {
            **self._event(lead, f"fu-{chain.uid}"),
            "kind": "appointment" if one.time else "followup",
            "start": f"{one.date}T{one.time}" if one.time else one.date,
            "summary": t("calendar.summary", self._ask.lang, what=what, **told) if what else bare,
            "description": self._told(lead, process, one, purpose if one.reason else "", quiet),
            **(_elsewhere(quiet(one.place)) if one.place else _at_home(lead, quiet)),
            "status": chain.status,
            "alarm": one.ended is None,
        }

    def incident(self, one: store.Due) -> dict[str, Any]:
        """An incident on the day by which it is to be solved; solved before that, there is nothing left to do."""
        lead = self.leads[one.lead_id]
        quiet = self._quiet(lead)
        gone = lead.status == "lost" or (one.solved_at is not None and one.solved_at[:10] < one.due_on)
        what = quiet(_line(one.text))
        return {
            **self._event(lead, f"incident-{one.uid}"),
            "kind": "incident",
            "start": one.due_on,
            "summary": t("calendar.incident", self._ask.lang, lead=self._label(lead), what=_cut(what, 60)),
            "description": "\n".join([quiet(_cut(one.text)), *self._who(lead)]),
            **_at_home(lead, self._quiet(lead)),
            "status": CANCELLED if gone else CONFIRMED,
            "alarm": one.solved_at is None and not gone,
        }

    def after(self, one: After) -> dict[str, Any]:
        """A care visit, or the day on which to ask for the next order."""
        lead = self.leads[one.lead_id]
        told = t(f"calendar.{one.kind}", self._ask.lang, lead=self._label(lead), what=_line(one.what))
        event = self._event(lead, one.uid)
        return {
            **event,
            # its day follows from the product and the process too, not from the lead alone
            "sequence": max(event["sequence"], self._set_up),
            "kind": one.kind,
            "start": one.on,
            "summary": self._quiet(lead)(told),
            "description": "\n".join([*map(self._quiet(lead), one.more), *self._who(lead)]),
            **_at_home(lead, self._quiet(lead)),
            "status": CONFIRMED if one.stands else CANCELLED,
            "alarm": one.open,
        }

    def birthday(self, one: store.Born) -> dict[str, Any]:
        """A birthday, which comes again each year."""
        lead = self.leads[one.lead_id]
        person = f"{one.name} {one.title}" if one.title else one.name
        return {
            **self._event(lead, f"birthday-{one.uid}"),
            "kind": "birthday",
            "start": one.birthday if len(one.birthday) > 5 else f"{_NO_YEAR}-{one.birthday}",
            "summary": t("calendar.birthday", self._ask.lang, person=person, lead=self._label(lead)),
            "alarm": True,
            "yearly": True,
        }

    def _event(self, lead: Lead, uid: str) -> dict[str, Any]:
        step, at = self._changes.get(lead.id, (0, lead.updated_at))
        return _empty(uid, lead.id, step, at)

    def _label(self, lead: Lead) -> str:
        return label(lead) if lead.id in self._ask.whole else hidden(label(lead))

    def _quiet(self, lead: Lead) -> Callable[[str], str]:
        """What makes a text fit to leave the house: people by their surnames, phones masked."""
        if lead.id in self._ask.whole:
            return str
        renamed = renamer({one.name: surname(one.name) for one in self._people.get(lead.id, ())})
        return lambda text: hidden(renamed(text))

    def _told(
        self, lead: Lead, process: Process, one: Promise, purpose: str, quiet: Callable[[str], str]
    ) -> str:
        lang = self._ask.lang
        stage = process.known("stage", lead.stage).title(lang)
        said = [
            t("calendar.purpose", lang, text=purpose) if purpose else "",
            appointment.who(one.booked_by, one.keeper, lang) if one.booked_by or one.keeper else "",
            t("appointment.effect", lang, text=one.effect) if one.effect else "",
            t("appointment.questions", lang, text=one.questions) if one.questions else "",
            t("appointment.content", lang, text=one.content) if one.content else "",
        ]
        note = self._newest.get(lead.id, (None, None))[0]
        if note and lead.last_followup_at:
            said.append(t("calendar.last", lang, on=lead.last_followup_at[:10], note=_cut(note)))
        graded = t("calendar.graded", lang, stage=stage, grade=lead.grade)
        where = graded if lead.grade else t("calendar.stage", lang, stage=stage)
        # the shop's own number stays as it is: only what people have written is looked through
        return "\n".join([*self._who(lead), where, *(quiet(text) for text in said if text)])

    def _who(self, lead: Lead) -> Iterator[str]:
        lang, personal = self._ask.lang, lead.id in self._ask.whole
        met = self._newest.get(lead.id, (None, None))[1]
        person = who(self._people.get(lead.id, []), met)
        if person:
            yield t("calendar.who", lang, person=_person(person, personal))
        known = [person.character, person.hobbies, person.family] if person and personal else []
        if any(known):
            yield t("calendar.known", lang, text=t("show.comma", lang).join(filter(None, known)))
        if lead.phone:
            phone = lead.phone if personal else mask_people(lead.phone, landlines=False)
            yield t("calendar.phone", lang, phone=phone)


def _undone(connection: Connection, ask: Ask) -> Iterator[dict[str, Any]]:
    found = [one for one in store.undone(connection, ask.first, ask.last) if _asked(ask, one.lead_id)]
    people = contacts.contacts_of(connection, [one.lead_id for one in found])
    for one in found:
        renamed = renamer({person.name: surname(person.name) for person in people.get(one.lead_id, ())})
        yield {
            **_empty(f"fu-{one.uid}", one.lead_id, one.step, one.at),
            "kind": "appointment" if one.time else "followup",
            "start": f"{one.date}T{one.time}" if one.time else one.date,
            "summary": hidden(renamed(_line(one.reason or ""))) or t("calendar.undone", ask.lang),
            "status": CANCELLED,
        }


def _empty(uid: str, lead_id: int, step: int, at: str) -> dict[str, Any]:
    # the number of the step that changed the lead last: each change makes it greater
    return {
        "uid": f"{uid}@salesflow",
        "kind": "",
        "lead_id": lead_id,
        "start": "",
        "summary": "",
        "description": "",
        "location": "",
        "lat": None,
        "lng": None,
        "status": CONFIRMED,
        "sequence": step,
        "changed": at[:16],
        "alarm": False,
        "yearly": False,
    }


def _person(one: Contact, personal: bool) -> str:
    name = f"{one.name} {one.title}" if one.title else one.name
    shown = [name, *one.phones] if personal else [hidden(called(one.name, one.title)), *map(mask, one.phones)]
    return " ".join(shown)


def _elsewhere(place: str) -> dict[str, Any]:
    return {"location": _line(place)}


def _at_home(lead: Lead, quiet: Callable[[str], str]) -> dict[str, Any]:
    """Where the lead is: the address with what it does not say itself of city and district, and the coordinates."""
    parts: list[str] = []
    for part in (lead.address, lead.area, lead.city, lead.province):
        if part and part not in "".join(parts) and part.removesuffix("市") not in "".join(parts):
            parts.insert(0, part)
    return {"location": quiet(_line("".join(parts))), "lat": lead.lat, "lng": lead.lng}


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else text[:most] + "…"
