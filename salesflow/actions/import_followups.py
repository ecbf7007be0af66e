"""A row of follow-ups as what took place: when, by which way, with whom, what was said, what was promised."""

from __future__ import annotations

from typing import Any, NamedTuple

from salesflow.actions.followups import NOTE_LIMIT
from salesflow.actions.import_cells import Cells
from salesflow.actions.import_codes import Codes
from salesflow.actions.import_find import Found
from salesflow.actions.promises import Plan
from salesflow.dates import parse_when
from salesflow.errors import Refused, Usage

TEXTS = ("note", "learned", "did", "feedback", "progress")
_GOAL_MET = {
    "yes": ("yes", "y", "成", "成了", "办成", "达成", "已达成", "是"),
    "partly": ("partly", "p", "部分", "部分达成", "一半", "一部分"),
    "no": ("no", "n", "没成", "没办成", "未达成", "没", "否"),
}


class FollowIn(NamedTuple):
    """A follow-up to be: its columns, the grade given with it, the promise, and whom it was with by name."""

    row: dict[str, Any]
    grade: str | None
    plan: Plan | None
    person: str | None

    @property
    def content(self) -> tuple[Any, ...]:
        """What tells it from the lead's others, as ``store.incoming`` reads them."""
        row = self.row
        return row["lead_id"], row["at"], *[row.get(name) for name in TEXTS]


def read(cells: Cells, lead: Found, values: dict[str, Any]) -> FollowIn:
    """The follow-up that the row tells of. Raises Usage or Refused for what cannot be taken."""
    codes = cells.codes(lead.process)
    at = _instant(cells, values)
    note = values.get("note")
    if note and len(note) > NOTE_LIMIT:
        raise Refused("log.note_too_long", length=len(note), limit=NOTE_LIMIT)
    via, called, visit = cells.way(lead.process, values.get("via"), note)
    answered = cells.flag(values, "answered", True)
    row: dict[str, Any] = {
        "lead_id": lead.id,
        "at": at,
        "via": via,
        "visit": int(answered and visit),
        "incoming": int(cells.flag(values, "incoming", called)),
        "answered": int(answered),
        "by": values.get("by") or cells.work.by,
        "recorded_at": cells.work.at,
        **{name: values[name] for name in (*TEXTS, "result", "hook") if name in values},
    }
    if "purpose" in values:
        row["purpose"] = codes.process.choice("purpose", values["purpose"]).code
    if "goal_met" in values:
        row["goal_met"] = _goal_met(values["goal_met"])
    grade = codes.code("grade", values["grade"]) if "grade" in values else None
    return FollowIn(row, grade, _plan(cells, codes, values, at), values.get("with"))


def _instant(cells: Cells, values: dict[str, Any]) -> str:
    # the hour may stand in a column of its own
    at = cells.instant(values, "at")
    if "at_time" not in values or not at.endswith("T00:00"):
        return at
    time = parse_when(f"{at[:10]} {values['at_time']}", cells.work.today).time
    return cells.instant({**values, "at": f"{at[:10]} {time}"}, "at") if time else at


def _goal_met(text: str) -> str:
    found = next((code for code, words in _GOAL_MET.items() if text.strip().lower() in words), None)
    if found is None:
        raise Usage("errors.not_one_of", name="goal_met", value=text[:40], known=" ".join(_GOAL_MET))
    return found


def _plan(cells: Cells, codes: Codes, values: dict[str, Any], at: str) -> Plan | None:
    text = values.get("next_date")
    if text is None:
        return None
    found = cells.promised(text, "next_date", at)
    if found.date.isoformat() < at[:10]:
        raise Refused("rows.next_before", next=found.date.isoformat(), at=at[:10])
    time = found.time
    if time is None and "next_time" in values:
        time = parse_when(f"{found.date.isoformat()} {values['next_time']}", cells.work.today).time
    via = codes.code("via", values["next_via"]) if "next_via" in values else None
    return Plan(found.date, time, values.get("next_reason"), via)
