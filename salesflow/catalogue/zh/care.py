"""成交后的回访、客户分类的服务方案。"""

TEXTS = {
    "today": "回访  {lead}",
    "today_orders": "{count} 单一起",
    "today_ask": "请他介绍{name}",
    "today_asks": "请他介绍{name}等",
    "heading": "成交以后",
    "plan": "{title} 每 {every} 天  该 {due}  上次接通 {last}  {what}",
    "visit": "回访 {on}",
    "of_order": "（{on} 的单）",
    "so_far": "回访做了 {done} 次，漏了 {missed} 次",
    "ask_for": "请他介绍：{names}",
    "ask_how": "介绍来的记下：salesflow referral {id} 店名 --as {code}",
    "was": "这次算回访：{titles}",
}
