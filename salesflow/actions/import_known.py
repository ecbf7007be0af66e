"""Which leads the book has already, told apart as cli.md says (Who is the same), for thousands of rows.

What is held of each lead are three numbers, so that a million of them fit: hashes of its name, of its
phones and of how it sounds. Where a name is known the book is asked for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from salesflow.actions.import_lead import LeadIn, sound
from salesflow.names import elsewhere, name_key
from salesflow.store import find, merging
from salesflow.store.rows import Connection


class Traits(NamedTuple):
    """What a lead is known again by: keys of name, city and address, how the name sounds, digits of all phones."""

    name: str
    city: str
    address: str
    sound: str
    phones: str


# of leads in a row, as hashes: their names, all phones of each, how each sounds in its city, how it sounds where no
# city is known (None for one that has none itself), how it sounds anywhere
Marks = tuple[list[int], list[tuple[int, ...]], list[int], list[int | None], list[int]]


def marks(
    keys: Sequence[str],
    cities: Sequence[str | None],
    sounds: Sequence[str],
    phones: Sequence[tuple[str | None, ...]],
) -> Marks:
    """What leads are known again by, of many at once; good in this process and those that it divides into."""
    places = list(zip(sounds, cities, strict=True))
    return (
        list(map(hash, keys)),
        [tuple([hash(one) for text in said if text for one in text.split()]) for said in phones],
        [hash(f"{heard}@{city or ''}") for heard, city in places],
        [hash(f"{heard}@") if city else None for heard, city in places],
        list(map(hash, sounds)),
    )


class Known:
    """The leads of the book and of the rows above, by name, id, uid, phone and likeness."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.before_search: Callable[[], None] = lambda: None  # by name, in the book
        self._names: set[int] = set()
        self._phones: set[int] = set()
        self._sounds: set[int] = set()
        self._everywhere: set[int] | None = None
        # of the rows that are not in their table yet: by name, by uid, by id, and how they sound
        self._waiting: dict[str, list[tuple[int, str, str]]] = {}
        self._waiting_uids: dict[str, int] = {}
        self._waiting_sounds: dict[int, int] = {}
        self._is_complete = False
        self.more_come()
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
        return self.alike(traits(lead))

    def alike(self, one: Traits) -> int | None:
        """The first lead of the same name whose city and address do not contradict these, or None."""
        for lead_id, city, address in self._called(one.name):
            if not elsewhere(one.city, one.address, city, address):
                return lead_id
        return None

    def _called(self, key: str) -> Iterable[tuple[int, str, str]]:
        """Id, city key and address key of the leads of this name, by id."""
        if hash(key) not in self._names:
            return ()
        self.before_search()
        here = find.same_name(self._connection, key)
        return [*here, *self._waiting.get(key, ()), *self._former.get(key, ())]

    def has(self, lead_id: int) -> bool:
        """Whether a lead has this id."""
        return lead_id in self._waiting_sounds or find.is_lead(self._connection, lead_id)

    def named(self, name: str) -> int | None:
        """The one lead of that name, or None."""
        found = {one[0] for one in self._called(name_key(name))}
        return found.pop() if len(found) == 1 else None

    def remember(self, lead_id: int, one: Traits, uid: str | None = None) -> bool:
        """Whether the lead now added looks like another all the same: its name, nearly its name, or a phone."""
        key, heard = hash(one.name), hash(one.sound)
        phones = set(map(hash, one.phones.split()))
        double = key in self._names or not phones.isdisjoint(self._phones) or self._heard(one.sound, one.city)
        self._names.add(key)
        self._phones |= phones
        self._sounds.add(hash(f"{one.sound}@{one.city}"))
        if self._everywhere is not None:
            self._everywhere.add(heard)
        self._waiting_sounds[lead_id] = heard
        self._waiting.setdefault(one.name, []).append((lead_id, one.city, one.address))
        if uid:
            self._waiting_uids[uid] = lead_id
        return double

    def are_new(self, many: Marks) -> bool:
        """Whether no two of these leads, and none of them and one that is known, have the same name."""
        found = set(many[0])
        return len(found) == len(many[0]) and found.isdisjoint(self._names)

    def remember_new(self, many: Marks) -> int:
        """How many of these leads, which come into their table next, look like another all the same."""
        keys, phones, here, nowhere, heard = many
        doubles = 0
        for of_one, sounds, alone, anywhere in zip(phones, here, nowhere, heard, strict=True):
            seen = sounds in self._sounds or alone in self._sounds if alone else anywhere in self._all()
            doubles += seen or not self._phones.isdisjoint(of_one)
            self._sounds.add(sounds)
            self._phones.update(of_one)
            if self._everywhere is not None:
                self._everywhere.add(anywhere)
        self._names.update(keys)
        return doubles

    def more_come(self) -> None:
        """Nothing; every lead of the book is known by name, phones and sound."""
        if not self._is_complete:
            for name, city, key, city_key, phones in find.everyone(self._connection):
                self._names.add(hash(key))
                self._phones.update(map(hash, (phones or "").split()))
                self._sounds.add(hash(f"{sound(name, city or '')}@{city_key or ''}"))
            self._is_complete = True

    def all_came(self) -> None:
        """Nothing; what only tells whether a new lead looks like another is given up until ``more_come``."""
        self._phones, self._sounds, self._everywhere = set(), set(), None
        self._is_complete = False

    def _heard(self, spoken: str, city: str) -> bool:
        # nearly the same name in another city is another company
        if city:
            return hash(f"{spoken}@{city}") in self._sounds or hash(f"{spoken}@") in self._sounds
        return hash(spoken) in self._all()

    def _all(self) -> set[int]:
        """How every lead sounds, whatever its city."""
        if self._everywhere is None:
            self._everywhere = {*self._waiting_sounds.values(), *self._all_sounds()}
        return self._everywhere

    def _all_sounds(self) -> Iterator[int]:
        for name, city, *_ in find.everyone(self._connection):
            yield hash(sound(name, city or ""))


def traits(lead: LeadIn) -> Traits:
    """What the lead is known again by."""
    columns = lead.columns
    phones = [columns["phone_digits"], *[person.keys["phone_digits"] for person in lead.people]]
    return Traits(
        columns["name_key"],
        columns["city_key"] or "",
        columns["address_key"] or "",
        lead.sound,
        " ".join(filter(None, phones)),
    )
