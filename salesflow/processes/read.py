"""A process file read and checked: every mistake at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast

from salesflow.processes.gates import Known
from salesflow.processes.lines import Path
from salesflow.processes.lookup import Titles
from salesflow.processes.process import Process
from salesflow.processes.read_lists import (
    read_checklists,
    read_choices,
    read_fields,
    read_information,
    read_outlines,
    read_reasons,
    read_required,
    read_sources,
    read_ways,
)
from salesflow.processes.read_service import read_care, read_classes
from salesflow.processes.read_stages import read_stages
from salesflow.processes.read_strategies import read_strategies
from salesflow.processes.records import LEAD_FIELDS, Choice, Field, Grade, Source, Via
from salesflow.processes.sheet import Mistake, Sheet, TooMany, name_of
from salesflow.texts import LANGUAGES

DEEPEST = 500
RESERVED = ("any", "need", "person")
_DEADLINE = "first_contact_hours"
_NUMBERS = (
    _DEADLINE,
    "retry_days",
    "retry_times",
    "park_days",
    "new_customer_days",
    "payment_days",
    "reorder_days",
    "concessions",
)
_MUST = ("code", "title", "default_via", "stage", "grade_none", "via")
_MAY = (
    "visits_to_deal",
    "grade",
    "sources",
    "lost",
    "parked",
    "fields",
    "completeness",
    "information",
    "checklist",
    "referral_source",
    "strategy",
    "care",
    "classes",
)
# tables of choices: their key in the file, and what Process calls them
_CHOICES = {
    "kinds": "kinds",
    "roles": "roles",
    "attitudes": "attitudes",
    "industries": "industries",
    "sizes": "sizes",
    "sides": "sides",
    "approaches": "approaches",
    "buying_steps": "buying_steps",
    "credit": "credits",
    "purposes": "purposes",
    "relations": "relations",
    "signoffs": "signoffs",
}


def read(text: str) -> tuple[Process | None, tuple[Mistake, ...]]:
    """The process in a TOML text and its mistakes, in the order of their lines.

    There is a process only where there is no mistake. A byte order mark is none: editors write it.
    """
    text = text.removeprefix("\ufeff")
    data = _toml(text)
    if isinstance(data, Mistake):
        return None, (data,)
    sheet = Sheet(text, data)
    process = None
    with suppress(TooMany):
        process = _process(sheet)
    if sheet.mistakes:
        return None, tuple(sorted(sheet.mistakes, key=lambda mistake: mistake.line))
    return process, ()


def _toml(text: str) -> dict[str, Any] | Mistake:
    import tomllib

    for number, row in enumerate(text.split("\n"), 1):
        if row.count(".") > DEEPEST:  # tomllib takes minutes for a key of very many parts
            return Mistake(number, "too_deep", {})
    try:
        return tomllib.loads(text)
    except RecursionError:
        return Mistake(1, "too_deep", {})
    except ValueError as why:
        said, _, place = str(why).partition(" (at ")
        digits = "".join(c for c in place.partition(",")[0] if c.isdigit())
        line = int(digits) if digits else text.rstrip().count("\n") + 1
        return Mistake(line, "bad_toml", {"detail": said[:120]})


def _process(sheet: Sheet) -> Process:
    top = sheet.table((), sheet.data, (*_MUST, *_NUMBERS, *_MAY, *_CHOICES), _MUST)
    lists = {name: read_choices(sheet, key) for key, name in _CHOICES.items()}
    fields, ways, sources = read_fields(sheet), read_ways(sheet), read_sources(sheet)
    known = _known(sheet, lists, fields, ways)
    information = read_information(sheet, known)
    return Process(
        code=sheet.code((), top),
        titles=sheet.titles(("title",), top["title"]) if "title" in top else {},
        stages=read_stages(sheet, known),
        ways=ways,
        default_via=_default_via(sheet, ways),
        grades=_grades(sheet),
        grade_none_every=_grade_none(sheet),
        visits_to_deal=_visits_to_deal(sheet),
        sources=sources,
        lost=read_reasons(sheet, "lost"),
        parked=read_reasons(sheet, "parked"),
        fields=fields,
        required=read_required(sheet, known, information),
        referral_source=_referral_source(sheet, sources),
        checklists=read_checklists(sheet, known),
        information=information,
        strategies=read_strategies(sheet, lists),
        care=read_care(sheet, known.ways),
        classes=read_classes(sheet, known.ways),
        **cast(Any, lists),
        **cast(Any, _numbers(sheet, top)),
    )


def _known(
    sheet: Sheet, lists: dict[str, tuple[Choice, ...]], fields: tuple[Field, ...], ways: tuple[Via, ...]
) -> Known:
    def titles(options: Iterable[Choice | Via | Field]) -> dict[str, Titles]:
        return {one.code: one.titles for one in options}

    known = Known(
        roles=titles(lists["roles"]),
        renamed=titles(fields),
        fields=[*LEAD_FIELDS, *(field.code for field in fields if field.code not in LEAD_FIELDS)],
        ways=titles(ways),
        purposes=titles(lists["purposes"]),
        credits=titles(lists["credits"]),
        signoffs=titles(lists["signoffs"]),
        checklists=read_outlines(sheet),
    )
    for role in known.roles:
        if role in (*known.fields, *RESERVED):
            sheet.wrong(("roles", role), "reserved", text=role)
    return known


# single values and grades


def _numbers(sheet: Sheet, top: dict[str, Any]) -> dict[str, int]:
    """The numbers that the file gives; 0 hours or none: no deadline for the first contact."""
    found = {key: sheet.number((key,), top[key]) for key in _NUMBERS if key in top and not _zero(key, top)}
    return {_DEADLINE: 0} | found


def _zero(key: str, top: dict[str, Any]) -> bool:
    return key == _DEADLINE and top[key] == 0 and type(top[key]) is int


def _referral_source(sheet: Sheet, sources: tuple[Source, ...]) -> str:
    value = sheet.data.get("referral_source")
    codes = [source.code for source in sources]
    return "" if value is None else sheet.word(("referral_source",), value, codes, "unknown_source")


def _default_via(sheet: Sheet, ways: tuple[Via, ...]) -> str:
    value = sheet.data.get("default_via")
    if value is None:
        return ""
    return sheet.word(("default_via",), value, [way.code for way in ways], "unknown_via")


def _visits_to_deal(sheet: Sheet) -> tuple[int, int]:
    path: Path = ("visits_to_deal",)
    if path[0] not in sheet.data:
        return (4, 11)
    pair = [sheet.number(path, value) for value in sheet.rows(path, sheet.data["visits_to_deal"])]
    if len(pair) != 2 or pair[0] > pair[1]:
        sheet.wrong(path, "not_range", name=name_of(path))
        return (4, 11)
    return (pair[0], pair[1])


def _grade_none(sheet: Sheet) -> int:
    if "grade_none" not in sheet.data:
        return 7
    row = sheet.table(("grade_none",), sheet.data["grade_none"], ("every",), ("every",))
    return sheet.number(("grade_none", "every"), row["every"]) if "every" in row else 7


def _grades(sheet: Sheet) -> tuple[Grade, ...]:
    """Grades, the hottest first."""
    found: list[Grade] = []
    taken: set[str] = set()
    for number, value in enumerate(sheet.rows(("grade",), sheet.data.get("grade", []))):
        path: Path = ("grade", number)
        row = sheet.table(path, value, ("code", "within", "every", "title", "effort"), ("code", "every"))
        code = sheet.code(path, row)
        titles = (
            sheet.titles((*path, "title"), row["title"]) if "title" in row else dict.fromkeys(LANGUAGES, code)
        )
        sheet.once(path, taken, [code, *titles.values()])
        within = sheet.number((*path, "within"), row["within"]) if "within" in row else None
        every = sheet.number((*path, "every"), row["every"]) if "every" in row else 1
        effort = sheet.titles((*path, "effort"), row["effort"]) if "effort" in row else {}
        found.append(Grade(code, titles, every, within, effort))
    return tuple(found)
