"""``report day|week|month|quarter|funnel``, ``--by rep``, ``team`` and ``kpi``."""

from __future__ import annotations

from typing import Any

from salesflow.reports.by_rep import KEYS
from salesflow.reports.measures import MEASURES
from salesflow.reports.shapes.language import Named
from salesflow.reports.shapes.parts import (
    ACTION,
    AVERAGES,
    FIRST_CONTACT,
    FUNNEL,
    LEAD,
    NEXT,
    PROMISES,
    REP_TARGET,
    SPREAD_FUNNEL,
    TARGET,
    TOTALS,
    TREND,
    compared,
    definitions,
    head,
)
from salesflow.reports.shown import COUNT, MONEY, RATE

_NEW = Named(
    "NewLead",
    {
        **LEAD,
        "received_at": "time",
        "source": "code?",
        "source_title": "title?",
        "passive": "flag",
        "owner": "text?",
        "area": "text?",
    },
)
_ADVANCED = Named(
    "Advanced",
    {**LEAD, "at": "time", "from": "code", "to": "code", "to_title": "title", "forced": "flag"},
)
_LOST = Named(
    "Lost",
    {
        **LEAD,
        "at": "time",
        "stage": "code",
        "reason": "code?",
        "reason_title": "title",
        "to": "text?",
        "why": "text?",
    },
)
_HOT = Named(
    "Hot",
    {**LEAD, "stage": "code", **NEXT, "value": "money?", "missing": ["code"], "missing_titles": ["title"]},
)
_REP = {key: "money" if key in ("sales", "collected") else "int" for key in KEYS}
_MEASURES = tuple(one.name for one in MEASURES)


def _figures(name: str) -> dict[str, Any]:
    return {
        **head(name),
        "totals": TOTALS,
        "previous": TOTALS,
        "average4?": AVERAGES,
        "trend?": TREND,
        "targets": [TARGET],
        "stock": {"start": "count", "end": "count"},
        "funnel": [SPREAD_FUNNEL if name == "funnel" else FUNNEL],
        "first_contact": FIRST_CONTACT,
        "promises": PROMISES,
        "hot_last": dict.fromkeys(("named", "won", "slipped", "dropped"), "count"),
        "stale_grades": "count",
        "overdue_at_end": "count",
        "new_leads": [_NEW],
        "advanced": [_ADVANCED],
        "lost": [_LOST],
        "hot": [_HOT],
        "actions": [ACTION],
        **(compared() if name == "funnel" else {}),
        **definitions(name if name in ("funnel", "week") else "month"),
    }


def _by_rep(name: str) -> dict[str, Any]:
    return {
        "report": (name,),
        "by": ("rep",),
        **{key: value for key, value in head(name).items() if key != "report"},
        "reps": [Named("Rep", {"rep": "text?", **_REP})],
        "totals": Named("RepTotals", _REP),
        "targets": [REP_TARGET],
    }


_FIGURES = ("day", "week", "month", "quarter")
SHAPES: dict[str, Any] = {
    **{name: _figures(name) for name in (*_FIGURES, "funnel")},
    **{f"{name}_by_rep": _by_rep(name) for name in _FIGURES},
    "team": {**_by_rep("team"), **compared(), **definitions("team")},
    "kpi": {
        **head("kpi"),
        "measures": [
            Named(
                "Measure",
                {
                    "name": _MEASURES,
                    "value": "number?",
                    "unit": (MONEY, COUNT, RATE),
                    "target": "number?",
                    "attainment": "number?",
                    "previous": "number?",
                    "average4": "number?",
                    "basis": {"of": "number?", "in": "number?"},
                },
            )
        ],
        "earlier?": [{"label": "code", "values": dict.fromkeys(_MEASURES, "number?")}],
        **definitions("kpi"),
    },
}
