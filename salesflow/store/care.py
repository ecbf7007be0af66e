"""Objections, incidents, links between leads, sign-offs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.models import Incident, Link, Objection, Signoff
from salesflow.store.rows import Connection, insert, new_uid, update

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


def insert_link(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new link between two leads."""
    return insert(connection, "link", values)


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
