"""Which leads the book has already, told apart as cli.md says (Who is the same), for thousands of rows."""

from __future__ import annotations

from salesflow.actions.import_lead import LeadIn
from salesflow.names import addresses_contradict, cities_contradict, name_key, similar_key
from salesflow.phones import digits
from salesflow.pinyin import pinyin
from salesflow.store import find
from salesflow.store.rows import Connection


class Known:
    """The leads of the book and of the rows above, by name, id, uid, phone and likeness."""

    def __init__(self, connection: Connection) -> None:
        self._names: dict[str, list[tuple[int, str, str]]] = {}
        self._uids: dict[str, int] = {}
        self._ids: set[int] = set()
        self._phones: set[str] = set()
        self._sounds: set[str] = set()
        for lead_id, uid, name, city, key, city_key, address_key, phones in find.everyone(connection):
            self._ids.add(lead_id)
            self._uids[uid] = lead_id
            self._names.setdefault(key, []).append((lead_id, city_key or "", address_key or ""))
            self._phones.update((phones or "").split())
            self._sounds.update(_sounds(name, city or "", city_key or ""))

    def same(self, lead: LeadIn) -> int | None:
        """The lead that the row is, or None."""
        if lead.uid in self._uids:
            return self._uids[lead.uid]
        if lead.id in self._ids and not lead.uid:  # another book's ids count for themselves
            return lead.id
        columns = lead.columns
        city, address = columns["city_key"] or "", columns["address_key"] or ""
        for lead_id, known_city, known_address in self._names.get(columns["name_key"], ()):
            if not cities_contradict(city, known_city) and not addresses_contradict(address, known_address):
                return lead_id
        return None

    def has(self, lead_id: int) -> bool:
        """Whether a lead has this id."""
        return lead_id in self._ids

    def named(self, name: str) -> int | None:
        """The one lead of that name, or None."""
        found = self._names.get(name_key(name), ())
        return found[0][0] if len(found) == 1 else None

    def remember(self, lead_id: int, lead: LeadIn) -> bool:
        """Whether the lead now added looks like another all the same: its name, nearly its name, or a phone."""
        columns = lead.columns
        self._ids.add(lead_id)
        if lead.uid:
            self._uids[lead.uid] = lead_id
        city = columns["city_key"] or ""
        places = self._names.setdefault(columns["name_key"], [])
        phones = set((columns["phone_digits"] or "").split())
        for person in lead.people:
            phones.update(filter(None, map(digits, person.phones)))
        sounds = _sounds(columns["name"], columns.get("city") or "", city)
        double = bool(places) or not phones.isdisjoint(self._phones) or self._heard(sounds, city)
        places.append((lead_id, city, columns["address_key"] or ""))
        self._phones |= phones
        self._sounds.update(sounds)
        return double

    def _heard(self, sounds: tuple[str, str], city: str) -> bool:
        # nearly the same name in another city is another company
        anywhere, here = sounds
        return (here in self._sounds or f"{anywhere}@" in self._sounds) if city else anywhere in self._sounds


def _sounds(name: str, city: str, city_key: str) -> tuple[str, str]:
    """The name without company endings as it sounds (先锋 is 先峰), and the same with its city."""
    sound = pinyin(similar_key(name, city))[0]
    return sound, f"{sound}@{city_key}"
