"""The improvement plan: an action decided, done, dropped, put in other words (K6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from salesflow.actions.work import Work
from salesflow.errors import NotFound, Refused, Usage
from salesflow.improvement import LATE, OPEN, Action, state_on
from salesflow.store import improvement as stored


def add(work: Work, text: str, values: Mapping[str, Any]) -> Action:
    """The action decided today. Raises Refused for one that is due before today or stands open already."""
    today = work.today.isoformat()
    for one in stored.list_actions(work.connection):
        if one.text == text and state_on(one, today) in (OPEN, LATE):
            raise Refused("action.exists", id=one.id, text=text)
    _refuse_due(values.get("due_on"), today)
    row = {"text": text, **values, "made_on": today, "by": work.by, "recorded_at": work.at}
    return get(work, stored.insert_action(work.connection, row))


def finish(work: Work, action_id: int, on: date, note: str | None) -> Action:
    """The action done on that day. Raises Refused where it is over, or the day lies outside."""
    return _end(work, action_id, "done_on", on, note)


def drop(work: Work, action_id: int, why: str) -> Action:
    """The action given up today, and why. Raises Refused where it is over."""
    return _end(work, action_id, "dropped_on", work.today, why)


def edit(work: Work, action_id: int, values: Mapping[str, Any]) -> Action:
    """The action with these values; None empties one. Raises Usage where there are none."""
    one = get(work, action_id)
    if not values:
        raise Usage("action.nothing", id=one.id)
    _refuse_due(values.get("due_on"), one.made_on)
    stored.update_action(work.connection, one.id, values)
    return get(work, one.id)


def get(work: Work, action_id: int) -> Action:
    """The action of this id; NotFound with those that are open."""
    found = stored.find_action(work.connection, action_id)
    if found is None:
        today = work.today.isoformat()
        known = [
            one.id for one in stored.list_actions(work.connection) if state_on(one, today) in (OPEN, LATE)
        ]
        raise NotFound("action.none", id=action_id, known=", ".join(map(str, known)) or "-")
    return found


def _end(work: Work, action_id: int, column: str, on: date, note: str | None) -> Action:
    one = get(work, action_id)
    if one.done_on or one.dropped_on:
        key = "action.done_already" if one.done_on else "action.dropped_already"
        raise Refused(key, id=one.id, on=one.done_on or one.dropped_on)
    if on > work.today:
        raise Refused("action.in_future", on=on.isoformat())
    if on.isoformat() < one.made_on:
        raise Refused("action.before_made", on=on.isoformat(), made=one.made_on)
    told = {"note": note} if note else {}
    stored.update_action(work.connection, one.id, {column: on.isoformat(), **told})
    return get(work, one.id)


def _refuse_due(due: str | None, made: str) -> None:
    if due and due < made:
        raise Refused("action.due_past", due=due, made=made)
