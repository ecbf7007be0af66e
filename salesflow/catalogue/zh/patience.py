"""How many visits a deal takes."""

TEXTS = {
    "title": "拜访几次成交   到 {day}",
    "heading": "{title}   成交 {deals} 家",
    "share": "第 {least} 到 {most} 次之间成交的 {share}   中位 {median} 次",
    "early": "没到第 {least} 次拜访就   战败 {lost_early}（共 {lost}）   暂缓 {parked_early}（共 {parked}）",
    "column_visits": "拜访",
    "column_deals": "成交",
    "column_lead": "客户",
    "column_status": "状态",
    "column_at": "哪天",
    "column_reason": "原因",
    "column_stage": "阶段",
    "column_since": "从哪天起没动",
    "heading_early": "放下得早的 {count}",
    "heading_stuck": "拜访得多、没往前走的 {count}",
}
