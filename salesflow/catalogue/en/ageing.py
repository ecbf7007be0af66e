"""Who stands still."""

TEXTS = {
    "name": "Stuck leads",
    "sums": "Open {open}   stuck {stuck} (never an answer: {never})   long still, but promised {silenced}",
    "sum_value": "   goals of the stuck {value}",
    "heading_leads": "Stuck {count}",
    "column_stage": "stage",
    "column_open": "open",
    "column_stuck": "stuck",
    "column_silenced": "promised",
    "column_days": "days still",
    "column_median": "median stay",
    "column_value": "goals",
    "column_band": "days still",
    "column_lead": "lead",
    "column_grade": "gr",
    "column_limit": "limit",
    "column_in_stage": "in stage",
    "column_visits": "visits",
    "column_next": "next",
    "column_owner": "whose",
    "chat": "{lead} {stage}: days without an answer {days}, visits {visits}",
    "name_counts": "stuck",
    "def_counts": "open: leads open at the end that were received and stand in no won stage (neither names"
    " on a list nor customers); of these stuck: days above limit and no promise for that day or a later one;"
    " silenced: above it, but with one; never: of the stuck, those who have never answered.",
    "name_days": "days still",
    "def_days": "days since the last follow-up that somebody answered, since the lead was received where"
    " there is none.",
    "name_limit": "limit",
    "def_limit": "the median of the days in the stage (of those who went on in 90 days, as in the funnel of"
    " report week); without one the stage's interval of follow-ups, else the grade's.",
    "name_over": "over",
    "def_over": "days less limit; the most comes first.",
    "name_stages": "stages",
    "def_stages": "open, stuck and promised leads of each stage, the median of their days still, and beside"
    " it the median of the days spent in the stage.",
    "name_bands": "days still",
    "def_bands": "open leads by days still: 0-7, 8-14, 15-30, 31-60, 61-90, more.",
    "name_value": "goals",
    "def_value": "the sum of the goals of the stuck leads.",
    "name_days_in_stage": "in stage",
    "def_days_in_stage": "days since the lead entered the stage; since it was received where it has never"
    " moved.",
}
