"""Settings kept in the book."""

TEXTS = {
    "unknown": "No setting '{key}'; there is: {near}",
    "not_allowed": "{key} cannot be '{value}'; it may be: {known}",
    "not_workdays": "'{value}' are no working days; write mon-fri, mon-sat or mon,wed,sat.",
    "set": "{key} = {value}",
    "unset": "{key} is the default again",
    "calendar": "The calendar knows {count} more days ({first} to {last}).",
    "column_key": "setting",
    "column_value": "value",
    "column_meaning": "meaning",
    "default": "(default) {value}",
    "means_rep": "your name, written into every record",
    "means_lang": "language: zh or en",
    "means_format": "output format",
    "means_city": "your city",
    "means_workdays": "working days; without it the Chinese calendar",
    "means_process": "the process of new leads",
    "national": "Chinese calendar",
    "no_value": "A value is wanted: salesflow config {key} VALUE; the default again: salesflow config {key} -",
    "calendar_import": "Usage: salesflow config calendar import FILE",
}
