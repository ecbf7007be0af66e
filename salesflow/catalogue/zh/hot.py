"""The H list."""

TEXTS = {
    "title": "下周最可能成交   到 {week} 末（{to}）",
    "heading": "最热的一级（{grades}）：{count} 家",
    "heading_likely": "级别没到，机会不小：看看是不是该升级",
    "nobody": "现在没有 {grades} 级的。谁下周能成就定上：salesflow edit 客户 --grade {grade}",
    "lead": "店",
    "chance": "下周末前",
    "next": "下次",
    "what": "做什么",
    "missing": "还差",
    "value": "值",
    "nothing": "不差什么",
    "comma": "、",
    "and_more": "{some} 等 {count} 项",
    "why": "#{id} {why}",
    "no_promise": "没定下次",
    "chat_lead": "#{id} {lead} {chance} {next}｜差：{missing}｜{value}",
}
