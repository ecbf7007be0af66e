"""Quotes."""

TEXTS = {
    "in_future": "报价日期不能在将来：{date}。",
    "no_amount": "要写金额，例如：salesflow quote 店名 368",
    "zero": "报价不能是 0。",
    "added": "#{id} {name}　报价 {amount}　{on}",
    "in_return": "换来：{text}",
    "list_none": "还没有报价。记一笔：salesflow quote 店名 368",
    "heading": "报价",
    "column_id": "编号",
    "column_lead": "客户",
    "column_quoted_on": "哪天",
    "column_amount": "报价",
    "column_product": "产品",
    "column_in_return": "换来",
    "column_note": "备注",
}
