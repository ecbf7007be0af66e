"""Rows of contacts: people by uid, else by lead and name, added, or told more of with ``update``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unicodedata import normalize

from salesflow.actions.import_cells import Cells
from salesflow.actions.import_find import Found
from salesflow.actions.keys import person_keys
from salesflow.dates.birthday import read_birthday
from salesflow.errors import Usage
from salesflow.store import incoming
from salesflow.store.bulk import Bulk
from salesflow.store.rows import as_json, listed, new_uid

_LINES = ("title", "wechat", "email", "character", "hobbies", "family", "friends", "department")
_LISTS = ("phones", "roles")


class People:
    """The people of one file on their way into the book."""

    def __init__(self, cells: Cells, bulk: Bulk) -> None:
        self._cells = cells
        self._bulk = bulk
        self._known: dict[int, dict[str, dict[str, Any]]] = {}
        self._by_uid: dict[str, dict[str, Any]] = {}
        self._uids = incoming.uids(cells.work.connection, "contact")
        self._changed: dict[int, dict[str, Any]] = {}

    def take(self, lead: Found, values: dict[str, Any], policy: str) -> tuple[str, int, list[str]]:
        """What became of the row (``added updated unchanged duplicates``), the lead, the fields changed."""
        row, uid = self._read(lead, values), values.get("uid")
        known = self._same(lead.id, row["name"], uid)
        if known is None and uid in self._uids and policy != "add":
            return "duplicates" if policy == "skip" else "unchanged", lead.id, []
        if known is None or policy == "add":
            self._add(lead.id, row, uid if uid not in self._uids else None)
            return "added", lead.id, []
        if policy == "skip" and not _is_bare(known):
            return "duplicates", lead.id, []
        changed = self._more(known, row)
        if changed and uid and uid not in self._uids and _is_bare(known, but=changed):
            self._changed[known["id"]]["uid"] = known["uid"] = uid  # the sheet of people came second
            self._uids[uid] = known["id"]
        if policy == "skip" and not changed:
            return "duplicates", lead.id, []
        return "updated" if changed else "unchanged", lead.id, changed

    def _same(self, lead_id: int, name: str, uid: str | None) -> dict[str, Any] | None:
        # a person whose name was corrected in our own sheet is who they were
        named = self._of(lead_id).get(name)
        known = self._by_uid.get(uid or "")
        return known if known and known["lead_id"] == lead_id else named

    def _of(self, lead_id: int) -> dict[str, dict[str, Any]]:
        found = self._known.get(lead_id)
        if found is None:
            rows = incoming.rows_of(self._cells.work.connection, "contact", [lead_id]).get(lead_id, [])
            found = self._known[lead_id] = {}
            for row in rows:
                found.setdefault(row["name"], row)
                self._by_uid[row["uid"]] = row
        return found

    def _read(self, lead: Found, values: dict[str, Any]) -> dict[str, Any]:
        process = self._cells.codes(lead.process).process
        codes = self._cells.codes(lead.process)
        row: dict[str, Any] = {name: values[name] for name in _LINES if name in values}
        row["name"] = self._cells.needed(values, "name")
        row["phones"] = list(values.get("phone", ()))
        row["roles"] = list(dict.fromkeys([codes.code("role", role) for role in values.get("roles", ())]))
        if "attitude" in values:
            row["attitude"] = process.attitude(values["attitude"]).code
        if "birthday" in values:
            row["birthday"] = read_birthday(values["birthday"])
        for name, most in (("weight", 5), ("chain", 999)):
            if name in values:
                row[name] = _number(self._cells.header(name), values[name], most)
        return row

    def _add(self, lead_id: int, said: dict[str, Any], uid: str | None) -> None:
        work = self._cells.work
        row = {
            **said,
            "id": self._bulk.next_id("contact"),
            "uid": uid or new_uid(),
            "lead_id": lead_id,
            "roles": as_json(said["roles"]),
            "phones": as_json(said["phones"]),
            "by": work.by,
            "created_at": work.at,
            **person_keys(said["name"], said["phones"]),
        }
        self._uids[row["uid"]] = row["id"]
        known = self._by_uid[row["uid"]] = dict(row)
        self._known[lead_id].setdefault(row["name"], known)
        self._bulk.add("contact", row)

    def _more(self, known: dict[str, Any], said: dict[str, Any]) -> list[str]:
        # a blank never overwrites; phones and roles are added to those known
        changes = {
            name: text for name, text in said.items() if name not in _LISTS and text != known.get(name)
        }
        for name in _LISTS:
            present = listed(known.get(name))
            joined = list(dict.fromkeys((*present, *said[name])))
            if len(joined) > len(present):
                changes[name] = as_json(joined)
        known.update(changes)
        if not changes.keys().isdisjoint(("name", "phones")):
            changes |= person_keys(known["name"], listed(known["phones"]))
            self._known[known["lead_id"]].setdefault(known["name"], known)
        if changes:
            self._changed.setdefault(known["id"], {}).update(changes)
        return [name for name in changes if name not in ("py", "phone_digits")]

    def finish(self) -> None:
        """Nothing; every row is in the book."""
        self._bulk.flush()
        for contact_id, values in self._changed.items():
            incoming.change(self._cells.work.connection, "contact", contact_id, values)
        self._changed.clear()


def _is_bare(person: dict[str, Any], but: Sequence[str] = ()) -> bool:
    """Whether of the person no more than the name is known (``but`` for these fields): a follow-up named them."""
    held = (*_LINES, "attitude", "birthday", "weight", "chain")
    if any(person.get(name) is not None for name in held if name not in but):
        return False
    return not any(listed(person.get(name)) for name in _LISTS if name not in but)


def _number(column: str, text: str, most: int) -> int:
    plain = normalize("NFKC", text).strip().removesuffix(".0")
    if not plain.isascii() or not plain.isdecimal() or not 1 <= int(plain) <= most:
        raise Usage("rows.not_up_to", column=column, text=text[:20], most=most)
    return int(plain)
