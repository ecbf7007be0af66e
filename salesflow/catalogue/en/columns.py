"""How a file is read, before anything of it is written."""

TEXTS = {
    "column": "Column",
    "read_as": "Read as",
    "values": "First cells",
    "between": " | ",
    "field": "{title} {field}",
    "kept": "kept as it is custom",
    "aside": "not read -",
    "from_file": "{file}: {format}, the header is on line {row}",
    "by_profile": "Read by the profile {name}: it has the same header.",
    "profile_fits": "{file} has the header of the profile {name}; to read it so: --profile {name}",
    "agree": "Enter imports, n does not; to change one write COLUMN=FIELD"
    " (COLUMN=custom keeps it as it is, COLUMN=- leaves it aside):",
    "agree_or_profile": "Enter imports, n does not, - leaves the profile aside; to change one write COLUMN=FIELD"
    " (COLUMN=custom keeps it as it is, COLUMN=- leaves it aside):",
    "left": "Nothing was imported, nothing was changed.",
    "remember": "To read it so again: salesflow import {file} --save-profile NAME",
    "sheet_aside": "The sheet {sheet} has no column that is known, and was not read.",
    "sheets_once": "One sheet of a workbook can be read from a pipe: save it as a file, or name one --sheet.",
    # fields that an export does not have
    "name": "Name",
    "region": "Province, city, district",
    "mobile": "Mobile",
    "contact_last": "Surname",
    "contact_first": "Given name",
    "volume_year": "Sales a year",
    "volume_day": "Sales a day",
    "location": "Coordinates",
    "custom_object": "Own fields",
    "number": "Contract no",
    "due": "Due on",
}
