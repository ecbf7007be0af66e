"""What sources bring."""

TEXTS = {
    "name": "Sources",
    "column_source": "source",
    "column_leads": "new leads",
    "column_previous": "before",
    "column_deals": "won",
    "column_days": "median days",
    "column_rate": "closed",
    "column_orders": "orders",
    "column_sales": "sales",
    "column_margin": "margin",
    "column_cost": "cost",
    "column_per_lead": "a lead",
    "column_per_deal": "a deal",
    "column_returned": "sales/cost",
    "times": "x{ratio}",
    "nothing": "Nothing in this period from: {each}",
    "no_cost": "No cost is noted yet. Note one: salesflow spend exhibition 3000 2026-11",
    "chat": "{source}: leads {leads}, won {deals}, sales {sales}",
    "chat_cost": ", cost {cost}",
    "name_leads": "new leads",
    "def_leads": "leads received in the period by source; their sum is that of report week. previous: of the"
    " period before.",
    "name_deals": "won",
    "def_deals": "leads that entered a won stage in the period for the first time, whenever they were"
    " received; their sum is that of report week.",
    "name_closed": "closed",
    "def_closed": "of the leads received in the period, those that have entered a won stage by now; rate is"
    " their share.",
    "name_median_days": "median days",
    "def_median_days": "the median of the days from receiving a lead to winning it, of the period's deals"
    " whose day received is known.",
    "name_sales": "sales",
    "def_sales": "orders signed in the period and not cancelled by its end, by the source of their lead;"
    " orders, sales and margin add up to those of report week.",
    "name_cost": "cost",
    "def_cost": "what spend notes, so far as it falls in the days of the period that have been; a sum falls"
    " evenly on the days of its own period. Nothing noted is -, not 0.",
    "name_cost_per_lead": "a lead",
    "def_cost_per_lead": "cost / the period's new leads; - without one.",
    "name_cost_per_deal": "a deal",
    "def_cost_per_deal": "cost / the period's deals; - without one.",
    "name_sales_per_cost": "sales/cost",
    "def_sales_per_cost": "how many times the cost the period's sales are.",
}
