"""What every action is given: the open step, the clock's one reading, who writes, the processes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import date, datetime

from salesflow import funnel, processes
from salesflow.dates import WorkCalendar
from salesflow.db import Operation
from salesflow.errors import NotFound, Unusable
from salesflow.models import Contact, Lead
from salesflow.store import contacts, evidence, leads, settings


@dataclass
class Work:
    """One step being written: every action takes it first and changes the book through it."""

    connection: sqlite3.Connection
    operation: Operation
    now: datetime
    by: str
    calendar: WorkCalendar
    _processes: dict[str, processes.Process] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """The clock as it is stored."""
        return self.now.isoformat(timespec="minutes")

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.now.date()

    def process(self, code: str) -> processes.Process:
        """The book's process of this code."""
        found = self._processes.get(code)
        if found is None:
            data = settings.process_data(self.connection, code)
            if data is None:
                raise Unusable("book.process_missing", code=code)
            found = self._processes[code] = processes.from_json(data)
        return found

    def forget(self, code: str) -> None:
        """Nothing; the process of this code is read again when it is asked for: it has changed."""
        self._processes.pop(code, None)

    def lead(self, lead_id: int) -> Lead:
        """The lead of this id, which this step is about from now on. Raises NotFound."""
        found = leads.find_lead(self.connection, lead_id)
        if found is None:
            raise NotFound("lead.none", text=f"#{lead_id}")
        self.operation.lead_id = lead_id
        return found

    def facts(self, lead: Lead) -> funnel.Facts:
        """What the gates may ask of the lead."""
        process = self.process(lead.process)
        found = evidence.read(self.connection, [lead.id], process.words)
        return funnel.facts(process, lead, self.people(lead.id), found[lead.id])

    def people(self, lead_id: int) -> list[Contact]:
        """The lead's people."""
        return contacts.list_contacts(self.connection, lead_id)


def instant(moment: datetime) -> str:
    """``moment`` as it is stored: YYYY-MM-DDTHH:MM."""
    return moment.isoformat(timespec="minutes")
