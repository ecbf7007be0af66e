"""Words for every command that writes, and a book in which the first of each are accepted.

``WORDS`` has lines for each name of ``registry.WRITES``. A word in braces is one of the pool of that name; the
first line with the first of each pool is accepted by the book that ``fill`` makes, which a test asks of each.
"""

from __future__ import annotations

from pathlib import Path

from kit import Book, make

from salesflow import processes

BEGUN = "2026-11-20T09:00"

POOLS: dict[str, tuple[str, ...]] = {
    "lead": ("1", "#1", "华星", "2", "3", "4", "成都华星宝马"),
    "other": ("2", "3", "5", "1"),
    "parked": ("4", "1"),
    "double": ("6", "5", "3"),
    "name": ("新开的店", "锦泰奥迪 西门店", "A [/] B", "𠮷星\u3000汽车", "100%_店", '甲"店\\'),
    "person": ("赵总", "王建国", "李会计"),
    "text": (
        "谈了价格",
        "{'a': 1} [red]x[/red]",
        "他说：行\n下周定",
        "下次周五 送样",
        "=1+1",
        "没接",
        "%_'\"\\ 长" + "长" * 300,
    ),
    "day": ("2026-12-01", "明天", "下周三 10:00", "+3wd", "月底"),
    "past": ("昨天", "2026-11-20", "今天"),
    "amount": ("368", "5.8万", "1000.10"),
    "grade": ("A", "B", "C"),
    "stage": ("qualified", "prospect", "customer", "info"),
    "field": (
        "need=yes",
        "supplier=无",
        "volume_month=90",
        "address=武侯大道1号",
        "编号=007",
        "need=no",
        "kind=4s",
    ),
    "id": ("1", "1", "2"),
    "delivered": ("2", "1"),
    "tag": ("老客户", "vip", "要 紧"),
    "word": ("vip", "老客户"),
    "role": ("buyer", "decision_maker", "finance", "insider"),
    "rival": ("乙膜", "甲膜"),
    "known_rival": ("甲膜", "乙膜"),
    "product": ("侧膜", "前挡", "车衣"),
    "known_product": ("前挡", "侧膜"),
    "source": ("internet", "street", "exhibition"),
    "spent": ("exhibition", "internet"),
    "month": ("2026-11", "2026-12", "2026-W48"),
    "metric": ("visits", "sales", "calls"),
    "number": ("5", "3", "40"),
    "rep": ("陈磊", "李想"),
    "why": ("客户出差", "改了主意"),
}

WORDS: dict[str, tuple[str, ...]] = {
    "visit": (
        "visit {lead} {text} --next {day}",
        "visit {lead} {text} --grade {grade}",
        "visit {lead} {text} --no-next",
    ),
    "call": ("call {lead} {text}", "call {lead} 没接 --no-answer", "call {lead} {text} --in --next {day}"),
    "log": (
        "log {lead} {text} --via wechat --at {past} --learned {text} --next {day}",
        "log {name} {text} --new --no-next",
        "log {lead} {text} --with {person} --grade {grade} --goal-met yes --result {text}",
    ),
    "paste": ("paste {folder}/pasted.txt --yes", "paste {folder}/pasted2.txt --yes"),
    "next": (
        "next {lead} {day} 送样 --why {why}",
        "next {lead} --no-next",
        "next {lead} {day} 报价 --place 店里 --via phone",
    ),
    "add": (
        "add {name} --contact 老周 --next {day} --source street --grade {grade}",
        "add {name} --anyway --note {text} --received {past} --set {field}",
        "add {name} --referrer {lead} --phone 13900005555 --brand 宝马",
    ),
    "review": ("review --spread 3 --why {why}", "review --spread 1 --per-day 1 --why {why}"),
    "advance": (
        "advance {other} --force --why {why}",
        "advance {lead} {stage} --force --why {why}",
        "advance {lead} {stage}",
    ),
    "park": ("park {lead} --reason other --why {why} --until 2027-01-10", "park {lead} --reason budget"),
    "lose": ("lose {lead} --reason other --why {why}", "lose {lead} --reason competitor --to {rival}"),
    "reopen": ("reopen {parked} --next {day}", "reopen {lead}"),
    "edit": (
        "edit {lead} --set {field} --tag {tag}",
        "edit {lead} --goal {amount} --goal-on 年底 --why {why}",
        "edit {lead} --grade {grade} --untag {word}",
        "edit {lead} --consent 给主机厂看",
        "edit {lead} --process lubricant",
    ),
    "import": (
        "import {folder}/leads.csv",
        "import {folder}/leads.csv --on-duplicate update",
        "import {folder}/visits.csv --kind followups",
        "import {folder}/paid.csv --kind payments",
        "import {folder}/leads.csv --on-duplicate add --save-profile 表",
    ),
    "dupes": ("dupes {lead} {other} --not-same --why {why}",),
    "merge": ("merge {lead} {double} --yes", "merge {lead} {other} --yes --why {why}"),
    "evaluate": (
        "evaluate {lead} opportunity need={number} budget=4",
        "evaluate {lead} fit price=2 --competitor {known_rival}",
        "evaluate {lead} opportunity --clear",
        "evaluate {lead} screening would_try",
    ),
    "contact add": (
        "contact add {lead} 老吴 13900007777 --role {role}",
        "contact add {lead} 小孙 --birthday 11-30 --hobbies 钓鱼",
    ),
    "contact edit": (
        "contact edit {lead} {person} --role {role} --wechat w1",
        "contact edit {lead} {person} --attitude support",
    ),
    "contact chain": ("contact chain {lead} 赵总 王建国", "contact chain {lead} {person}"),
    "contact remove": ("contact remove {lead} {person}",),
    "objection add": (
        "objection add {lead} {text} --answer {text} --worked yes",
        "objection add {lead} 太贵",
    ),
    "objection edit": ("objection edit {lead} {id} --answer {text} --worked no",),
    "objection remove": ("objection remove {lead} {id}",),
    "quote add": (
        "quote add {lead} {amount} --product 前挡",
        "quote add {lead} {amount} --in-return 先贴50台",
    ),
    "quote edit": ("quote edit {id} {amount} --approved-by 李总",),
    "quote remove": ("quote remove {id}",),
    "quote plan": (
        "quote plan {lead} --interests 十年质保 --accepted 360",
        "quote plan {lead} --accepted 350 --from {person}",
    ),
    "order add": (
        "order add {lead} {amount} --product 前挡 --due {day}",
        "order add {lead} --framework",
        "order add {lead} --line 前挡\u00a050\u00a0368 --no-advance",
    ),
    "order deliver": ("order deliver {id} --at {past}",),
    "order accept": ("order accept {delivered} --at {past}",),
    "order edit": ("order edit {id} {amount}", "order edit {id} --cost 100"),
    "order cancel": ("order cancel {id} --why {why}",),
    "payment add": ("payment add {lead} {amount} --order 1 --method transfer", "payment add {lead} {amount}"),
    "payment schedule": ("payment schedule {id} 12-01\u00a030% 月底\u00a070%",),
    "payment edit": ("payment edit {id} {amount}",),
    "payment remove": ("payment remove {id} --why {why}",),
    "target set": (
        "target set {metric} {number} month",
        "target set {metric} {number} --period 2026-W47 --why {why}",
    ),
    "target remove": ("target remove visits day", "target remove {metric} month"),
    "process new": ("process new ours{number} --from film-4s --name 我们的",),
    "process edit": ("process edit film-4s {folder}/again.toml", "process edit film-4s {folder}/edited.toml"),
    "process use": ("process use lubricant", "process use film-4s", "process use {folder}/own.toml"),
    "process update": ("process update film-4s",),
    "config set": ("config city 成都", "config rep {rep}", "config workdays 1-6"),
    "config calendar": ("config calendar import {folder}/days.csv",),
    "incident add": ("incident add {lead} {text} --due {day}",),
    "incident follow": ("incident follow {lead} {id} {text}",),
    "incident solve": ("incident solve {lead} {id} {text}",),
    "referral add": ("referral add {lead} {name} --as same_group", "referral add {lead} {other}"),
    "team sign": ("team sign {lead} --by 李经理", "team sign --week --by 李经理 --as reviewed"),
    "team join": ("team join {folder}/王芳.db", "team join {folder}/李想.db"),
    "team settle": ("team settle 1 --to {rep} --why {why}",),
    "team assign": ("team assign 3 --to {rep}", "team assign --to 陈磊 --to 李想"),
    "competitor add": (
        "competitor add {lead} {rival} --price 350 --strengths 名气大",
        "competitor add {lead} {rival} --supporter {person}",
    ),
    "competitor edit": ("competitor edit {lead} {known_rival} --weaknesses 质保短",),
    "competitor remove": ("competitor remove {lead} {known_rival}",),
    "product add": ("product add {product} --unit 张 --price 380 --cost 150",),
    "product edit": ("product edit {known_product} --cost 160",),
    "product remove": ("product remove {known_product}",),
    "spend add": ("spend add {source} {amount} {month} --note {text}",),
    "spend edit": ("spend edit {spent} 3500 2026-11",),
    "spend remove": ("spend remove {spent} 2026-11",),
    "action add": (
        "action add 新客户当天打电话 --measure first_contact --due 周五 --who 小李",
        "action add {why}",
    ),
    "action done": ("action done {id}",),
    "action drop": ("action drop {id} --why {why}",),
    "action edit": ("action edit {id} --text 多跑 --due 2026-11-30",),
    "tag add": ("tag add {lead} {tag}",),
    "tag remove": ("tag remove {lead} {word}",),
}


def words(line: str, given: dict[str, str]) -> list[str]:
    """The words of a line with what is given for each pool; a hard blank is a blank inside a word."""
    found = []
    for word in line.split(" "):
        for name, value in given.items():
            word = word.replace(f"{{{name}}}", value)
        found.append(word.replace("\u00a0", " "))
    return found


def pools_of(line: str) -> list[str]:
    """The names of the pools that a line draws from, each as often as it stands there."""
    return [part.partition("}")[0] for part in line.split("{")[1:] if part.partition("}")[0] in POOLS]


def fill(book: Book) -> None:
    """The book, and the files that ``WORDS`` name, in the book's folder."""
    _files(book.path.parent)
    for name, rep in (("李想", "李想"), ("王芳", "王芳")):
        other = make(book.path.with_name(f"{name}.db"), book.patch)
        other("config", "rep", rep, now=BEGUN)
        other("add", "成都华星宝马", "--contact", "赵总 13900001202 decision_maker", now=BEGUN)
        other("visit", "1", "见了赵总", "--next", "2026-11-27 送样品", now=BEGUN)
        other("add", f"{name}的店", "--area", "武侯区", now=BEGUN)
    for line in _FILL.strip().splitlines():
        book(*words(line, {"folder": str(book.path.parent)}), now=BEGUN)


_FILL = """
add 成都华星宝马 --short 华星 --contact 王建国\u00a013900001201\u00a0buyer --grade B --area 武侯区 --received 2026-11-20
contact add 1 赵总 13900001202
add 锦泰奥迪 --phone 13900001203 --received 2026-11-20 --next 2026-11-22\u00a0回访
add 三和凯迪拉克 --area 金牛区
add 停着的店 --received 2026-11-20
add 另一家店 --referrer 1
add 锦泰奥迪 --anyway --phone 13900001203 --contact 钱总
visit 1 看了样品 --with 王建国 --next 2026-11-23\u00a0送样
call 2 没接
park 4 --reason budget
quote 1 380 --product 前挡
order 1 5.8万 --product 前挡 --due 2026-12-10
order 2 3000 --no-advance
order deliver 2
payment 1 20000 --order 1
incident 1 前挡起泡 --due 2026-12-01
objection 1 太贵 --answer 算给他看
competitor 1 甲膜 --price 350
action 多打电话 --measure visits
product add 前挡 --price 380
spend exhibition 3000 2026-11
target set visits 5 day
tag 1 vip
edit 3 --set owner=
team join {folder}/李想.db
process edit film-4s {folder}/edited.toml
"""


def _files(folder: Path) -> None:
    said = {
        "leads.csv": "店名,联系人,电话,编号,上次跟进,备注,下次跟进\n"
        "新甲店,王建国,13900003333,007,2026-11-02,来过,2026-12-01\n"
        "成都华星宝马,,,,,,\n新乙店,,,null,,,\n",
        "visits.csv": "店名,时间,内容\n锦泰奥迪,2026-11-10,送了样品\n停着的店,2026-11-11,谈过\n",
        "paid.csv": "客户,日期,金额\n成都华星宝马,2026-11-21,3000\n",
        "pasted.txt": "华星\n电话 谈了价格 下次周五 送样\n新客户 粘来的店\n拜访 店长不在\n",
        "pasted2.txt": "#2\n微信 发了色卡\n",
        "days.csv": "date,work\n2027-01-01,off\n2027-01-02,work\n",
    }
    for name, text in said.items():
        (folder / name).write_text(text, "utf-8")
    source = processes.builtin("film-4s")
    for name, title in (("edited", "改过的"), ("again", "又改过的")):
        (folder / f"{name}.toml").write_text(source.replace("普通信息", title), "utf-8")
    (folder / "own.toml").write_text(source.replace('code = "film-4s"', 'code = "own"', 1), "utf-8")
