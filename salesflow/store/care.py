"""Objections, incidents, links between leads, sign-offs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.models import Incident, Link, Objection, Signoff
from salesflow.store.rows import Connection, batches, insert, marks, new_uid, update

_OBJECTION = """SELECT o.id, o.lead_id, c.name, o.at, o.text, o.answer, o.worked, o.by
FROM objection o LEFT JOIN contact c ON c.id = o.contact_id"""
_INCIDENT = "id, lead_id, opened_at, text, due_on, solved_at, solution, by"
_SIGNOFF = "id, lead_id, kind, name, week, at, note, by"


def _objection(row: tuple[Any, ...]) -> Objection:
    return Objection._make((*row[:6], None if row[6] is None else bool(row[6]), row[7]))


def insert_objection(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new objection."""
    return insert(connection, "objection", {"uid": new_uid(), **values})


def update_objection(connection: Connection, objection_id: int, values: Mapping[str, Any]) -> None:
    """The objection with new ``values``."""
    update(connection, "objection", objection_id, values)


def delete_objection(connection: Connection, objection_id: int) -> None:
    """The objection is gone."""
    connection.execute("DELETE FROM objection WHERE id = ?", (objection_id,))


def find_objection(connection: Connection, lead_id: int, objection_id: int) -> Objection | None:
    """The lead's objection of this id, or None."""
    row = connection.execute(
        f"{_OBJECTION} WHERE o.id = ? AND o.lead_id = ?", (objection_id, lead_id)
    ).fetchone()
    return _objection(row) if row else None


def list_objections(connection: Connection, lead_id: int | None = None) -> list[Objection]:
    """The lead's objections, or those of the whole book, the newest first."""
    where, values = ("WHERE o.lead_id = ?", (lead_id,)) if lead_id is not None else ("", ())
    rows = connection.execute(f"{_OBJECTION} {where} ORDER BY o.at DESC, o.id DESC", values)
    return [_objection(row) for row in rows]


def insert_incident(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new incident."""
    return insert(connection, "incident", {"uid": new_uid(), **values})


def update_incident(connection: Connection, incident_id: int, values: Mapping[str, Any]) -> None:
    """The incident with new ``values``."""
    update(connection, "incident", incident_id, values)


def find_incident(connection: Connection, lead_id: int, incident_id: int) -> Incident | None:
    """The lead's incident of this id, or None."""
    sql = f"SELECT {_INCIDENT} FROM incident WHERE id = ? AND lead_id = ?"
    row = connection.execute(sql, (incident_id, lead_id)).fetchone()
    return Incident._make(row) if row else None


def insert_incident_note(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of what was done or said about an incident."""
    return insert(connection, "incident_note", values)


def list_incidents(
    connection: Connection, lead_id: int | None = None, *, open_only: bool = False
) -> list[Incident]:
    """The lead's incidents, or those of the whole book, the newest first."""
    parts = ["lead_id = ?"] if lead_id is not None else []
    parts += ["solved_at IS NULL"] if open_only else []
    sql = f"SELECT {_INCIDENT} FROM incident WHERE {' AND '.join(parts) or '1'} ORDER BY opened_at DESC, id DESC"
    return [Incident._make(row) for row in connection.execute(sql, () if lead_id is None else (lead_id,))]


class IncidentNote(NamedTuple):
    """What was done or said about an incident before it was solved."""

    id: int
    incident_id: int
    at: str
    text: str
    by: str


def notes_of(connection: Connection, incident_ids: Sequence[int]) -> dict[int, list[IncidentNote]]:
    """The notes of each of these incidents that has any, the oldest first."""
    found: dict[int, list[IncidentNote]] = {}
    for part in batches(incident_ids):
        sql = f"""SELECT id, incident_id, at, text, by FROM incident_note
WHERE incident_id IN ({marks(part)}) ORDER BY at, id"""
        for row in connection.execute(sql, part):
            found.setdefault(row[1], []).append(IncidentNote._make(row))
    return found


def insert_link(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new link between two leads."""
    return insert(connection, "link", values)


def update_link(connection: Connection, link_id: int, values: Mapping[str, Any]) -> None:
    """The link with new ``values``."""
    update(connection, "link", link_id, values)


def list_links(connection: Connection, lead_id: int) -> list[Link]:
    """The links from and to the lead."""
    sql = (
        "SELECT id, lead_id, other_id, relation, note FROM link WHERE lead_id = ? OR other_id = ? ORDER BY id"
    )
    return [Link._make(row) for row in connection.execute(sql, (lead_id, lead_id))]


def insert_signoff(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new sign-off."""
    return insert(connection, "signoff", values)


def list_signoffs(connection: Connection, lead_id: int) -> list[Signoff]:
    """The lead's sign-offs, the first made first."""
    sql = f"SELECT {_SIGNOFF} FROM signoff WHERE lead_id = ? ORDER BY id"
    return [Signoff._make(row) for row in connection.execute(sql, (lead_id,))]
