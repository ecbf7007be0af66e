"""Import and export."""

TEXTS = {
    "reader_gone": "The process that read the file is gone (out of memory?); nothing was imported.\nImport it in parts",
    "no_flag": "this is yes or no, not '{text}'.",
    "which_file": "Import which file? salesflow import FILE.xlsx (- is stdin)",
    "in_future": "'{column}' lies in the future: {at}",
    "no_profile": "No profile '{name}'; there are: {known}",
    "no_equals": "{option} wants NAME=VALUE, not '{text}'",
    "date_order": "{text} in '{column}' can be two days: {readings}.\nThe whole column does not settle it: say"
    " --date-order dmy (day first), mdy (month first) or ymd (year first)",
    "reading": "rows read: {rows}",
    "strict": "{count} rows cannot be taken, so none was:",
    "all_rejected": "None of the {rows} rows can be taken; nothing was changed:",
    "reject_line": "row {row}: {reason}",
    "in_column": "{column}: {reason}",
    "done": "{file}: rows {rows}  added {added}  updated {updated}  unchanged {unchanged}"
    "  known {duplicates}  rejected {rejected}",
    "read_as": "Columns: {mapping}",
    "custom": "Kept as they are: {names}",
    "changed": "row {row} changed #{id}: {fields}",
    "more_changed": "{count} more were changed",
    "other_process": "#{id} follows the process {process}, and the row names another one;"
    " to change it: salesflow edit {id} --process PROCESS",
    "other_status": "#{id} {name} is not {status} in the book: no sheet changes that; use park, lose or reopen.",
    "completed": "{count} of them name a lead of a row above: their new people and phones are with that lead now",
    "became": "{count} numbers in the sheet are part of other leads now, which got the records: {pairs}",
    "possible": "Possible doubles: {count} (same phone or nearly the same name): salesflow dupes",
    "swapped_coordinates": "Latitude and longitude stood the wrong way round in {count} rows; they were set right.",
    "bad_coordinates": "Coordinates outside China in {count} rows; kept as fields of your own.",
    "masked_phones": "{count} masked phones were not taken.",
    "invisible": "Invisible characters were dropped from {count} cells.",
    "other_sheets": "Only the sheet '{sheet}' was read; there are {others} too: --sheet NAME, or --sheet all.",
    "rejected": "Rows that cannot be taken: {count}",
    "more_rejects": "{count} more; to a file: --rejects FILE",
    "alone": "{count} cards name no firm and were not taken. Each person a lead: --people;"
    " all of them people of one: --default name=NAME",
    "take_alone": "{count} cards name no firm: {names}. Take each of these people as a lead?",
    "dry_run": "Only tried; nothing was changed.",
    "due_today": "To do today: {count}; names never touched: {untouched}",
    "column_file": "import_file",
    "column_row": "import_row",
    "column_reason": "import_reason",
}
