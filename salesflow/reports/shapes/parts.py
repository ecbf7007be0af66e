"""The parts that several reports have."""

from __future__ import annotations

from typing import Any

from salesflow.improvement import COUNT, FIGURES, MONEY, RATE, STATES
from salesflow.reports.explained import NAMES
from salesflow.reports.figures import SPREAD
from salesflow.reports.figures import TOTALS as _TOTALS
from salesflow.reports.shapes.language import Named

_SUMS = ("sales", "margin", "collected")


def head(*names: str) -> dict[str, Any]:
    """The keys that every report of a period begins with."""
    return {"report": names, "from": "day", "to": "day", "label": "code", "complete": "flag"}


def definitions(report: str) -> dict[str, Any]:
    """What ``--explain`` adds: the names of the definitions never change."""
    return {"definitions?": Named(f"Definitions-{report}", dict.fromkeys(NAMES[report], "title"))}


def compared() -> dict[str, Any]:
    """What ``--compare`` adds to a report of a period that has no ``average4`` of its own."""
    line = {
        "figure": "code",
        "unit": (MONEY, COUNT, RATE),
        "value": "number?",
        "previous": "number?",
        "average4": "number?",
    }
    return {"compared?": [Named("Compared", line)]}


LEAD = {"lead_id": "count", "name": "text", "short": "text"}
STAGE = {"process": "code", "stage": "code"}
NEXT = {"next_date": "day?", "next_reason": "text?"}

TOTALS = Named(
    "Totals",
    {name: "money?" if name == "margin" else "money" if name in _SUMS else "int" for name in _TOTALS},
)
AVERAGES = Named("Averages", {name: "money?" if name in _SUMS else "number?" for name in _TOTALS})
TREND = Named(
    "Trend",
    {name: ["money?" if name == "margin" else "money" if name in _SUMS else "int"] for name in _TOTALS},
)
_TARGET = {
    "metric": "code",
    "target": "number",
    "actual": "number?",
    "attainment": "number?",
    "elapsed": "rate?",
    "working_days": "count",
    "days_left": "count",
    "needed_per_day": "number?",
}
_SUMMED = {"summed_from?": "code"}  # of a quarter or a range: of which parts the targets were added up
TARGET = Named("Target", {**_TARGET, "reps?": ["text"], **_SUMMED})
REP_TARGET = Named("RepTarget", {"rep": "text", **_TARGET, **_SUMMED})
_STAGED = {
    **STAGE,
    "title": "title",
    "entered": "count",
    "left": "count",
    "at_end": "count",
    "value": "money",
    "conversion": "rate?",
    "median_days": "number?",
}
FUNNEL = Named("FunnelStage", _STAGED)
SPREAD_FUNNEL = Named("FunnelStageSpread", {**_STAGED, **dict.fromkeys(SPREAD, "number?")})
FIRST_CONTACT = Named("FirstContact", {"due": "count", "met": "count", "missed": "count", "rate": "rate?"})
PROMISES = Named(
    "Promises",
    dict.fromkeys(("due", "kept", "kept_late", "rescheduled", "without_why", "dropped", "open"), "count"),
)
ACTION = Named(
    "Action",
    {
        "id": "count",
        "text": "text",
        "measure": (*FIGURES, None),
        "due": "day?",
        "who": "text?",
        "state": STATES,
        "done": "day?",
        "made": "day",
        "baseline": "number?",
        "now": "number?",
        "unit": (MONEY, COUNT, RATE, None),
        "previous": "number?",
        "report": "code?",
        "dropped": "day?",
        "note": "text?",
        "by": "text",
        "baseline_of": "code?",
        "now_of": "code?",
    },
)
