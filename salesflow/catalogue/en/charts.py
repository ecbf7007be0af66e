"""What pages and workbooks write above and beside the charts of measures and forecasts."""

TEXTS = {
    "kpi_aims": "Measures against targets",
    "kpi_shares": "Shares, this period and those before",
    "kpi_money": "Money, this period and those before",
    "weeks_deals": "Deals of the weeks to come",
    "months_sales": "Sales of the months to come",
    "low": "at least",
    "expected": "expected",
    "high": "at most",
    "actual": "actual",
    "back_deals": "Deals, forecast and actual",
    "back_sales": "Sales, forecast and actual",
    "back_bins": "Chance told and share that closed",
    "said": "chance told",
    "closed": "closed",
}
