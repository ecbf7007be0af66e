"""``forget``: somebody gone from the book and its history for good."""

TEXTS = {
    "mark": "[forgotten]",
    "whom": "Forget whom? salesflow forget NAME or PHONE, or salesflow forget LEAD NAME;\n"
    "a whole lead: salesflow forget '#ID'; to keep the name out of the command: salesflow forget -, then a line",
    "needs_yes": "Nothing changed. Off a terminal forgetting wants --yes; what would go: --dry-run",
    "sure": "Forget for good?",
    "changed_since": "The book has changed this moment, nothing was done; please try again.",
    "which": "'{text}' is several people; forget which?",
    "every_one": "all of them: it is one person",
    "several": "'{text}' is several people. Name the lead: salesflow forget '#ID' NAME; if they are one, add --all:",
    "nobody": "Nobody is called '{text}', nor has that number.\nThe people of a lead: salesflow contact LEAD",
    "nobody_there": "#{id} has nobody called '{text}', nor had.\nIts people: salesflow contact {id}",
    "is_lead": "'{text}' is lead #{id}, not a person.\nTo forget it with all that is its: salesflow forget '#{id}'",
    "slash": "/",
    "once": "{name} (once at #{id}, removed, still in the history)",
    "at": "{name}  #{id} {lead}",
    "will": "To be forgotten for good:",
    "whole": "  the whole lead #{id} {lead}: people, follow-ups, orders, payments; reports count without it",
    "counts": "Named in {places} other places ({elsewhere} other leads), where [forgotten] will stand.",
    "for_good": "The history will not have them either. There is no undo of this; of the steps before there is.",
    "done": "Forgotten for good: {people} people, {leads} leads; {places} other places changed.",
    "was_changed": "The history had been changed by hand before (check would have said where); it cannot be seen now.",
    "not_compacted": "All is overwritten, but the file could not be written anew ({why}); "
    "make room, or close what else has the book open, then: salesflow check",
    "shared": "{phone} is the number of {name} (#{id}) too; there it stays.",
    "namesake": "A lead is called so too: #{id} {lead}, left as it is. To forget it: salesflow forget '#{id}'",
    "copies": "They still stand in {count} files:",
    "copies_do": "Delete what is not needed; a copy to keep: salesflow --db FILE forget NAME --yes. "
    "Sheets sent out, phones and cloud folders cannot be seen from here.",
}
