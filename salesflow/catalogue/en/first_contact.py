"""The first contact: in time, missed, about to be."""

TEXTS = {
    "name": "First contacts",
    "this": "this period",
    "previous": "before",
    "column_period": "first contacts",
    "column_due": "due",
    "column_met": "in time",
    "column_missed": "missed",
    "column_rate": "rate",
    "column_rep": "whose",
    "column_lead": "lead",
    "column_owner": "whose",
    "column_deadline": "deadline",
    "column_late": "late by",
    "column_left": "left",
    "column_done": "done",
    "heading_missed": "Missed {count}",
    "heading_ahead": "Deadline still to come {count}",
    "median": "From receiving a lead to its first follow-up: median {hours} h",
    "hours": "{count} h",
    "days": "{count} d",
    "still": "not yet",
    "chat_still": "{lead} not yet, {hours} late",
    "chat_late": "{lead} {hours} late",
    "chat_left": "{lead} {hours} left",
    "name_first_contact": "first contacts",
    "def_first_contact": "leads whose deadline (received + the process's first_contact_hours) fell in the"
    " period: due; met where followed up by then, missed once past without, rate = met / (met + missed); one"
    " still to come is neither. The same figure as in report week.",
    "name_previous": "before",
    "def_previous": "the same of the period before.",
    "name_median_hours": "median hours",
    "def_median_hours": "of those whose deadline fell in the period and who were followed up by its end, the"
    " median of the hours from receiving them to the first follow-up.",
    "name_reps": "by rep",
    "def_reps": "the same by who owns the lead now.",
    "name_missed": "missed",
    "def_missed": "how many hours late each was (hours_late, 0 below one hour): up to the first follow-up,"
    " else up to the period's end. Those not followed up yet come first, the latest first.",
    "name_ahead": "still to come",
    "def_ahead": "open leads received and not followed up whose deadline is still to come, with"
    " hours_left; none in a period that is over.",
}
