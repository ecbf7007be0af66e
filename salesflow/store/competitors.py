"""Competitors at a lead, and the points of checklists, ours and theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.models import Competitor, Points
from salesflow.store.rows import Connection, batches, insert, marks, new_uid, update

_COMPETITOR = """SELECT c.id, c.lead_id, c.name, c.strengths, c.weaknesses, c.price_fen, c.relation, c.supporter_id,
  p.name, c.note, c.by, c.created_at
FROM competitor c LEFT JOIN contact p ON p.id = c.supporter_id"""
_POINTS = "lead_id, checklist, item, competitor_id, points, note, at, by"


def insert_competitor(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new competitor."""
    return insert(connection, "competitor", {"uid": new_uid(), **values})


def update_competitor(connection: Connection, competitor_id: int, values: Mapping[str, Any]) -> None:
    """The competitor with new ``values``."""
    update(connection, "competitor", competitor_id, values)


def delete_competitor(connection: Connection, competitor_id: int) -> None:
    """The competitor gone, with the points that they were given."""
    connection.execute("DELETE FROM score WHERE competitor_id = ?", (competitor_id,))
    connection.execute("DELETE FROM competitor WHERE id = ?", (competitor_id,))


def list_competitors(connection: Connection, lead_id: int) -> list[Competitor]:
    """The lead's competitors, the first noted first."""
    rows = connection.execute(f"{_COMPETITOR} WHERE c.lead_id = ? ORDER BY c.id", (lead_id,))
    return [Competitor._make(row) for row in rows]


def named(connection: Connection) -> list[tuple[str, int]]:
    """Every competitor of every lead: name and lead, the first noted first."""
    return connection.execute("SELECT name, lead_id FROM competitor ORDER BY id").fetchall()


def lost_to(connection: Connection) -> list[tuple[str, int]]:
    """Whom each lead was lost to that now stands lost, where that was told: name and lead."""
    sql = """SELECT m.competitor, m.lead_id FROM lead l JOIN move m ON m.id = (
  SELECT id FROM move WHERE lead_id = l.id AND to_status = 'lost' AND from_status <> 'lost'
  ORDER BY at DESC, id DESC LIMIT 1)
WHERE l.status = 'lost' AND m.competitor IS NOT NULL ORDER BY m.id"""
    return connection.execute(sql).fetchall()


def list_points(connection: Connection, lead_id: int) -> list[Points]:
    """Every point given at the lead, ours and the competitors'."""
    rows = connection.execute(f"SELECT {_POINTS} FROM score WHERE lead_id = ? ORDER BY id", (lead_id,))
    return [Points._make(row) for row in rows]


def our_points(connection: Connection, lead_ids: Sequence[int], checklist: str) -> dict[int, dict[str, int]]:
    """Our points in one checklist at each of these leads that has any, by item."""
    found: dict[int, dict[str, int]] = {}
    for part in batches(lead_ids):
        sql = f"""SELECT lead_id, item, points FROM score
WHERE lead_id IN ({marks(part)}) AND checklist = ? AND competitor_id IS NULL"""
        for lead_id, item, points in connection.execute(sql, (*part, checklist)):
            found.setdefault(lead_id, {})[item] = points
    return found


def rated(connection: Connection, process: str, checklists: Sequence[str]) -> list[int]:
    """The leads of the process that have points in any of these checklists."""
    sql = f"""SELECT DISTINCT s.lead_id FROM score s JOIN lead l ON l.id = s.lead_id
WHERE l.process = ? AND s.checklist IN ({marks(checklists)}) ORDER BY s.lead_id"""
    return [int(row[0]) for row in connection.execute(sql, (process, *checklists))]


def set_points(connection: Connection, points: Points) -> None:
    """The points of one item, new or in place of those given before."""
    values = points._asdict()
    found = connection.execute(
        "SELECT id FROM score WHERE lead_id = ? AND checklist = ? AND item = ? AND competitor_id IS ?",
        points[:4],
    ).fetchone()
    if found:
        update(connection, "score", found[0], values)
    else:
        insert(connection, "score", values)


def drop_points(
    connection: Connection, lead_id: int, checklist: str, item: str, competitor_id: int | None
) -> None:
    """The item without points: not answered."""
    connection.execute(
        "DELETE FROM score WHERE lead_id = ? AND checklist = ? AND item = ? AND competitor_id IS ?",
        (lead_id, checklist, item, competitor_id),
    )
