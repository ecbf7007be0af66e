"""A process file read and checked: every mistake at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salesflow.errors import nearest
from salesflow.processes.gates import Known, read_want
from salesflow.processes.lines import Path
from salesflow.processes.records import (
    LEAD_FIELDS,
    Choice,
    Field,
    Grade,
    Item,
    Process,
    Reason,
    Source,
    Stage,
    Via,
    Want,
)
from salesflow.processes.sheet import Mistake, Sheet, name_of
from salesflow.texts import LANGUAGES

PARTS = ("prepare", "ask", "present", "answer", "close", "open")
RESERVED = ("any", "need", "person")
NEEDED = ("to", "until", "why")
_NUMBERS = ("first_contact_hours", "retry_days", "retry_times", "park_days", "new_customer_days")
_MUST = ("code", "title", "default_via", "stage", "grade_none", "via")
_MAY = (
    "visits_to_deal",
    "grade",
    "sources",
    "kinds",
    "roles",
    "attitudes",
    "lost",
    "parked",
    "fields",
    "completeness",
)


def read(text: str) -> tuple[Process | None, tuple[Mistake, ...]]:
    """The process in a TOML text and its mistakes, in the order of their lines.

    There is a process only where there is no mistake. A byte order mark is none: editors write it.
    """
    text = text.removeprefix("\ufeff")
    data = _toml(text)
    if isinstance(data, Mistake):
        return None, (data,)
    sheet = Sheet(text, data)
    process = _process(sheet)
    if sheet.mistakes:
        return None, tuple(sorted(sheet.mistakes, key=lambda mistake: mistake.line))
    return process, ()


def _toml(text: str) -> dict[str, Any] | Mistake:
    import tomllib

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
    top = sheet.table((), sheet.data, (*_MUST, *_NUMBERS, *_MAY), _MUST)
    roles = _choices(sheet, "roles")
    fields = _fields(sheet)
    known = Known(roles, fields)
    for role in roles:
        if role.code in (*known.fields, *RESERVED):
            sheet.wrong(("roles", role.code), "reserved", text=role.code)
    ways = _ways(sheet)
    return Process(
        code=sheet.code((), top),
        titles=sheet.titles(("title",), top["title"]) if "title" in top else {},
        stages=_stages(sheet, known),
        ways=ways,
        default_via=_default_via(sheet, ways),
        grades=_grades(sheet),
        grade_none_every=_grade_none(sheet),
        visits_to_deal=_visits_to_deal(sheet),
        sources=_sources(sheet),
        kinds=_choices(sheet, "kinds"),
        roles=roles,
        attitudes=_choices(sheet, "attitudes"),
        lost=_reasons(sheet, "lost"),
        parked=_reasons(sheet, "parked"),
        fields=fields,
        required=_required(sheet, known),
        **{key: sheet.number((key,), top[key]) for key in _NUMBERS if key in top},
    )


# lists of choices


def _choices(sheet: Sheet, name: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, titles) for _, code, _, titles in sheet.named((name,)))


def _sources(sheet: Sheet) -> tuple[Source, ...]:
    sides = sheet.table(("sources",), sheet.data.get("sources", {}), ("active", "passive"))
    found: list[Source] = []
    for side in sides:
        for path, code, _, titles in sheet.named(("sources", side)):
            if any(source.code == code for source in found):
                sheet.wrong(path, "source_twice", text=code)
            found.append(Source(code, titles, side == "passive"))
    return tuple(found)


def _ways(sheet: Sheet) -> tuple[Via, ...]:
    ends = tuple(f"incoming_{lang}" for lang in LANGUAGES)
    found = []
    for path, code, row, titles in sheet.named(("via",), "counts_as_visit", *ends):
        visit = "counts_as_visit" in row and sheet.flag((*path, "counts_as_visit"), row["counts_as_visit"])
        incoming = {lang: row[end] for lang, end in zip(LANGUAGES, ends, strict=True) if end in row}
        found.append(Via(code, titles, visit, sheet.titles((*path, ends[0]), incoming) if incoming else {}))
    return tuple(found)


def _reasons(sheet: Sheet, name: str) -> tuple[Reason, ...]:
    found = []
    for path, code, row, titles in sheet.named((name,), "needs", "counts"):
        needs = sheet.word((*path, "needs"), row["needs"], NEEDED, "unknown_value") if "needs" in row else ""
        counts = "counts" not in row or sheet.flag((*path, "counts"), row["counts"])
        found.append(Reason(code, titles, needs, counts))
    return tuple(found)


def _fields(sheet: Sheet) -> tuple[Field, ...]:
    """Fields that the process names in its own way, or adds with ``own = true``."""
    found = []
    for path, code, row, titles in sheet.named(("fields",), "own"):
        own = "own" in row and sheet.flag((*path, "own"), row["own"])
        if not own and code not in LEAD_FIELDS:
            sheet.wrong(path, "not_own", text=code[:40], near=nearest(code[:60], list(LEAD_FIELDS)))
        found.append(Field(code, titles, own))
    return tuple(found)


# single values and grades


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
        row = sheet.table(path, value, ("code", "within", "every", "title"), ("code", "every"))
        code = sheet.code(path, row)
        titles = (
            sheet.titles((*path, "title"), row["title"]) if "title" in row else dict.fromkeys(LANGUAGES, code)
        )
        sheet.once(path, taken, [code, *titles.values()])
        within = sheet.number((*path, "within"), row["within"]) if "within" in row else None
        every = sheet.number((*path, "every"), row["every"]) if "every" in row else 1
        found.append(Grade(code, titles, every, within))
    return tuple(found)


def _required(sheet: Sheet, known: Known) -> tuple[str, ...]:
    """What a complete record holds: fields, need, roles, ``role.reach``, ``role.personal``."""
    row = sheet.table(("completeness",), sheet.data.get("completeness", {}), ("required",))
    points = [*known.fields, "need"]
    points += [role + end for role in known.roles for end in ("", ".reach", ".personal")]
    path: Path = ("completeness", "required")
    names: list[str] = []
    for number, value in enumerate(sheet.rows(path, row.get("required", []))):
        name = sheet.word((*path, number), value, points, "unknown_point")
        if name in names:
            sheet.wrong((*path, number), "twice", text=name)
        names += [name] if name else []
    return tuple(names)


# stages


def _stages(sheet: Sheet, known: Known) -> tuple[Stage, ...]:
    rows = sheet.rows(("stage",), sheet.data.get("stage", []))
    taken: set[str] = set()
    found = [_stage(sheet, known, ("stage", number), row, taken) for number, row in enumerate(rows)]
    if "stage" in sheet.data and not any(stage.won for stage in found):
        sheet.wrong(("stage",), "no_won")
    return tuple(found)


def _stage(sheet: Sheet, known: Known, path: Path, value: object, taken: set[str]) -> Stage:
    row = sheet.table(path, value, ("code", "title", "won", "interval", "gate", "guide"), ("code",))
    code = sheet.code(path, row)
    titles = sheet.titles((*path, "title"), row.get("title"))
    sheet.once(path, taken, [code, *titles.values()])
    if "gate" not in row:
        sheet.wrong(path, "no_gate", text=code)
    return Stage(
        code,
        titles,
        won="won" in row and sheet.flag((*path, "won"), row["won"]),
        interval=sheet.number((*path, "interval"), row["interval"]) if "interval" in row else 0,
        gate=tuple(_gate(sheet, known, (*path, "gate"), row.get("gate", []))),
        guide=tuple(_guide(sheet, known, (*path, "guide"), row.get("guide", []))),
    )


def _gate(sheet: Sheet, known: Known, path: Path, value: object) -> Iterator[Want]:
    for number, entry in enumerate(sheet.rows(path, value)):
        want = read_want(sheet, known, (*path, number), entry)
        if want:
            yield want


def _guide(sheet: Sheet, known: Known, path: Path, value: object) -> Iterator[Item]:
    taken: set[str] = set()
    for number, entry in enumerate(sheet.rows(path, value)):
        here = (*path, number)
        row = sheet.table(here, entry, ("code", "part", *LANGUAGES, "until"), ("code", "part"))
        code = sheet.code(here, row)
        sheet.once(here, taken, [code])
        part = sheet.word((*here, "part"), row["part"], PARTS, "bad_part") if "part" in row else ""
        until = read_want(sheet, known, (*here, "until"), row["until"]) if "until" in row else None
        yield Item(code, part, sheet.titles(here, row), until)
