"""``report day|week|month|funnel``: one analysis, the object that cli.md promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salesflow import funnel
from salesflow.names import label
from salesflow.reports import figures, weekly_screen
from salesflow.reports.facts import People
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.store import leads, metrics, moves
from salesflow.store.rows import Connection
from salesflow.tables import Report

NAMES = ("day", "week", "month", "funnel")


def build(connection: Connection, name: str, period: Period, lang: str, rep: str) -> Report:
    """The figures of the period, those of the one before, and the leads behind them."""
    processes = Processes(connection)
    stale = figures.stale_grades(connection, processes, period)
    data = {
        "report": name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "complete": period.complete,
        "totals": figures.totals(connection, processes, period),
        "previous": figures.totals(connection, processes, period.previous()),
        "targets": [],
        "stock": figures.stock(connection, period),
        "funnel": _titled(figures.stages(connection, processes, period), processes, lang),
        "first_contact": figures.first_contact(connection, processes, period),
        "promises": figures.promises(connection, period),
        "hot_last": figures.hot_last(connection, processes, period),
        "stale_grades": sum(stale.values()),
        "overdue_at_end": metrics.overdue_at(connection, period.moment, period.day.isoformat()),
        "new_leads": _new(connection, processes, period, lang),
        "advanced": _advanced(connection, processes, period, lang),
        "lost": _lost(connection, processes, period, lang),
        "hot": _hot(connection, processes, period, lang),
        "actions": [],
    }
    return weekly_screen.report(data, period, lang, rep, stale)


def _titled(lines: list[dict[str, Any]], processes: Processes, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "process": line["process"],
            "stage": line["stage"],
            "title": processes[line["process"]].stage(line["stage"]).title(lang),
            **line,
        }
        for line in lines
    ]


@dataclass(frozen=True)
class _Named:
    """Names of leads, read once for a list."""

    of: dict[int, dict[str, Any]]

    def head(self, lead_id: int) -> dict[str, Any]:
        one = self.of[lead_id]
        return {"lead_id": lead_id, "name": one["name"], "short": one["short"] or one["name"]}


def _new(connection: Connection, processes: Processes, period: Period, lang: str) -> list[dict[str, Any]]:
    lines = []
    for one in metrics.new_leads(connection, period.start, period.moment):
        source = processes[one["process"]].source(one["source"]).title(lang) if one["source"] else None
        lines.append(
            {
                "lead_id": one["id"],
                "name": one["name"],
                "short": one["short"] or one["name"],
                "received_at": one["received_at"],
                "source": one["source"],
                "source_title": source,
                "passive": bool(one["passive"]),
                "owner": one["owner"],
                "area": one["area"],
            }
        )
    return lines


def _advanced(
    connection: Connection, processes: Processes, period: Period, lang: str
) -> list[dict[str, Any]]:
    found = moves.moves_between(connection, period.start, period.moment)
    named = _Named(metrics.names_of(connection, list({move.lead_id for move in found})))
    lines = []
    for move in found:
        process = processes[named.of[move.lead_id]["process"]]
        if process.stage_index(move.to_stage) <= process.stage_index(move.from_stage):
            continue
        lines.append(
            named.head(move.lead_id)
            | {
                "at": move.at,
                "from": move.from_stage,
                "to": move.to_stage,
                "to_title": process.stage(move.to_stage).title(lang),
                "forced": move.forced,
            }
        )
    return lines


def _lost(connection: Connection, processes: Processes, period: Period, lang: str) -> list[dict[str, Any]]:
    found = [
        move
        for move in moves.moves_between(connection, period.start, period.moment)
        if move.to_status == "lost"
    ]
    named = _Named(metrics.names_of(connection, list({move.lead_id for move in found})))
    lines = []
    for move in found:
        reason = processes[named.of[move.lead_id]["process"]].reason("lost", move.reason or "")
        lines.append(
            named.head(move.lead_id)
            | {
                "at": move.at,
                "stage": move.from_stage,
                "reason": move.reason,
                "reason_title": reason.title(lang),
                "to": move.competitor,
                "why": move.why,
            }
        )
    return lines


def _hot(connection: Connection, processes: Processes, period: Period, lang: str) -> list[dict[str, Any]]:
    standing = figures.hot(connection, processes, period.moment)
    found = leads.leads_by_id(connection, [one.lead_id for one in standing])
    people = People(connection, list(found.values()))
    lines = []
    for one in standing:
        lead, process = found[one.lead_id], processes[one.process]
        gate = funnel.next_gate(process, people.facts(lead))
        missing = gate[1] if gate else ()
        lines.append(
            {
                "lead_id": lead.id,
                "name": lead.name,
                "short": label(lead),
                "stage": one.stage,
                "next_date": lead.next_date,
                "next_reason": lead.next_reason,
                "value": money(one.goal_fen),
                "missing": [want.code for want in missing],
                "missing_titles": [funnel.want_title(want, lang) for want in missing],
            }
        )
    return lines
