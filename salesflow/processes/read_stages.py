"""The stages of a process file: gates and guides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salesflow.processes.gates import Known, read_want
from salesflow.processes.lines import Path
from salesflow.processes.records import Item, Stage, Want
from salesflow.processes.sheet import Sheet
from salesflow.texts import LANGUAGES

PARTS = ("prepare", "ask", "present", "answer", "close", "open")
_STAGE = ("code", "title", "won", "interval", "work", "buying_step", "chance", "gate", "guide")


def read_stages(sheet: Sheet, known: Known) -> tuple[Stage, ...]:
    """The stages in their order, each with its gate and guide."""
    rows = sheet.rows(("stage",), sheet.data.get("stage", []))
    taken: set[str] = set()
    found = [_stage(sheet, known, ("stage", number), row, taken) for number, row in enumerate(rows)]
    _climbs(sheet, found)
    told = any(row.get("won", False) is not False for row in rows if isinstance(row, dict))
    if isinstance(sheet.data.get("stage"), list) and not told:
        sheet.wrong(("stage",), "no_won")
    return tuple(found)


def _stage(sheet: Sheet, known: Known, path: Path, value: object, taken: set[str]) -> Stage:
    row = sheet.table(path, value, _STAGE, ("code",))
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
        work=sheet.titles((*path, "work"), row["work"]) if "work" in row else {},
        buying_step=_buying_step(sheet, path, row),
        chance=sheet.share((*path, "chance"), row["chance"]) if "chance" in row else None,
    )


def _climbs(sheet: Sheet, stages: list[Stage]) -> None:
    # a chance that falls on the way to the deal, or is not 1 where the deal is made, is a slip of the pen
    most = 0.0
    for number, stage in enumerate(stages):
        if stage.chance is None:
            continue
        path = ("stage", number, "chance")
        if stage.won and stage.chance != 1:
            sheet.wrong(path, "won_chance", text=stage.code)
        elif stage.chance < most:
            sheet.wrong(path, "chance_falls", text=stage.code, before=f"{most:g}")
        most = max(most, stage.chance)


def _buying_step(sheet: Sheet, path: Path, row: dict[str, Any]) -> str:
    if "buying_step" not in row:
        return ""
    steps = sheet.data.get("buying_steps")
    known = list(steps) if isinstance(steps, dict) else []
    return sheet.word((*path, "buying_step"), row["buying_step"], known, "unknown_value")


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
