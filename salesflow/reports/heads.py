"""How lists name leads: the id, the whole name, and what screens print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from salesflow.names import label_of
from salesflow.store import metrics
from salesflow.store.rows import Connection


class Head(NamedTuple):
    """A lead by its names; ``short`` is what screens print."""

    id: int
    name: str
    short: str
    process: str

    @property
    def text(self) -> str:
        """``#12 华星宝马``."""
        return f"#{self.id} {self.short}"

    @property
    def record(self) -> dict[str, Any]:
        """The keys by which JSON names a lead."""
        return {"lead_id": self.id, "name": self.name, "short": self.short}


def heads(connection: Connection, lead_ids: Iterable[int]) -> dict[int, Head]:
    """The names of these leads."""
    rows = metrics.labels_of(connection, list(dict.fromkeys(lead_ids)))
    return {
        lead_id: Head(lead_id, name, label_of(name, short, city), process)
        for lead_id, name, short, city, process in rows
    }
