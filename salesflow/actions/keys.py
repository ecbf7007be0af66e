"""The columns by which a lead is known again and found: made here, from the record, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from salesflow import names
from salesflow.phones import digits
from salesflow.pinyin import person_initials, pinyin
from salesflow.store import find, merging
from salesflow.store.rows import Connection


def lead_keys(values: Mapping[str, Any]) -> dict[str, str | None]:
    """The key columns that follow from those of ``values`` that it holds."""
    keys: dict[str, str | None] = {}
    if values.get("name"):
        keys |= {
            "name_key": names.name_key(values["name"]),
            **spelt_keys(values["name"], values.get("short")),
        }
    if "short" in values:
        keys["short_key"] = names.name_key(values["short"]) if values["short"] else None
    if "city" in values:
        keys["city_key"] = names.city_key(values["city"] or "") or None
    if "address" in values:
        keys["address_key"] = names.address_key(values["address"] or "") or None
    if "phone" in values:
        keys["phone_digits"] = phone_digits(values["phone"])
    return keys


def spelt_keys(name: str, short: str | None) -> dict[str, str | None]:
    """The columns that hold how the name and the short name are spelt."""
    full, initials = spelt(name, short)
    return {"py": full, "initials": initials}


def spelt(name: str, short: str | None) -> tuple[str, str]:
    """The pinyin and the initials of the name, and behind them those of a short name that says it otherwise."""
    full, initials = pinyin(name)
    own, letters = pinyin(short) if short else ("", "")
    return (full, initials) if own in full else (f"{full} {own}", f"{initials} {letters}")


def phone_digits(text: str | None) -> str | None:
    """The digits of every phone in ``text``, parted by spaces; None without one."""
    if not text:
        return None
    return " ".join(filter(None, map(digits, text.split(" / ")))) or None


def person_keys(name: str, phones: tuple[str, ...] | list[str]) -> dict[str, str | None]:
    """The key columns of a person: every reading of the surname, and the digits of the phones."""
    return {"py": person_py(name), "phone_digits": phone_digits(" / ".join(phones)) if phones else None}


@lru_cache(maxsize=4096)
def person_py(name: str) -> str | None:
    """Every way to type the name of a person; None for a name that nobody types."""
    return " ".join(dict.fromkeys(part for pair in person_initials(name) for part in pair if part)) or None


def same_lead(connection: Connection, name: str, city: str | None, address: str | None) -> int | None:
    """The id of the lead that this is (cli.md, Who is the same), or None."""
    city_key, address_key = names.city_key(city or ""), names.address_key(address or "")
    key = names.name_key(name)
    former = [(one.lead_id, one.city_key, one.address_key) for one in merging.formerly(connection, key)]
    for lead_id, known_city, known_address in (*find.same_name(connection, key), *former):
        if not names.elsewhere(city_key, address_key, known_city, known_address):
            return lead_id
    return None


def lead_with_phone(connection: Connection, phones: list[str]) -> int | None:
    """The first lead that has one of these phones already, the shop's or a person's; None without one."""
    for phone in phones:
        wanted = digits(phone)
        found = find.having_phone(connection, wanted) if len(wanted) >= 7 else None
        if found is not None:
            return found
    return None
