"""What the JSON of every report holds, said once beside the reports: its JSON schema is made of it."""
