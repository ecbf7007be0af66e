"""What rows of a sheet say of leads that other rows are: a shop's further people, head offices, referrers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.actions import import_update, leads
from salesflow.actions.import_known import Known
from salesflow.actions.import_lead import LeadIn
from salesflow.actions.leads import Changes
from salesflow.actions.work import Work
from salesflow.errors import Refused

_ENOUGH = 2_000
_COLUMNS = {"parent": "parent_id", "referrer": "referrer_id"}  # of other leads


class _Below(NamedTuple):
    """A row whose lead another one heads or brought: which, of whom the row speaks, and how it was counted.

    ``kept``: the word stands with the lead already, for the case that it means nobody.
    """

    row: int
    lead_id: int
    field: str
    other: str
    same_book: bool
    counted: str
    kept: bool


class Later:
    """Collects while rows are read; ``people`` counts the rows whose people or phones a lead above took in.

    ``headers`` has the columns of head offices and referrers, where there are any. ``kept``: the
    word for a referrer who is not known stands with a new lead already.
    """

    def __init__(self, work: Work, known: Known, headers: Mapping[str, str], kept: bool) -> None:
        self.people = 0
        self._kept = kept
        self._work = work
        self._known = known
        self._headers = {field: headers[field] for field in _COLUMNS if field in headers}
        self._again: list[tuple[int, LeadIn]] = []
        self._below: list[_Below] = []
        self._ids: dict[int, int] = {}

    def again(self, lead_id: int, lead: LeadIn) -> bool:
        """The row is a lead of this very import once more; whether it is time to ``take``."""
        self._again.append((lead_id, lead))
        return len(self._again) >= _ENOUGH

    def met(self, lead_id: int, lead: LeadIn) -> None:
        """Nothing; other rows may name this lead of the book by the id that the file gives it."""
        if self._headers and lead.id is not None:
            self._ids[lead.id] = lead_id

    def place(self, row: int, lead_id: int, lead: LeadIn, counted: str) -> None:
        """The row's lead is this one of the book; whom else it names is looked for at the end."""
        for field in self._headers:
            other = getattr(lead, field)
            if other and not lead.columns.get(_COLUMNS[field]):
                kept = self._kept and field == "referrer"
                self._below.append(_Below(row, lead_id, field, other, lead.id == lead_id, counted, kept))

    def take(self) -> None:
        """The people and phones of rows that say a lead again are with that lead; every row is in its table."""
        for lead_id, lead in self._again:
            self.people += bool(import_update.complete(self._work, lead_id, lead))
        self._again.clear()
        self._work.operation.lead_id = None

    def placed(self) -> list[tuple[int, int, str, list[str]]]:
        """Row, lead, how it was counted and the fields of each that has now its head office or referrer."""
        done: dict[int, tuple[int, int, str, list[str]]] = {}
        for one in self._below:
            if self._under(one):
                done.setdefault(one.row, (one.row, one.lead_id, one.counted, []))[3].append(one.field)
        self._below.clear()
        self._work.operation.lead_id = None
        return list(done.values())

    def _under(self, one: _Below) -> bool:
        other, header = self._other(one), self._headers[one.field]
        if other is None and one.kept:
            return False
        present = self._work.lead(one.lead_id)
        word = Changes(custom={header: one.other})
        found = Changes({_COLUMNS[one.field]: other}, custom={header: None})
        try:
            return leads.edit(self._work, one.lead_id, found if other else word) != present
        except Refused:  # a circle: kept as the word that it is
            return leads.edit(self._work, one.lead_id, word) != present

    def _other(self, one: _Below) -> int | None:
        text = one.other.removeprefix("#")
        if not (text.isascii() and text.isdecimal() and len(text) < 19):
            return self._known.named(one.other)
        number = int(text)
        if number in self._ids:
            return self._ids[number]
        return number if one.same_book and self._known.has(number) else None
