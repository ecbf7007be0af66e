"""``report forecast``, ``forecast --backtest``, ``hot`` and ``calendar``."""

from __future__ import annotations

from typing import Any

from salesflow.reports.shapes.language import Named
from salesflow.reports.shapes.parts import LEAD, NEXT, STAGE, definitions, head

_CHANCES = {
    **STAGE,
    "grade": "code?",
    "days_in_stage": "int",
    "chance": "rate",
    "by_next_week": "rate",
    "by_month_end": "rate",
}
_WORTH = {"value": "money?", "value_from": "code?"}
_TOLD = {"basis": "code", "cases": "count", "closed": "count", "why": "title"}
_SPAN = Named(
    "Outlook",
    {
        "kind": ("week", "month"),
        "label": "code",
        "from": "day",
        "to": "day",
        "deals": {
            "so_far": "count",
            "expected": "number",
            "low": "int",
            "high": "int",
            "open": "number",
            "new": "number",
        },
        "sales": {"so_far": "money", "expected": "money?", "low": "money?", "high": "money?"},
    },
)
_HOT = Named(
    "HotLead",
    {
        **LEAD,
        **_CHANCES,
        "stage_title": "title",
        **_WORTH,
        **NEXT,
        "next_stage": "code?",
        "missing": ["code"],
        "missing_titles": ["title"],
        **_TOLD,
    },
)
_MISSING = Named("Missing", {"code": "code", "text": "title"})
_BRIER = Named("Brier", {"forecast": "number?", "process": "number?", "average": "number?"})
_INSIDE = Named("InRange", {"months": "count", "inside": "count", "rate": "rate?"})

_DAY = Named(
    "CalendarDay",
    {"date": "day", "promises": "count", "kept": "count", "open": "count", "workday": "flag"},
)

SHAPES: dict[str, Any] = {
    "calendar": {**head("calendar"), "promises": "count", "days": [_DAY], **definitions("calendar")},
    "hot": {
        "report": ("hot",),
        "date": "day",
        "week": "code",
        "to": "day",
        "leads": [_HOT],
        "likely": [_HOT],
        **definitions("hot"),
    },
    "forecast": {
        "report": ("forecast",),
        "date": "day",
        "within_days": "count",
        "open": "count",
        "deals_known": "count",
        "cases": "count",
        "average_order": "money?",
        "goal_share": "number",
        "weeks": [_SPAN],
        "months": [_SPAN],
        "leads": [Named("Prospect", {**LEAD, **_CHANCES, **_WORTH, **_TOLD, **NEXT})],
        "missing": [_MISSING],
        **definitions("forecast"),
    },
    "forecast_backtest": {
        "report": ("forecast",),
        "backtest": (True,),
        "date": "day",
        "months": [
            {
                "label": "code",
                "from": "day",
                "to": "day",
                "open": "count",
                "closed": "count",
                "expected": "number",
                "brier": _BRIER,
                "deals": {"expected": "number", "low": "int", "high": "int", "actual": "count"},
                "sales": {"expected": "money?", "low": "money?", "high": "money?", "actual": "money"},
            }
        ],
        "cases": "count",
        "closed": "count",
        "brier": _BRIER,
        "calibration_error": "number?",
        "bins": [{"low": "rate", "high": "rate", "cases": "count", "chance": "rate?", "closed": "rate?"}],
        "deals_in_range": _INSIDE,
        "sales_in_range": _INSIDE,
        "missing": [_MISSING],
        **definitions("backtest"),
    },
}
