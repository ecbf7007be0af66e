"""The book: made, opened, copied, refused."""

TEXTS = {
    "made": "New book: {path}",
    "exists": "{path} is there already; it was left as it is.",
    "cannot_make": "Cannot make a book at {path}: {why}\nElsewhere: salesflow --db FILE init",
    "not_a_file": "{path} is no plain file (a folder, a link or a device); it was not opened.",
    "missing": "No book at {path}\nNew: salesflow --db {path} init; from a copy: salesflow --db {path} restore COPY",
    "cannot_read": "Cannot read {path}: {why}",
    "empty_file": "{path} is an empty file, not a book.\nFrom a backup: salesflow restore latest",
    "not_a_book": "{path} is not a salesflow book; it was not touched.",
    "foreign": "{path} is the database of another program; it was not touched.",
    "newer": "{path} was written by a newer salesflow (version {version}, known here up to {known});"
    " it was not touched.\nPlease upgrade salesflow.",
    "cannot_upgrade": "{path} is of an older version and must be copied and brought up to date first: {why}.\n"
    "It was not touched. Put it into a folder that can be written to, then try again.",
    "schema_differs": "The tables of {path} are not those of this program; another program may have changed it."
    " It was not touched.\nSee the copies: salesflow backup --list",
    "locked": "Another program holds the book; waited 30 seconds: {path}\nTry again in a moment.",
    "on_network": "{path} lies on a network drive ({kind}), whose locks do not hold;"
    " keep the book on this computer, copies may go there: salesflow backup FOLDER",
    "not_on_network": "{path} lies on a network drive ({kind}), whose locks do not hold; no book was made.\n"
    "On this computer: salesflow --db FILE init; there all the same: salesflow --db {path} init --i-know",
    "open_to_others": "Other accounts may read {path} ({more} more). To close them: chmod go-rwx {paths}",
    "linked": "{path} has another name on this disk (a hard link); a power cut could tear it under the other one:"
    " keep one name",
    "synced": "{path} lies in a folder that {name} synchronises:"
    " two computers would make two books of it; keep it elsewhere, copies may go there: salesflow backup FOLDER",
    "conflict_copy": "{path} looks like a second version of this book, left by a program that synchronises;"
    " see what is in it: salesflow team join FILE --dry-run",
    "waiting": "Another program is writing in the book; waiting for up to 30 seconds. Ctrl-C stops.",
    "saved_unsure": "Saved, but the disk then reported an error ({why}): {path}\n"
    "Do not repeat it; make a copy elsewhere now: salesflow backup FILE",
    "read_only": "Cannot write {path}: no permission, or its folder is read-only.",
    "disk_full": "The disk is full or failed; nothing was changed: {path} ({why})",
    "no_memory": "Out of memory; nothing was changed: {path}",
    "damaged": "The book is damaged: {path} ({why})\nFrom a backup: salesflow restore latest; which there are:"
    " salesflow backup list",
    "process_missing": "The book has no process '{code}'. See which there are: salesflow process list",
    "kept": "{path} is a book; it was not overwritten.\nName another file.",
    "backup_exists": "{path} is there already; it was not overwritten.",
    "cannot_write": "Cannot write {path}: {why}; what was there is as it was.",
    "cannot_write_new": "Cannot write {path}: {why}.",
    "stale_wal": "{path} is not of this state of the book; it was not used, nor was the book.\nMove it away, then try"
    " again; it may hold changes of a program that was not closed.",
    "side_file": "{path} is there: the book is in use or was not closed.\nOpen it once with salesflow check;"
    " if it stays, move it away, then restore.",
    "in_use": "Another program has {path} open; it was not touched.\nClose that program, then restore.",
    "in_the_way": "A sound book stands at {path}; it was not touched.\nElsewhere: salesflow --db NEWFILE restore COPY",
    "no_copy": "No copy at {path}. See them: salesflow backup --list",
    "restore_what": "From which copy? There is none here yet; one elsewhere: salesflow restore FILE",
    "backed_up": "Backed up and verified: {path} (leads: {count})",
    "restored": "Restored: {path} (leads: {count})",
    "set_aside": "The book that was there is now at: {path}",
    "no_backups": "No copies in {folder} yet. Make one: salesflow backup",
    "init_next": "Import your sheet: salesflow import FILE, or add a lead: salesflow add NAME",
}
