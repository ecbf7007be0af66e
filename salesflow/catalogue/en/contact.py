"""People at a lead."""

TEXTS = {
    "no_name": "A name is wanted: salesflow contact LEAD NAME PHONE ROLE",
    "exists": "'{lead}' has a contact {name} already.\nChange: salesflow contact edit {id} {name} --phone NUMBER",
    "none": "No contact '{text}'; there are: {known}",
    "several": "'{text}' fits several people: {known}",
    "role_without_person": "--role goes with --contact.",
    "added": "#{lead_id} {lead}  contact {name}  {details}",
    "edited": "#{lead_id} {lead}  changed contact {name}  {details}",
    "removed": "#{lead_id} {lead}  removed contact {name}",
    "list_none": "#{id} {name}  no contacts yet. Add: salesflow contact {id} NAME PHONE ROLE",
    "bad_birthday": "'{text}' is no birthday; write 1980-05-12 or 05-12.",
    "nothing": "Change what? For instance --phone NUMBER --role ROLE",
}
