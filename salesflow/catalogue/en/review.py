"""The end of the day."""

TEXTS = {
    "needs_terminal": "review asks on a terminal; without questions: salesflow review --spread 3 --why TEXT",
    "needs_why": "Moving them wants a reason: --why",
    "nothing_overdue": "Nothing is overdue.",
    "left_over": "{count} did not fit and stay where they are; more days, or a larger --per-day",
    "prompt": "Write what happened; n WHEN move  p park  x lose  Enter later  q stop >",
    "done": "That was all.",
    "nothing": "Nothing is left.",
}
