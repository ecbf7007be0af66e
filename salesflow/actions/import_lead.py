"""One row of a sheet as a lead to be: codes by the process, dates as written, people, dated notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from salesflow import names
from salesflow.actions.import_codes import Codes
from salesflow.actions.keys import person_keys, phone_digits, spelt_keys
from salesflow.dates import When, parse_cell, parse_when
from salesflow.errors import Refused, SalesflowError
from salesflow.pinyin import spoken
from salesflow.processes import Process
from salesflow.store.rows import as_json

_PLAIN = (
    "short",
    "area",
    "city",
    "province",
    "address",
    "lat",
    "lng",
    "supplier",
    "volume_month",
    "ownership",
    "shareholders",
    "helped_by",
    "from_list",
    "credit_by",
)


class RowIn(NamedTuple):
    """One row of the sheet: values by field, what no field takes, dated lines of its note, what is wrong; its cells."""

    number: int
    values: dict[str, Any]
    custom: dict[str, str]
    diary: list[tuple[str, str]]
    faults: tuple[SalesflowError, ...]
    cells: Sequence[str] = ()


class Reading(NamedTuple):
    """What every row is read with: the processes, the clock, who imports, the order of dates and the header by field.

    ``processes`` are the codes of each process of the book, the one for rows that name none under '';
    ``find`` gives the process of a code or title that is not among them.
    """

    processes: MutableMapping[str, Codes]
    now: datetime
    by: str
    orders: Mapping[str, str]
    headers: Mapping[str, str]
    find: Callable[[str], Process]

    def codes(self, text: str | None) -> Codes:
        """The codes of the process that a row names, by its code or title."""
        if not text:
            return self.processes[""]
        for code, codes in self.processes.items():
            if text in (code, *codes.process.titles.values()):
                return codes
        found = Codes(self.find(text))
        return self.processes.setdefault(found.process.code, found)


class Past(NamedTuple):
    """A follow-up that the sheet tells of."""

    at: str
    note: str | None
    via: str


class PersonIn(NamedTuple):
    """A person that the sheet tells of."""

    name: str
    title: str | None
    roles: tuple[str, ...]
    phones: tuple[str, ...]
    wechat: str | None
    email: str | None
    keys: dict[str, str | None]
    department: str | None = None
    birthday: str | None = None


class LeadIn(NamedTuple):
    """A lead to be: its columns and keys, its process, its people, follow-ups (oldest first) and promise.

    ``process`` is a code, ``sound`` the name without company endings as it sounds.
    ``parent`` is a name, or the id that the head office has in the file; ``found`` names the
    columns that the sheet does not have: its address says them.
    """

    columns: dict[str, Any]
    process: str
    sound: str
    id: int | None
    uid: str | None
    people: tuple[PersonIn, ...]
    past: tuple[Past, ...]
    next: When | None
    next_reason: str | None
    next_via: str | None
    referrer: str | None
    parent: str | None
    found: Sequence[str] = ()


def read_lead(reading: Reading, row: RowIn) -> LeadIn:
    """The lead that the row tells of. Raises Usage or Refused for what cannot be taken."""
    values = row.values
    codes = reading.codes(values.get("process"))
    columns = {field: values[field] for field in _PLAIN if field in values}
    for place in ("lat", "lng"):
        if place in columns:
            columns[place] = round(columns[place], 6)  # a tenth of a metre; more digits do not survive JSON
    columns |= codes.lead(values)
    if "credit_on" in values:
        columns["credit_on"] = _day_past(reading, "credit_on", values["credit_on"])
    people, phones = _people(codes, values)
    past, remark = _past(reading, codes, row)
    columns |= _times(reading, values, columns.get("passive"), past)
    columns["process"] = codes.process.code
    columns["goal_fen"] = values.get("goal_value")
    columns["note"] = remark
    columns["owner"] = _owner(reading, values)
    columns["registered_by"] = values.get("registered_by") or reading.by
    columns["phone"] = " / ".join(phones) or None
    columns["brands"] = as_json(list(values["brands"])) if values.get("brands") else None
    columns["tags"] = as_json(list(values["tags"])) if values.get("tags") else None
    columns["custom"] = as_json(row.custom)
    columns |= _keys(values.get("name") or "", columns)
    lead_id = values.get("id", "")
    return LeadIn(
        columns,
        codes.process.code,
        sound(columns["name"], columns.get("city") or ""),
        int(lead_id) if lead_id.isdecimal() and len(lead_id) < 19 else None,
        values.get("uid"),
        people,
        past,
        _next(reading, values, past),
        values.get("next_reason"),
        codes.code("via", values["next_via"]) if "next_via" in values else None,
        values.get("referrer"),
        values.get("parent"),
        values.get("found", ()),
    )


def sound(name: str, city: str) -> str:
    """The name without company endings as it sounds: 先锋 is 先峰."""
    return spoken(names.similar_key(name, city))


def _owner(reading: Reading, values: Mapping[str, Any]) -> str | None:
    text = values.get("owner")
    if text:
        return None if names.is_nobody(text) else str(text)
    # in a sheet of ours a blank says that it is nobody's
    return None if "uid" in values and "owner" in reading.headers else reading.by


def _times(
    reading: Reading, values: Mapping[str, Any], passive: int | None, past: tuple[Past, ...]
) -> dict[str, str | None]:
    received = _instant(reading, "received", values.get("received"))
    if received is None and passive:
        received = reading.now.isoformat(timespec="minutes")
    return {
        "received_at": received or (past[0].at if past else None),
        "created_at": _instant(reading, "created", values.get("created")),
        "goal_on": _goal_on(reading, values.get("goal_on")),
    }


def _people(codes: Codes, values: dict[str, Any]) -> tuple[tuple[PersonIn, ...], tuple[str, ...]]:
    # several people of one row stand in ``people``, each with the keys of a row that names one
    phones = tuple(values.get("phone", ()))
    if "people" in values:
        return tuple([_person(codes, said) for said in values["people"]]), phones
    if not values.get("contact"):
        return (), tuple(dict.fromkeys((*phones, *values.get("contact_phone", ()))))
    return (_person(codes, values),), phones


def _person(codes: Codes, said: Mapping[str, Any]) -> PersonIn:
    phones = tuple(said.get("contact_phone", ()))
    return PersonIn(
        said["contact"],
        said.get("title"),
        tuple([codes.code("role", role) for role in said.get("role", ())]),
        phones,
        said.get("wechat"),
        said.get("email"),
        person_keys(said["contact"], phones),
        said.get("department"),
        said.get("birthday"),
    )


def _keys(name: str, columns: dict[str, Any]) -> dict[str, str | None]:
    short, city, address = columns.get("short"), columns.get("city"), columns.get("address")
    return {
        "name": name,
        "name_key": names.name_key(name),
        **spelt_keys(name, short),
        "short_key": names.name_key(short) if short else None,
        "city_key": names.city_key(city) or None if city else None,
        "address_key": names.address_key(address) or None if address else None,
        "phone_digits": phone_digits(columns["phone"]),
    }


def _past(reading: Reading, codes: Codes, row: RowIn) -> tuple[tuple[Past, ...], str | None]:
    # 上次跟进 with 备注 is a follow-up of that day; each dated line of 备注 is one of its own
    values = row.values
    note = values.get("note") or None
    last = _instant(reading, "last_followup", values.get("last_followup"))
    if last is None and not row.diary:
        return (), note
    via = codes.code("via", values["via"]) if "via" in values else codes.process.default_via
    found = [Past(f"{day}T00:00", text or None, codes.via(text) or via) for day, text in row.diary if day]
    remark = next((text for day, text in row.diary if not day), None)
    if last and not any(one.at[:10] == last[:10] for one in found):
        ours = "uid" in values  # in a sheet of ours the note is the lead's, and its follow-ups have their own
        text = None if row.diary or ours else note
        remark = note if ours else remark
        found.append(Past(last, text, codes.via(text or "") or via))
    found.sort(key=lambda one: one.at)
    if found[-1].at > reading.now.isoformat(timespec="minutes"):
        raise Refused("log.in_future", at=found[-1].at.replace("T", " "))
    return tuple(found), remark


def _instant(reading: Reading, field: str, text: str | None) -> str | None:
    if not text:
        return None
    found = parse_cell(text, reading.orders.get(field, ""), reading.now.date(), past=True)
    instant = f"{found.date.isoformat()}T{found.time or '00:00'}"
    if instant > reading.now.isoformat(timespec="minutes"):
        column = reading.headers.get(field, field)
        raise Refused("imports.in_future", column=column, at=instant.replace("T", " "))
    return instant


def _day_past(reading: Reading, field: str, text: str) -> str:
    found = _instant(reading, field, text)
    assert found is not None
    return found[:10]


def _goal_on(reading: Reading, text: str | None) -> str | None:
    if not text:
        return None
    return parse_cell(
        text, reading.orders.get("goal_on", ""), reading.now.date(), past=False
    ).date.isoformat()


def _next(reading: Reading, values: dict[str, Any], past: tuple[Past, ...]) -> When | None:
    text = values.get("next")
    if not text or values.get("status", "").lower() == "lost":
        return None
    found = _promised(text, reading.orders.get("next", ""), reading.now.date(), past)
    time = values.get("next_time")
    if time and not found.time:
        return parse_when(f"{found.date.isoformat()} {time}", reading.now.date())
    return found


def _promised(text: str, order: str, today: date, past: tuple[Past, ...]) -> When:
    # 11-20 without a year is the first since the last follow-up, else the one nearest to today:
    # on the 22nd it is two days late, not due in a year
    ahead = parse_cell(text, order, today, past=False)
    behind = parse_cell(text, order, today, past=True)
    if behind.date == ahead.date or (behind.date.month, behind.date.day) != (
        ahead.date.month,
        ahead.date.day,
    ):
        return ahead
    if past:
        return parse_cell(text, order, date.fromisoformat(past[-1].at[:10]), past=False)
    return behind if today - behind.date < ahead.date - today else ahead
