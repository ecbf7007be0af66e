"""The end of the day."""

TEXTS = {
    "needs_terminal": "review 要在终端上一条条过；不问的用法：\n"
    "salesflow review --spread 3 --why 理由　只出日报：salesflow review -f chat",
    "left": "还有 {count} 条没过，在终端上：salesflow review",
    "send_later": "名单没有发：这里没有人可以问。要发：salesflow today --date {day} --push {name}",
    "needs_why": "摊到后几天要写理由：--why",
    "nothing_overdue": "没有逾期的。",
    "left_over": "还有 {count} 家放不下，日子没动；多摊几天或加大 --per-day",
    "prompt": "记一条就直接写；n 日期 改期  p 暂缓  x 战败  回车先放着  q 停 >",
    "prompt_grade": "写级别；也可以 n 日期 改期  p 暂缓  x 战败  回车先放着  q 停 >",
    "no_grade": "今天头一次跟进，还没定级别（{grades}）",
    "due": "今天",
    "unplanned": "没定下次",
    "first_contact": "等首次跟进",
    "copied": "日报已放进剪贴板（{count} 行）",
    "send": "{day} 有 {count} 件，发到 {name}？",
    "send_where": "{day} 有 {count} 件，发到哪里？回车，不发",
    "done": "过完了。",
    "nothing": "没有剩下的。",
}
