"""Copies of the book: those made by themselves and by hand, restoring, the drill."""

TEXTS = {
    "daily": "Today's backup is made and verified ({seconds} s): {file}",
    "daily_failed": "Today's backup could not be made (what you wrote is saved): {why}",
    "none_deleted": "Today's backup differs from its own history ({where}); no older one was deleted."
    "\nWhat is wrong: salesflow check",
    "disk_full": "the disk is full or failed ({why})",
    "no_memory": "out of memory",
    "no_copy_no_work": "No backup could be made first, so {what} was not done; nothing was changed: {why}"
    "\nMake room and try again, or go without one: add --no-backup.",
    "why_daily": "daily",
    "why_import": "import",
    "why_merge": "merge",
    "why_join": "join",
    "why_forget": "forget",
    "why_hand": "by hand",
    "why_version": "before the upgrade from version {version}",
    "today": "today",
    "days": "days: {count}",
    "column_made": "made",
    "column_age": "age",
    "column_why": "why",
    "column_leads": "leads",
    "column_size": "size",
    "column_state": "state",
    "column_file": "file",
    "state_good": "good",
    "state_readable": "readable",
    "in_folder": "All in {folder}; to verify them: salesflow backup verify",
    "no_folder": "There is no folder {path}. Is the stick plugged in?",
    "unsound": "{path} differs from its own history: {where}",
    "verified": "Verified, it is good: {path} (leads: {count})",
    "verifying": "Verifying copy {rows}",
    "left": "Not restored; nothing was changed.",
    "restored_from": "From: {path}",
    "restored_unsound": "What was restored differs from its history too ({where}); see all of it: salesflow check",
    "passed_over": "Passed over: {why}",
    "no_good_copy": "No good copy is in {folder}.\nOne elsewhere: salesflow restore FILE",
    "restore_which": "From which copy? The newest is {file} ({made}): salesflow restore latest"
    "\nAll of them: salesflow backup list",
    "ask_which": "From which copy? (Enter: none)",
    "choice": "{made} ({age}) {why}  leads: {leads}  {file}",
    "drilled": "The drill went well in {seconds} s: copied, restored, checked, compared; leads {leads}, rows {rows},"
    " export {size} are the same. Nothing of it is left.",
    "drill_differs": "The drill failed: what was restored is not the book.\nCheck the book first: salesflow check",
    "drill_unsound": "The drill failed: what was restored differs from its history ({where})."
    "\nCheck the book first: salesflow check",
}
