"""How good the forecasts of past months were."""

TEXTS = {
    "title": "预测准不准   {day} 以前每个月初，只用当时知道的重算一遍",
    "too_young": "还没有能回头试的月份：账本要先记满两个整月，第三个月过完才有第一个。",
    "heading_months": "各月",
    "heading_bins": "说几成的，成了几成（月初在跟的，当月成交）",
    "column_label": "月",
    "column_deals_expected": "预计成交",
    "column_deals_range": "八成在",
    "column_deals": "实际",
    "column_sales_expected": "预计销售额",
    "column_sales_range": "八成在",
    "column_sales": "实际",
    "column_in": "销售额",
    "inside": "在里面",
    "outside": "在外面",
    "column_bin": "说的机会",
    "column_cases": "家次",
    "column_chance": "平均说",
    "column_closed": "真成了",
    "brier": "Brier 分（越小越准，{cases} 家次，成 {closed}）：预测 {forecast}   "
    "流程的百分比 {process}   总是平均数 {average}",
    "calibration": "说的和真的平均差 {error}",
    "deals_inside": "成交数 {months} 个月里 {inside} 个落在八成的范围里",
    "sales_inside": "销售额 {months} 个月里 {inside} 个落在八成的范围里",
}
