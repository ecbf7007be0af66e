"""How a lead's goal came about: each change with its reason (E8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from salesflow.models import Lead
from salesflow.processes import Process
from salesflow.reports.records import money
from salesflow.reports.shown import yuan_text
from salesflow.reports.weekly_screen import day_text
from salesflow.store import goals
from salesflow.store.goals import Change
from salesflow.store.rows import Connection
from salesflow.tables import Section
from salesflow.texts import t

SHOWN = 3
_KEYS = {"goal_value": "was_value", "goal_on": "was_on"}


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``goals`` of ``show --json``: the goal as each change left it, the newest first."""
    return {"goals": read(goals.changes(connection, lead.id))[::-1]}


def read(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The goal as each change left it and as it was before, the oldest first; value and day changed at once are one."""
    found: list[dict[str, Any]] = []
    stands: dict[str, Any] = _first(changes)
    changed: set[str] = set()
    for one in changes:
        last = found[-1] if found else None
        together = last and (last["at"], last["why"], last["by"]) == (one.at, one.why, one.by)
        if not (last and together and one.field not in changed):
            last = {"at": one.at, **stands, **{was: stands[name] for name, was in _KEYS.items()}}
            last |= {"why": one.why, "by": one.by}
            found.append(last)
            changed = set()
        stands[one.field] = last[one.field] = _value(one.field, one.new)
        last[_KEYS[one.field]] = _value(one.field, one.old)
        changed.add(one.field)
    return found


def _first(changes: Sequence[Change]) -> dict[str, Any]:
    # what stood before the first change of each: a goal may have come with the lead
    first = {one.field: _value(one.field, one.old) for one in reversed(changes)}
    return {name: first.get(name) for name in _KEYS}


def _value(field: str, text: str | None) -> Any:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat() if field == "goal_on" else money(int(text))
    except (
        TypeError,
        ValueError,
    ):  # a damaged image, which `check` tells of: the other changes are still told
        return None


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The last few changes with their reasons; a goal that was only set is no change."""
    changed = [one for one in data["goals"] if one["was_value"] is not None or one["was_on"] is not None]
    if not changed:
        return Section()
    lines = [_line(one, lang) for one in changed[:SHOWN]]
    return Section(heading=t("target.goal_changed", lang, count=len(changed)), before=tuple(lines))


def _line(one: dict[str, Any], lang: str) -> str:
    why = one["why"] or t("target.goal_no_why", lang)
    when = day_text(one["at"][:10], lang)
    return f"  {when}  {_goal(one['was_value'], one['was_on'], one, lang)} > " + (
        f"{_goal(one['goal_value'], one['goal_on'], one, lang)}   {why}"
    )


def _goal(value: float | None, on: str | None, one: dict[str, Any], lang: str) -> str:
    amount = "-" if value is None else yuan_text(value, lang)
    return amount if one["was_on"] == one["goal_on"] else f"{amount} {_day(on, one['at'])}"


def _day(on: str | None, at: str) -> str:
    return "-" if on is None else f"{date.fromisoformat(on):%m-%d}" if on[:4] == at[:4] else on
