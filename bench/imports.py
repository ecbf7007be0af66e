"""The import of a long list beside what other programs take for the same file, in one run."""

from __future__ import annotations

import csv
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import books, measure

FEW, MANY, MOST = 10_000, 100_000, 1_000_000
HEADER = (
    "店名", "简称", "省份", "城市", "区", "地址", "电话", "品牌", "联系人", "职务", "联系人手机", "月销量", "现用膜",
    "客户来源", "备注",
)  # fmt: skip
_TITLES = ("店总", "精品经理", "销售经理", "前台")
_FILMS = ("3M", "雷朋", "龙膜", "量子膜")
_SOURCES = ("扫街", "互联网", "展销会", "行业协会")
_NOTES = ("要样品", "下月再谈", "价格偏高", "已有供应商，合同到年底", "")

# what salesflow tells leads apart by, and as many indexes as its book fills for such a row, each as wide: of names,
# phones and districts, of the funnel, of the list of those never touched, of people and their phones
KEY = "店名, 城市, 地址"
INDEXES = (
    "店名", "电话, 店名", "区", "品牌, 客户来源, 现用膜, 月销量", "品牌, 客户来源, 区, 现用膜, 月销量, 店名",
    "联系人", "联系人手机, 联系人",
)  # fmt: skip


def lines(folder: Path, line: Callable[..., Any], million: bool) -> Iterator[Any]:
    """The figures of the import: rows a second, memory, beside others, undone, and how they grow."""
    source = write(folder / "many.csv", MANY)
    book = folder / "import.db"
    ours = _imported(book, source)
    yield line(f"import of {MANY:,} leads and people, a second", MANY / ours.elapsed, 20_000, "", True)
    yield line("import, memory at the peak", ours.megabytes, 300, " MB")
    checked = measure.usage([*_tool(book), "check"])
    yield line(f"check of {MANY:,} leads and their history", checked.elapsed, 5, " s")
    undone = measure.usage([*_tool(book), "undo", "--yes"])
    yield line(f"undo of the import of {MANY:,}", undone.elapsed, 10, " s")
    yield from _others(folder, source, ours, line)
    if million:
        yield from _growth(folder, line)


def _others(folder: Path, source: Path, ours: measure.Usage, line: Callable[..., Any]) -> Iterator[Any]:
    if utils := shutil.which("sqlite-utils", path=os.path.dirname(sys.executable)) or shutil.which(
        "sqlite-utils"
    ):
        other = measure.usage(["sh", "-c", _by_sqlite_utils(utils, folder / "utils.db", source)])
        yield line(
            "sqlite-utils / import", other.elapsed / ours.elapsed, 2, at_least=True, note=_beside(other, ours)
        )
    if shell := shutil.which("sqlite3"):
        other = measure.usage(["sh", "-c", _by_shell(shell, folder / "shell.db", source)])
        yield line("import / sqlite3 .import", ours.elapsed / other.elapsed, 5, note=_beside(other, ours))


def _beside(other: measure.Usage, ours: measure.Usage) -> str:
    return f"{other.elapsed:.1f} s ({other.seconds:.1f} of processor), ours {ours.elapsed:.1f} ({ours.seconds:.1f})"


def _growth(folder: Path, line: Callable[..., Any]) -> Iterator[Any]:
    few, most = write(folder / "few.csv", FEW), write(folder / "most.csv", MOST)
    start = measure.usage([*_tool(folder / "import.db"), "when", "明天"]).seconds
    small = _imported(folder / "few.db", few)
    large = _imported(folder / "most.db", most)
    ratio = (large.seconds - start) / MOST / ((small.seconds - start) / FEW)
    yield line(
        f"import, cost a row: {MOST:,} / {FEW:,}", ratio, 1.3, note=f"{large.seconds:.0f} s of processor"
    )
    yield line(f"import of {MOST:,}, memory at the peak", large.megabytes, 500, " MB")


def _tool(book: Path) -> list[str]:
    return [sys.executable, "-m", "salesflow", "--db", str(book)]


def _imported(book: Path, source: Path) -> measure.Usage:
    book.unlink(missing_ok=True)
    measure.usage([*_tool(book), "init"])
    return measure.usage([*_tool(book), "import", str(source)])


def _by_sqlite_utils(tool: str, book: Path, source: Path) -> str:
    doubles = f"delete from lead where rowid not in (select min(rowid) from lead group by {KEY})"
    columns = KEY.replace(",", "")
    return (
        f"rm -f {book}; {tool} insert {book} lead {source} --csv &&"
        f" {tool} create-index {book} lead {columns} && {tool} query {book} '{doubles}'"
    )


def _by_shell(tool: str, book: Path, source: Path) -> str:
    indexes = " ".join(f"'create index i{n} on lead ({columns})'" for n, columns in enumerate(INDEXES))
    return f"rm -f {book}; {tool} {book} '.mode csv' '.import {source} lead' {indexes}"


def write(path: Path, leads: int) -> Path:
    """A CSV file of that many leads with the fifteen columns of a dealer list, in Chinese."""
    choose = random.Random(20261123)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(leads):
            writer.writerow(_row(choose, number))
    return path


def _row(choose: random.Random, number: int) -> tuple[str, ...]:
    name, province, city, address, phone, brand = books.listed(choose, number)
    person = books.person(choose)
    mobile = f"139{number % 100_000_000:08}"
    sold = str(choose.randint(10, 200))
    rest = (choose.choice(_TITLES), mobile, sold, choose.choice(_FILMS), choose.choice(_SOURCES))
    return (name, "", province, city, "", address, phone, brand, person, *rest, choose.choice(_NOTES))
