"""English: the shell around every command."""

TEXTS = {
    "begin": "No book yet. Three ways to begin:\n"
    "  salesflow import YOUR-SHEET.xlsx    take in your own list as it is\n"
    "  salesflow add NAME                  add the first lead\n"
    "  salesflow demo                      look at a demonstration first",
    "clock_behind": "The clock says {now}, before the newest record ({newest}): is it right?",
    "clock_far": "The clock says {now}, which is unlikely: look at the computer's date. Written down as it says",
    "zone_unknown": "TZ={zone} is no time zone, so the clock runs in UTC (now {now}). In China: TZ=Asia/Shanghai",
    "yes_default": "[Enter=yes n=no]",
    "no_default": "[y=yes Enter=no]",
    "number": "Which one? 1 to {most}, Enter for none:",
    "no_clipboard": "No clipboard here: copy the text above by hand",
    "copied": "On the clipboard ({count} lines)",
    "completion_head": "Completion for salesflow ({shell}). To install, once:",
    "completion_alias": "sf is short for salesflow",
    "completion_no_alias": "A program named sf is here already, so there is no short name",
    "completion_which": "Which shell? Say salesflow completion bash (or zsh, fish, powershell)",
    "completion_unknown": "No completion for '{value}'; there are: {known}",
    "completion_unknown_near": "No completion for '{value}'. Did you mean {near}? There are: {known}",
}
