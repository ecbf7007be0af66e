"""What pages and workbooks write above and beside the charts of measures and forecasts."""

TEXTS = {
    "kpi_aims": "指标完成",
    "kpi_shares": "这一期和前几期的比率",
    "kpi_money": "这一期和前几期的钱",
    "weeks_deals": "今后几周成交（家）",
    "months_sales": "今后几月销售额",
    "low": "至少",
    "expected": "预计",
    "high": "至多",
    "actual": "实际",
    "back_deals": "当时预计和实际成交（家）",
    "back_sales": "当时预计和实际销售额",
    "back_bins": "说的可能和真成的比率",
    "said": "说的可能",
    "closed": "真成了",
}
