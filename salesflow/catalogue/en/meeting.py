"""The week's progress meeting."""

TEXTS = {
    "name": "Progress meeting",
    "sums": "Open {open}   followed up in the period {touched}   names on lists nobody has touched {untouched}",
    "count": "{name} {count}",
    "went": "{before}>{stage}",
    "chat_days": "{days} days still",
    "movement_stuck": "stuck",
    "movement_back": "moved back",
    "movement_still": "nothing happened",
    "movement_touched": "followed up",
    "movement_new": "new",
    "movement_reopened": "reopened",
    "movement_advanced": "advanced",
    "movement_won": "won",
    "movement_parked": "parked",
    "movement_lost": "lost",
    "column_movement": "movement",
    "column_lead": "lead",
    "column_stage": "stage",
    "column_grade": "gr",
    "column_followups": "f-ups",
    "column_days": "days still",
    "column_next": "next",
    "column_what": "what for",
    "column_owner": "whose",
    "name_counts": "leads",
    "def_counts": "open: leads open at the end, but for names on lists that were never received nor followed"
    " up (untouched; both together are the stock at the end of report week); touched: followed up in the"
    " period; is_touched: those with no other movement than that; the others by movement.",
    "name_movement": "movement",
    "def_movement": "one a lead, the first that fits: lost or parked in the period, won, a stage forward,"
    " back, reopened, received, stuck, followed up, still. Stuck is what report ageing calls so.",
    "name_days": "days still",
    "def_days": "days since the last follow-up that somebody answered, limit is how many are long; none for"
    " customers.",
    "name_from": "from",
    "def_from": "the stage that its first step in the period left, where it is in another one since;"
    " grade_before is the grade then.",
    "name_note": "note",
    "def_note": "what the newest follow-up of the period says; none without one.",
}
