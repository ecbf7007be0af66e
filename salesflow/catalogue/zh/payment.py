"""Payments."""

TEXTS = {
    "in_future": "回款日期不能在将来：{date}。",
    "no_amount": "要写金额，例如：salesflow payment 店名 2万",
    "zero": "回款不能是 0。",
    "no_order": "#{lead_id}「{lead}」没有第 {id} 号订单，有：{known}",
    "added": "#{id} {name}　回款 {amount}　{on}",
    "for_order": "订单 {order}",
    "list_none": "还没有回款。记一笔：salesflow payment 店名 2万",
    "total": "共 {count} 笔　{amount}",
    "heading": "回款",
    "column_id": "编号",
    "column_lead": "客户",
    "column_paid_on": "哪天",
    "column_amount": "回款",
    "column_order_id": "订单",
    "column_method": "方式",
    "column_note": "备注",
}
