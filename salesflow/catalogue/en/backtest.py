"""How good the forecasts of past months were."""

TEXTS = {
    "title": "How good the forecast was   every month before {day} from what was known on its eve",
    "too_young": "no month can be tried yet: the book needs two whole months, and the third to be over.",
    "heading_months": "Months",
    "heading_bins": "Chances given and what came true (open on the eve, closed in the month)",
    "column_label": "month",
    "column_deals_expected": "deals expected",
    "column_deals_range": "80 % range",
    "column_deals": "actual",
    "column_sales_expected": "sales expected",
    "column_sales_range": "80 % range",
    "column_sales": "actual",
    "column_in": "sales",
    "inside": "inside",
    "outside": "outside",
    "column_bin": "chance",
    "column_cases": "cases",
    "column_chance": "mean",
    "column_closed": "closed",
    "brier": "Brier score (lower is better, {cases} cases, {closed} closed): forecast {forecast}"
    "   process's percentages {process}   always the average {average}",
    "calibration": "what was said and what came true differ by {error} on average",
    "deals_inside": "deals: inside the 80 % range in {inside} of {months} months",
    "sales_inside": "sales: inside the 80 % range in {inside} of {months} months",
}
