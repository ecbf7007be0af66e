"""What a process file says of customers after the deal: care visits, classes with a service plan (F17, L1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from salesflow.processes.lines import Path
from salesflow.processes.records import Care, CustomerClass
from salesflow.processes.sheet import Sheet
from salesflow.texts import LANGUAGES

_CARE = ("code", "title", "day", "via", "referral")
_CLASS = ("code", "title", "every", "via", "what")


def read_care(sheet: Sheet, ways: Iterable[str]) -> tuple[Care, ...]:
    """The care visits after an order, the first day first; no two of them on one day."""
    found: list[Care] = []
    taken: set[str] = set()
    known = list(ways)
    for number, value in enumerate(sheet.rows(("care",), sheet.data.get("care", []))):
        path: Path = ("care", number)
        row = sheet.table(path, value, _CARE, ("code", "title", "day"))
        code, titles = _named(sheet, path, row, taken)
        day = sheet.number((*path, "day"), row["day"]) if "day" in row else 1
        if found and row.get("day") == day <= found[-1].day:
            sheet.wrong((*path, "day"), "care_days", day=day, before=found[-1].day)
        asks = "referral" in row and sheet.flag((*path, "referral"), row["referral"])
        found.append(Care(code, titles, day, _via(sheet, path, row, known), asks))
    return tuple(found)


def read_classes(sheet: Sheet, ways: Iterable[str]) -> tuple[CustomerClass, ...]:
    """The classes of customers, the dearest first, each with its service plan."""
    found = []
    taken: set[str] = set()
    known = list(ways)
    for number, value in enumerate(sheet.rows(("classes",), sheet.data.get("classes", []))):
        path: Path = ("classes", number)
        row = sheet.table(path, value, _CLASS, ("code", "title", "every"))
        code, titles = _named(sheet, path, row, taken)
        every = sheet.number((*path, "every"), row["every"]) if "every" in row else 1
        what = sheet.titles((*path, "what"), row["what"]) if "what" in row else {}
        found.append(CustomerClass(code, titles, every, _via(sheet, path, row, known), what))
    return tuple(found)


def _named(sheet: Sheet, path: Path, row: dict[str, Any], taken: set[str]) -> tuple[str, dict[str, str]]:
    code, titles = sheet.code(path, row), sheet.titles((*path, "title"), row.get("title"))
    sheet.once(path, taken, [code, *titles.values()])
    return code, {lang: titles.get(lang, "") for lang in LANGUAGES}


def _via(sheet: Sheet, path: Path, row: dict[str, Any], known: list[str]) -> str:
    return sheet.word((*path, "via"), row["via"], known, "unknown_via") if "via" in row else ""
