"""What sources cost."""

TEXTS = {
    "added": "{source} {period}: cost {amount} ({first} to {last})",
    "more": "{source} {period}: {amount} more, {total} in all ({first} to {last})",
    "edited": "{source} {period}: cost now {amount} (was {before})",
    "removed": "{source} {period}: cost of {amount} taken away",
    "none": "No cost of that source is noted for {period}; there is some for: {known}",
    "no_source": "Which source? salesflow spend exhibition 3000 2026-11",
    "no_amount": "How much was it? salesflow spend {source} 3000 2026-11",
    "no_period": "'{text}' is no period. Write 2026-11, 2026-W47, 2026-11-22, 2026-Q4, 2026, this month,"
    " last month.",
    "each": "'{text}' is each of them; a cost is noted for one: salesflow spend exhibition 3000 2026-11",
    "list_none": "No cost is noted yet. Note one: salesflow spend exhibition 3000 2026-11",
    "total": "{count} sums, {amount} in all",
    "column_source": "source",
    "column_period": "period",
    "column_amount": "cost",
    "column_note": "note",
    "column_by": "by",
}
