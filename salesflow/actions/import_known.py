"""Which leads the book has already, told apart as cli.md says (Who is the same), for thousands of rows.

What is held of each lead are three numbers, so that a million of them fit: hashes of its name, of its
phones and of how it sounds. Where a name is known the book is asked for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salesflow.actions.import_lead import LeadIn, sound
from salesflow.names import elsewhere, name_key
from salesflow.store import find, merging
from salesflow.store.rows import Connection


class Known:
    """The leads of the book and of the rows above, by name, id, uid, phone and likeness."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: set[int] = set()
        self._phones: set[int] = set()
        self._sounds: set[int] = set()
        self._everywhere: set[int] | None = None
        # of the rows that are not in their table yet: by name, by uid, by id, and how they sound
        self._waiting: dict[str, list[tuple[int, str, str]]] = {}
        self._waiting_uids: dict[str, int] = {}
        self._waiting_sounds: dict[int, int] = {}
        for name, city, key, city_key, phones in find.everyone(connection):
            self._names.add(hash(key))
            self._phones.update(map(hash, (phones or "").split()))
            self._sounds.add(hash(f"{sound(name, city or '')}@{city_key or ''}"))
        # the leads that were merged into others are those now: their list may come again
        self._former: dict[str, list[tuple[int, str, str]]] = {}
        for one in merging.formerly(connection):
            self._names.add(hash(one.name_key))
            self._former.setdefault(one.name_key, []).append((one.lead_id, one.city_key, one.address_key))

    def written(self) -> None:
        """Nothing; every lead that was remembered is in its table."""
        self._waiting.clear()
        self._waiting_uids.clear()
        self._waiting_sounds.clear()

    def same(self, lead: LeadIn, renames: bool) -> int | None:
        """The lead that the row is, or None.

        An id alone names it whatever its name where the row ``renames`` what it meets; else it may be
        the number that some other program gave to some other lead.
        """
        if lead.uid:
            found = self._waiting_uids.get(lead.uid) or find.with_uid(self._connection, lead.uid)
            if found is not None:
                return found
        elif lead.id is not None and self.has(lead.id):  # another book's ids count for themselves
            key = lead.columns["name_key"]
            if renames or not key or any(one[0] == lead.id for one in self._called(key)):
                return lead.id
        columns = lead.columns
        city, address = columns["city_key"] or "", columns["address_key"] or ""
        for lead_id, known_city, known_address in self._called(columns["name_key"]):
            if not elsewhere(city, address, known_city, known_address):
                return lead_id
        return None

    def _called(self, key: str) -> Iterable[tuple[int, str, str]]:
        """Id, city key and address key of the leads of this name, by id."""
        if hash(key) not in self._names:
            return ()
        here = find.same_name(self._connection, key)
        return [*here, *self._waiting.get(key, ()), *self._former.get(key, ())]

    def has(self, lead_id: int) -> bool:
        """Whether a lead has this id."""
        return lead_id in self._waiting_sounds or find.is_lead(self._connection, lead_id)

    def named(self, name: str) -> int | None:
        """The one lead of that name, or None."""
        found = {one[0] for one in self._called(name_key(name))}
        return found.pop() if len(found) == 1 else None

    def remember(self, lead_id: int, lead: LeadIn) -> bool:
        """Whether the lead now added looks like another all the same: its name, nearly its name, or a phone."""
        columns = lead.columns
        key, city = columns["name_key"], columns["city_key"] or ""
        phones = set(map(hash, _phones(lead)))
        here = f"{lead.sound}@{city}"
        double = (
            hash(key) in self._names or not phones.isdisjoint(self._phones) or self._heard(lead.sound, city)
        )
        self._names.add(hash(key))
        self._phones |= phones
        self._sounds.add(hash(here))
        if self._everywhere is not None:
            self._everywhere.add(hash(lead.sound))
        self._waiting_sounds[lead_id] = hash(lead.sound)
        self._waiting.setdefault(key, []).append((lead_id, city, columns["address_key"] or ""))
        if lead.uid:
            self._waiting_uids[lead.uid] = lead_id
        return double

    def _heard(self, spoken: str, city: str) -> bool:
        # nearly the same name in another city is another company
        if city:
            return hash(f"{spoken}@{city}") in self._sounds or hash(f"{spoken}@") in self._sounds
        if self._everywhere is None:
            self._everywhere = {*self._waiting_sounds.values(), *self._all_sounds()}
        return hash(spoken) in self._everywhere

    def _all_sounds(self) -> Iterator[int]:
        for name, city, *_ in find.everyone(self._connection):
            yield hash(sound(name, city or ""))


def _phones(lead: LeadIn) -> Iterator[str]:
    yield from (lead.columns["phone_digits"] or "").split()
    for person in lead.people:
        yield from (person.keys["phone_digits"] or "").split()
