"""Processes as people read them: the list, one whole, a stage's guide (L12)."""

from __future__ import annotations

import json
from typing import Any

from salesflow import funnel
from salesflow.errors import Usage
from salesflow.processes import Process, to_json
from salesflow.reports.processes import Processes
from salesflow.store import settings
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t


def listed(connection: Connection, lang: str) -> Report:
    """The book's processes with how many open leads follow each."""
    processes = Processes(connection)
    records = []
    for process in processes:
        leads = sum(settings.leads_in_stages(connection, process.code).values())
        default = process.code == processes.default.code
        records.append(
            {"code": process.code, "title": process.title(lang), "default": default, "leads": leads}
        )
    rows = tuple(
        Row(
            (
                one["code"],
                one["title"],
                one["leads"],
                t("process.is_default", lang) if one["default"] else None,
            )
        )
        for one in records
    )
    columns = _columns(("code", "title", "leads", "default"), lang, number="leads")
    return Report(data=records, sections=(Section(columns=columns, rows=rows),))


def _columns(keys: tuple[str, ...], lang: str, number: str = "") -> tuple[Column, ...]:
    return tuple(
        Column(key, t(f"process.column_{key}", lang), "int" if key == number else "text") for key in keys
    )


def whole(connection: Connection, name: str | None, lang: str) -> Report:
    """One process, the book's default where none is named; JSON is the data itself."""
    processes = Processes(connection)
    if name is not None and name not in processes.codes:
        raise Usage("lead.no_process", text=name, known=", ".join(processes.codes))
    process = processes[name] if name else processes.default
    standing = settings.leads_in_stages(connection, process.code)
    data = json.loads(to_json(process)) | {"leads": standing}
    sections = (_stages(process, standing, lang), _grades(process, lang), *_choices(process, lang))
    return Report(data=data, sections=sections, title=f"{process.code}  {process.title(lang)}")


def _stages(process: Process, standing: dict[str, int], lang: str) -> Section:
    rows = []
    comma = t("show.comma", lang)
    for stage in process.stages:
        gate = comma.join(funnel.want_title(want, lang) for want in stage.gate)
        won = t("process.is_won", lang) if stage.won else None
        rows.append(Row((stage.code, stage.title(lang), standing.get(stage.code, 0), gate or None, won)))
    columns = _columns(("code", "stage", "leads", "gate", "won"), lang, number="leads")
    return Section(columns=columns, rows=tuple(rows))


def _grades(process: Process, lang: str) -> Section:
    rows = tuple(Row((one.code, one.within, one.every)) for one in process.grades)
    columns = _columns(("grade", "within", "every"), lang)
    return Section(columns=columns, rows=rows)


def _choices(process: Process, lang: str) -> list[Section]:
    groups: dict[str, Any] = {
        "sources": process.sources,
        "kinds": process.kinds,
        "ways": process.ways,
        "roles": process.roles,
        "attitudes": process.attitudes,
        "lost": process.lost,
        "parked": process.parked,
    }
    sections = []
    for name, found in groups.items():
        rows = tuple(Row((one.code, one.title(lang))) for one in found)
        section = Section(
            columns=_columns(("code", "title"), lang),
            rows=rows,
            header=False,
            heading=t(f"process.list_{name}", lang),
        )
        sections.append(section)
    return sections


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
