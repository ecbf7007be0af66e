"""Marks in a note: what was not done, and what to do."""

TEXTS = {
    "no_date": "'{text}' behind the next: mark is not one date, so it sets none. Set it: next LEAD fri WHAT.",
    "two_dates": "The note has two different next: marks, so neither sets a date. Set it: next LEAD fri WHAT.",
    "no_grade": "'{text}' behind the grade: mark is no grade, so it stays. There are: {grades}.",
    "two_grades": "The note names more than one grade ({grades}), so it stays. Set it: edit LEAD --grade.",
}
