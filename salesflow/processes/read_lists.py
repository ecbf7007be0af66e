"""The lists of a process file: choices, sources, ways, reasons, fields, checklists, what a record wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.errors import nearest
from salesflow.processes.gates import Known, Outline, read_want
from salesflow.processes.lines import Path
from salesflow.processes.records import (
    LEAD_FIELDS,
    RECORD,
    Checklist,
    Choice,
    Field,
    Information,
    Point,
    Reason,
    Source,
    Via,
)
from salesflow.processes.sheet import Sheet
from salesflow.texts import LANGUAGES

NEEDED = ("to", "until", "why")


def read_choices(sheet: Sheet, name: str) -> tuple[Choice, ...]:
    """The choices of one table, in its order."""
    return tuple(Choice(code, titles) for _, code, _, titles in sheet.named((name,)))


def read_sources(sheet: Sheet) -> tuple[Source, ...]:
    """The sources, active ones first."""
    sides = sheet.table(("sources",), sheet.data.get("sources", {}), ("active", "passive"))
    found: list[Source] = []
    for side in sides:
        for path, code, _, titles in sheet.named(("sources", side)):
            if any(source.code == code for source in found):
                sheet.wrong(path, "source_twice", text=code)
            found.append(Source(code, titles, side == "passive"))
    return tuple(found)


def read_ways(sheet: Sheet) -> tuple[Via, ...]:
    """The ways of following up."""
    ends = tuple(f"incoming_{lang}" for lang in LANGUAGES)
    found = []
    for path, code, row, titles in sheet.named(("via",), "counts_as_visit", *ends):
        visit = "counts_as_visit" in row and sheet.flag((*path, "counts_as_visit"), row["counts_as_visit"])
        incoming = {lang: row[end] for lang, end in zip(LANGUAGES, ends, strict=True) if end in row}
        found.append(Via(code, titles, visit, sheet.titles((*path, ends[0]), incoming) if incoming else {}))
    return tuple(found)


def read_reasons(sheet: Sheet, name: str) -> tuple[Reason, ...]:
    """The reasons for losing, or for parking."""
    found = []
    for path, code, row, titles in sheet.named((name,), "needs", "counts"):
        needs = sheet.word((*path, "needs"), row["needs"], NEEDED, "unknown_value") if "needs" in row else ""
        counts = "counts" not in row or sheet.flag((*path, "counts"), row["counts"])
        found.append(Reason(code, titles, needs, counts))
    return tuple(found)


def read_fields(sheet: Sheet) -> tuple[Field, ...]:
    """Fields that the process names in its own way, or adds with ``own = true``."""
    found = []
    for path, code, row, titles in sheet.named(("fields",), "own"):
        own = "own" in row and sheet.flag((*path, "own"), row["own"])
        if not own and code not in LEAD_FIELDS:
            sheet.wrong(path, "not_own", text=code[:40], near=nearest(code[:60], list(LEAD_FIELDS)))
        if own and code in (*LEAD_FIELDS, *RECORD):
            sheet.wrong(path, "own_taken", text=code[:40])
        found.append(Field(code, titles, own))
    return tuple(found)


def read_outlines(sheet: Sheet) -> dict[str, Outline]:
    """The checklists as far as gates refer to them; what is wrong with them ``read_checklists`` says."""
    rows = sheet.data.get("checklist", [])
    found = {}
    for row in rows if isinstance(rows, list) else []:
        items = row.get("items") if isinstance(row, dict) else None
        listed = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
        points = {str(one["code"]): _titles(one) for one in listed if "code" in one}
        if points and "code" in row:
            found[str(row["code"])] = Outline(_titles(row.get("title", {})), points, row.get("scale", 1) == 1)
    return found


def _titles(row: dict[str, Any]) -> dict[str, str]:
    return {lang: str(row.get(lang, "")) for lang in LANGUAGES} if isinstance(row, dict) else {}


_CHECKLIST = ("code", "title", "scale", "rivals", "role", "items")


def read_checklists(sheet: Sheet, known: Known) -> tuple[Checklist, ...]:
    """The checklists with a score (L9, M7, M8, F13)."""
    taken: set[str] = set()
    rows = sheet.rows(("checklist",), sheet.data.get("checklist", []))
    return tuple(
        _checklist(sheet, known, ("checklist", number), row, taken) for number, row in enumerate(rows)
    )


def _checklist(sheet: Sheet, known: Known, path: Path, value: object, taken: set[str]) -> Checklist:
    row = sheet.table(path, value, _CHECKLIST, ("code", "title", "items"))
    code, titles = sheet.code(path, row), sheet.titles((*path, "title"), row.get("title"))
    sheet.once(path, taken, [code, *titles.values()])
    scale = sheet.number((*path, "scale"), row["scale"]) if "scale" in row else 1
    if scale > 10:
        sheet.wrong((*path, "scale"), "scale_too_long", text=scale)
    role = sheet.word((*path, "role"), row["role"], known.roles, "unknown_role") if "role" in row else ""
    rivals = "rivals" in row and sheet.flag((*path, "rivals"), row["rivals"])
    return Checklist(code, titles, _check_points(sheet, known, (*path, "items"), row), scale, rivals, role)


def _check_points(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> tuple[Point, ...]:
    taken: set[str] = set()
    found = []
    for number, value in enumerate(sheet.rows(path, row.get("items", []))):
        here = (*path, number)
        one = sheet.table(here, value, ("code", *LANGUAGES, "weight", "until"), ("code",))
        code, titles = sheet.code(here, one), sheet.titles(here, one)
        sheet.once(here, taken, [code, *titles.values()])
        weight = sheet.number((*here, "weight"), one["weight"]) if "weight" in one else 1
        until = read_want(sheet, known, (*here, "until"), one["until"]) if "until" in one else None
        found.append(Point(code, titles, weight, until))
    return tuple(found)


def read_required(sheet: Sheet, known: Known, information: Sequence[Information]) -> tuple[str, ...]:
    """What a complete record holds: what the file lists, else all that the kinds of information want."""
    if "completeness" not in sheet.data:
        return tuple(dict.fromkeys(point for one in information for point in one.required))
    row = sheet.table(("completeness",), sheet.data["completeness"], ("required",))
    return _points(sheet, known, ("completeness", "required"), row.get("required", []))


def read_information(sheet: Sheet, known: Known) -> tuple[Information, ...]:
    """The kinds of information, each with the points that make it whole (E4)."""
    found, taken = [], set[str]()
    for number, value in enumerate(sheet.rows(("information",), sheet.data.get("information", []))):
        path: Path = ("information", number)
        row = sheet.table(path, value, ("code", "title", "required"), ("code", "title", "required"))
        code, titles = sheet.code(path, row), sheet.titles((*path, "title"), row.get("title"))
        sheet.once(path, taken, [code, *titles.values()])
        wanted = _points(sheet, known, (*path, "required"), row.get("required", []))
        found.append(Information(code, titles, wanted))
    return tuple(found)


ENDS = ("", ".reach", ".personal", ".attitude")


def _points(sheet: Sheet, known: Known, path: Path, value: object) -> tuple[str, ...]:
    # fields, need, roles, how to reach a role, what it is like, where it stands
    points = [*known.fields, "need", *(role + end for role in known.roles for end in ENDS)]
    names: list[str] = []
    for number, entry in enumerate(sheet.rows(path, value)):
        name = sheet.word((*path, number), entry, points, "unknown_point")
        if name in names:
            sheet.wrong((*path, number), "twice", text=name)
        names += [name] if name else []
    return tuple(names)
