"""Other reps' books joined into this one."""

TEXTS = {
    "which_book": "Which book? salesflow team join FILE.db (several at once are fine)",
    "as_one_book": "--as renames the rep of one book: name one file at a time.",
    "own": "{path} is this book; it was left alone.",
    "not_closed": "{path} is in use, or was not closed properly.\n"
    "Close the other program, or open it once: salesflow --db {path} check",
    "not_sound": "{path} is damaged ({where}); nothing was joined.\nSee where: salesflow --db {path} check",
    "same_rep": "The rep of {path} is called {rep} too, like this book's: both count as one."
    " If they are two: undo, then --as NAME",
    "stage_missing": "The process {process} has no stage '{stage_en}' ({stage}) here, where the other book has {count}."
    " Nothing was joined.\nUse one process on both sides: salesflow process edit {process} FILE"
    " (theirs: salesflow --db OTHER process show {process} --toml)",
    "line": "{file}  {rep}: {leads} leads, new {added}, updated {updated}, unchanged {unchanged}",
    "comma": ", ",
    "merged": "made one with a lead known here {count}",
    "conflicts": "conflicts {count}",
    "targets": "targets {count}",
    "products": "products {count}",
    "actions": "actions {count}",
    "spends": "costs {count}",
    "processes": "brought the process {names}",
    "total": "{books} books: new {added}, updated {updated}, unchanged {unchanged}",
    "see_conflicts": "See the conflicts side by side: salesflow team conflicts",
    "dry_run": "Only tried; nothing was changed.",
}
