"""A lead that two books have: its record as the side says that wrote it last, its promise, its counts."""

from __future__ import annotations

from typing import Any, NamedTuple

from salesflow.actions.circles import refuse_circle
from salesflow.actions.join_rows import Rows
from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.store import followups, joining, leads, stored
from salesflow.store.rows import Connection, update
from salesflow.store.stored import Row

COMMAND = "team join"

_PROMISE = ("next_date", "next_time", "next_reason", "next_via")
# who registered it and when stays; counts and the promise follow from what hangs on the lead
_OURS = (
    "id", "uid", "registered_by", "created_at", "followups", "answered", "visits", "reschedules",
    "first_followup_at", "last_followup_at", *_PROMISE,
)  # fmt: skip


class Met(NamedTuple):
    """A lead of the other book that is here: ``part`` where it was merged into one of another uid."""

    lead_id: int
    theirs: Row
    part: bool


def standing(work: Work, lead_id: int) -> int | None:
    """The promise of the lead that stands, by its id."""
    found = followups.open_promise(work.connection, lead_id)
    return found.id if found else None


def bring_up(work: Work, other: Connection, rows: Rows, met: Met, promised: int | None) -> bool:
    """Whether the lead's own fields were taken from the other book; what follows from its rows is set anew.

    ``promised`` is the promise that stood here before the other book's rows came.
    """
    lead_id = met.lead_id
    mine = stored.row(work.connection, "lead", lead_id) or {}
    row = rows.mapped("lead", met.theirs)
    names = [name for name in joining.own_columns("lead") if name not in _OURS]
    later = not met.part and _is_later(rows, mine, met.theirs, row, names)
    values = _values(work, other, met, mine, row, [*names, *joining.references("lead")]) if later else {}
    taken = any(mine[name] != value for name, value in values.items())
    if taken:
        update(work.connection, "lead", lead_id, values)
    if taken or lead_id in rows.changed:
        _moved(work, lead_id)
        followups.recount(work.connection, lead_id)
        theirs = rows.ids["promise"] if later else {}
        _one_promise(work, lead_id, promised, frozenset(theirs.values()))
    return taken


def _moved(work: Work, lead_id: int) -> None:
    # both sides may have moved it: it is where the last of all moves brought it, whoever wrote last
    values: dict[str, Any] = {}
    moves = stored.rows_of(work.connection, "move", lead_id)
    for row in moves:
        if row["from_status"] != row["to_status"]:
            values["status"] = row["to_status"]
        if row["from_stage"] != row["to_stage"] or row["from_process"]:
            values["stage"] = row["to_stage"]
    if any(row["from_process"] for row in moves):
        values.pop("stage", None)  # of two processes the record says which
    leads.update_lead(work.connection, lead_id, values)


def _is_later(rows: Rows, mine: Row, theirs: Row, row: Row, names: list[str]) -> bool:
    if mine["updated_at"] != theirs["updated_at"]:
        return bool(theirs["updated_at"] > mine["updated_at"])
    same = all(mine[name] == row[name] for name in names)
    return not same and rows.is_newer("lead", mine, theirs, names)


def _values(work: Work, other: Connection, met: Met, mine: Row, row: Row, names: list[str]) -> dict[str, Any]:
    values = {name: row[name] for name in names}
    if values["owner"] != mine["owner"]:
        # whoever said last whose it is: a lead given out or settled here does not go back by itself
        said = joining.owner_said(work.connection, met.lead_id, COMMAND)
        if said and said >= joining.owner_said(other, met.theirs["id"], ""):
            del values["owner"]
    for column in joining.references("lead"):
        if values[column] and values[column] != mine[column]:
            try:
                refuse_circle(work.connection, met.lead_id, values[column], column)
            except Refused:
                del values[column]
    return values


def _one_promise(work: Work, lead_id: int, before: int | None, theirs: frozenset[int]) -> None:
    # each side may have made one of its own: that of the side which is taken stands, the newer of two
    promises = [row for row in stored.rows_of(work.connection, "promise", lead_id) if row["ended_at"] is None]
    ranked = sorted(promises, key=lambda row: (row["id"] in theirs, row["id"] == before, row["id"]))
    if work.lead(lead_id).status == "lost":  # nothing is promised there
        ranked.append({})
    for row in ranked[:-1]:
        followups.end_promise(work.connection, row["id"], work.at, "dropped")
    kept: Row = ranked[-1] if ranked else {}
    values = {f"next_{name}": kept.get(name) for name in ("date", "time", "reason", "via")}
    leads.update_lead(work.connection, lead_id, values)
