"""How to back up and restore."""

BACKUP = {
    "s_backup": "Back up, verified",
    "backup": "Copies the book and opens the copy to verify it: in .backups beside the book, or dated in the folder"
    " named (a stick, a synced folder).\nIt is done by itself before an upgrade, import, merge, join or forget, and"
    " after the first thing written in a day; seven days, four weeks and twelve months are kept, and what you made by"
    " hand always. None by itself: config backup no.",
    "backup_examples": "salesflow backup\n"
    "salesflow backup /media/stick/\n"
    "salesflow backup list\n"
    "salesflow backup verify\n"
    "salesflow backup test",
    "backup_make": "Copy the book, verified",
    "backup_list": "List the copies: when, why, how large",
    "backup_verify": "Verify one copy or all: every page, all history. Exit 5 where one is bad",
    "backup_test": "A drill: copy, restore elsewhere, check, compare, clean up",
    "s_restore": "Bring the book back from a backup",
    "restore": "Brings the book back from a backup. A sound book is never overwritten: name a new place with --db;"
    " a damaged one is kept beside it.",
    "restore_examples": "salesflow restore latest\n"
    "salesflow restore 20261122-0731-daily.db\n"
    "salesflow --db new.db restore book-20261120.db",
    "s_salvage": "Save what can be read of a damaged book",
    "salvage": "Reads a damaged book page by page and writes all that can be read into a new book; the damaged file is"
    " never touched. What is lost is made again of the history where that has it. Tells of each table what was read,"
    " made again, is doubtful or lost. A good backup is better: see backup list.",
    "salvage_examples": "salesflow salvage\n"
    "salesflow salvage damaged.db --to new.db\n"
    "salesflow salvage --json",
}
