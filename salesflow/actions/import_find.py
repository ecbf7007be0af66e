"""Which lead a row of follow-ups, stages, orders ... means: one index in memory for thousands of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from salesflow.errors import SalesflowError, Usage
from salesflow.names import name_key
from salesflow.store import incoming, merging
from salesflow.store.rows import Connection

_MOST = 5


class Found(NamedTuple):
    """The lead meant, and the process that it follows."""

    id: int
    process: str


class Leads:
    """The leads of the book by id, uid, name and short name."""

    def __init__(self, connection: Connection, of_file: Mapping[str, int] | None = None) -> None:
        """``of_file``: leads by the ids that the file itself gives them; they come before the book's own."""
        self._processes: dict[int, str] = {}
        self._uids: dict[str, int] = {}
        self._names: dict[str, list[int]] = {}
        self._shorts: dict[str, list[int]] = {}
        for lead_id, uid, key, short, process in incoming.leads(connection):
            self._processes[lead_id] = process
            self._uids[uid] = lead_id
            self._names.setdefault(key, []).append(lead_id)
            if short:
                self._shorts.setdefault(short, []).append(lead_id)
        self._uids = incoming.former_uids(connection) | self._uids
        self._former: dict[str, list[int]] = {}  # by the names of leads that were merged into them
        for one in merging.formerly(connection):
            self._former.setdefault(one.name_key, []).append(one.lead_id)
        self._of_file = of_file or {}
        self._met: dict[str, Found | SalesflowError] = {}
        self._connection = connection
        self.became: dict[int, int] = {}  # leads that were meant and are part of another, and of which

    def of(self, values: Mapping[str, Any]) -> Found:
        """The one lead that a row's cells mean. Raises Usage where none or several do."""
        uid = self._uids.get(values.get("lead_uid", ""))
        if uid is not None:
            return Found(uid, self._processes[uid])
        text, number = values.get("lead"), values.get("lead_id", "")
        if text is None:
            return self._one(number or values.get("lead_uid", ""))
        try:
            return self._one(text)
        except Usage as error:
            # of several showrooms under one name the number tells
            if error.key == "rows.several_leads" and number and self._numbered(number) in self._named(text):
                return self._one(number)
            raise

    def _one(self, text: str) -> Found:
        found = self._met.get(text)
        if found is None:
            found = self._met[text] = self._looked_up(text)
        if isinstance(found, SalesflowError):
            raise found
        return found

    def _looked_up(self, text: str) -> Found | SalesflowError:
        number = self._numbered(text)
        ids = [number] if number is not None else self._named(text)
        if not ids and text in self._uids:
            ids = [self._uids[text]]
        if not ids:
            return Usage("rows.no_lead", text=text[:60])
        if len(ids) > 1:
            known = " ".join(f"#{one}" for one in ids[:_MOST]) + (" .." if len(ids) > _MOST else "")
            return Usage("rows.several_leads", text=text[:60], known=known)
        return Found(ids[0], self._processes[ids[0]])

    def _numbered(self, text: str) -> int | None:
        plain = text.removeprefix("#")
        if plain in self._of_file:
            return self._of_file[plain]
        if not plain.isascii() or not plain.isdecimal() or len(plain) > 18:
            return None
        number = int(plain)
        if number in self._processes:
            return number
        found = merging.became(self._connection, number)
        if found is not None:
            self.became[number] = found
        return found

    def _named(self, text: str) -> list[int]:
        key = name_key(text)
        return self._names.get(key) or self._shorts.get(key) or list(dict.fromkeys(self._former.get(key, ())))
