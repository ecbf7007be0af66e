"""Follow-ups out of a pasted text."""

TEXTS = {
    "new_words": "new lead, new customer, new, 新客户, 新线索",
    "met_words": "met saw 到店 见",
    "rung_words": "电话 phone",
    "verbs": "打 打了 打了个 打个 打过 又打 又打了 再打 通 通了 通了个 发 发了 发了个 发个 又发 又发了 回 回了 写了",
    "nothing": "Nothing to record: an entry begins with #ID, a lead's name or 'new NAME', then what happened",
    "no_clipboard": "The clipboard cannot be read. From a file: salesflow paste FILE; from a pipe: salesflow paste -",
    "too_long": "{file} is too large: 1 MB at most",
    "preview": "{lines} lines: follow-ups {logged}, new leads {added}, known already {skipped}, "
    "not matched {unmatched}. Nothing written yet.",
    "done": "Recorded: follow-ups {logged}, new leads {added}, known already {skipped}, not matched {unmatched}."
    " To take it back: salesflow undo",
    "accept": "Enter records all   3 changes no. 3   -3 leaves it out   q leaves all",
    "new_note": "Change it to (now: {text})",
    "whose": "Whose is '{text}'? A lead's name, or Enter to leave it out",
    "which": "A number from 1 to {most}, or -number, or Enter, or q",
    "left": "Nothing recorded.",
    "not_accepted": "Nothing written yet. Add --yes to record what is shown.",
    "unmatched": "Line {line} names no lead: '{text}'. Put #ID or a name before it.",
    "several": "Line {line} '{text}' may be {ids}. Put #ID before it.",
    "refused": "Line {line} '{text}' cannot be recorded: {why}",
    "bad_line": "Line {line} '{text}' cannot be recorded: {why}\nNothing was recorded: mend that line and paste again.",
    "new_lead": "new {name}",
    "known": "recorded already",
    "column_lead": "Lead",
    "column_at": "Time",
    "column_via": "By",
    "column_person": "Whom",
    "column_note": "What",
    "column_next": "Next",
}
