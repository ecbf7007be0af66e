"""The book's operations, and all that happened with a lead."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from salesflow.store import history
from salesflow.store.history import Image, Step
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

SHOWN = 200
# what the machine needs and nobody reads
_SILENT = {"id", "uid", "lead_id", "updated_at", "created_at", "recorded_at", "name_key", "short_key", "city_key",
           "address_key", "py", "initials", "phone_digits", "after_followup", "source_key"}  # fmt: skip


def _record(step: Step) -> dict[str, Any]:
    return asdict(step)


def _columns(keys: tuple[str, ...], lang: str) -> tuple[Column, ...]:
    kinds = {"id": "int", "changes": "int"}
    return tuple(
        Column(key, t(f"undo.column_{key}", lang), kinds.get(key, "text"), shrink=key == "what")
        for key in keys
    )


def steps(connection: Connection, lang: str) -> Report:
    """The newest operations, newest first."""
    found = history.list_steps(connection, SHOWN)
    rows = tuple(
        Row(
            (
                step.id,
                step.at.replace("T", " "),
                step.command,
                f"#{step.lead_id} {step.lead or ''}".strip() if step.lead_id else None,
                step.by,
                step.changes,
                t("undo.state_undone", lang) if step.undone else None,
            )
        )
        for step in found
    )
    columns = _columns(("id", "at", "command", "lead", "by", "changes", "state"), lang)
    after = () if rows else (t("undo.no_history", lang),)
    section = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    return Report(data=[_record(step) for step in found], sections=(section,))


def of_lead(connection: Connection, lead_id: int, lang: str) -> Report:
    """Every operation that changed anything of the lead, newest first, and what it changed."""
    rows, records = [], []
    for step in history.steps_of_lead(connection, lead_id):
        images = history.lead_images(connection, lead_id, step.id)
        rows.append(
            Row((step.id, step.at.replace("T", " "), step.command, step.by, "; ".join(map(_what, images))))
        )
        changed = [
            {"table": image.table, "row": image.row_id, "before": image.before, "after": image.after}
            for image in images
        ]
        records.append(_record(step) | {"changed": changed})
    columns = _columns(("id", "at", "command", "by", "what"), lang)
    section = Section(columns=columns, rows=tuple(rows), header=bool(rows))
    return Report(data=records, sections=(section,))


def _what(image: Image) -> str:
    old, new = image.before or {}, image.after or {}
    names = [name for name in dict.fromkeys((*old, *new)) if name not in _SILENT]
    if image.before is None:
        return f"+{image.table} " + " ".join(f"{name}={new[name]}" for name in names if new[name] != 0)
    if image.after is None:
        return f"-{image.table}"
    return f"{image.table} " + " ".join(f"{name}: {old.get(name)} > {new.get(name)}" for name in names)
