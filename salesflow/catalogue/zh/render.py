"""Words of the tables."""

TEXTS = {
    "weekdays": "周一 周二 周三 周四 周五 周六 周日",
    "comma": "、",
    "yes": "是",
    "no": "否",
    "group": "{group} {count}",
    "group_cut": "{group} {count}（列 {shown}）",
    "more": "还有 {count} 条",
}
