"""What a lead belongs to, and what belongs to it: head office and branches (E3)."""

from __future__ import annotations

from typing import Any

from salesflow.models import Lead
from salesflow.names import label
from salesflow.processes import Process
from salesflow.reports.processes import Processes
from salesflow.store import leads
from salesflow.store.rows import Connection
from salesflow.texts import t

SHOWN = 8


def records(connection: Connection, lead: Lead, processes: Processes, lang: str) -> dict[str, Any]:
    """``parent_name`` and ``branches`` of ``show --json``; a customer stands in a won stage and is not lost."""
    above = leads.leads_by_id(connection, [lead.parent_id]) if lead.parent_id else {}
    return {
        "parent_name": next((label(one) for one in above.values()), None),
        "branches": [
            _branch(one, processes[one.process], lang) for one in leads.branches(connection, lead.id)
        ],
    }


def _branch(one: Lead, process: Process, lang: str) -> dict[str, Any]:
    won = any(stage.won for stage in process.stages if stage.code == one.stage)
    return {
        "lead_id": one.id,
        "name": one.name,
        "short": label(one),
        "stage": one.stage,
        "stage_title": process.known("stage", one.stage).title(lang),
        "status": one.status,
        "won": won and one.status != "lost",
    }


def lines(data: dict[str, Any], lang: str) -> list[str]:
    """The head office, and the branches with how many are customers."""
    found = []
    if data["parent"]:
        found.append(t("show.parent", lang, id=data["parent"], name=data["parent_name"]))
    branches = data["branches"]
    if branches:
        names = t("show.comma", lang).join(f"#{one['lead_id']} {one['short']}" for one in branches[:SHOWN])
        won = sum(one["won"] for one in branches)
        key = "show.branches_more" if len(branches) > SHOWN else "show.branches"
        found.append(t(key, lang, count=len(branches), won=won, names=names, id=data["id"]))
    return found
