"""Two small processes of a company, as files, and what a book holds of a process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kit import Book

from salesflow import schema

SMALL = """\
# how we sell
code = "ours"
title = { zh = "我们的", en = "Ours" }   # may change
default_via = "walk"
first_contact_hours = 24

[[stage]]
code = "new"
title = { zh = "新来的", en = "New" }
gate = []

[[stage]]
code = "talk"
title = { zh = "谈着", en = "Talking" }
gate = [{ field = "address" }]
interval = 10

[[stage]]
code = "deal"
title = { zh = "成了", en = "Deal" }
won = true
gate = [{ order = "signed" }]

[[grade]]
code = "X"
within = 5
every = 3
title = { zh = "急", en = "urgent" }
[[grade]]
code = "Y"
every = 20
title = { zh = "不急", en = "later" }

[grade_none]
every = 6

[via]
walk = { zh = "走访", en = "walk", counts_as_visit = true, incoming_zh = "进店", incoming_en = "came in" }
fax = { zh = "传真", en = "fax" }

[sources.active]
met = { zh = "碰上的", en = "met" }
[sources.passive]
came = { zh = "自己来的", en = "came by themselves" }

[kinds]
shop = { zh = "小店", en = "small shop" }

[roles]
boss = { zh = "老板", en = "boss" }
clerk = { zh = "店员", en = "clerk" }

[attitudes]
warm = { zh = "热情", en = "warm" }

[lost]
dear = { zh = "嫌贵", en = "too dear" }
wrong = { zh = "记错了", en = "a mistake", counts = false }

[parked]
later = { zh = "过阵子", en = "later on" }

[fields]
wing = { zh = "洗车机", en = "car wash", own = true }
"""

OTHER = (
    SMALL.replace('code = "ours"', 'code = "theirs"')
    .replace('{ zh = "我们的", en = "Ours" }', '{ zh = "他们的", en = "Theirs" }')
    .replace('code = "new"', 'code = "ask"')
    .replace('{ zh = "新来的", en = "New" }', '{ zh = "打听", en = "Asking" }')
    .replace('{ zh = "谈着", en = "Talking" }', '{ zh = "再谈", en = "Talking on" }')
)


def without(text: str, part: str, put: str = "") -> str:
    """The text without a part that it has."""
    assert part in text, part
    return text.replace(part, put, 1)


def take(book: Book, text: str, *words: str, **more: Any) -> str:
    """What ``process use`` said of a file with this text; the book's default stays what it was."""
    default = book("config", "process", "--json").json["process"]
    path = book.path.parent / "process.toml"
    path.write_text(text, "utf-8")
    said = book("process", "use", str(path), *words, **more).out
    book("config", "process", default)
    return said


def write(book: Book, text: str, name: str = "ours.toml") -> str:
    """The path of a file with this text beside the book."""
    path = book.path.parent / name
    path.write_text(text, "utf-8")
    return str(path)


def held(book: Book) -> list[str]:
    """The codes of the book's processes."""
    return [code for (code,) in book.sql("SELECT code FROM process ORDER BY id")]


def state(book: Book) -> dict[str, list[Any]]:
    """Every row that undo takes back, by table."""
    return {table: book.sql(f"SELECT * FROM {table} ORDER BY id") for table in schema.TRACKED}


def funnel(record: dict[str, Any], process: str) -> dict[str, tuple[int, int, int]]:
    """(entered, left, at_end) of each stage of a process in a report."""
    return {
        line["stage"]: (line["entered"], line["left"], line["at_end"])
        for line in record["funnel"]
        if line["process"] == process
    }


def data(book: Book, code: str) -> dict[str, Any]:
    """A process's JSON in the book."""
    found: dict[str, Any] = json.loads(book.sql("SELECT data FROM process WHERE code = ?", code)[0][0])
    return found


def beside(book: Book, name: str) -> Path:
    """A file beside the book."""
    return book.path.parent / name
