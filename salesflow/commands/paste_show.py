"""What a pasted text would become, a line an entry: whose, when, by which way, whom, what, what next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from salesflow.commands import common
from salesflow.context import App
from salesflow.names import label

if TYPE_CHECKING:
    from salesflow.actions.pasting import Pasted
    from salesflow.tables import Report

_KEYS = ("place", "lead", "at", "via", "person", "note", "next")


def build(app: App, done: Sequence[Pasted]) -> Report:
    """The entries that would be written, numbered, as a table."""
    from salesflow.tables import Column, Report, Row, Section

    shown = [one for one in done if one.lead]
    rows = tuple(Row((place, *_cells(app, one))) for place, one in enumerate(shown, 1))
    columns = tuple(
        Column(
            key,
            "" if key == "place" else app.t(f"paste.column_{key}"),
            "int" if key == "place" else "text",
            shrink=key in ("lead", "note", "next"),
        )
        for key in _KEYS
    )
    return Report(data=[], sections=(Section(columns=columns, rows=rows, header=bool(rows)),))


def _cells(app: App, one: Pasted) -> tuple[Any, ...]:
    assert one.lead is not None
    name = app.t("paste.new_lead", name=label(one.lead)) if one.new else f"#{one.lead.id} {label(one.lead)}"
    if one.logged is None:
        told = app.t("paste.known") if one.became == "skipped" else ""
        return name, "", "", "", told, ""
    from salesflow.commands import log_answer
    from salesflow.processes import way_title
    from salesflow.reports.processes import Processes

    with app.read() as connection:
        process = Processes(connection)[one.logged.lead.process]
    at = one.logged.at
    clock = f"{at:%H:%M}" if at.hour or at.minute else ""
    shown = clock if at.date() == app.today and clock else common.day_text(app, at.date(), clock or None)
    via = way_title(process.via(one.logged.via), one.logged.incoming, app.lang)
    plan = one.logged.next.plan
    upcoming = f"{common.day_text(app, plan.date)} {plan.reason or ''}".rstrip() if plan else ""
    upcoming = upcoming or log_answer.upcoming(app, one.logged, process)
    return name, shown, via, one.logged.person or "", " ".join(one.note.split()), upcoming
