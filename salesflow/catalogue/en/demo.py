"""English: the demonstration book."""

TEXTS = {
    "made": "Demo book: {path} ({count} leads, all made up)\n"
    "Today's list: salesflow --db {path} today\n"
    "This week: salesflow --db {path} report week",
}
