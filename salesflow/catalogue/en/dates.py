"""Dates: what cannot be read, why, and how to write it."""

TEXTS = {
    "not_a_date": "'{text}' is no date that can be read. Write Dec 1, Friday, next Wed, in 3 days or eom.",
    "empty": "No date given. Write Dec 1, Friday, next Wed, in 3 days or eom.",
    "two_dates": "'{text}' names more than one day. Write just one.",
    "time_alone": "'{text}' is a time without a day. Write tomorrow 3pm.",
    "week_alone": "'{text}' does not say which day. Write next Wed or this weekend.",
    "month_alone": "'{text}' does not say which day. Write the 15th of next month, eom or Dec 1.",
    "holiday": "'{text}': holidays and the lunar calendar are not read as dates. Write the day, as in Oct 8.",
    "vague": "'{text}' could be any day. Write Friday, in 3 days or Dec 1.",
    "zero": "'{text}': count from 1. For today write today.",
    "no_such_day": "'{text}': there is no such day. Check the month and the day.",
    "bad_time": "'{text}': there is no such time of day. Write 3pm or 15:30.",
    "unclear_time": "'{text}': morning or evening? Write 3pm or 15:00.",
    "too_far": "'{text}' is more than ten years away. If it is meant, write the full date, as in 2040-01-01.",
    "weekday_differs": "'{text}': the day and the weekday do not agree. Write just one.",
    "order_unclear": "'{text}' can be read as two days. Settle it with --date-order ymd, dmy or mdy.",
    "beyond_calendar": "The holidays of {date}'s year are not known: Monday to Friday was counted. "
    "Once published: config calendar import FILE.",
    "calendar_row": "Row {row} cannot be read: {text}. A row is a date and then off or work.",
    "calendar_twice": "Row {row}: {date} stood above with the opposite. Keep one of them.",
    "calendar_empty": "The file holds no days. A row is a date and then off or work.",
    "calendar_broken": "No working calendar. Give CSV (date,off|work) or JSON (days: date, isOffDay).",
}
