"""What reports of a period have in common."""

TEXTS = {
    "title_day": "{name} {first}   {rep}   {state}",
    "title_days": "{name} {label}   {first} to {last}   {rep}   {state}",
    "title_range": "{name}   {first} to {last}   {rep}   {state}",
    "no_leads": "The book holds no lead yet: salesflow import your sheet, or salesflow add NAME.",
    "none": "not said",
    "all": "all",
    "and_more": "and {count} more",
    "heading_compared": "Beside the periods before",
    "chat_compared": "{name} {value} ({before} {previous}, {four} {average})",
}
