"""Help of the improvement plan."""

TEXTS = {
    "s_action": "Improvement plan: what, when, who",
    "action": (
        "What a meeting decided to do better: by when, by whom, and for which figure of the reports. The "
        "reports of a week or a month list it until it is done, with what its figure was then and is now; "
        "today reminds of it on the day. Without words the plan is listed; a sentence adds to it."
    ),
    "action_examples": (
        "salesflow action call new leads on the day --measure first_contact --due fri\n"
        "salesflow action say why a date is moved --measure without_why --who Li --from 2026-W47\n"
        "salesflow action --late\n"
        "salesflow action done 3\n"
        'salesflow action drop 4 --why "he has left"'
    ),
    "action_add": "Decide on an action: what is to be done",
    "action_list": "List the plan, what is late first",
    "action_done": "Tell that one is done",
    "action_drop": "Give one up; --why is wanted",
    "action_edit": "Change one; - empties",
}
