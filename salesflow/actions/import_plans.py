"""A row of promises as one value that a lead's next date has had: for which day, since when, how it ended."""

from __future__ import annotations

from typing import Any, NamedTuple

from salesflow.actions.import_cells import Cells
from salesflow.actions.import_find import Found
from salesflow.dates import parse_when
from salesflow.errors import Refused, Usage

_TEXTS = ("reason", "place", "booked_by", "keeper", "effect", "questions", "content")
_ENDED = {  # how a cell begins
    "followup": ("followup", "跟进了", "已跟进", "followed up", "kept", "done", "已完成", "完成"),
    "moved": ("moved", "改期", "已改期", "rescheduled"),
    "dropped": ("dropped", "取消", "已取消", "作废", "cancel"),
}


class PlanIn(NamedTuple):
    """A promise to be: its columns; ``moves`` says that it moved the one before it, where one stood.

    ``whole``: the sheet says how promises end, so that one without an end stands.
    """

    row: dict[str, Any]
    moves: bool
    whole: bool

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the lead's others: when it was made, and for which day."""
        return self.row["made_at"], self.row["date"]

    @property
    def end(self) -> tuple[str, str] | None:
        """When and how it ended, where the sheet says so."""
        return (self.row["ended_at"], self.row["ended"]) if self.row["ended_at"] else None


def read(cells: Cells, lead: Found, values: dict[str, Any]) -> PlanIn:
    """The promise that the row tells of. Raises Usage or Refused for what cannot be taken."""
    process, codes = cells.work.process(lead.process), cells.codes(lead.process)
    made_at = cells.instant(values, "made_at") if "made_at" in values else cells.work.at
    found = cells.promised(cells.needed(values, "date"), "date", made_at)
    day, time = found.date.isoformat(), found.time
    if day < made_at[:10]:
        raise Refused("rows.next_before", next=day, at=made_at[:10])
    if time is None and "time" in values:
        time = parse_when(f"{day} {values['time']}", cells.work.today).time
    row: dict[str, Any] = {
        "lead_id": lead.id,
        "made_at": made_at,
        "date": day,
        "time": time,
        "via": codes.code("via", values["via"]) if "via" in values else None,
        "purpose": process.choice("purpose", values["purpose"]).code if "purpose" in values else None,
        "why": values.get("why"),
        "by": values.get("by") or cells.work.by,
        **{name: values.get(name) for name in _TEXTS},
        **_end(cells, values, made_at),
    }
    whole = cells.reads("ended_at")
    moves = "moved_from" in values or not (whole or cells.reads("moved_from"))
    return PlanIn(row, moves, whole)


def _end(cells: Cells, values: dict[str, Any], made_at: str) -> dict[str, Any]:
    if "ended_at" not in values and "ended" not in values:
        return {"ended_at": None, "ended": None}
    ended_at, text = cells.instant(values, "ended_at"), str(cells.needed(values, "ended"))
    if ended_at < made_at:
        raise Refused("rows.ended_before", ended=ended_at.replace("T", " "), at=made_at.replace("T", " "))
    how = next((code for code, words in _ENDED.items() if text.strip().lower().startswith(words)), None)
    if how is None:
        raise Usage("errors.not_one_of", name=cells.header("ended"), value=text[:40], known=" ".join(_ENDED))
    return {"ended_at": ended_at, "ended": how}
