"""What became of each row of a damaged book: read, made again of the history, doubtful, lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

WHATS = ("read", "rebuilt", "restored", "anew", "settled", "unlinked", "doubtful", "lost")
_TELLING = ("restored", "doubtful", "unlinked", "lost")  # rows that somebody should look at
_MOST = 40  # characters of a value in a line; the JSON has all


class Fate(Protocol):
    """What became of a row."""

    @property
    def table(self) -> str:
        """Its table."""

    @property
    def row(self) -> int:
        """Its id."""

    @property
    def what(self) -> str:
        """One of WHATS."""

    @property
    def lead_id(self) -> int | None:
        """The lead that it is of."""

    @property
    def fields(self) -> Mapping[str, tuple[Any, Any]]:
        """What it holds now, and what else was said of it, by column."""


def build(
    read: Mapping[str, int], fates: Sequence[Fate], steps: Sequence[int], head: Mapping[str, Any], lang: str
) -> Report:
    """The tables with what became of their rows, then the rows worth a look."""
    tables = [_table(name, read, fates) for name in _names(read, fates)]
    rows = [_record(one) for one in fates]
    data = {**head, "tables": tables, "rows": rows, "steps": list(steps)}
    sections = [_counted(tables, lang)]
    telling = [one for one in fates if one.what in _TELLING]
    if telling:
        sections.append(_listed(telling, lang))
    return Report(
        data=data, sections=tuple(sections), records="rows", fields=("table", "id", "lead_id", "what")
    )


def _names(read: Mapping[str, int], fates: Iterable[Fate]) -> list[str]:
    return list(dict.fromkeys([*read, *(one.table for one in fates)]))


def _table(name: str, read: Mapping[str, int], fates: Iterable[Fate]) -> dict[str, Any]:
    of_it = [one for one in fates if one.table == name]
    apart = sum(1 for one in of_it if one.what in ("anew", "settled", "unlinked"))
    counts = {what: sum(1 for one in of_it if one.what == what) for what in WHATS[1:]}
    ids = {what: [one.row for one in of_it if one.what == what] for what in ("doubtful", "lost")}
    found = {"table": name, "read": max(read.get(name, 0) - apart, 0), **counts}
    return found | {f"{what}_ids": some for what, some in ids.items()}


def _record(one: Fate) -> dict[str, Any]:
    fields = {name: {"now": now, "besides": besides} for name, (now, besides) in one.fields.items()}
    return {"table": one.table, "id": one.row, "lead_id": one.lead_id, "what": one.what, "fields": fields}


def _counted(tables: Sequence[dict[str, Any]], lang: str) -> Section:
    used = [what for what in WHATS if what == "read" or any(one[what] for one in tables)]
    columns = (
        Column("table", t("salvage.column_table", lang)),
        *(Column(what, t(f"salvage.{what}", lang), "int") for what in used),
    )
    rows = tuple(Row((one["table"], *(one[what] for what in used))) for one in tables)
    return Section(columns=columns, rows=rows)


def _listed(fates: Sequence[Fate], lang: str) -> Section:
    keys = ("what", "where", "lead", "now", "besides")
    columns = tuple(Column(key, t(f"salvage.column_{key}", lang)) for key in keys)
    rows = []
    for one in fates:
        now = {name: value for name, (value, _) in one.fields.items() if value is not None}
        besides = {name: value for name, (_, value) in one.fields.items() if value is not None}
        lead = f"#{one.lead_id}" if one.lead_id else None
        rows.append(
            Row((t(f"salvage.{one.what}", lang), f"{one.table} {one.row}", lead, _said(now), _said(besides)))
        )
    return Section(columns=columns, rows=tuple(rows), heading=t("salvage.look_at", lang))


def _said(values: Mapping[str, Any]) -> str | None:
    if not values:
        return None
    text = ", ".join(f"{name} {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
    return text if len(text) <= _MOST else f"{text[:_MOST]}..."
