"""Why leads were lost."""

TEXTS = {
    "name": "Why leads were lost",
    "sums": "Lost {lost} (before: {previous})",
    "sum_value": "   goals {value}",
    "sum_days": "   median {days} days from receiving them",
    "wrong": "Wrong or double entries beside them, no losses: {count}",
    "not_said": "not said",
    "heading_leads": "Who they were",
    "column_reason": "reason",
    "column_count": "leads",
    "column_share": "share",
    "column_previous": "before",
    "column_days": "median days",
    "column_visits": "visits",
    "column_to": "to whom",
    "column_value": "goals",
    "column_stage": "stage",
    "column_lead": "lead",
    "column_at": "day",
    "column_why": "why",
    "name_counts": "lost",
    "def_counts": "lost: times that a lead was lost in the period, the figure of report week; previous: of"
    " the period before; wrong: wrong and double entries, which are no losses; to_known: with the"
    " competitor's name; without_reason: with no reason.",
    "name_value": "goals",
    "def_value": "the sum of their goals as set when they were lost; none counts as 0.",
    "name_median_days": "median days",
    "def_median_days": "the median of the days from receiving a lead to losing it, where the first is known.",
    "name_reasons": "by reason",
    "def_reasons": "of each reason how many, which share, how many in the period before, goals, median days,"
    " visits on average, to whom and at which stage.",
    "name_competitors": "to whom",
    "def_competitors": "of those where it was said whom they chose: how many each, and their goals.",
    "name_stages": "at which stage",
    "def_stages": "the stage in which the lead stood when it was lost.",
}
