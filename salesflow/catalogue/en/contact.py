"""People at a lead."""

TEXTS = {
    "no_name": "A name is wanted: salesflow contact LEAD NAME PHONE ROLE",
    "exists": "'{lead}' has a contact {name} already, and nothing new is said.\n"
    "To add to them: salesflow contact {id} {name} PHONE ROLE",
    "twice_stdin": "Names and people cannot both come from stdin; name the lead: salesflow add NAME --contact -",
    "known": "#{lead_id} {lead}  {name} is there already, added to them  {details}",
    "more_phones": "{name} has several numbers now; if it is somebody else: salesflow undo, then the whole name",
    "none": "No contact '{text}'; there are: {known}\n"
    "A new person is added with: salesflow contact {id} {text} PHONE ROLE",
    "nobody": "No contacts here yet, and so no '{text}'.\nAdd them with: salesflow contact {id} {text} PHONE ROLE",
    "several": "'{text}' fits several people: {known}",
    "role_without_person": "--role goes with --contact.",
    "added": "#{lead_id} {lead}  contact {name}  {details}",
    "edited": "#{lead_id} {lead}  changed contact {name}  {details}",
    "removed": "#{lead_id} {lead}  removed contact {name}",
    "list_none": "#{id} {name}  no contacts yet. Add: salesflow contact {id} NAME PHONE ROLE",
    "bad_birthday": "'{text}' is no birthday; write 1980-05-12 or 05-12.",
    "nothing": "Change what? For instance --phone NUMBER --role ROLE",
    "chain_twice": "{name} stands there twice.",
    "roles_missing": "Nobody yet: {roles}",
    "roles_unmet": "Not met: {roles}",
    "role_of": "{name} ({role})",
    "chain_of": "#{id} {name}  decision chain",
    "no_chain": "No order yet: salesflow contact chain {id} NAME NAME",
    "buying": "They stand at: {step}",
    "buying_place": "{step} (step {place} of {steps})",
    "buying_apart": "They stand at: {step}   our stage goes with: {ours}",
}
