"""FIELD=VALUE."""

TEXTS = {
    "no_equals": "'{text}' should be FIELD=VALUE, such as address='1 Wuhou Avenue'",
    "unknown": "No field '{name}'; did you mean {near}?",
    "not_of_process": "'{name}' is kept as a field of your own; the process has {like}",
    "elsewhere": "{name} is not changed here; use: salesflow {command}",
    "cannot_empty": "{name} cannot be empty.",
    "no_phone": "'{text}' is no phone number.",
    "no_count": "'{text}' is no number; write 120, or by the day or the year: 3/day, 1000/year.",
    "no_degrees": "{name} '{text}' lies outside China.",
    "no_need": "need is yes, no or unknown, not '{text}'.",
    "no_flag": "this is yes or no, not '{text}'.",
}
