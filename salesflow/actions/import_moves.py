"""A row of stages as a move to be: into which stage, or out of the open leads, when and why."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, NamedTuple

from salesflow.actions.import_cells import Cells
from salesflow.actions.import_codes import STATUSES, Codes
from salesflow.actions.import_find import Found
from salesflow.errors import Usage
from salesflow.processes import Process

# what sheets of any trade call a deal and the want of one, where the process has no stage of that name
_WON = ("won", "closed won", "win", "赢单", "已成交", "成单", "已签约")
_SAID = {
    "lost": ("lost", "closed lost", "丢单", "输单", "已流失", "流失", "战败", "无效"),
    "parked": ("parked", "on hold", "搁置", "暂停", "暂缓"),
    "open": ("在跟", "open", "reopened", "重新打开", "跟进中", "进行中"),
}


class MoveIn(NamedTuple):
    """A move to be; ``stage`` None stays where the lead is, ``status`` None says nothing: open."""

    row: dict[str, Any]
    stage: str | None
    status: str | None

    @property
    def content(self) -> tuple[Any, ...]:
        """What tells it from the lead's others, as ``store.incoming`` reads them."""
        return self.row["lead_id"], self.row["at"], self.stage, self.status or "open"


def read(cells: Cells, lead: Found, values: dict[str, Any]) -> MoveIn:
    """The move that the row tells of. Raises Usage or Refused for what cannot be taken."""
    codes = cells.codes(lead.process)
    at = cells.instant(values, "at")
    stage, status = _where(cells, codes, values)
    row: dict[str, Any] = {
        "lead_id": lead.id,
        "at": at,
        "why": values.get("why"),
        "forced": int(cells.flag(values, "forced", False)),
        "by": values.get("by") or cells.work.by,
        "recorded_at": cells.work.at,
    }
    if status and status != "open":
        row |= _leaving(cells, codes.process, values, status, at)
    return MoveIn(row, stage, status)


def _where(cells: Cells, codes: Codes, values: dict[str, Any]) -> tuple[str | None, str | None]:
    text, said = values.get("stage"), values.get("status")
    status = _status(said) if said else None
    if said and status is None:
        raise Usage("lists.unknown_status", text=said[:40])
    if text is None:
        if status is None:
            raise Usage("mapping.row_without", column=cells.header("stage"))
        return None, status
    stage, meant = _stage(codes, text)
    return stage, status or meant


def _stage(codes: Codes, text: str) -> tuple[str | None, str | None]:
    try:
        return codes.code("stage", text), None
    except Usage:
        word = text.strip().casefold()
        won = next((stage.code for stage in codes.process.stages if stage.won), None)
        if word in _WON and won:
            return won, None
        meant = _status(text)
        if meant is None:
            raise
        return None, meant


def is_won(codes: Codes, text: str) -> bool:
    """Whether that stage of a deal, as some program calls it, is a deal made."""
    word = text.strip().casefold()
    with suppress(Usage):
        return codes.process.stage(codes.code("stage", text)).won
    return word in _WON or word.split()[-1:] == ["won"]


def _status(text: str) -> str | None:
    word = text.strip().casefold()
    if word in STATUSES:
        return word
    return next((status for status, words in _SAID.items() if word in words), None)


def _leaving(cells: Cells, process: Process, values: dict[str, Any], status: str, at: str) -> dict[str, Any]:
    found: dict[str, Any] = {"competitor": values.get("competitor")}
    if "reason" in values:
        found["reason"] = process.reason(status, values["reason"]).code
    elif values.get("why"):
        # 原因 is a column of its own words: a reason of the process where it says one
        try:
            found["reason"] = process.reason(status, values["why"]).code
        except Usage:
            found["reason"] = None
    if status == "parked":
        until = date.fromisoformat(at[:10]) + timedelta(days=process.park_days)
        if "until" in values:
            until = cells.promised(values["until"], "until", at).date
        found["until"] = until.isoformat()
    return found
