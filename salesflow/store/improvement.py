"""Actions of the improvement plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.improvement import Action
from salesflow.store.rows import Connection, insert, new_uid, update

_ACTION = "id, text, measure, baseline, report, due_on, who, made_on, done_on, dropped_on, note, by"


def insert_action(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new action."""
    return insert(connection, "action", {"uid": new_uid(), **values})


def update_action(connection: Connection, action_id: int, values: Mapping[str, Any]) -> None:
    """The action with new ``values``."""
    update(connection, "action", action_id, values)


def find_action(connection: Connection, action_id: int) -> Action | None:
    """The action of this id, or None."""
    row = connection.execute(f"SELECT {_ACTION} FROM action WHERE id = ?", (action_id,)).fetchone()
    return Action._make(row) if row else None


def list_actions(connection: Connection) -> list[Action]:
    """Every action, the first made first."""
    return [Action._make(row) for row in connection.execute(f"SELECT {_ACTION} FROM action ORDER BY id")]


def of_period(connection: Connection, label: str, first: str, day: str) -> list[Action]:
    """The actions made by ``day``, or in the report of that label, and not over before ``first``."""
    sql = f"""SELECT {_ACTION} FROM action WHERE (made_on <= ? OR report = ?)
  AND coalesce(done_on, dropped_on, '9999') >= ? ORDER BY id"""
    return [Action._make(row) for row in connection.execute(sql, (day, label, first))]


def due_by(connection: Connection, day: str) -> list[Action]:
    """The actions that are neither done nor dropped and due by ``day``, the one due first first."""
    sql = f"""SELECT {_ACTION} FROM action WHERE due_on <= ? AND done_on IS NULL AND dropped_on IS NULL
ORDER BY due_on, id"""
    return [Action._make(row) for row in connection.execute(sql, (day,))]
