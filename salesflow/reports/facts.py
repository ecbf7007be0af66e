"""What the gates may ask of leads, read for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesflow import funnel
from salesflow.models import Contact, Lead
from salesflow.processes import Process
from salesflow.reports.processes import Processes
from salesflow.store import contacts, evidence
from salesflow.store.rows import Connection


class People:
    """The people and facts of some leads, read in as few queries as their gates want."""

    def __init__(self, connection: Connection, found: Sequence[Lead], processes: Processes) -> None:
        ids = [lead.id for lead in found]
        self.of: dict[int, list[Contact]] = contacts.contacts_of(connection, ids)
        self._processes: Mapping[str, Process] = {
            code: processes[code] for code in {lead.process for lead in found}
        }
        words = frozenset().union(*(process.words for process in self._processes.values()))
        self._evidence = evidence.read(connection, ids, words)

    def process(self, lead: Lead) -> Process:
        """The process that ``lead`` follows."""
        return self._processes[lead.process]

    def facts(self, lead: Lead) -> funnel.Facts:
        """What the gates may ask of ``lead``."""
        process = self._processes[lead.process]
        return funnel.facts(process, lead, self.of.get(lead.id, ()), self._evidence[lead.id])
