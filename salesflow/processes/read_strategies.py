"""The strategies of a process file: how to quote to each class of prospects (F15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.processes.lines import Path
from salesflow.processes.records import Choice, Strategy
from salesflow.processes.sheet import Sheet

CLASSES = ("kinds", "sizes", "sides", "industries")


def read_strategies(sheet: Sheet, lists: Mapping[str, tuple[Choice, ...]]) -> tuple[Strategy, ...]:
    """The strategies, in the order in which they are shown; each is for the classes of ``lists`` that it names."""
    taken: set[str] = set()
    found = []
    for number, value in enumerate(sheet.rows(("strategy",), sheet.data.get("strategy", []))):
        path: Path = ("strategy", number)
        row = sheet.table(path, value, ("code", "title", "text", *CLASSES), ("code", "title", "text"))
        code, titles = sheet.code(path, row), sheet.titles((*path, "title"), row.get("title"))
        sheet.once(path, taken, [code, *titles.values()])
        text = sheet.titles((*path, "text"), row.get("text"))
        named = {name: _named(sheet, (*path, name), row, lists[name]) for name in CLASSES}
        found.append(Strategy(code, titles, text, **named))
    return tuple(found)


def _named(sheet: Sheet, path: Path, row: dict[str, Any], known: tuple[Choice, ...]) -> tuple[str, ...]:
    name = str(path[-1])
    if name not in row:
        return ()
    codes = [one.code for one in known]
    said = [
        sheet.word((*path, number), one, codes, "unknown_value")
        for number, one in enumerate(sheet.rows(path, row[name]))
    ]
    return tuple(dict.fromkeys(filter(None, said)))
