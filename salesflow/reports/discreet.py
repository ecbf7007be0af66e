"""What others may read of a lead's people: surnames in whatever text they stand (K8)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from salesflow.names import surname
from salesflow.phones import found_in, hidden, mask_people
from salesflow.store import contacts
from salesflow.store.rows import Connection
from salesflow.tables import Report, mapped


def quiet(value: Any, names: Mapping[str, str]) -> Any:
    """A text, or all texts of a record, with people by their other ``names`` and without phones.

    Numbers under ``phones`` stay: a column of phones has its own mask.
    """
    return _quiet(value, renamer(names))


def _quiet(value: Any, renamed: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: _quiet(one, renamed) if key != "phones" else one for key, one in value.items()}
    if isinstance(value, list):
        return [_quiet(one, renamed) for one in value]
    return hidden(renamed(value)) if isinstance(value, str) else value


def renamer(names: Mapping[str, str]) -> Callable[[str], str]:
    """What puts the other names of these people into a text; a single character says too little to be found."""
    import re

    found = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    if not found:
        return str
    pattern = re.compile("|".join(map(re.escape, found)))
    return lambda text: pattern.sub(lambda one: names[one[0]], text)


def by_surname(report: Report, connection: Connection, lead_ids: Iterable[int]) -> Report:
    """The report with the people of these leads by their surnames in every text."""
    ids: Sequence[int] = list(dict.fromkeys(lead_ids))
    people = contacts.contacts_of(connection, ids)
    names = {one.name: surname(one.name) for each in people.values() for one in each}
    return mapped(report, renamer(names)) if names else report


class Veil:
    """What others do not get to read of records, and how much that was (K8).

    Phones of people are masked, in whatever text they stand, and personal fields left out; a
    shop's own landline and its name stay. ``whole`` are the leads of which everything is shown.
    """

    def __init__(self, whole: Container[int] = ()) -> None:
        self.phones = 0
        self.fields = 0
        self._whole = whole

    def drawn(
        self, lead_id: int, record: dict[str, Any], kinds: Mapping[str, str], shop: str = ""
    ) -> dict[str, Any]:
        """The record of this lead as others may read it; ``shop`` names the field of the shop's own phones."""
        if lead_id in self._whole:
            return record
        return {
            name: self.cell(value, kinds.get(name, "text"), shop=name == shop) if value else value
            for name, value in record.items()
        }

    def one(self, lead_id: int, value: Any, kind: str = "text", *, shop: bool = False) -> Any:
        """One value of this lead as others may read it."""
        return value if lead_id in self._whole or not value else self.cell(value, kind, shop=shop)

    def cell(self, value: Any, kind: str = "text", *, shop: bool = False) -> Any:
        """One value as others may read it."""
        if kind == "personal":
            self.fields += 1
            return None
        if kind not in ("text", "phone"):
            return value
        if isinstance(value, list):
            return [self.cell(one, kind, shop=shop) for one in value]
        if isinstance(value, dict):
            return {name: self.cell(one) for name, one in value.items()}
        if not isinstance(value, str):
            return value
        if kind == "text":
            self.phones += found_in(value)
            return hidden(value)
        shown = mask_people(value, landlines=not shop)
        self.phones += sum(
            old != new for old, new in zip(value.split(" / "), shown.split(" / "), strict=True)
        )
        return shown
