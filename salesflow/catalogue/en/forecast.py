"""The forecast, how good it was, and the H list."""

TEXTS = {
    "title": "Forecast {day}   {open} open leads",
    "missing": "Still missing",
    "no_open": "no open lead: salesflow add or import comes first.",
    "too_young": "the book is {days} days old; from {date} on ({within} days) it has cases of its own,"
    " until then mostly the process's percentages count.",
    "no_deals": "no deal yet: once there are some, the chances follow your own history.",
    "no_orders": "no order with a sum: what a lead without a goal is worth is not known,"
    " salesflow edit LEAD --goal AMOUNT.",
    "heading_weeks": "By week",
    "heading_months": "By month",
    "column_weeks": "week",
    "column_months": "month",
    "column_to": "to",
    "column_so_far": "so far",
    "column_deals": "deals",
    "column_sales": "sales",
    "column_range": "80 % range",
    "range": "{low} to {high}",
    "range_note": "With what is made already, leads not known yet and further orders of customers;"
    " eight times in ten it lies in the range.",
    "heading_leads": "Who will close ({count})",
    "column_lead": "lead",
    "column_chance": "chance",
    "column_month": "this month",
    "column_value": "value",
    "column_why": "why",
    "about": "~{value}",
    "leads_note": "chance: to close within {within} days. value: its goal, with ~ the average order.",
    "goal_share": "in expected sales goals count {share}: what deals brought of theirs, with {usual} that "
    "brought all.",
    "more": "the {most} likeliest are listed; {count} more are reckoned with: -f csv",
    "chat_month": "{label} deals {deals} ({deals_range}) sales {sales} ({sales_range})",
    "chat_lead": "#{id} {lead} {chance}: {why}",
    "comma": ", ",
    "why_of": ", {each}",
    "why_grade": "grade {grade}",
    "why_no_grade": "not graded",
    "why_visits_none": "not visited",
    "why_visits_few": "fewer than {least} visits",
    "why_visits_usual": "{least} to {most} visits",
    "why_visits_many": "more than {most} visits",
    "why_days": "{closed} of {cases} in this stage for more than {days} days{of}",
    "why_entered": "{closed} of {cases} who came to this stage{of}",
    "why_begun": "the process's {chance} for now: those that came to this stage ({cases}, closed {closed})"
    " all came less than 91 days ago",
    "why_process": "no case yet: the process's {chance}",
    "name_open": "open leads",
    "def_open": "leads open that evening, not won, and known: received, graded, or in a later stage; a name "
    "on a list is none.",
    "name_so_far": "so far",
    "def_so_far": "deals made in the week or month up to that day; sums of the orders signed in it.",
    "name_deals": "deals",
    "def_deals": "those so far, and the chance of each open lead to close in these days, and the deals of "
    "leads not known yet at the pace of late.",
    "name_sales": "sales",
    "def_sales": "orders signed so far, each open lead's chance times its value, and what new leads and "
    "further orders of customers bring; - where nothing tells what a deal brings.",
    "name_range": "80 % range",
    "def_range": "eight times in ten it lies in it: one in ten lies below low, one in ten above high.",
    "name_chance": "chance",
    "def_chance": "to close within 91 days: the share of your earlier leads of like stage, grade, days and "
    "visits that did; with few cases the wider group counts more, at last the process's percentage.",
    "name_by_month_end": "this month",
    "def_by_month_end": "the same chance up to the end of the month, or to Sunday of next week "
    "(by_next_week).",
    "name_value": "value",
    "def_value": "the lead's goal; without one the average order, with ~ before it.",
    "name_average_order": "average order",
    "def_average_order": "the mean of the orders that deals brought in the last year (in all years where it "
    "had none, else of further orders); - without one.",
    "name_goal_share": "share of goals",
    "def_goal_share": "what the latest deals brought of their goals, with 5 that brought all of it; goals "
    "count at this share in expected sales.",
    "name_cases": "cases",
    "def_cases": "how many earlier cases chances rest on (each lead once for a stage, grade, days and "
    "visits); closed are those that did within 91 days.",
    "name_deals_known": "deals known",
    "def_deals_known": "the deals in the book up to that day.",
}
