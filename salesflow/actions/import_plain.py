"""Plain rows of a long sheet as the values of leads and their people, many at once, a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol

from salesflow import names
from salesflow.actions.import_known import Marks, Traits, marks
from salesflow.actions.import_lead import LeadIn, PersonIn, Reading, sound
from salesflow.actions.keys import person_py, spelt
from salesflow.errors import SalesflowError
from salesflow.store.bulk import Flat, flat, unflat
from salesflow.store.rows import as_json, listed, new_uid

# what a plain row fills, in the order of its values; the rest of a lead is NULL or what the table says
LEAD = (
    "uid", "name", "short", "process", "stage", "owner", "registered_by", "grade", "graded_at", "kind", "source",
    "passive", "area", "city", "province", "address", "phone", "brands", "supplier", "volume_month", "ownership",
    "received_at", "tags", "custom", "note", "name_key", "short_key", "city_key", "address_key", "py", "initials",
    "phone_digits", "created_at", "updated_at",
)  # fmt: skip
PERSON = (
    "uid",
    "name",
    "title",
    "phones",
    "wechat",
    "email",
    "department",
    "py",
    "phone_digits",
    "by",
    "created_at",
)

# one row: the lead's values, the person's
Ready = tuple[tuple[Any, ...], tuple[Any, ...] | None]
# how many rows, what their leads are known again by, the leads, their people: tuples of the plainest, which travel
# fast. A person's lead_id is the place of its lead among these.
Pack = tuple[int, Marks, Flat, Flat | None]

_PLACES = {name: place for place, name in enumerate(LEAD)}
_OWN_PHONES = PERSON.index("phone_digits")
_UNKNOWN = ""  # what the process has no code for
_MOST = 50_000  # different cells of one column that are remembered


class Batch(Protocol):
    """Rows by columns: ``places`` of those that are plain, and for each a cell or None."""

    @property
    def places(self) -> Sequence[int]:
        """The places of the plain rows among all."""

    @property
    def custom(self) -> Mapping[str, Sequence[str | None]]:
        """The cells that no field takes, by header."""

    def column(self, field: str) -> Sequence[Any]:
        """The cells of one field."""


class _Each(dict[Any, Any]):
    """What a cell means, worked out once for each that is met; nothing for no cell."""

    def __init__(self, read: Callable[[str], Any], nothing: Any = None) -> None:
        super().__init__({None: nothing})
        self._read, self._nothing = read, nothing

    def __missing__(self, cell: str) -> Any:
        if len(self) > _MOST:
            self.clear()
            self[None] = self._nothing
        found = self[cell] = self._read(cell)
        return found

    def all(self, cells: Sequence[Any]) -> list[Any]:
        """The meaning of each of the cells."""
        return [self[cell] for cell in cells]


class Plain:
    """Makes rows ready that say nothing but what their cells hold, and name no process; ``at`` is the step's time."""

    def __init__(self, reading: Reading, at: str) -> None:
        self._codes = reading.processes[""]
        self._by, self._at = reading.by, at
        self._now = reading.now.isoformat(timespec="minutes")
        self._cities = _Each(lambda cell: names.city_key(cell) or None)
        self._lists = _Each(lambda texts: as_json(list(texts)))
        self._coded = {field: _Each(self._reader(field, field)) for field in ("grade", "kind", "source")}
        self._passive = _Each(self._reader("source", "passive"), 0)

    def _reader(self, field: str, column: str) -> Callable[[str], Any]:
        def read(cell: str) -> Any:
            try:
                return self._codes.lead({field: cell})[column]
            except SalesflowError:
                return _UNKNOWN

        return read

    def packs(self, batch: Batch) -> dict[int, Pack]:
        """The plain rows of the batch, each run of them as a pack, by the place of its first among all rows."""
        if not batch.places:
            return {}
        leads, people = self._leads(batch), self._people(batch)
        return {
            batch.places[start]: _pack(
                {name: cells[start:end] for name, cells in leads.items()},
                {name: cells[start:end] for name, cells in people.items()},
            )
            for start, end in _runs(batch.places, self._odd(leads))
        }

    def _odd(self, leads: Mapping[str, Sequence[Any]]) -> set[int]:
        found = (leads[field] for field in self._coded)
        return {
            at for cells in found if _UNKNOWN in cells for at, code in enumerate(cells) if code == _UNKNOWN
        }

    def _leads(self, batch: Batch) -> dict[str, Sequence[Any]]:
        called, shorts, cities = batch.column("name"), batch.column("short"), batch.column("city")
        codes = {field: each.all(batch.column(field)) for field, each in self._coded.items()}
        passive = self._passive.all(batch.column("source"))
        received = [self._now if one else None for one in passive]
        since = zip(codes["grade"], received, strict=True)
        spelled = [spelt(name, short) for name, short in zip(called, shorts, strict=True)]
        addresses = batch.column("address")
        columns: dict[str, Sequence[Any]] = {
            **codes,
            "passive": passive,
            "received_at": received,
            "graded_at": [(at or self._at) if grade else None for grade, at in since],
            "brands": self._lists.all(batch.column("brands")),
            "tags": self._lists.all(batch.column("tags")),
            "custom": _own(batch),
            "uid": [new_uid() for _ in called],
            "name_key": list(map(names.name_key, called)),
            "short_key": [names.name_key(short) if short else None for short in shorts],
            "city_key": self._cities.all(cities),
            "address_key": [names.address_key(one) or None if one else None for one in addresses],
            "py": [full for full, _ in spelled],
            "initials": [letters for _, letters in spelled],
            "phone_digits": _digits(batch.column("phone")),
        }
        alike = {
            "process": self._codes.process.code,
            "stage": self._codes.process.first_stage.code,
            **dict.fromkeys(("owner", "registered_by"), self._by),
            **dict.fromkeys(("created_at", "updated_at"), self._at),
        }
        columns |= {name: [value] * len(called) for name, value in alike.items()}
        return {name: columns[name] if name in columns else batch.column(name) for name in LEAD}

    def _people(self, batch: Batch) -> dict[str, Sequence[Any]]:
        called, phones = batch.column("contact"), batch.column("contact_phone")
        columns: dict[str, Sequence[Any]] = {
            "uid": [new_uid() if name else None for name in called],
            "name": called,
            "phones": [as_json((phone,)) if phone else None for phone in phones],
            "py": [person_py(name) if name else None for name in called],
            "phone_digits": _digits(phones),
            "by": [self._by] * len(called),
            "created_at": [self._at] * len(called),
        }
        return {name: columns[name] if name in columns else batch.column(name) for name in PERSON}


def _runs(places: Sequence[int], odd: set[int]) -> list[tuple[int, int]]:
    """Where each run of rows begins and ends that stand one behind another and are not odd."""
    ends = [at + 1 for at, (one, other) in enumerate(pairwise(places)) if other != one + 1]
    cuts = sorted({0, len(places), *ends, *odd, *[at + 1 for at in odd]})
    return [(start, end) for start, end in pairwise(cuts) if start not in odd]


def _pack(leads: Mapping[str, Sequence[Any]], people: Mapping[str, Sequence[Any]]) -> Pack:
    rows = len(leads["name"])
    cities = [city or "" for city in leads["city"]]
    sounds = [sound(name, city) for name, city in zip(leads["name"], cities, strict=True)]
    both = zip(leads["phone_digits"], people["phone_digits"], strict=True)
    found = marks(leads["name_key"], leads["city_key"], sounds, list(both))
    return rows, found, flat(leads, rows), _named(people)


def _named(people: Mapping[str, Sequence[Any]]) -> Flat | None:
    having = [place for place, name in enumerate(people["name"]) if name]
    if not having:
        return None
    if len(having) < len(people["name"]):
        people = {name: [cells[place] for place in having] for name, cells in people.items()}
    return flat({"lead_id": having, **people}, len(having))


def unpacked(pack: Pack) -> Iterator[Ready]:
    """The rows of the pack, each by itself."""
    _, _, leads, people = pack
    of_leads = {row[0]: row[1:] for row in unflat(people, ("lead_id", *PERSON))} if people else {}
    for place, lead in enumerate(unflat(leads, LEAD)):
        yield lead, of_leads.get(place)


def _digits(phones: Sequence[str | None]) -> list[str | None]:
    # each stands alone: a mobile, or a landline behind its area
    return [phone.replace("-", "") if phone else None for phone in phones]


def _own(batch: Batch) -> list[str | None]:
    if not batch.custom:
        return [None] * len(batch.places)
    headers = list(batch.custom)
    rows = zip(*batch.custom.values(), strict=True)
    return [as_json({name: cell for name, cell in zip(headers, row, strict=True) if cell}) for row in rows]


def traits_of(ready: Ready) -> Traits:
    """What the lead of a plain row is known again by."""
    said, person = ready
    name, address, phones = [said[_PLACES[column]] for column in ("name_key", "address_key", "phone_digits")]
    both = filter(None, (phones, person[_OWN_PHONES] if person else None))
    return Traits(name, said[_PLACES["city_key"]] or "", address or "", _sound(said), " ".join(both))


def _sound(said: tuple[Any, ...]) -> str:
    return sound(said[_PLACES["name"]], said[_PLACES["city"]] or "")


def as_lead(ready: Ready) -> LeadIn:
    """The lead that a plain row tells of, as one that was read for itself."""
    said, person = ready
    columns = dict(zip(LEAD, said, strict=True))
    people = (_person(dict(zip(PERSON, person, strict=True))),) if person else ()
    return LeadIn(
        columns, columns["process"], _sound(said), None, None, people, (), None, None, None, None, None
    )


def _person(said: dict[str, Any]) -> PersonIn:
    keys = {name: said[name] for name in ("py", "phone_digits")}
    return PersonIn(
        said["name"],
        said["title"],
        (),
        listed(said["phones"]),
        said["wechat"],
        said["email"],
        keys,
        said["department"],
    )
