"""The moves of a lead that two books moved: in the order of time, each from where the one before it led to."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from salesflow.actions import import_chain
from salesflow.actions.join_rows import Rows
from salesflow.actions.work import Work
from salesflow.store import stored
from salesflow.store.rows import Connection, insert, update
from salesflow.store.stored import Row

_LINKS = ("from_stage", "to_stage", "from_status", "to_status")


def order(work: Work, other: Connection, rows: Rows, lead_id: int) -> None:
    """Nothing; the lead's moves stand in one row, those of the other book among those that were here.

    Of one book a move stays behind those that were told before it, whichever day it is of.
    """
    new = rows.moved[lead_id]
    moves = stored.rows_of(work.connection, "move", lead_id)
    times = dict(_behind([(row["id"], row["at"]) for row in moves if row["id"] not in new]))
    for their_lead in rows.theirs(lead_id):
        theirs = stored.rows_of(other, "move", their_lead)
        told = [(rows.ids["move"].get(row["id"], 0), row["at"]) for row in theirs]
        times.update({row_id: at for row_id, at in _behind(told) if row_id in new})
    moves.sort(key=lambda row: (times.get(row["id"], row["at"]), row["id"]))
    linked = _linked(moves)
    kept = _in_place(moves)
    for before, row in zip(moves[:kept], linked[:kept], strict=True):
        update(work.connection, "move", row["id"], _changes(before, row))
    for row in moves[kept:]:
        stored.drop(work.connection, "move", row["id"])
    for row in linked[kept:]:  # ids go by the order in which the lead moved
        insert(work.connection, "move", {name: value for name, value in row.items() if name != "id"})


def _behind(told: list[tuple[int, str]]) -> list[tuple[int, str]]:
    # what one book told later is not before what it told earlier
    return list(accumulate(told, lambda before, one: (one[0], max(before[1], one[1]))))


def _in_place(moves: list[Row]) -> int:
    """How many of the first moves have lower ids than all that follow."""
    ids = [row["id"] for row in moves]
    wanted = sorted(ids)
    return next(
        (place for place, pair in enumerate(zip(ids, wanted, strict=True)) if pair[0] != pair[1]), len(ids)
    )


def _changes(before: Row, row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _LINKS if before[name] != row[name]}


def _linked(moves: list[Row]) -> list[Row]:
    stage, status = moves[0]["from_stage"], moves[0]["from_status"]
    found = []
    for row in moves:
        # a sheet says each time how the lead stood; what was typed, only what it changed
        said = row["from_status"] != row["to_status"] or row["source_key"] is not None
        stages = (stage, stage if import_chain.stays(row) else row["to_stage"])
        statuses = (status, row["to_status"] if said else status)
        found.append({**row, **dict(zip(_LINKS, (*stages, *statuses), strict=True))})
        stage, status = stages[1], statuses[1]
    return found
