"""What rows of a sheet say of leads that other rows are: a shop's further people, head offices."""

from __future__ import annotations

from typing import NamedTuple

from salesflow.actions import import_update, leads
from salesflow.actions.import_known import Known
from salesflow.actions.import_lead import LeadIn
from salesflow.actions.leads import Changes
from salesflow.actions.work import Work
from salesflow.errors import Refused

_ENOUGH = 2_000


class _Below(NamedTuple):
    """A row whose lead stands under another: which, of whom the row speaks, and how it was counted."""

    row: int
    lead_id: int
    parent: str
    same_book: bool
    counted: str


class Later:
    """Collects while rows are read; ``people`` counts the rows whose people or phones a lead above took in.

    ``header`` is the column of head offices, None where there is none.
    """

    def __init__(self, work: Work, known: Known, header: str | None) -> None:
        self.people = 0
        self._work = work
        self._known = known
        self._header = header
        self._again: list[tuple[int, LeadIn]] = []
        self._below: list[_Below] = []
        self._ids: dict[int, int] = {}

    def again(self, lead_id: int, lead: LeadIn) -> bool:
        """The row is a lead of this very import once more; whether it is time to ``take``."""
        self._again.append((lead_id, lead))
        return len(self._again) >= _ENOUGH

    def place(self, row: int, lead_id: int, lead: LeadIn, counted: str) -> None:
        """The row's lead is this one of the book; its head office is looked for at the end."""
        if self._header is None:
            return
        if lead.id is not None:
            self._ids[lead.id] = lead_id
        if lead.parent:
            self._below.append(_Below(row, lead_id, lead.parent, lead.id == lead_id, counted))

    def take(self) -> None:
        """The people and phones of rows that say a lead again are with that lead; every row is in its table."""
        for lead_id, lead in self._again:
            self.people += bool(import_update.complete(self._work, lead_id, lead))
        self._again.clear()
        self._work.operation.lead_id = None

    def parents(self) -> list[tuple[int, int, str]]:
        """Row, lead and how it was counted of each that now stands under its head office."""
        done = []
        for one in self._below:
            if self._under(one):
                done.append((one.row, one.lead_id, one.counted))
        self._below.clear()
        self._work.operation.lead_id = None
        return done

    def _under(self, one: _Below) -> bool:
        present = self._work.lead(one.lead_id)
        parent = self._parent(one)
        changes = Changes({"parent_id": parent})
        if parent is None:
            changes = Changes(custom={self._header or "parent": one.parent})
        try:
            return leads.edit(self._work, one.lead_id, changes) != present
        except Refused:  # a circle: kept as the word that it is
            leads.edit(self._work, one.lead_id, Changes(custom={self._header or "parent": one.parent}))
            return True

    def _parent(self, one: _Below) -> int | None:
        text = one.parent.removeprefix("#")
        if not (text.isascii() and text.isdecimal() and len(text) < 19):
            return self._known.named(one.parent)
        number = int(text)
        if number in self._ids:
            return self._ids[number]
        return number if one.same_book and self._known.has(number) else None
