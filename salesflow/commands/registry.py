"""Every command as data: its names, its group, and where its function is. One line each.

A module of ``commands`` is imported only when one of its commands runs or explains itself.
"""

from __future__ import annotations

from typing import NamedTuple

GROUPS = ("day", "look", "road", "move", "file", "money", "figures", "exchange", "book", "setup")


class Entry(NamedTuple):
    """One command: names, group ('' only in ``help --all``), and where it is.

    ``function`` of ``commands.<module>`` does it. A noun has ``verbs`` instead, and for each
    the function ``<name>_<verb>``; ``routes`` says which verb is meant by no word, one word,
    and more, where the first word is no verb.
    """

    name: str
    second: tuple[str, ...]
    group: str
    module: str
    function: str = ""
    verbs: tuple[str, ...] = ()
    routes: tuple[str, str, str] = ("list", "list", "add")


ENTRIES = (
    Entry("today", ("t", "今天"), "day", "today", "today"),
    Entry("visit", ("v", "拜访"), "day", "log", "visit"),
    Entry("call", ("c", "电话", "来电"), "day", "log", "call"),
    Entry("log", ("l", "记"), "day", "log", "log"),
    Entry("paste", ("p", "粘贴"), "day", "paste", "paste"),
    Entry("next", ("n", "下次"), "day", "promise", "next_"),
    Entry("add", ("a", "加"), "day", "add", "add"),
    Entry("review", ("r", "收工"), "day", "review", "review"),
    Entry("show", ("s", "看"), "look", "show", "show"),
    Entry("find", ("f", "找"), "look", "lists", "find"),
    Entry("list", ("ls", "列表"), "look", "lists", "list_"),
    Entry("plan", ("计划",), "road", "plan", "plan"),
    Entry("prepare", ("访前",), "road", "prepare", "prepare"),
    Entry("advance", ("推进",), "move", "moves", "advance"),
    Entry("park", ("暂缓",), "move", "moves", "park"),
    Entry("lose", ("战败",), "move", "moves", "lose"),
    Entry("reopen", ("重启",), "move", "moves", "reopen"),
    Entry("edit", ("改",), "file", "edit", "edit"),
    Entry(
        "contact", ("联系人",), "file", "contact", verbs=("add", "list", "edit", "chain", "remove", "forget")
    ),
    Entry("objection", ("异议",), "file", "objection", verbs=("add", "list", "edit", "find", "remove")),
    Entry("quote", ("报价",), "money", "quote", verbs=("add", "list", "edit", "remove", "plan")),
    Entry("order", ("订单",), "money", "order", verbs=("add", "list", "deliver", "accept", "edit", "cancel")),
    Entry(
        "payment", ("回款",), "money", "payment", verbs=("add", "list", "due", "schedule", "edit", "remove")
    ),
    Entry("report", ("报表", "日报", "周报", "月报"), "figures", "report", "report"),
    Entry(
        "target",
        ("目标",),
        "figures",
        "target",
        "",
        ("set", "list", "remove", "solve"),
        ("list", "list", "set"),
    ),
    Entry("import", ("导入",), "exchange", "import_", "import_"),
    Entry("export", ("导出",), "exchange", "export", "export"),
    Entry("dupes", ("重复",), "exchange", "dupes", "dupes"),
    Entry("merge", ("合并",), "exchange", "merge", "merge"),
    Entry("undo", ("u", "撤销"), "book", "undo", "undo"),
    Entry(
        "backup",
        ("备份",),
        "book",
        "backup",
        "",
        ("make", "list", "verify", "test"),
        ("make", "make", "make"),
    ),
    Entry("check", ("检查",), "book", "book", "check"),
    Entry(
        "process",
        ("流程",),
        "setup",
        "process",
        "",
        ("list", "show", "new", "edit", "use", "update", "check"),
        ("list", "show", "show"),
    ),
    Entry("schedule", ("定时",), "setup", "schedule", "schedule"),
    Entry("config", ("设置",), "setup", "config", "", ("set", "list", "calendar"), ("list", "list", "set")),
    Entry("init", ("新建",), "", "book", "init"),
    Entry("redo", ("重做",), "", "undo", "redo"),
    Entry("history", ("历史",), "", "undo", "history"),
    Entry("forget", ("忘掉",), "", "forget", "forget"),
    Entry("restore", ("恢复",), "", "restore", "restore"),
    Entry("salvage", ("抢救",), "", "salvage", "salvage"),
    Entry("guide", ("指引",), "", "process", "guide"),
    Entry("incident", ("事故",), "", "incident", verbs=("add", "list", "follow", "solve")),
    Entry("referral", ("转介绍",), "", "referral", verbs=("add", "list")),
    Entry(
        "team",
        ("队伍",),
        "",
        "team",
        "",
        ("sign", "unsigned", "join", "conflicts", "settle", "assign"),
        ("unsigned", "sign", "sign"),
    ),
    Entry("evaluate", ("评估",), "", "evaluate", "evaluate"),
    Entry("competitor", ("竞争对手",), "", "competitor", verbs=("add", "list", "edit", "remove")),
    Entry("product", ("产品",), "", "product", verbs=("add", "list", "edit", "remove")),
    Entry(
        "action", ("措施",), "", "action", "", ("add", "list", "done", "drop", "edit"), ("list", "add", "add")
    ),
    Entry("spend", ("花费",), "", "spend", verbs=("add", "list", "edit", "remove")),
    Entry("tag", ("标签",), "", "tag", verbs=("add", "list", "remove")),
    Entry("demo", ("演示",), "", "demo", "demo"),
    Entry("when", ("日期",), "", "when", "when"),
    Entry("completion", ("补全",), "", "completion", "completion"),
    Entry("help", ("帮助",), "", "help", "help_"),
)

# The commands that write into the book, each with `--key`; a command that is not here cannot.
WRITES = frozenset(
    (
        *(
            "visit",
            "call",
            "log",
            "paste",
            "next",
            "add",
            "review",
            "advance",
            "park",
            "lose",
            "reopen",
            "edit",
        ),
        *("import", "dupes", "merge", "undo", "redo", "evaluate"),
        *("contact add", "contact edit", "contact chain", "contact remove"),
        *("objection add", "objection edit", "objection remove"),
        *("quote add", "quote edit", "quote remove", "quote plan"),
        *("order add", "order deliver", "order accept", "order edit", "order cancel"),
        *("payment add", "payment schedule", "payment edit", "payment remove"),
        *("target set", "target remove", "process new", "process edit", "process use", "process update"),
        *(
            "config set",
            "config calendar",
            "incident add",
            "incident follow",
            "incident solve",
            "referral add",
        ),
        *("team sign", "team join", "team settle", "team assign"),
        *("competitor add", "competitor edit", "competitor remove"),
        *("product add", "product edit", "product remove", "spend add", "spend edit", "spend remove"),
        *("action add", "action done", "action drop", "action edit", "tag add", "tag remove"),
    )
)

# These leave a mark that is no step: the list of the day was sent; the demonstration's leads; who was forgotten.
MARKS = frozenset(("today", "demo", "forget", "contact forget"))

# What a noun's verbs are called in Chinese.
VERBS = {
    "add": "加",
    "list": "列",
    "edit": "改",
    "chain": "决策链",
    "remove": "删",
    "forget": "忘掉",
    "show": "看",
    "check": "检查",
    "set": "设",
    "plan": "谈判",
    "deliver": "交货",
    "accept": "验收",
    "cancel": "作废",
    "due": "欠款",
    "schedule": "分期",
    "calendar": "日历",
    "find": "找",
    "follow": "跟进",
    "solve": "解决",
    "sign": "签",
    "unsigned": "没签",
    "done": "完成",
    "drop": "撤掉",
    "join": "并入",
    "make": "抄",
    "verify": "验",
    "test": "演练",
    "conflicts": "冲突",
    "settle": "裁定",
    "assign": "分配",
    "new": "新",
    "use": "用",
    "update": "更新",
}

# Of some nouns a verb is called otherwise.
OWN_VERBS = {("target", "solve"): "算"}

# Names that stand for a command and its first words.
PHRASES = {
    "来电": ("call", "--in"),
    "日报": ("report", "day"),
    "周报": ("report", "week"),
    "月报": ("report", "month"),
}

_BY_NAME = {name: entry for entry in ENTRIES for name in (entry.name, *entry.second)}
_VERB_BY_NAME = {title: verb for verb, title in VERBS.items()}


def find_entry(word: str) -> Entry | None:
    """The command that ``word`` names, in English, Chinese or by its letter; None for no command."""
    return _BY_NAME.get(word)


def find_verb(word: str, entry: Entry) -> str:
    """The verb of the noun ``entry`` that ``word`` names, or ''."""
    own = {title: verb for (noun, verb), title in OWN_VERBS.items() if noun == entry.name}
    verb = own.get(word) or _VERB_BY_NAME.get(word, word)
    return verb if verb in entry.verbs else ""


def verb_title(noun: str, verb: str) -> str:
    """What the noun's verb is called in Chinese."""
    return OWN_VERBS.get((noun, verb)) or VERBS[verb]


def list_names() -> list[str]:
    """Every word that can stand where a command stands."""
    return list(_BY_NAME)
