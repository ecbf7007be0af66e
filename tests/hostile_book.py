"""A book in which every free text is a hostile one, and every command of the program with words to run it by."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from hostile_texts import TEXTS

from salesflow.cli import main
from salesflow.cli_streams import set_streams

NOW = "2026-11-24T10:05"
NAMED = ("新人", "新", "新产品", "李想")  # edited and removed by these names
# joined, for fields of many lines: each text once, but for the longest
ALL = "\n".join(one.text for one in TEXTS if one.kind != "long")
# codes, keys and what is reckoned from other columns: the rest of the TEXT columns is free
_CODES = """
uid process stage status grade kind need source industry size side credit approach buying_step customer_class
goal_met purpose via relation checklist item from_stage to_stage from_status to_status from_process old new
field measure metric period week report table_name before after key code data sql mapping header roles brands
tags phones custom name_key short_key city_key address_key py initials phone_digits source_key attitude ended
next_via
"""
CODES = frozenset(_CODES.split())
WHEN = ("_at", "_on", "date", "time", "until", "birthday")
LISTS = {("lead", "brands"), ("lead", "tags"), ("contact", "phones")}
MANY_LINES = frozenset(
    ("note", "learned", "did", "feedback", "progress", "content", "questions", "answer", "text", "solution")
)

RICH = (
    ("add", "甲店", "--contact", "王建国 13900001234 decision_maker", "--brand", "宝马", "--note", "第一次", "--set",
     "颜色=红", "--next", "今天 送样", "--area", "武侯区", "--address", "人民路1号", "--phone", "028-85551234",
     "--source", "referral", "--grade", "H"),
    ("add", "乙店", "--contact", "李梅 13900005678 insider", "--next", "今天 15:00 拜访", "--via", "visit"),
    ("add", "丙店", "--received", "2026-11-20"),
    ("add", "丁店", "--grade", "A", "--next", "明天 送样"),
    ("contact", "3", "新人"),
    ("competitor", "3", "新"),
    ("product", "add", "新产品"),
    ("contact", "1", "赵总", "13700001111", "--birthday", "11-25"),
    ("contact", "chain", "1", "王建国", "赵总"),
    ("visit", "1", "谈了价格", "--with", "王建国", "--learned", "a", "--did", "b", "--feedback", "c", "--progress", "d",
     "--next", "今天 再谈", "--at", "11-20", "--result", "r", "--hook", "h"),
    ("next", "1", "11-23", "送报价", "--place", "p", "--booked-by", "b", "--keeper", "k", "--why", "w"),
    ("next", "1", "今天", "送报价", "--place", "p", "--booked-by", "b", "--keeper", "k", "--why", "w"),
    ("next", "2", "今天", "打电话", "--via", "phone", "--effect", "e", "--questions", "q", "--content", "c"),
    ("objection", "1", "太贵", "--answer", "算账", "--worked", "yes", "--with", "赵总"),
    ("objection", "2", "太贵"),
    ("incident", "1", "起泡", "--due", "今天"),
    ("incident", "follow", "1", "1", "去看了"),
    ("incident", "2", "划痕"),
    ("incident", "solve", "2", "2", "重贴"),
    ("competitor", "1", "某品牌", "--price", "350", "--strengths", "s", "--weaknesses", "w", "--relation", "r",
     "--supporter", "赵总", "--note", "n"),
    ("competitor", "2", "别家"),
    ("product", "前挡", "--unit", "张", "--price", "380", "--cost", "150", "--cycle", "60天", "--note", "n"),
    ("product", "侧挡", "--price", "100"),
    ("quote", "1", "400", "n", "--product", "前挡"),
    ("quote", "1", "350", "--product", "前挡", "--in-return", "首批", "--approved-by", "李经理"),
    ("quote", "plan", "1", "--interests", "i", "--fixed", "f", "--open", "o", "--accepted", "360", "--from", "赵总"),
    ("order", "1", "2万", "说明", "--product", "前挡", "--cost", "1万", "--at", "11-02"),
    ("order", "1", "--line", "前挡 2 380", "--due", "11-20 500", "--at", "11-03"),
    ("order", "2", "1万"),
    ("order", "cancel", "3", "--why", "不要了"),
    ("payment", "1", "5000", "定金", "--order", "1", "--method", "转账"),
    ("referral", "1", "新店", "--as", "same_group"),
    ("evaluate", "1", "opportunity", "budget=4", "--note", "n"),
    ("team", "sign", "1", "--by", "李经理"),
    ("action", "改期写理由", "--due", "今天", "--who", "小李"),
    ("action", "第二条"),
    ("action", "done", "2"),
    ("spend", "exhibition", "3000", "2026-11", "--note", "n"),
    ("target", "set", "visits", "20", "--period", "week"),
    ("target", "set", "visits", "20", "--period", "week", "--rep", "李想"),
    ("tag", "1", "重点"),
    ("edit", "1", "--consent", "11-01", "--why", "w"),
    ("lose", "4", "--reason", "competitor", "--to", "某品牌", "--why", "w"),
    ("park", "2", "--reason", "other", "--why", "w", "--until", "12-01"),
    ("config", "home", "武侯区人民路9号"),
    ("config", "push.phone", "wecom"),
)  # fmt: skip


class Done(NamedTuple):
    """What one run answered."""

    code: int
    out: str
    err: str


class Mode(NamedTuple):
    """Where an answer goes: to a terminal or not, with this environment, in this charset."""

    tty: bool
    charset: str
    environ: Mapping[str, str]


UTF8 = {"LANG": "zh_CN.UTF-8", "COLUMNS": "120"}
MODES = {
    "terminal": Mode(True, "utf-8", {**UTF8, "TERM": "xterm-256color", "LINES": "50"}),
    "pipe": Mode(False, "utf-8", UTF8),
    "C locale": Mode(True, "utf-8", {"LC_ALL": "C", "TERM": "linux", "COLUMNS": "40"}),
    "ASCII": Mode(False, "ascii", {"PYTHONIOENCODING": "ascii", "LC_ALL": "POSIX", "SALESFLOW_ASCII": "1"}),
}


class _Stream(io.TextIOWrapper):
    """A stream into memory that may say it is a terminal."""

    def __init__(self, mode: Mode) -> None:
        self.held = io.BytesIO()
        super().__init__(self.held, encoding=mode.charset, errors="strict", newline="")
        self.tty = mode.tty

    def isatty(self) -> bool:
        """Whether the mode is a terminal's."""
        return self.tty

    def said(self) -> str:
        """What was written so far."""
        self.flush()
        return self.held.getvalue().decode("utf-8", "surrogateescape")


def run(
    book: Path, words: Sequence[str], mode: Mode = MODES["pipe"], stdin: str = "", **environ: str
) -> Done:
    """One run of the program in this process, its environment nothing but what is said here."""
    out, err = _Stream(mode), _Stream(mode)
    said = {
        "SALESFLOW_DB": str(book),
        "SALESFLOW_NOW": NOW,
        "SALESFLOW_LANG": "zh",
        "HOME": "/nowhere",
        "USER": "rep",
    }
    with (
        patch.dict(os.environ, {**said, **mode.environ, **environ}, clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")),
    ):
        set_streams()
        code = main(list(words))
    return Done(code, out.said(), err.said())


def make(path: Path, pack: int = 1) -> None:
    """A book of one of everything in which every free text is hostile; ``pack`` of the texts make a lead's name."""
    done = run(path, ("init", "--rep", "陈磊"))
    assert done.code == 0, done
    for words in RICH:
        done = run(path, words)
        assert done.code == 0, (words, done)
    sheet, rows = path.with_name("rows.csv"), -(-len(TEXTS) // pack)
    sheet.write_text("店名,片区,下次跟进,下次内容,级别\n" + "".join(
        f"第{n}家,片{n % 7},2026-11-{18 + n % 7},x,{'HABCD'[n % 5]}\n" for n in range(rows)
    ), "utf-8")  # fmt: skip
    done = run(path, ("import", str(sheet), "--default", "supplier=x", "--save-profile", "p"))
    assert done.code == 0, done
    sheet.write_text("店名\n新的一家\n", "utf-8")
    poison(path, pack)


def names(pack: int) -> list[str]:
    """The hostile names, ``pack`` texts in each; SQLite refuses a NUL in a name."""
    texts = [one.text.replace("\0", "␀") for one in TEXTS]
    return [" ".join(texts[at : at + pack]) for at in range(0, len(texts), pack)]


def poison(path: Path, pack: int) -> None:
    """Every free text of the book turned into hostile ones, as an older version or another program let them in."""
    with unwatched(path) as connection:
        first = connection.execute("SELECT min(id) FROM lead WHERE name LIKE '第%'").fetchone()[0]
        for table, column in free_columns(connection):
            _spoil(connection, table, column)
        connection.execute("UPDATE lead SET lat = 30.6 + id * 0.001, lng = 104 + id * 0.001 WHERE id % 2")
        for place, name in enumerate(names(pack)):
            connection.execute("UPDATE lead SET name = ? WHERE id = ?", (name or "x", first + place))


@contextmanager
def unwatched(path: Path) -> Iterator[sqlite3.Connection]:
    """The open book without its triggers, which are there again afterwards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in kept:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in kept:
            connection.execute(sql)
        connection.execute("COMMIT")


def free_columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The columns in which a person's own words stand."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = []
    for table in sorted(tables):
        if table.startswith("sqlite_") or table in ("history", "process", "workday", "answered"):
            continue
        for column in connection.execute(f"PRAGMA table_info({table})").fetchall():
            name, kind = column[1], column[2]
            if kind == "TEXT" and _is_free(table, name):
                found.append((table, name))
    return found


def _is_free(table: str, name: str) -> bool:
    if (table, name) in LISTS or (table, name) == ("lead", "custom"):
        return True
    if table == "setting":
        return False
    if table == "target" and name == "rep":
        return True
    return name not in CODES and not (name == "at" or name.endswith(WHEN))


def _spoil(connection: sqlite3.Connection, table: str, column: str) -> None:
    rows = connection.execute(f"SELECT rowid, {column} FROM {table} ORDER BY rowid").fetchall()
    for place, (row, was) in enumerate(rows):
        if was in NAMED:
            continue
        text = _text(f"{table}.{column}", place)
        if column in MANY_LINES and place < 2:
            text = ALL
        value = text.replace("\0", "␀") or "x"
        if (table, column) in LISTS:
            value = json.dumps([text, _text(column, place + 1)])
        elif (table, column) == ("lead", "custom"):
            value = json.dumps({text: _text(column, place + 1), "颜色": text})
        elif (table, column) == ("product", "name"):
            value = f"{place}{value}"
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))


def _text(column: str, place: int) -> str:
    # another text in every cell, the same ones each time
    return TEXTS[(sum(column.encode()) * 31 + place * 7) % len(TEXTS)].text
