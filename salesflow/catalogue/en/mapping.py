"""Words about the columns of a sheet."""

TEXTS = {
    "no_firm": "There are people, and no column is their firm. The first row is: {row}\n"
    'Each person a lead: --people; all people of one: --default name=NAME; or --map "COLUMN=name".',
    "no_name": "No column is the name. The first row is: {row}\n"
    'Name it with --map "COLUMN=name"; without a header add --no-header.',
    "no_key_column": "No column is {field}. The first row is: {row}\n"
    'Name it with --map "COLUMN={field}"; without a header add --no-header.',
    "no_key_field": "No column is '{title}'. The first row is: {row}\n"
    'Name it with --map "COLUMN={field}"; without a header add --no-header.',
    "no_column": "The sheet has no column '{column}'. It has: {known}",
    "no_field_near": "There is no field '{field}'; is it {near}?",
    "total": "'{name}' sums up other rows, and is no lead",
    "heading": "'{name}' heads a group of rows, and is none of them",
    "footer": "'{name}' is a line below the table, and no lead",
    "no_field": "There is no field '{field}': use names like name, phone, address;"
    " custom keeps a column as it is, - leaves it aside.",
    "not_a_number": "'{text}' is no number: write a whole one, like 30.",
    "person_alone": "'{name}' has no firm",
    "row_without": "'{column}' is blank in this row",
}
