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
    "heading_when": "When somebody is met (met/went)",
    "column_weekday": "day",
    "part_early": "to 10",
    "part_morning": "10-12",
    "part_noon": "12-14",
    "part_afternoon": "14-16",
    "part_late": "16-18",
    "part_evening": "from 18",
    "part_unknown": "no hour",
    "name_deals": "deals",
    "name_share": "between two visits",
    "name_median": "median",
    "name_early": "given up early",
    "name_when": "met/went",
    "name_stuck": "no step on",
    "def_deals": "leads that entered a won stage for the first time up to this day; an old customer, recorded as one, "
    "made none. The visits of a deal are those on which somebody was met, up to the day it was won and on it.",
    "def_share": "of these deals, the share with as many visits as the process says, both bounds included.",
    "def_median": "of the visits that these deals took, the one in the middle, or the mean of the two.",
    "def_early": "leads that stand lost or parked without a deal, with fewer visits up to that day than the least that "
    "the process says; wrong or double entries are left out.",
    "def_when": "for each weekday and hour how often somebody went, and how often somebody was met; no hour where only "
    "the day was told.",
    "def_stuck": "open leads without a deal that had more visits than the most that the process says, and no step "
    "forward since they had that many.",
}
