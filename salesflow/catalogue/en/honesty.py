"""What became of promises, and what was not written down or signed."""

TEXTS = {
    "title": "Promises {label}   {first} to {last}   {rep}   {state}",
    "figures": "promises for these days",
    "this": "this period",
    "previous": "before",
    "due": "due",
    "kept": "kept",
    "kept_late": "late",
    "rescheduled": "moved",
    "without_why": "of these without a reason",
    "dropped": "dropped",
    "open": "open",
    "heading_rescheduled": "Dates moved in this period: {count}",
    "heading_moved_more": "Moved oftener than followed up: {count}",
    "heading_recorded_late": "Not written down on the day: {count}",
    "heading_unsigned": "New leads of this period whose cards lack a signature: {count}",
    "all_unsigned": "Earlier ones too, lost ones not, {count} lack a signature: salesflow team unsigned",
    "chat_before": "Before: {told}",
    "chat_more": "and {count} more",
    "column_lead": "lead",
    "column_at": "day",
    "column_from": "from",
    "column_to": "to",
    "column_why": "reason",
    "column_reschedules": "moves",
    "column_followups": "follow-ups",
    "column_via": "by",
    "column_recorded_at": "written down",
    "name_promises": "promises",
    "name_previous": "before",
    "name_rescheduled": "moved",
    "name_moved_more": "moved oftener than followed up",
    "name_recorded_late": "not written down on the day",
    "name_unsigned": "cards that lack a signature",
    "def_promises": "each day of the period that a next date has named, the figures of the week's report: kept with a "
    "follow-up from its making up to that day, answered or not; late with one after it; moved to another day before "
    "any; dropped where the lead was parked or lost, or the date taken away, first; open where none of these had "
    "happened by the period's end. Due is their sum.",
    "def_previous": "the same for the period before, as long as this one.",
    "def_rescheduled": "dates moved within the period, whatever day they named; there may be more or fewer of them "
    "than of the promises for its days that were moved. - is without a reason.",
    "def_moved_more": "leads moved oftener than followed up so far, whatever the period; lost ones are left out.",
    "def_recorded_late": "follow-ups that took place or were written down in the period, and were written down on a "
    "later day than they took place; imported ones are left out.",
    "def_unsigned": "leads received in the period that lack a signature which the process wants in their stage; "
    "unsigned_all counts those received before too, lost ones not.",
}
