"""What the gates may ask of leads, read for many at once."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow import funnel
from salesflow.models import Contact, Lead
from salesflow.store import contacts, moves
from salesflow.store.rows import Connection


class People:
    """The people and facts of some leads, read in two queries."""

    def __init__(self, connection: Connection, found: Sequence[Lead]) -> None:
        ids = [lead.id for lead in found]
        self.of: dict[int, list[Contact]] = contacts.contacts_of(connection, ids)
        self._sold = moves.leads_with_order(connection, ids)

    def facts(self, lead: Lead) -> funnel.Facts:
        """What the gates may ask of ``lead``."""
        return funnel.facts(lead, self.of.get(lead.id, ()), lead.id in self._sold)
