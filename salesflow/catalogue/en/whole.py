"""The whole book, out and in again."""

TEXTS = {
    "writing": "Records written: {rows}",
    "wrote": "The whole book is in {file} (leads: {leads}, records: {records}), phones and history too;"
    " only you can read it.\nTo restore: salesflow --db NEWFILE init, then salesflow --db NEWFILE import {file}",
    "wrote_plain": "The whole book is in {file} (leads: {leads}, records: {records}); only you can read it.",
    "too_many": "There are more records of one kind than the {most} rows of a sheet.\n"
    "Take -f jsonl, or export in parts: salesflow export leads with filters",
    "wants_jsonl": "A whole book cannot be {format}: -f jsonl can be imported again, -f xlsx is for people.\n"
    "For {format} export one kind, such as salesflow export leads",
    "never_masked": "A whole book is never masked: it could not be restored.\n"
    "For other people: salesflow export leads --mask",
    "no_filters": "A whole book is all of it.\nFor a part of it: salesflow export leads with filters",
    "alone": "{file} is a whole book: import it alone.",
    "from_a_pipe": "{file} is a whole book; through a pipe it comes by standard input: ... | salesflow import -",
    "no_option": "{file} is a whole book, restored as it is; {option} has nothing to do there.",
    "not_empty": "{file} is a whole book, and this one has leads already ({count}); nothing was changed."
    " Restore into an empty one: salesflow --db NEWFILE init first\n"
    "To bring it into this one, then: salesflow team join NEWFILE",
    "restored": "Restored from {file}: {path} (leads: {leads}, follow-ups: {followups}, operations: {steps})",
    "would_restore": "{file} can be restored (leads: {leads}, follow-ups: {followups}, operations: {steps})",
    "aside": "What had been done in the empty book is kept at: {path}",
    "newer": "{file} was written by a newer salesflow (version {version}, known here up to {known});"
    " nothing was changed.\nPlease upgrade salesflow.",
    "an_object": "{file} was written by export all -f json and cannot be imported; nothing was changed.\n"
    "One that can: salesflow export all -f jsonl",
    "cut": "{file} is not complete, it breaks off at line {line}; nothing was changed.\n"
    "Copy it again, or export once more from the book it came from.",
    "not_json": "{file}, line {line}, cannot be read: the file is damaged; nothing was changed.\n"
    "Copy it again, or export once more from the book it came from.",
    "no_such_type": "{file}, line {line}: a book has no type '{type}'; nothing was changed.",
    "no_such_column": "{file}, line {line}: a book has no '{column}'; nothing was changed.",
    "refused": "{file}, line {line}: the book does not take this ({why}); nothing was changed.",
    "edited": "{file}, line {line}, was edited: {where} ({what}); nothing was changed.\n"
    "Take the file as it was, and change it in the book.",
    "changed": "{file} was changed after it was written, as the sum at its end says; nothing was changed.\n"
    "Copy it again, or export once more from the book it came from.",
    "unsound": "{file} is as it was written, but the book it came from was not sound: {where} ({what});"
    " nothing was changed.\nLook there: salesflow check",
}
