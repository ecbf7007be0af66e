"""What giving out the pool asks for: who owns leads, how many, in which area; who was in touch first (F10)."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.store.rows import Connection, batches, marks


def owners(connection: Connection) -> list[str]:
    """Everybody who owns a lead, by name."""
    return [
        row[0]
        for row in connection.execute("SELECT DISTINCT owner FROM lead WHERE owner <> '' ORDER BY owner")
    ]


def open_leads(connection: Connection) -> dict[str, int]:
    """How many open leads each owner has, of those who have a lead that is not lost."""
    sql = (
        "SELECT owner, count(*) FILTER (WHERE status = 'open') FROM lead"
        " WHERE owner <> '' AND status <> 'lost' GROUP BY owner ORDER BY owner"
    )
    return dict(connection.execute(sql).fetchall())


def by_area(connection: Connection) -> dict[str, dict[str, int]]:
    """Area: owner: how many leads and customers they have there, lost ones left out."""
    sql = (
        "SELECT area, owner, count(*) FROM lead WHERE area <> '' AND owner <> '' AND status <> 'lost'"
        " GROUP BY area, owner ORDER BY area, owner"
    )
    found: dict[str, dict[str, int]] = {}
    for area, owner, count in connection.execute(sql):
        found.setdefault(area, {})[owner] = count
    return found


def first_contacts(connection: Connection, lead_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(who, when) of the first follow-up of each of these leads that has one."""
    found: dict[int, tuple[str, str]] = {}
    for part in batches(lead_ids):
        sql = (
            f"SELECT lead_id, by, at FROM followup WHERE lead_id IN ({marks(part)}) ORDER BY lead_id, at, id"
        )
        for lead_id, by, at in connection.execute(sql, part):
            found.setdefault(lead_id, (by, at))
    return found
