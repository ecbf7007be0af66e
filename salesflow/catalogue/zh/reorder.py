"""再订：货什么时候用完。"""

TEXTS = {
    "today": "再订  {lead}  {product} {when}（{basis}）",
    "today_more": "另有 {count} 种也快了",
    "ends_today": "今天用完",
    "any_product": "货",
    "ends": "还够 {days} 天，到 {on}",
    "ended": "用完 {days} 天了",
    "by_rhythm": "每 {days} 天订一次，订过 {count} 次",
    "by_product": "一批用 {days} 天",
    "line": "再订 {product}",
    "asked": "{on} 问过",
    "stopped": "过了一轮没再订，算停了",
    "until": "用到 {on}",
}
