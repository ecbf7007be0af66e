"""A report written to files."""

TEXTS = {
    "page_more": "{count} more rows are not listed here; all of them: {command}",
    "written": "written: {file}",
    "same_file": "{name} stands there twice: each form has a file of its own.",
    "sheet_tables": "report",
    "sheet_charts": "charts",
    "sheet_numbers": "last 12",
    "sheet_footer": "page &P of &N",
    "sheet_yes": "yes",
    "sheet_no": "no",
    "sheet_comma": ", ",
}
