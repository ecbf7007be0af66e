"""Consents: that a customer agreed that others get to read their data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, batches, insert, marks


class Consent(NamedTuple):
    """A customer's yes: since when, for what, and who wrote it down when."""

    id: int
    lead_id: int
    given_on: str
    purpose: str | None
    by: str
    recorded_at: str


_COLUMNS = ", ".join(Consent._fields)


def insert_consent(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new consent."""
    return insert(connection, "consent", values)


def delete_consents(connection: Connection, lead_id: int) -> int:
    """How many consents of the lead there were; they are gone."""
    return connection.execute("DELETE FROM consent WHERE lead_id = ?", (lead_id,)).rowcount


def list_consents(connection: Connection, lead_id: int) -> list[Consent]:
    """The lead's consents, the first given first."""
    sql = f"SELECT {_COLUMNS} FROM consent WHERE lead_id = ? ORDER BY given_on, id"
    return [Consent._make(row) for row in connection.execute(sql, (lead_id,))]


class Asked(NamedTuple):
    """A lead whose data may go to others: where it stands, and whether its customer agreed."""

    id: int
    name: str
    short: str | None
    city: str | None
    process: str
    stage: str
    agreed: bool


_ASKED = """SELECT id, name, short, city, process, stage, EXISTS (SELECT 1 FROM consent c WHERE c.lead_id = l.id)
FROM lead l"""


def asked(connection: Connection, lead_ids: Sequence[int] | None = None) -> list[Asked]:
    """These leads, or all of the book where None is given."""
    if lead_ids is None:
        return [_asked(row) for row in connection.execute(f"{_ASKED} ORDER BY id")]
    found: list[Asked] = []
    for part in batches(lead_ids):
        found += [_asked(row) for row in connection.execute(f"{_ASKED} WHERE id IN ({marks(part)})", part)]
    return found


def _asked(row: Sequence[Any]) -> Asked:
    return Asked._make((*row[:6], bool(row[6])))
