"""The reports of a day, a week, a month, by rep."""

TEXTS = {
    "title_day": "按人 日报 {first}   {state}",
    "title_week": "按人 周报 {label}   {first} 至 {last}   {state}",
    "title_month": "按人 月报 {label}   {state}",
    "title_quarter": "按人 季报 {label}   {state}",
    "title_range": "按人 {label}   {state}",
    "rep": "谁",
    "pool": "公海",
    "all": "合计",
    "nobody": "这一期谁也没有记录。",
    "column_new_leads": "新线索",
    "column_followups": "跟进",
    "column_visits": "拜访",
    "column_advanced": "往前推",
    "column_won": "成交",
    "column_lost": "战败",
    "column_orders": "订单",
    "column_sales": "销售额",
    "column_collected": "回款",
    "column_open": "在跟",
    "chat": "{rep}：{told}",
}
