"""How many visits a deal takes."""

TEXTS = {
    "title": "Visits to a deal   up to {day}",
    "heading": "{title}   deals {deals}",
    "share": "between visit {least} and visit {most}: {share}   median {median}",
    "early": "before visit {least}   lost {lost_early} (of {lost})   parked {parked_early} (of {parked})",
    "column_visits": "visits",
    "column_deals": "deals",
    "column_lead": "lead",
    "column_status": "status",
    "column_at": "day",
    "column_reason": "reason",
    "column_stage": "stage",
    "column_since": "still since",
    "heading_early": "Given up early: {count}",
    "heading_stuck": "Many visits and no step on: {count}",
}
