"""Words to run every command of the program by, on the book of ``hostile_book``; a command that is missing is seen.

A key is a command as the registry names it (``quote plan``), or one with a kind behind it (``report week``); the
exit code is 0 where none is said. ``TEXT`` stands for a hostile text that may be typed.
"""

from __future__ import annotations

from typing import NamedTuple

from salesflow.commands import registry
from salesflow.commands.export import FORMS
from salesflow.commands.export import KINDS as EXPORTS
from salesflow.commands.report_kinds import KINDS as REPORTS


class Way(NamedTuple):
    """How a command is run: its words, the exit codes that are right, what is typed or piped in."""

    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    stdin: str = ""


TEXT = "TEXT"
_READING = """
today|today|today --by area|today --all
find|find x|find 甲|find 300
show|show 1|show 1 --all|show 2|show 4
list|list|list --sort name|list --status lost
plan|plan|plan week
prepare|prepare 1|prepare 2
contact list|contact 1|contact 2
objection list|objection|objection 1
objection find|objection find a
quote list|quote|quote 1|quote --special
order list|order|order 1
payment list|payment|payment 1
payment due|payment due
target list|target
target solve|target solve sales
process list|process list
process show|process show|process show --toml
schedule|schedule cron|schedule systemd|schedule launchd|schedule windows
config list|config
history|history|history 1
guide|guide|guide info
incident list|incident|incident 1
referral list|referral|referral 1
team unsigned|team unsigned
team conflicts|team conflicts|team conflicts --all
competitor list|competitor|competitor 1
product list|product
action list|action|action --late
spend list|spend|spend list exhibition
tag list|tag 1|tag list 1
when|when 明天 下周三
completion|completion bash
help|help|help --all|help log
"""
_WRITING = """
visit|visit 1 TEXT --no-next
call|call 1 TEXT --next 明天
log|log 1 TEXT --for TEXT --next 明天
next|next 1 明天 TEXT --why TEXT --place TEXT
advance|advance 3 --force --why TEXT|advance 3 --dry-run
park|park 1 --reason other --why TEXT
lose|lose 1 --reason competitor --to TEXT
reopen|reopen 4
edit|edit 1 --set supplier=TEXT --tag TEXT
contact add|contact 1 钱二 --hobbies TEXT
contact edit|contact edit 3 新人 --hobbies TEXT
contact remove|contact remove 3 新人
competitor edit|competitor edit 3 新 --note TEXT
competitor remove|competitor remove 3 新
product edit|product edit 新产品 --note TEXT
product remove|product remove 新产品
contact chain|contact chain 1
evaluate|evaluate 1|evaluate 1 opportunity
competitor add|competitor 1 TEXT --note TEXT
objection add|objection 1 TEXT --answer TEXT
objection edit|objection edit 1 1 --answer TEXT
objection remove|objection remove 1 1
incident add|incident 1 TEXT
incident follow|incident follow 1 1 TEXT
incident solve|incident solve 1 1 TEXT
referral add|referral 1 TEXT
product add|product TEXT --note TEXT
action add|action TEXT --who TEXT
action edit|action edit 1 --note TEXT
action done|action done 1
action drop|action drop 1 --why TEXT
tag add|tag 1 TEXT
tag remove|tag remove 1 重点
quote add|quote 1 300 TEXT --product TEXT
quote edit|quote edit 1 350
quote remove|quote remove 1
quote plan|quote plan 1 --interests TEXT|quote plan 1
order add|order 1 5000 TEXT --product TEXT
order deliver|order deliver 1
order accept|order accept 1
order edit|order edit 1 --contract TEXT
order cancel|order cancel 1 --why TEXT
payment add|payment 1 100 TEXT --order 1
payment schedule|payment schedule 1 12-01
payment edit|payment edit 1 200
payment remove|payment remove 1
spend add|spend exhibition 100 2026-11 --note TEXT
spend edit|spend edit exhibition 100 2026-11
spend remove|spend remove exhibition 2026-11
target set|target set visits 9 --period week --rep TEXT
target remove|target remove visits week --rep 李想
team sign|team sign 3 --by TEXT|team sign --week --by TEXT
team assign|team assign --dry-run
team settle|team settle 1 --to TEXT --why TEXT
process new|process new ours --name TEXT --from film-4s
process use|process use key-account
process update|process update film-4s
process edit|process edit film-4s
process check|process check rows.csv
config set|config rep TEXT
config calendar|config calendar import rows.csv
add|add TEXT --anyway --note TEXT
merge|merge 1 2 --yes
dupes|dupes
redo|redo
undo|undo --list|undo --yes
review|review|review --week|review --spread 3 --why TEXT
paste|paste - --yes
import|import rows.csv|import rows.csv --dry-run --map 店名=name
team join|team join book.db
init|init
demo|demo
restore|restore book.db
backup list|backup --list
check|check
backup make|backup copy.db
backup verify|backup verify
backup test|backup test
contact forget|contact forget 3 新人 --yes
forget|forget 新人 --yes
salvage|salvage book.db --to saved.db
"""
# what is no plain success on this book: refused, not found, or a check that finds what was written past it
_CODES = {
    "check": (5,), "init": (1,), "demo": (1,), "restore": (0, 1, 5), "backup test": (0, 5),
    "backup verify": (0, 3, 5), "team join": (1, 2), "redo": (1,),
    "order accept": (1,), "team settle": (1, 2, 3), "process check": (2, 5), "process edit": (1, 2),
    "config calendar": (2, 5), "undo": (0, 1), "contact chain": (0, 3), "salvage": (0, 1, 5), "review": (0, 2),
}  # fmt: skip


_EXPORTED = {"calendar": "ics", "all": "jsonl"}


def _ways() -> dict[str, tuple[Way, ...]]:
    found: dict[str, tuple[Way, ...]] = {}
    for line in (_READING + _WRITING).strip().splitlines():
        if line:
            key, *all_words = line.split("|")
            codes = _CODES.get(key, (0,))
            stdin = f"#1\n{TEXT}\n甲店 打电话 {TEXT}\n" if key == "paste" else ""
            found[key] = tuple(Way(tuple(words.split()), codes, stdin) for words in all_words)
    for name in REPORTS:
        found[f"report {name}"] = (Way(("report", name)),)
    found["report"] = (Way(("report",)),)
    for kind in EXPORTS:
        lead = ("1",) if kind.endswith("-record") else ()
        more = ("--week",) if kind == "new-leads" else ()
        fmt = ("-o", "out.xlsx") if kind in FORMS.split() else ("-f", _EXPORTED.get(kind, "csv"))
        found[f"export {kind}"] = (Way(("export", kind, *lead, *more, *fmt)),)
    found["export contacts as cards"] = (Way(("export", "contacts", "-f", "vcf")),)
    return found


WAYS = _ways()
READING = tuple(line.split("|")[0] for line in _READING.strip().splitlines())


def known() -> set[str]:
    """Every command and verb that the registry has, every report and every kind of export."""
    found = {f"report {name}" for name in REPORTS} | {f"export {kind}" for kind in EXPORTS}
    for entry in registry.ENTRIES:
        found |= {f"{entry.name} {verb}" for verb in entry.verbs} or {entry.name}
    return found - {"export"}
