"""The moves of a lead with imported ones among its own: each from where the one before it led to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from salesflow.actions.import_moves import MoveIn

KEPT = ":kept"  # ends the key of a row that names no stage


@dataclass(eq=False)
class Move:
    """One move: its columns, and ``id`` where the book has it already; ``source`` is what the sheet said."""

    row: dict[str, Any]
    id: int | None = None
    source: MoveIn | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def imported(self) -> bool:
        """Whether a sheet told of it."""
        return self.source is not None or self.row.get("source_key") is not None

    @property
    def idle(self) -> bool:
        """Whether it leads nowhere: the lead stood there."""
        row = self.row
        return bool(row["from_stage"] == row["to_stage"] and row["from_status"] == row["to_status"])


def chained(known: Sequence[dict[str, Any]], new: Sequence[MoveIn], first: str) -> list[Move]:
    """All moves in order, the idle ones among them; ``first`` is the stage in which a lead begins.

    An idle one is kept: a move that is imported later may lie before it and make it one.
    A lead without a move came in somewhere: its story begins at the beginning once it is told.
    """
    moves = [Move(dict(row), row["id"]) for row in known]
    for one in sorted(new, key=lambda move: str(move.row["at"])):
        place = next((at for at, move in enumerate(moves) if move.row["at"] > one.row["at"]), len(moves))
        moves.insert(place, Move(dict(one.row), source=one))
    stage, status = (known[0]["from_stage"], known[0]["from_status"]) if known else (first, "open")
    for move in moves:
        _link(move, stage, status)
        stage, status = move.row["to_stage"], move.row["to_status"]
    _settle_processes(moves)
    return moves


def _link(move: Move, stage: str, status: str) -> None:
    row, said = move.row, move.source
    links = {"from_stage": stage, "from_status": status}
    if said is not None:
        row |= {**links, "to_stage": said.stage or stage, "to_status": said.status or "open"}
        return
    if stays(row):
        links["to_stage"] = stage
    move.changes = {name: value for name, value in links.items() if row[name] != value}
    row |= links


def stays(row: Mapping[str, Any]) -> bool:
    """Whether the row names no stage: parked, lost or open again where the lead stood."""
    source = row["source_key"]
    if source is not None:
        return str(source).endswith(KEPT)
    return bool(row["from_stage"] == row["to_stage"]) and row["from_process"] is None


def _settle_processes(moves: Sequence[Move]) -> None:
    # what lies before a change of process was made in the one before
    later: str | None = None
    for move in reversed(moves):
        if move.source is not None:
            move.row["process"] = later
        else:
            later = move.row["from_process"] or move.row["process"]


def status_at(moves: Sequence[Move], at: str) -> str:
    """How the lead stood at that moment: a deal made while it was lost or parked moves it nowhere."""
    before = sorted((move.row for move in moves if move.row["at"] <= at), key=lambda row: str(row["at"]))
    return str(before[-1]["to_status"]) if before else moves[0].row["from_status"] if moves else "open"
