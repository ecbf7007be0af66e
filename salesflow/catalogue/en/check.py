"""The health of the book."""

TEXTS = {
    "integrity": "the file itself is damaged",
    "references": "points at a record that is not there",
    "history": "differs from its history",
    "operations": "a step was never finished",
    "counts": "counts or times of follow-ups are wrong",
    "promises": "the next date is not the promise that stands",
    "stages": "a stage that the process does not have",
    "column_check": "check",
    "column_meaning": "what is wrong",
    "column_where": "where",
    "found": "Problems: {count}. Back up, then restore a good copy: salesflow backup --list",
}
