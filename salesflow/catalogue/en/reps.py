"""The reports of a day, a week, a month, by rep."""

TEXTS = {
    "title_day": "By rep, {first}   {state}",
    "title_week": "By rep, {label}   {first} to {last}   {state}",
    "title_month": "By rep, {label}   {state}",
    "title_quarter": "By rep, {label}   {state}",
    "title_range": "By rep, {label}   {state}",
    "rep": "rep",
    "pool": "the pool",
    "all": "all",
    "nobody": "Nobody has a record in this period.",
    "column_new_leads": "new",
    "column_followups": "follow-ups",
    "column_visits": "visits",
    "column_advanced": "advanced",
    "column_won": "won",
    "column_lost": "lost",
    "column_orders": "orders",
    "column_sales": "sales",
    "column_collected": "collected",
    "column_open": "open",
    "chat": "{rep}: {told}",
}
