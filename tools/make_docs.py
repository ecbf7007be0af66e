"""Writes docs/reference from the code: commands, exit codes, JSON, tables, the process file.

``python tools/make_docs.py`` writes; ``tests/test_docs.py`` asks whether what lies there is what it would write.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from salesflow import schema, schema_indexes, schema_tables, texts  # noqa: E402
from salesflow.cli import main as salesflow  # noqa: E402
from salesflow.commands import registry  # noqa: E402
from salesflow.processes import builtin, builtin_names  # noqa: E402
from salesflow.reports import explained  # noqa: E402
from salesflow.reports.shapes.document import document as reports_document  # noqa: E402

TARGET = ROOT / "docs" / "reference"
NOW = "2026-11-24T09:00"
MADE = "<!-- tools/make_docs.py writes this file: change the code, then run it. -->\n\n"


def documents() -> dict[str, str]:
    """Every file of the reference: its name and what it says."""
    with tempfile.TemporaryDirectory() as home:
        book = os.path.join(home, "demo.db")
        answer(book, "zh", "demo")
        found = {f"commands.{lang}.md": commands(book, lang) for lang in texts.LANGUAGES}
        found |= {f"exit-codes.{lang}.md": exit_codes(lang) for lang in texts.LANGUAGES}
        found["json.md"] = json_objects(book, home)
    found["figures.md"] = figures()
    found["schema.md"] = tables()
    found["process.md"] = process_file()
    made = {name: MADE + text for name, text in found.items()}
    return made | {"reports.schema.json": reports_schema()}


def answer(book: str, lang: str, *words: str) -> str:
    """What the program prints on stdout for ``words``, wherever it is run."""
    out = io.StringIO()
    said = {"SALESFLOW_DB": book, "SALESFLOW_NOW": NOW, "SALESFLOW_LANG": lang, "COLUMNS": "96"}
    kept = dict(os.environ)
    os.environ.update(said)
    os.environ.pop("SALESFLOW_FORMAT", None)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            salesflow(list(words))
    finally:
        os.environ.clear()
        os.environ.update(kept)
    return out.getvalue()


# --- commands --------------------------------------------------------------------------------------------

HEADS = {
    "zh": "# 命令\n\n每条命令的说明，和 `salesflow 命令 --help` 一字不差。[English](commands.en.md)\n",
    "en": "# Commands\n\nWhat `salesflow COMMAND --help` says of every command. [中文](commands.zh.md)\n",
}


def commands(book: str, lang: str) -> str:
    """Every command with every option, as its help page says it."""
    parts = [HEADS[lang], fenced(answer(book, lang, "help", "--all"))]
    for group in (*registry.GROUPS, ""):
        entries = [entry for entry in registry.ENTRIES if entry.group == group]
        if entries:
            title = texts.t(f"help.group_{group or 'rare'}", lang).strip()
            parts.append(f"## {title}\n")
        for entry in entries:
            parts.append(f"### {entry.name}\n")
            parts.append(fenced(answer(book, lang, entry.name, "--help")))
            for verb in entry.verbs:
                parts.append(f"#### {entry.name} {verb}\n")
                parts.append(fenced(answer(book, lang, entry.name, verb, "--help")))
    return "\n".join(parts)


def fenced(text: str, kind: str = "text") -> str:
    """``text`` as a block of a Markdown file."""
    lines = "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
    return f"```{kind}\n{lines}\n```\n"


# --- exit codes ------------------------------------------------------------------------------------------

CODES: dict[int, dict[str, str]] = {
    0: {"zh": "做完了", "en": "done"},
    1: {
        "zh": "规则不允许，什么都没改：条件没到、已经有了、每一行都不能导入、写明 `--strict` 而有坏行、跟进在将来、"
        "下次在过去而没写 `--anyway`；`today --exit-code` 有逾期的也是 1",
        "en": "refused by a rule, nothing changed: a gate not passed, a duplicate, every row of an import bad, a bad "
        "row with `--strict`, a follow-up in the future, a next date in the past without `--anyway`; also "
        "`today --exit-code` where something is overdue",
    },
    2: {
        "zh": "用法不对，或有个值读不懂：没有的阶段、级别、来源、角色，不是日期的日期，没有店名那一列",
        "en": "wrong usage, or a value that cannot be read: an unknown stage, grade, source or role, a date that is "
        "none, no column that is the name",
    },
    3: {"zh": "没有这家客户、这条记录、这个文件或这本账", "en": "no such lead, record, file or book"},
    4: {"zh": "不止一家对得上", "en": "more than one lead matches"},
    5: {
        "zh": "账本或文件用不了：坏了、是更新版本写的、锁了 30 秒以上、没权限、磁盘满；要导入的文件一行都没有、"
        "标题重复、不是那种文件。`check` 发现问题也是 5",
        "en": "the book or a file cannot be used: damaged, made by a newer version, locked longer than 30 s, no "
        "permission, disk full; an import file without a row, with a doubled header, not of its kind. Also `check` "
        "where it found something",
    },
    6: {"zh": "存好了，但回答没写出去", "en": "saved, but the answer could not be written"},
    130: {"zh": "被 Ctrl-C 打断，什么都没改", "en": "interrupted (Ctrl-C), nothing changed"},
    143: {"zh": "被要求结束（SIGTERM），什么都没改", "en": "told to end (SIGTERM), nothing changed"},
    129: {"zh": "终端关了（SIGHUP），什么都没改", "en": "the terminal went away (SIGHUP), nothing changed"},
}
RAISED = re.compile(r"\b([A-Z][A-Za-z]+)\(\s*\"([a-z_]+\.[a-z_]+)\"")


def exit_codes(lang: str) -> str:
    """The table of exit codes, then each error message under its own."""
    head = {
        "zh": "# 退出码\n\n[English](exit-codes.en.md)\n\n| 码 | 意思 |\n|---|---|",
        "en": "# Exit codes\n\n[中文](exit-codes.zh.md)\n\n| code | meaning |\n|---|---|",
    }
    more = {
        "zh": "\n出错时 stderr 上有一两行：怎么了，怎么办；stdout 上没有东西。下面是每个码会说的话，"
        "`{…}` 的地方填上当时的名字。\n",
        "en": "\nAn error is a line or two on stderr: what is wrong, what to do; stdout stays empty. Below, what may "
        "be said under each code; `{…}` stands for the names of the moment.\n",
    }
    lines = [head[lang], *(f"| {code} | {says[lang]} |" for code, says in CODES.items()), more[lang]]
    for code, keys in sorted(messages().items()):
        lines.append(f"## {code}\n")
        lines += [f"- {_one_line(texts.t(key, lang))}" for key in sorted(keys)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def messages() -> dict[int, set[str]]:
    """The keys of the texts that go with each exit code, as the code raises them."""
    from salesflow import errors

    found: dict[int, set[str]] = {}
    kinds = {name: kind.exit_code for name, kind in vars(errors).items() if hasattr(kind, "exit_code")}
    kinds["AlreadyThere"] = errors.Refused.exit_code
    for path in sorted((ROOT / "salesflow").rglob("*.py")):
        for kind, key in RAISED.findall(path.read_text("utf-8")):
            if kind in kinds and texts.has_text(key, "en"):
                found.setdefault(kinds[kind], set()).add(key)
    return found


def _one_line(text: str) -> str:
    return "`" + " ⏎ ".join(text.strip().split("\n")).replace("`", "'") + "`"


# --- JSON ------------------------------------------------------------------------------------------------

SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("today --json", ("today", "--json")),
    ("show LEAD --json", ("show", "华星", "--json")),
    ("list --json, find WORDS --json", ("list", "--limit", "1", "--json")),
    ("report day|week|month|funnel --json", ("report", "week", "--date", "2026-11-22", "--json")),
    ("report forecast --json", ("report", "forecast", "--json")),
    ("report forecast --backtest --json", ("report", "forecast", "--backtest", "--json")),
    ("report hot --json", ("report", "hot", "--json")),
    ("report kpi --json", ("report", "kpi", "--json")),
    ("log, visit, call LEAD NOTE --json", ("log", "华星", "发了图片", "-v", "wechat", "--json")),
    ("next LEAD WHEN --json", ("next", "三和", "明天", "--why", "开会", "--json")),
    ("add NAME --json", ("add", "成都新店", "--json")),
    ("order LEAD AMOUNT --json", ("order", "锦泰", "86000", "--json")),
    ("contact LEAD --json", ("contact", "锦泰", "--json")),
    ("import FILE --json", ("import", "{csv}", "--json")),
    ("history LEAD --json", ("history", "亨孚", "--json")),
    ("undo --json", ("undo", "--yes", "--json")),
    ("when TEXT… --json", ("when", "下周三", "尽快", "--json")),
    ("check --json", ("check", "--json")),
    ("config --json", ("config", "--json")),
    ("process --json", ("process", "--json")),
)
JSON_HEAD = """# JSON

每条命令都有 `--json`。键名和代码不随语言变，标题（`…_title`）随语言。日期 `YYYY-MM-DD`，时间 `YYYY-MM-DDTHH:MM`，
钱是元（最多两位小数），没有就是 `null`。写的命令回答写完以后的样子。下面是演示账本在 2026-11-24 09:00 的真回答，
列表只留第一项。

Every command takes `--json`. Keys and codes never depend on the language, titles (`…_title`) do. Dates are
`YYYY-MM-DD`, times `YYYY-MM-DDTHH:MM`, money is in yuan with two decimals at most, absent is `null`. A command that
writes answers with the record as it now stands. These are real answers of the demo book on 2026-11-24 at 09:00; of a
list the first item is kept.

Every report as a JSON schema / 每张报表的 JSON schema: [reports.schema.json](reports.schema.json)

What the figures mean / 数字的算法: [figures.md](../figures.md)
"""


def json_objects(book: str, home: str) -> str:
    """Each JSON object as a real answer shows it."""
    csv = Path(home) / "list.csv"
    csv.write_text("公司名称,编号,电话\n成都甲店,7,02800000001\n,8,02800000002\n", "utf-8")
    parts = [JSON_HEAD]
    for title, words in SHOWN:
        said = answer(book, "zh", *(word.replace("{csv}", str(csv)) for word in words))
        shown = json.dumps(_short(json.loads(said)), ensure_ascii=False, indent=1)
        parts.append(f"## {title}\n\n" + fenced(shown.replace(home, "~"), "json"))
    return "\n".join(parts)


def _short(value: Any, name: str = "") -> Any:
    if name == "uid":
        return "00000000-0000-4000-8000-000000000000"
    if isinstance(value, Mapping):
        return {key: _short(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        kept = value[:2] if name in ("missing", "brands", "roles", "phones", "tags") else value[:1]
        return [_short(inner) for inner in kept]
    return value


def reports_schema() -> str:
    """The JSON schema of every report, made of the descriptions in ``salesflow/reports/shapes``."""
    return json.dumps(reports_document(), ensure_ascii=False, indent=1) + "\n"


# --- figures ---------------------------------------------------------------------------------------------

FIGURES_HEAD = """# How each figure is counted / 每个数怎么算

What `report … --explain` prints, by the key of its JSON. Periods, targets, forecasts and what
is owed: [figures.md](../figures.md).

`report … --explain` 打出来的就是这些。期、目标、预测和欠款：[figures.md](../figures.md)。
"""


def figures() -> str:
    """The definitions of every figure in both languages, a table for the period's report and one for the measures."""
    parts = [FIGURES_HEAD]
    own = [
        ("report forecast --backtest" if report == "backtest" else f"report {report}", report)
        for report in (*explained.OWN, "team")
    ]
    for title, report in (("report day, week, month", "week"), ("report kpi", "kpi"), *own):
        area = explained.area_of(report)
        parts.append(f"## {title}\n\n| key | | | 中文 | English |\n|---|---|---|---|---|")
        told = {lang: explained.definitions(report, lang) for lang in texts.LANGUAGES}
        for name in told["zh"]:
            named = (texts.t(f"{area}.name_{name}", lang) for lang in ("zh", "en"))
            parts.append(f"| `{name}` | {' | '.join(named)} | {told['zh'][name]} | {told['en'][name]} |")
        parts.append("")
    return "\n".join(parts)


# --- the book's tables -----------------------------------------------------------------------------------

SCHEMA_HEAD = """# The book's tables / 账本的表

One SQLite file, version {version}, `application_id` {application}. Money is in fen, days are `YYYY-MM-DD`, instants
`YYYY-MM-DDTHH:MM` by the rep's wall clock. For people with `sqlite3` or Datasette in hand there are three views whose
columns stay as they are: `v_leads`, `v_pipeline`, `v_activity`. Do not write with another program: every change
must stand in `history` under an open `operation`, which the triggers see to.

一个 SQLite 文件。想自己查，用三个视图：`v_leads` `v_pipeline` `v_activity`，它们的列不会变。不要用别的程序写。
"""


def tables() -> str:
    """The commented DDL as it is, with one table's triggers as an example of all."""
    head = SCHEMA_HEAD.format(version=schema.VERSION, application=f"0x{schema.APPLICATION_ID:08X}")
    parts = [head, "## Tables\n", fenced(";\n\n".join(schema_tables.TABLES.values()) + ";", "sql")]
    parts += ["## Indexes\n", fenced(";\n".join(schema_indexes.INDEXES) + ";", "sql")]
    parts += ["## Views\n", fenced(";\n\n".join(schema_indexes.VIEWS) + ";", "sql")]
    parts += [
        "## Triggers\n\nEvery table but `operation` and `history` has these three; here those of `setting`.\n",
        fenced("\n\n".join((*schema.history_triggers("setting"), *schema.GUARDS)), "sql"),
    ]
    return "\n".join(parts)


# --- the process file ------------------------------------------------------------------------------------


def process_file() -> str:
    """How a process file is written, with the words that the code knows, and the default one whole."""
    text = (ROOT / "tools" / "process_file.md").read_text("utf-8")
    for name, words in _known_words().items():
        text = text.replace(f"{{{name}}}", " ".join(f"`{word}`" for word in words))
    name = builtin_names()[0]
    return f"{text}\n## {name}.toml\n\n{fenced(builtin(name), 'toml')}"


def _known_words() -> dict[str, tuple[str, ...]]:
    from salesflow.processes import LEAD_FIELDS, gates, read, read_lists, read_stages

    return {
        "must": read._MUST,
        "may": (*read._NUMBERS, *read._MAY, *read._CHOICES),
        "wants": tuple(gates.WORDS),
        "parts": read_stages.PARTS,
        "needs": read_lists.NEEDED,
        "fields": tuple(LEAD_FIELDS),
    }


def main() -> None:
    """Writes the files, and takes away those that are no longer made."""
    TARGET.mkdir(parents=True, exist_ok=True)
    made = documents()
    for path in TARGET.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
