"""What others may read of a lead's people: surnames in whatever text they stand (K8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from salesflow.names import surname
from salesflow.phones import hidden
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
