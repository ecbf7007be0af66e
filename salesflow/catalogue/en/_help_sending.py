"""English: the help pages of what goes to a phone, comes back from it, and comes by itself."""

SENDING = {
    "s_paste": "Turn pasted notes into follow-ups",
    "paste": "Records what was written on the phone, all at once. An entry begins with #ID, a lead's name or "
    "'new NAME'; the rest is a note as `log` takes it, over as many lines as you like. A chat's own lines "
    "(Chen 2026-11-24 10:05) date what follows; visit, phone, WeChat as the first word is the way. Shown first, "
    "written with Enter (or --yes) in one step of undo. The same text again adds nothing. The list of "
    "`today -f chat` comes back with what you wrote under its lines.",
    "paste_examples": "salesflow paste\nsalesflow paste notes.txt --yes\nsalesflow paste - < notes.txt",
    "s_review": "Go through what is left; end the day",
    "review": "At the end of the day, goes one by one through what was due and is not done, or has no next "
    "date or grade; then the day's report is on the clipboard and the next list goes to the phone. -f says how that "
    "report is written (-f chat if left out); without a terminal -f chat asks nothing and gives the report alone. "
    "--spread asks nothing and moves what is overdue over the next working days.",
    "review_examples": "salesflow review\nsalesflow review -f chat\n"
    "salesflow review --spread 3 --per-day 8 --why 'a week away'",
    "s_schedule": "The list by itself, morning or evening",
    "schedule": "Prints an entry for the machine's own clock; install it and the list comes by itself. At 18:30 the "
    "list "
    "of the next working day (the laptop sleeps at seven); --at 07:30 gives that day's in the morning. On working "
    "days only, once a day: without network it tries again after one hour and two, and what was sent is not sent "
    "again. --push sends it to a phone: set one up with config push.NAME, its secrets in push.toml beside the book.",
    "schedule_examples": "salesflow schedule cron --push phone\n"
    "salesflow schedule systemd --at 07:30 --push phone\n"
    "salesflow schedule launchd > ~/Library/LaunchAgents/salesflow-today.plist\n"
    "salesflow schedule windows --push phone > today.xml",
}
