"""The H list."""

TEXTS = {
    "title": "Most likely to close by the end of {week} ({to})",
    "heading": "Leads of the hottest grade ({grades}): {count}",
    "heading_likely": "Not graded so, and likely all the same: is it time to raise the grade?",
    "nobody": "nobody has grade {grades} now. Who may close next week gets it: salesflow edit LEAD --grade "
    "{grade}",
    "lead": "lead",
    "chance": "by then",
    "next": "next",
    "what": "what for",
    "missing": "missing",
    "value": "value",
    "nothing": "nothing",
    "comma": ", ",
    "and_more": "{some} and so on, {count} things",
    "why": "#{id} {why}",
    "no_promise": "no next date",
    "chat_lead": "#{id} {lead} {chance} {next} | missing: {missing} | {value}",
    "name_leads": "the H list",
    "def_leads": "open leads, not won, of the process's hottest grade; the likeliest by Sunday of next week "
    "first, then by next date, then by id.",
    "name_likely": "not graded so",
    "def_likely": "other open leads with a chance of 15 % or more by Sunday of next week, ten at most, the "
    "likeliest first.",
    "name_chance": "by then",
    "def_chance": "the chance to close by Sunday of next week, by_next_week of report forecast: how many of "
    "your earlier leads of like stage, grade, days and visits closed, with few such cases the process's "
    "percentage.",
    "name_next": "next",
    "def_next": "the next date that stood on that evening, and what for; one before that day is overdue.",
    "name_missing": "missing",
    "def_missing": "what the gate to the next stage still wants, as of now.",
    "name_value": "value",
    "def_value": "the lead's goal; without one the average order, with ~ before it; - without an order.",
    "name_why": "why",
    "def_why": "on how many earlier cases the chance rests, and how many of them closed within 91 days.",
}
