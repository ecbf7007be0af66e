"""Signatures on cards."""

TEXTS = {
    "no_name": "Who signed? --by NAME",
    "ask_name": "Who signed?",
    "update_first": "The book's process {process} is of an older version, without signatures.\n"
    "Bring in the shipped one: salesflow process update {process}",
    "no_kind": "The process {process} lists no signatures: say --as KIND, or add [signoffs] to the process",
    "no_kinds": "The processes here list no signatures; add [signoffs] to the process.",
    "lead_and_week": "A lead or --week, not both.",
    "date_without_week": "--date goes with --week.",
    "week_to_come": "The week of {date} has not come yet.",
    "signed_already": "#{id} {lead}  {kind_en}: signed already: {name}, {at}",
    "signed": "#{id} {lead}  {title}: signed by {name}",
    "week_signed": "{week}  {name} signed {count}{title}",
    "week_none": "{week}  nothing to sign",
    "week_already": ", {count} were signed before",
    "week_without": "{count} follow a process without this signature and were left out.",
    "title_in": ": {titles}",
    "line_signed": "signed  {each}",
    "line_unsigned": "not signed  {each}",
    "count": "{count} lack a signature. Sign one: salesflow team sign ID --by NAME; a week: --week",
    "all_signed": "All are signed.",
    "column_lead_id": "#",
    "column_short": "lead",
    "column_received_at": "received",
    "column_missing": "not signed",
}
