"""What a merge answers: the two side by side, what comes along, what is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesflow.context import App
from salesflow.names import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesflow.actions.merged import Merged
    from salesflow.models import Lead
    from salesflow.processes import Process
    from salesflow.tables import Report

# what is shown of both in any case; the fields that differ or are filled come behind
_SHOWN = ("name", "stage", "grade", "owner", "registered", "next_date", "phone", "address", "followups")


def data(done: Merged) -> dict[str, Any]:
    """The merge for scripts: the lead gone, what it filled, where it differed, what came along or is no more."""
    return {
        "id": done.gone.id,
        "uid": done.gone.uid,
        "name": done.gone.name,
        "filled": {name: value for name, value in done.filled},
        "differing": [dict(zip(("field", "kept", "gone"), one, strict=True)) for one in done.other],
        "people": [{"kept": kept, "gone": gone} for kept, gone in done.people],
        "carried": done.carried,
        "dropped": [{"kind": kind, "text": text} for kind, text in done.dropped],
    }


def line(app: App, done: Merged) -> str:
    """The one-line answer."""
    carried = _carried(app, done)
    rest = app.t("merge.with", carried=carried) if carried else ""
    return app.t("merge.done", **_both(done.lead, done.gone)) + rest


def preview(app: App, done: Merged) -> Report:
    """The two side by side with what they become, and below it what happens to all that hangs on them."""
    from salesflow.tables import Column, Report, Row, Section

    columns = (
        Column("field", app.t("merge.column_field")),
        Column("kept", app.t("merge.column_kept", id=done.kept.id), shrink=True),
        Column("gone", app.t("merge.column_gone", id=done.gone.id), shrink=True),
        Column("lead", app.t("merge.column_lead"), shrink=True),
    )
    rows = tuple(Row(cells) for cells in _rows(app, done))
    return Report(data(done), (Section(columns, rows, after=tuple(_lines(app, done))),), _title(app, done))


def _title(app: App, done: Merged) -> str:
    return app.t("merge.title", **_both(done.kept, done.gone))


def _both(kept: Lead, gone: Lead) -> dict[str, Any]:
    return {"id": kept.id, "name": label(kept), "gone_id": gone.id, "gone": label(gone)}


def _rows(app: App, done: Merged) -> list[tuple[Any, ...]]:
    process = _process(app, done)
    leads = (done.kept, done.gone, done.lead)
    found = []
    for name in _SHOWN:
        cells = [_CELLS[name](app, process, lead) for lead in leads]
        if any(cells):
            found.append((_field(app, process, name), *(cell or "-" for cell in cells)))
    known = {row[0] for row in found}
    for name, value in done.filled:
        title = _field(app, process, name)
        if title not in known:
            text = _text(value)
            found.append((title, "-", text, text))
    return found + [row for row in _differing(app, done) if row[0] not in known]


def _differing(app: App, done: Merged) -> list[tuple[Any, ...]]:
    return [(title, kept, gone, kept) for title, kept, gone in done.other]


def _process(app: App, done: Merged) -> Process:
    from salesflow.reports.processes import Processes

    with app.read() as connection:
        return Processes(connection)[done.kept.process]


def _field(app: App, process: Process, name: str) -> str:
    if name in ("name", "stage", "registered", "next_date", "followups"):
        return app.t(f"merge.field_{name}")
    return process.field_title(name.removesuffix("_id"), app.lang)


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _stage(app: App, process: Process, lead: Lead) -> str:
    title = process.known("stage", lead.stage).title(app.lang)
    return title if lead.status == "open" else f"{title} {app.t(f'show.status_{lead.status}')}"


def _next(app: App, process: Process, lead: Lead) -> str:
    return " ".join(filter(None, (lead.next_date, lead.next_time, lead.next_reason)))


def _registered(app: App, process: Process, lead: Lead) -> str:
    return f"{lead.registered_by} {min(lead.received_at or '9', lead.created_at)[:10]}"


def _plain(name: str) -> Callable[[App, Process, Lead], str]:
    def cell(app: App, process: Process, lead: Lead) -> str:
        return str(getattr(lead, name) or "")

    return cell


_CELLS: dict[str, Callable[[App, Process, Lead], str]] = {
    **{name: _plain(name) for name in ("name", "grade", "owner", "phone", "address", "followups")},
    "stage": _stage,
    "next_date": _next,
    "registered": _registered,
}


def _carried(app: App, done: Merged) -> str:
    parts = [app.t(f"merge.kind_{kind}", count=count) for kind, count in done.carried.items() if count]
    return app.t("lead.comma").join(parts)


def _lines(app: App, done: Merged) -> list[str]:
    lines = []
    carried = _carried(app, done)
    if carried:
        lines.append(app.t("merge.carried", carried=carried))
    for kept, other in done.people:
        lines.append(app.t("merge.one_person", name=kept, other=other))
    if done.other:
        lines.append(app.t("merge.remembered", count=len(done.other)))
    lines += [app.t(f"merge.dropped_{kind}", text=text) for kind, text in done.dropped]
    if done.kept.owner and done.gone.owner and done.kept.owner != done.gone.owner:
        lines.append(app.t("merge.two_owners", owner=done.kept.owner, other=done.gone.owner))
    return lines
