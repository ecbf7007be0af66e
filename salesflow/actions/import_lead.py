"""One row of a sheet as a lead to be: codes by the process, dates as written, people, dated notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from salesflow import names
from salesflow.actions.keys import phone_digits, spelt_keys
from salesflow.dates import When, parse_date_cell, parse_when
from salesflow.errors import Refused, SalesflowError, Usage
from salesflow.processes import Process, short_title
from salesflow.store.rows import as_json

STATUSES = ("open", "parked", "lost")
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
)


class RowIn(NamedTuple):
    """One row of the sheet: values by field, what no field takes, dated lines of its note, what is wrong."""

    number: int
    values: dict[str, Any]
    custom: dict[str, str]
    diary: list[tuple[str, str]]
    faults: tuple[SalesflowError, ...]


class Codes:
    """The process's codes for what sheets write; each spelling is looked up once."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._known: dict[tuple[str, str], str] = {}

    def code(self, noun: str, text: str) -> str:
        """The code of ``text``. Raises Usage with the nearest."""
        found = self._known.get((noun, text))
        if found is None:
            found = self._known[noun, text] = getattr(self.process, noun)(text).code
        return found

    def via(self, text: str) -> str:
        """The way that a dated note begins with, else the process's own."""
        for way in self.process.ways:
            if text.startswith(short_title(way, "zh")):
                return way.code
        return self.process.default_via


class Reading(NamedTuple):
    """What every row is read with: codes, the clock, who imports, the order of numeric dates by field."""

    codes: Codes
    now: datetime
    by: str
    orders: dict[str, str]


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


class LeadIn(NamedTuple):
    """A lead to be: its columns, its keys, its person, follow-ups (oldest first) and promise."""

    columns: dict[str, Any]
    id: int | None
    uid: str | None
    phones: tuple[str, ...]
    person: PersonIn | None
    past: tuple[Past, ...]
    next: When | None
    next_reason: str | None


def read_lead(reading: Reading, row: RowIn) -> LeadIn:
    """The lead that the row tells of. Raises Usage or Refused for what cannot be taken."""
    values, codes = row.values, reading.codes
    name = values.get("name") or ""
    columns = {field: values[field] for field in _PLAIN if field in values}
    for place in ("lat", "lng"):
        if place in columns:
            columns[place] = round(columns[place], 6)  # a tenth of a metre; more digits do not survive JSON
    columns |= _codes(codes, values)
    person, phones = _people(codes, values)
    past, remark = _past(reading, row)
    received = _instant(reading, "received", values.get("received"))
    if received is None and columns.get("passive"):
        received = reading.now.isoformat(timespec="minutes")
    columns["received_at"] = received or (past[0].at if past else None)
    columns["created_at"] = _instant(reading, "created", values.get("created"))
    columns["goal_fen"] = values.get("goal_value")
    columns["goal_on"] = _goal_on(reading, values.get("goal_on"))
    columns["note"] = remark
    columns["owner"] = values.get("owner") or reading.by
    columns["phone"] = " / ".join(phones) or None
    columns["brands"] = as_json(list(values["brands"])) if values.get("brands") else None
    columns["tags"] = as_json(list(values["tags"])) if values.get("tags") else None
    columns["custom"] = as_json(row.custom)
    columns |= _keys(name, columns)
    lead_id = values.get("id", "")
    upcoming = _next(reading, values)
    return LeadIn(
        columns,
        int(lead_id) if lead_id.isdecimal() and len(lead_id) < 19 else None,
        values.get("uid"),
        phones,
        person,
        past,
        upcoming,
        values.get("next_reason"),
    )


def _codes(codes: Codes, values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for noun in ("grade", "kind", "stage"):
        if noun in values:
            found[noun] = codes.code(noun, values[noun])
    if "source" in values:
        found["source"] = codes.code("source", values["source"])
        found["passive"] = int(codes.process.source(found["source"]).passive)
    if "need" in values:
        found["need"] = values["need"]
    if "status" in values:
        if values["status"] not in STATUSES:
            raise Usage("lists.unknown_status", text=values["status"])
        found["status"] = values["status"]
    return found


def _people(codes: Codes, values: dict[str, Any]) -> tuple[PersonIn | None, tuple[str, ...]]:
    phones = tuple(values.get("phone", ()))
    own = tuple(values.get("contact_phone", ()))
    name = values.get("contact")
    if not name:
        return None, tuple(dict.fromkeys((*phones, *own)))
    roles = tuple(codes.code("role", role) for role in values.get("role", ()))
    person = PersonIn(name, values.get("title"), roles, own, values.get("wechat"), values.get("email"))
    return person, phones


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


def _past(reading: Reading, row: RowIn) -> tuple[tuple[Past, ...], str | None]:
    # 上次跟进 with 备注 is a follow-up of that day; each dated line of 备注 is one of its own
    note = row.values.get("note") or None
    last = _instant(reading, "last_followup", row.values.get("last_followup"))
    if last is None and not row.diary:
        return (), note
    found = [Past(f"{day}T00:00", text or None, reading.codes.via(text)) for day, text in row.diary if day]
    remark = next((text for day, text in row.diary if not day), None)
    if last and not any(one.at[:10] == last[:10] for one in found):
        text = None if row.diary else note
        found.append(Past(last, text, reading.codes.via(text or "")))
    found.sort(key=lambda one: one.at)
    if found[-1].at > reading.now.isoformat(timespec="minutes"):
        raise Refused("log.in_future", at=found[-1].at.replace("T", " "))
    return tuple(found), remark


def _instant(reading: Reading, field: str, text: str | None) -> str | None:
    if not text:
        return None
    found = _cell(text, reading.orders.get(field, ""), reading.now.date(), past=True)
    instant = f"{found.date.isoformat()}T{found.time or '00:00'}"
    if instant > reading.now.isoformat(timespec="minutes"):
        raise Refused("imports.in_future", field=field, at=instant.replace("T", " "))
    return instant


def _cell(text: str, order: str, today: date, *, past: bool) -> When:
    # sheets write dates in full; a cell without a year is read as people write it
    try:
        return parse_date_cell(text, order)
    except Usage as error:
        if error.key == "dates.order_unclear":
            raise
        try:
            return parse_when(text, today, past=past)
        except Usage:
            raise error from None


def _goal_on(reading: Reading, text: str | None) -> str | None:
    if not text:
        return None
    return _cell(text, reading.orders.get("goal_on", ""), reading.now.date(), past=False).date.isoformat()


def _next(reading: Reading, values: dict[str, Any]) -> When | None:
    text = values.get("next")
    if not text:
        return None
    found = _cell(text, reading.orders.get("next", ""), reading.now.date(), past=False)
    time = values.get("next_time")
    if time and not found.time:
        return parse_when(f"{found.date.isoformat()} {time}", reading.now.date())
    return found
