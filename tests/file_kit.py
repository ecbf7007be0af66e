"""A small process with everything that a customer file can hold, and a book that uses it."""

from __future__ import annotations

from kit import Book

TRIAL = """
code = "trial"
title = { zh = "试用流程", en = "Trial process" }
default_via = "call"
new_customer_days = 10
visits_to_deal = [2, 3]

[[stage]]
code = "first"
title = { zh = "头一步", en = "First" }
gate = []
buying_step = "look"
[[stage]]
code = "second"
title = { zh = "第二步", en = "Second" }
buying_step = "choose"
gate = [{ need = "yes" }, { person = "boss", reach = true }, { score = "chance", least = 50 }, { tick = "screen.open" }]
[[stage]]
code = "done"
title = { zh = "成了", en = "Done" }
won = true
gate = [{ order = "signed" }]

[[grade]]
code = "A"
within = 30
every = 7
[grade_none]
every = 7

[sources.active]
walk = { zh = "扫街", en = "walking" }
[kinds]
shop = { zh = "店", en = "shop" }
[via]
call = { zh = "打电话", en = "calling" }
meet = { zh = "见面", en = "meeting", counts_as_visit = true }
[roles]
boss = { zh = "老板", en = "boss" }
keeper = { zh = "库管", en = "store keeper" }
friend = { zh = "自己人", en = "friend" }
[attitudes]
warm = { zh = "热", en = "warm" }
[lost]
rival = { zh = "选了别家", en = "chose another", needs = "to" }
[parked]
later = { zh = "以后", en = "later" }
[fields]
fleet = { zh = "车队", en = "fleet", own = true }
[industries]
taxi = { zh = "出租车", en = "taxi" }
bus = { zh = "公交", en = "bus" }
[sizes]
group = { zh = "集团", en = "group" }
single = { zh = "单店", en = "single shop" }
[sides]
buyer = { zh = "甲方", en = "first party" }
agent = { zh = "中间人", en = "agent" }
[approaches]
cold = { zh = "陌生拜访", en = "cold" }
[buying_steps]
look = { zh = "找供应商", en = "looks for suppliers" }
choose = { zh = "定标准", en = "sets criteria" }
buy = { zh = "签约", en = "signs" }
[credit]
good = { zh = "好", en = "good" }
poor = { zh = "差", en = "poor" }
[signoffs]
seen = { zh = "看过", en = "seen" }

[[information]]
code = "reach"
title = { zh = "怎么联系", en = "how to reach" }
required = ["address", "boss.reach"]
[[information]]
code = "money"
title = { zh = "钱", en = "money" }
required = ["supplier", "credit"]
[[information]]
code = "decision"
title = { zh = "谁定", en = "decision" }
required = ["boss", "keeper"]
[[information]]
code = "need"
title = { zh = "要什么", en = "need" }
required = ["need", "fleet"]
[[information]]
code = "trust"
title = { zh = "信任", en = "trust" }
required = ["boss.personal", "boss.attitude"]

[[checklist]]
code = "chance"
title = { zh = "机会", en = "Chance" }
scale = 5
items = [
  { code = "urgent", zh = "急不急", en = "urgent", weight = 2 },
  { code = "budget", zh = "有没有钱", en = "budget" },
  { code = "access", zh = "见得到人", en = "access" },
]
[[checklist]]
code = "screen"
title = { zh = "筛选", en = "Screening" }
items = [
  { code = "open", zh = "没签死", en = "no contract" },
  { code = "known", zh = "知道现在用谁", en = "present supplier known", until = { field = "supplier" } },
]
[[checklist]]
code = "fit"
title = { zh = "和对手比", en = "Fit" }
scale = 5
rivals = true
items = [
  { code = "price", zh = "价格（含税）", en = "price", weight = 3 },
  { code = "speed", zh = "送货快", en = "speed", weight = 2 },
  { code = "name", zh = "牌子", en = "brand" },
]
[[checklist]]
code = "inside"
title = { zh = "要问自己人的", en = "To ask our friend" }
role = "friend"
items = [
  { code = "i1", zh = "问一", en = "one" },
  { code = "i2", zh = "问二", en = "two", until = { field = "supplier" } },
  { code = "i3", zh = "问三", en = "three" },
  { code = "i4", zh = "问四", en = "four" },
  { code = "i5", zh = "问五", en = "five" },
  { code = "i6", zh = "问六", en = "six" },
  { code = "i7", zh = "问七", en = "seven" },
]
"""


def use_trial(book: Book) -> None:
    """``book`` has the trial process for new leads."""
    path = book.path.parent / "trial.toml"
    path.write_text(TRIAL, "utf-8")
    book("process", "use", str(path), now="2026-11-01T08:01")
