"""The H list."""

TEXTS = {
    "title": "Most likely to close by the end of {week} ({to})",
    "heading": "Leads of the hottest grade ({grades}): {count}",
    "heading_likely": "Not graded so, and likely all the same: is it time to raise the grade?",
    "nobody": "nobody has grade {grades} now. Who may close next week gets it: salesflow edit LEAD --grade {grade}",
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
}
