"""What reading a file says."""

from __future__ import annotations

TEXTS = {
    "not_found": "There is no file {file}.",
    "is_a_folder": "{file} is a folder; name a file in it.",
    "no_permission": "You may not read {file}.",
    "cannot_read": "{file} cannot be read; copy it elsewhere and try again.",
    "empty_file": "{file} is empty.",
    "no_rows": "{file} has no rows.",
    "too_wide": "{file} has {columns} columns, {most} at most: is its delimiter right? Else delete the unused ones.",
    "too_large": "{file} is larger than 2 GB; split it into several files.",
    "too_large_json": "{file} is larger than 200 MB; use JSON Lines (.jsonl), one record a line.",
    "long_line": "{file} has a line of more than 16 MB; that is no table.",
    "double_header": 'Two columns of {file} are called "{name}"; rename one.',
    "nul": "Line {line} of {file} holds a NUL character; the file may be damaged, export it again.",
    "open_quote": "The quote opened on line {line} of {file} is never closed and would swallow the rows"
    " below: nothing was read. Close it.",
    "bad_quote": "The quote opened on line {line} of {file} is wrong (found on line {found}): nothing was"
    ' read.\nA quote inside a cell is written twice: ""',
    "not_text": "{file} is neither text nor a table that can be read: CSV, TSV, XLSX, XLS, JSON, JSON Lines.",
    "no_encoding": "{file} is neither UTF-8 nor GB18030; name its encoding, say --encoding big5 or utf-16.",
    "broken_text": "{file} is {encoding}, but line {line} has bad bytes; it may be damaged, export it again.",
    "wrong_encoding": "Line {line} of {file} is not {encoding}. Try --encoding utf-8, gb18030, utf-16 or"
    " big5, or leave it out.",
    "unknown_encoding": "No encoding is called {encoding}. Try utf-8, gb18030, utf-16, big5 or nothing.",
    "web_page": "{file} is a web page, not a table; open it in Excel or WPS and save it as .xlsx.",
    "not_a_workbook": "{file} is no workbook that can be read; open it in Excel or WPS, save it as .xlsx.",
    "password": "{file} is protected by a password; remove it, then import.",
    "bomb": "{file} would unpack to an abnormal size and was not read; save it as CSV and try that.",
    "workbook_failed": "{file} cannot be read: damaged or too large a workbook; save it as CSV and try that.",
    "unknown_sheet": '{file} has no sheet "{sheet}"; there are: {sheets}',
    "bad_json": "{file} is not JSON from line {line} on.",
    "no_json_rows": "No records found in {file}: there are none, or several lists. Give one list of objects.",
    "more_cells": "{cells} cells, the header has {header}",
    "fewer_cells": "only {cells} cells, the header has {header}",
    "long_cell": "column {column} holds {size} characters, too many (65536 at most)",
    "swallowed": "{rows} rows from line {line} on ended up in one cell: a quote was probably left open",
    "no_cards": "{file} holds no card (vCard): a card begins with BEGIN:VCARD and ends with END:VCARD.",
    "too_many_cards": "{file} holds more than {cards} cards or {most} lines; split it into several files.",
    "card_without_end": "this card has no end (END:VCARD); something may be missing",
    "card_without_name": "this card has neither a name nor a firm",
    "card_encoding": "the text of this card cannot be read as {encoding}; --encoding names another",
    "card_too_long": "one entry of this card has {size} characters, too many (65536 at most)",
    "header_again": "this row is the header again",
    "card_alone": "the card of {name} names no firm",
    "card_group": "this is a group, not a person",
    "not_an_object": "not a JSON object",
    "bad_character": "holds a character that cannot be stored (NUL or half a surrogate pair)",
    "bad_key": "{file} has a column name (a key of JSON) with a character that cannot be stored (NUL or half a"
    " surrogate pair); rename that key.",
    "too_many_rows": "A sheet holds {most} rows at most, and these are more.",
}
