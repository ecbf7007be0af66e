"""Orders."""

TEXTS = {
    "in_future": "签订日期不能在将来：{date}。",
    "no_amount": "要写金额，例如 5.8万；没有金额的框架协议：--framework",
    "zero": "订单金额不能是 0；没有金额的框架协议：--framework",
    "added": "#{id} {name}　订单 {amount}　{on}",
    "framework": "框架协议",
    "won": "进「{stage}」",
    "not_won": "还没进「{stage}」，差 {count} 项：",
    "lacks": "  {title}　{command}",
    "then": "补上以后：salesflow advance {id} {stage}",
    "closed": "这家不在跟进中，阶段不变；重新跟进：salesflow reopen {id}",
    "list_none": "还没有订单。记一笔：salesflow order 店名 5.8万",
    "column_id": "单号",
    "column_lead_id": "客户",
    "column_short": "店",
    "column_signed_on": "签订",
    "column_amount": "金额",
    "column_product": "产品",
    "column_note": "备注",
    "total": "共 {count} 笔　{amount}",
}
