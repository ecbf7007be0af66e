"""What reports of a period have in common."""

TEXTS = {
    "title_day": "{name} {first}   {rep}   {state}",
    "title_days": "{name} {label}   {first} 至 {last}   {rep}   {state}",
    "title_range": "{name}   {first} 至 {last}   {rep}   {state}",
    "no_leads": "账本里还没有客户：salesflow import 你的表，或 salesflow add 店名。",
    "none": "没写",
    "all": "合计",
    "and_more": "还有 {count} 家",
    "heading_compared": "和前几期比",
    "chat_compared": "{name} {value}（{before} {previous}，{four} {average}）",
}
