"""How each figure of a report is counted: the one text for ``--explain`` and for docs/reference/figures.md."""

from __future__ import annotations

from collections.abc import Mapping

from salesflow.tables import Section
from salesflow.texts import t

_TOTALS = (
    "new_leads", "followups", "visits", "leads_touched", "advanced", "moved_back", "won", "lost", "parked",
    "reopened", "reschedules", "orders", "sales", "margin", "collected", "stock",
)  # fmt: skip
_FUNNEL = ("entered", "left", "at_end", "value", "conversion", "median_days")
_HONESTY = (
    "first_contact_met", "promises_due", "promises_open", "without_why", "hot_last", "stale_grades",
    "overdue_at_end",
)  # fmt: skip
_KPI = (
    "sales", "margin", "margin_per_order", "orders", "new_customers", "new_leads", "visits", "calls", "collected",
    "collection_rate", "outstanding", "overdue", "first_contact", "promises_kept", "new_closing",
    "carried_closing", "lost_known",
)  # fmt: skip
_COMPARED = ("previous", "average4")

# reports whose definitions stand in the area of their own name
OWN: dict[str, tuple[str, ...]] = {
    "meeting": ("counts", "movement", "days", "from", "note"),
    "new": ("counts", "previous", "sources", "owners", "leads"),
    "sources": (
        "leads",
        "deals",
        "closed",
        "median_days",
        "sales",
        "cost",
        "cost_per_lead",
        "cost_per_deal",
        "sales_per_cost",
    ),  # fmt: skip
    "first-contact": ("first_contact", "previous", "median_hours", "reps", "missed", "ahead"),
    "reasons": ("counts", "value", "median_days", "reasons", "competitors", "stages"),
    "coverage": ("areas", "visits", "sales", "blank", "territories", "proposal"),
    "ageing": ("counts", "days", "limit", "over", "stages", "bands", "value", "days_in_stage"),
    "promises": ("promises", "previous", "rescheduled", "moved_more", "recorded_late", "unsigned"),
    "visits": ("deals", "share", "median", "early", "when", "stuck"),
    "hot": ("leads", "likely", "chance", "next", "missing", "value", "why"),
    "forecast": (
        "open",
        "so_far",
        "deals",
        "sales",
        "range",
        "chance",
        "by_month_end",
        "value",
        "average_order",
        "goal_share",
        "cases",
        "deals_known",
    ),
    "backtest": ("expected", "actual", "cases", "brier", "bins", "calibration_error", "in_range"),
    "calendar": ("promises", "kept", "open", "workday"),
    "service": ("care", "care_done", "care_missed", "reorders", "stopped", "plans", "unclassed"),
}
_AREAS = {"promises": "honesty", "visits": "patience"}  # where these are called otherwise

NAMES: dict[str, tuple[str, ...]] = {
    "day": (*_TOTALS, *_FUNNEL, *_HONESTY, *_COMPARED),
    "week": (*_TOTALS, *_FUNNEL, *_HONESTY, *_COMPARED, "trend"),
    "month": (*_TOTALS, *_FUNNEL, *_HONESTY, *_COMPARED),
    "quarter": (*_TOTALS, *_FUNNEL, *_HONESTY, *_COMPARED),
    "funnel": (*_FUNNEL, "low_days", "high_days"),
    "kpi": (*_KPI, "target", *_COMPARED),
    "team": (
        "new_leads",
        "followups",
        "visits",
        "advanced",
        "won",
        "lost",
        "orders",
        "sales",
        "collected",
        "stock",
    ),  # fmt: skip
    **OWN,
}


def area_of(report: str) -> str:
    """The area of the catalogue that holds the report's definitions: its own, or that of all the measures."""
    return _AREAS.get(report, report.replace("-", "_")) if report in OWN else "kpi"


def definitions(report: str, lang: str) -> dict[str, str]:
    """How each figure of the report is counted, by name."""
    area = area_of(report)
    return {name: t(f"{area}.def_{name}", lang) for name in NAMES[report]}


def section(told: Mapping[str, str], lang: str, area: str = "kpi") -> Section:
    """The definitions as lines; ``area`` is where they stand."""
    lines = [
        t("kpi.explained", lang, name=t(f"{area}.name_{name}", lang), text=text)
        for name, text in told.items()
    ]
    return Section(heading=t("kpi.heading_explained", lang), before=tuple(lines))
