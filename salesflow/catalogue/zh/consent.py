"""Consent: that the customer agreed that others get to read their data."""

TEXTS = {
    "in_future": "同意的日子不能在将来：{on}",
    "without_personal": "--consent 要和 --with-personal 一起写；只记同意：salesflow edit 客户 --consent 日期",
    "ask": "还没成交的 {count} 家（{names}），客户同意把电话和个人资料给别人看吗？",
    "lacking": "{count} 家没有记下客户的同意，仍打码：{names}\n"
    "客户同意过：salesflow edit {id} --consent 日期（export 里也可以直接写 --consent 日期）",
    "given": "已记下 {count} 家客户同意：{on}",
    "line": "客户同意转交资料：{on}",
    "line_for": "客户同意转交资料：{on}　{purpose}",
    "noted": "#{id} {name}：客户 {on} 同意转交资料",
    "withdrawn": "#{id} {name}：客户的同意已收回",
    "none": "#{id} {name} 没有记过客户的同意。",
    "alone": "--consent 单独写，或和 --why 一起写。",
}
