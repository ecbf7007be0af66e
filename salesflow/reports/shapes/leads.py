"""``report meeting``, ``new``, ``sources``, ``first-contact``, ``reasons``, ``ageing`` and ``coverage``."""

from __future__ import annotations

from typing import Any

from salesflow.reports.shapes.language import Named, optional
from salesflow.reports.shapes.parts import FIRST_CONTACT, LEAD, NEXT, STAGE, compared, definitions, head

_MOVED = (
    "open",
    "untouched",
    "touched",
    "stuck",
    "back",
    "still",
    "is_touched",
    "new",
    "reopened",
    "advanced",
)
_SOURCE = {
    "leads": "count",
    "previous": "count",
    "closed": "count",
    "rate": "rate?",
    "deals": "count",
    "median_days": "number?",
    "orders": "count",
    "sales": "money",
    "margin": "money?",
    "cost": "money?",
    "cost_per_lead": "money?",
    "cost_per_deal": "money?",
    "sales_per_cost": "number?",
}
_ORIGIN = {
    **LEAD,
    "owner": "text?",
    "area": "text?",
    "source": "code?",
    "passive": "flag",
    "received_at": "time",
}
_RIVAL = Named("Rival", {"name": "text", "count": "count", "value": "money"})
_AT_STAGE = {**STAGE, "title": "title", "count": "count"}
_AREA = dict.fromkeys(
    ("leads", "customers", "potential", "untouched", "deals", "visits", "unvisited"), "count"
) | {
    "sales": "money",
    "value": "money",
}

SHAPES: dict[str, Any] = {
    "meeting": {
        **head("meeting"),
        "counts": dict.fromkeys((*_MOVED, "won", "parked", "lost"), "count"),
        "leads": [
            {
                **LEAD,
                "owner": "text?",
                "area": "text?",
                "movement": "code",
                "process": "code",
                "from": "code?",
                "from_title": "title?",
                "stage": "code",
                "stage_title": "title",
                "status": "code",
                "grade": "code?",
                "grade_before": "code?",
                "followups": "count",
                "visits": "count",
                "last_followup_at": "time?",
                "note": "text?",
                "days": "count?",
                "limit": "count?",
                **NEXT,
                "value": "money?",
            }
        ],
        **compared(),
        **definitions("meeting"),
    },
    "new": {
        **head("new"),
        "counts": dict.fromkeys(
            ("received", "passive", "followed_up", "open", "parked", "lost", "won", "signed", "unsigned"),
            "count",
        ),
        "previous": "count",
        "sources": [{"source": "code?", "title": "title?", "count": "count"}],
        "owners": [{"owner": "text?", "count": "count"}],
        "leads": [
            {
                **LEAD,
                "received_at": "time",
                "source": "code?",
                "source_title": "title?",
                "passive": "flag",
                "kind": "code?",
                "area": "text?",
                "brands": ["text"],
                "need": ("yes", "no", "unknown"),
                "owner": "text?",
                "registered_by": "text?",
                **STAGE,
                "stage_title": "title",
                "status": "code",
                "grade": "code?",
                "first_followup_at": "time?",
                "followups": "count",
                "visits": "count",
                "next_date": "day?",
                "value": "money?",
                "signed": [{"kind": "code", "title": "title", "name": "text", "at": "time"}],
                "missing": ["code"],
                "missing_titles": ["title"],
            }
        ],
        **compared(),
        **definitions("new"),
    },
    "sources": {
        **head("sources"),
        "sources": [{"source": "code?", "title": "title?", "passive": "flag", **_SOURCE}],
        "totals": _SOURCE,
        "nothing": [{"source": "code", "title": "title"}],
        "missing": ["code"],
        **compared(),
        **definitions("sources"),
    },
    "first-contact": {
        **head("first-contact"),
        "first_contact": FIRST_CONTACT,
        "previous": FIRST_CONTACT,
        "median_hours": "number?",
        "reps": [{"rep": "text?", "due": "count", "met": "count", "missed": "count", "rate": "rate?"}],
        "missed": [{**_ORIGIN, "deadline": "time", "first_followup_at": "time?", "hours_late": "count"}],
        "ahead": [{**_ORIGIN, "deadline": "time", "hours_left": "count"}],
        **compared(),
        **definitions("first-contact"),
    },
    "reasons": {
        **head("reasons"),
        "counts": dict.fromkeys(("lost", "previous", "wrong", "to_known", "without_reason"), "count"),
        "value": "money",
        "median_days": "number?",
        "reasons": [
            {
                "reason": "code?",
                "title": "title?",
                "count": "count",
                "share": "rate",
                "previous": "count",
                "value": "money",
                "median_days": "number?",
                "visits": "number",
                "competitors": [_RIVAL],
                "stages": [_AT_STAGE],
            }
        ],
        "competitors": [_RIVAL],
        "stages": [{**_AT_STAGE, "share": "rate"}],
        "leads": [
            {
                **LEAD,
                "owner": "text?",
                "at": "time",
                **STAGE,
                "stage_title": "title",
                "reason": "code?",
                "reason_title": "title?",
                "to": "text?",
                "why": "text?",
                "value": "money?",
                "days": "count?",
                "visits": "count",
            }
        ],
        **compared(),
        **definitions("reasons"),
    },
    "ageing": {
        **head("ageing"),
        "counts": dict.fromkeys(("open", "stuck", "silenced", "never"), "count"),
        "value": "money",
        "bands": [{"from": "count", "to": "count?", "open": "count", "stuck": "count"}],
        "stages": [
            {
                **STAGE,
                "title": "title",
                "open": "count",
                "stuck": "count",
                "silenced": "count",
                "days": "number?",
                "median_days": "number?",
                "value": "money",
            }
        ],
        "leads": [
            {
                **LEAD,
                "owner": "text?",
                "area": "text?",
                **STAGE,
                "stage_title": "title",
                "grade": "code?",
                "last_effective_at": "time?",
                "days": "count",
                "limit": "count",
                "over": "count",
                "days_in_stage": "count",
                "followups": "count",
                "visits": "count",
                **NEXT,
                "value": "money?",
            }
        ],
        **definitions("ageing"),
    },
    "coverage": {
        **head("coverage"),
        "city": "text?",
        "totals": _AREA,
        "areas": [{"city": "text?", "area": "text?", **_AREA, "reps": ["text"]}],
        "blank": {
            "districts": "count?",
            "unknown": optional(["text"]),
            "no_deal": [{"city": "text?", "area": "text", "leads": "count"}],
        },
        "territories": [
            {
                "rep": "text?",
                "existing": "count",
                "potential": "count",
                "areas": "count",
                "share": "rate",
                "load": "number?",
                "spread_km": "number?",
            }
        ],
        "shared": [
            {
                "city": "text?",
                "area": "text",
                "leads": "count",
                "reps": [{"rep": "text", "leads": "count"}],
            }
        ],
        "proposal": optional(
            {
                "moves": [
                    {
                        "city": "text?",
                        "area": "text",
                        "to": "text",
                        "leads": "count",
                        "from": ["text"],
                        "unowned": "count",
                    }
                ],
                "loads": [{"rep": "text", "load": "number?"}],
            }
        ),
        **compared(),
        **definitions("coverage"),
    },
}
