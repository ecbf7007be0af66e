"""The end of the day."""

TEXTS = {
    "needs_terminal": "review asks on a terminal; without questions:\n"
    "salesflow review --spread 3 --why TEXT;"
    " the day's report alone: salesflow review -f chat",
    "left": "Not gone through: {count}. On a terminal: salesflow review",
    "send_later": "The list was not sent: nobody is here to ask."
    " To send it: salesflow today --date {day} --push {name}",
    "needs_why": "Moving them wants a reason: --why",
    "nothing_overdue": "Nothing is overdue.",
    "left_over": "{count} did not fit and stay where they are; more days, or a larger --per-day",
    "prompt": "Write what happened; n WHEN move  p park  x lose  Enter later  q stop >",
    "prompt_grade": "Write the grade; or n WHEN move  p park  x lose  Enter later  q stop >",
    "no_grade": "first contact today, no grade yet ({grades})",
    "due": "today",
    "unplanned": "no next date",
    "first_contact": "waiting for a first contact",
    "copied": "The day's report is on the clipboard ({count} lines)",
    "send": "{day}: {count} to do. Send it to {name}?",
    "send_where": "{day}: {count} to do. Where to? Enter sends nothing",
    "done": "That was all.",
    "nothing": "Nothing is left.",
}
