"""What of the improvement plan stands in today's list: what is due and not done (K6)."""

from __future__ import annotations

from typing import Any

from salesflow.reports import improvement
from salesflow.reports.today_screen import Ask
from salesflow.store import improvement as stored
from salesflow.store.rows import Connection
from salesflow.texts import t

KIND = "action"


def build(connection: Connection, ask: Ask, last: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The reminders of actions that are due by ``last``, which are of no lead, and their lines for people."""
    records, lines = [], []
    for one in stored.due_by(connection, last):
        if ask.owner is not None and ask.owner != (one.who or one.by):
            continue
        found = improvement.record(one, ask.day.isoformat())
        told = [improvement.state_text(found, ask.day, ask.lang), *([one.who] if one.who else [])]
        text = t("action.today", ask.lang, id=one.id, text=one.text, told="  ".join(told))
        records.append({"kind": KIND, "lead_id": None, "on": one.due_on, "text": text})
        lines.append(text)
    return records, lines
