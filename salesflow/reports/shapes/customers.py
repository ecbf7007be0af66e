"""``report promises``, ``visits`` and ``service``."""

from __future__ import annotations

from typing import Any

from salesflow.reports.shapes.language import Named
from salesflow.reports.shapes.parts import LEAD, PROMISES, STAGE, compared, definitions, head

_CARE = Named(
    "CareVisit",
    {
        **LEAD,
        "order_id": "count",
        "code": "code",
        "title": "title",
        "day": "count",
        "via": "code?",
        "start": "day",
        "due": "day",
        "opens": "day",
        "closes": "day",
        "state": "code",
        "done_on": "day?",
        "days_late": "count",
        "referral": "flag",
        "ask_for": [{"code": "code", "title": "title"}],
    },
)
_STOCK = Named(
    "Stock",
    {
        **LEAD,
        "product": "text?",
        "order_id": "count",
        "last_on": "day",
        "bought": "count",
        "cycle_days": "count",
        "basis": "code",
        "remind_on": "day",
        "ends_on": "day",
        "stops_on": "day",
        "state": "code",
        "asked_on": "day?",
        "days_late": "count",
    },
)
_LISTS = ("rescheduled_without_why", "moved_more", "recorded_late", "unsigned", "unsigned_all")
_CARE_STATES = ("care_due", "care_late", "care_ahead", "care_done", "care_missed")
_STOCK_STATES = ("reorder_due", "reorder_late", "reorder_upcoming", "reorder_asked", "reorder_stopped")

SHAPES: dict[str, Any] = {
    "promises": {
        **head("promises"),
        "promises": PROMISES,
        "previous": PROMISES,
        "counts": dict.fromkeys(("rescheduled", *_LISTS), "count"),
        "rescheduled": [{**LEAD, "at": "time", "from": "day?", "to": "day", "why": "text?", "by": "text"}],
        "moved_more": [{**LEAD, "reschedules": "count", "followups": "count"}],
        "recorded_late": [
            {
                **LEAD,
                "followup_id": "count",
                "at": "time",
                "recorded_at": "time",
                "days": "count",
                "via": "code",
                "via_title": "title",
                "by": "text",
            }
        ],
        "unsigned": [
            {
                **LEAD,
                **STAGE,
                "status": "code",
                "received_at": "time",
                "signed": ["code"],
                "missing": ["code"],
                "missing_titles": ["title"],
            }
        ],
        **compared(),
        **definitions("promises"),
    },
    "visits": {
        "report": ("visits",),
        "to": "day",
        "processes": [
            {
                "process": "code",
                "title": "title",
                "least": "count",
                "most": "count",
                "deals": "count",
                "counts": [{"visits": "count", "deals": "count"}],
                "between": "count",
                "share": "rate?",
                "median": "number?",
                "lost": "count",
                "lost_early": "count",
                "parked": "count",
                "parked_early": "count",
                "stuck": "count",
            }
        ],
        "when": [{"weekday": "count", "hour": "count?", "tried": "count", "met": "count"}],
        "early": [
            {
                **LEAD,
                "process": "code",
                "status": "code",
                "at": "time",
                "reason": "code?",
                "reason_title": "title?",
                "visits": "count",
            }
        ],
        "stuck": [{**LEAD, **STAGE, "stage_title": "title", "visits": "count", "since": "time"}],
        **definitions("visits"),
    },
    "service": {
        **head("service"),
        "date": "day",
        "counts": dict.fromkeys(
            (*_CARE_STATES, *_STOCK_STATES, "plans", "plans_not_kept", "unclassed"), "count"
        ),
        "care": [_CARE],
        "missed": [_CARE],
        "reorders": [_STOCK],
        "stopped": [_STOCK],
        "audit": [
            {
                **LEAD,
                "customer_class": "code",
                "class_title": "title",
                "every": "count",
                "via": "code?",
                "what": "title?",
                "since": "day",
                "last_contact": "time?",
                "last_via": "code?",
                "due": "day",
                "days_late": "count",
                "owner": "text?",
            }
        ],
        "unclassed": ["count"],
        **definitions("service"),
    },
}
