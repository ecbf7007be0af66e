"""Processes as people read them: the list, one whole, its file, a stage's guide (L11, L12)."""

from __future__ import annotations

import json
from typing import Any

from salesflow import processes
from salesflow.errors import Refused
from salesflow.processes import Process, builtin_names, to_json
from salesflow.reports import process_drawing
from salesflow.reports.process_drawing import Wrap
from salesflow.reports.processes import Processes
from salesflow.store import settings
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t


def listed(connection: Connection, lang: str) -> Report:
    """The book's processes with how many open leads follow each, then the built-in ones not used yet."""
    book = Processes(connection)
    records = []
    for process in book.all():
        leads = sum(settings.leads_in_stages(connection, process.code).values())
        default = process.code == book.default.code
        records.append(_record(process.code, process.title(lang), default, leads, in_book=True))
    for name in builtin_names():
        if name not in book.codes:
            title = processes.builtin_titles(name)[lang]
            records.append(_record(name, title, default=False, leads=0, in_book=False))
    rows = tuple(Row((one["code"], one["title"], one["leads"], _state(one, lang))) for one in records)
    columns = _columns(("code", "title", "leads", "state"), lang, number="leads")
    return Report(data=records, sections=(Section(columns=columns, rows=rows),))


def _record(code: str, title: str, default: bool, leads: int, in_book: bool) -> dict[str, Any]:
    return {"code": code, "title": title, "default": default, "leads": leads, "in_book": in_book}


def _state(one: dict[str, Any], lang: str) -> str | None:
    if one["default"]:
        return t("process.is_default", lang)
    return None if one["in_book"] else t("process.is_builtin", lang)


def _columns(keys: tuple[str, ...], lang: str, number: str = "") -> tuple[Column, ...]:
    return tuple(
        Column(key, t(f"process.column_{key}", lang), "int" if key == number else "text") for key in keys
    )


def whole(connection: Connection, name: str | None, lang: str, wrap: Wrap) -> Report:
    """One process drawn, that of new leads where none is named; JSON is the data itself."""
    book = Processes(connection)
    process = book.named(name) if name else book.default
    standing = settings.leads_in_stages(connection, process.code)
    default, in_book = process.code == book.default.code, process.code in book.codes
    record = _record(process.code, process.title(lang), default, sum(standing.values()), in_book)
    title = "   ".join(part for part in (process.code, process.title(lang), _state(record, lang)) if part)
    data = json.loads(to_json(process)) | {"default": default, "in_book": in_book, "leads": standing}
    return Report(data=data, sections=process_drawing.sections(process, standing, lang, wrap), title=title)


def source(connection: Connection, name: str | None) -> str:
    """The file that a process was made from. Raises Refused where the book keeps none."""
    book = Processes(connection)
    process = book.named(name) if name else book.default
    held = settings.process_source(connection, process.code)
    found = processes.builtin(process.code) if held is None else held
    if not found:
        raise Refused("process.no_source", process=process.code)
    return found


def guide(process: Process, stage: str | None, lang: str) -> Report:
    """The guide of one stage, or of all."""
    chosen = [process.stage(stage)] if stage else list(process.stages)
    data, sections = [], []
    for one in chosen:
        rows = tuple(Row((item.title(lang),), group=t(f"gate.part_{item.part}", lang)) for item in one.guide)
        data += [
            {"stage": one.code, "part": item.part, "code": item.code, "title": item.title(lang)}
            for item in one.guide
        ]
        sections.append(
            Section(
                columns=_columns(("item",), lang),
                rows=rows,
                heading=one.title(lang),
                grouped=True,
                header=False,
                group_title=t("process.column_part", lang),
            )
        )
    return Report(data=data, sections=tuple(sections))
