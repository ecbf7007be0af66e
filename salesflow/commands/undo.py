"""``undo``, ``redo``, ``history``: steps back, steps forward, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Refused

if TYPE_CHECKING:
    from salesflow.store.history import Step


def undo(
    ctx: typer.Context,
    steps: options.Steps = None,
    list_: options.List = False,
    yes: options.Yes = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The last steps taken back."""
    app: App = ctx.obj
    if list_:
        _list(app, as_json, fmt, every=False)
        return
    _walk(app, "undo", steps or 1, yes, as_json)


def redo(
    ctx: typer.Context, steps: options.Steps = None, yes: options.Yes = False, as_json: options.Json = False
) -> None:
    """The steps last taken back done again."""
    _walk(ctx.obj, "redo", steps or 1, yes, as_json)


def _walk(app: App, kind: str, count: int, yes: bool, as_json: bool) -> None:
    from salesflow.actions import steps as actions
    from salesflow.store import history

    look = history.undoable if kind == "undo" else history.redoable
    with app.read() as connection:
        found = look(connection, count)
    if not found:
        raise Refused("undo.nothing" if kind == "undo" else "undo.nothing_redo")
    if app.interactive and not yes:
        app.stderr.write(app.t(f"undo.will_{kind}") + "\n" + "\n".join(_lines(app, found)) + "\n")
        if not app.confirm("undo.sure" if kind == "undo" else "undo.sure_redo"):
            app.say("undo.left")
            return
    target = found[0].id if len(found) == 1 else None
    with common.working(app, kind, kind=kind, target=target) as work:
        now = look(work.connection, count)
        if [step.id for step in now] != [step.id for step in found]:
            raise Refused("undo.changed_since", id=found[0].id, command=found[0].command)
        getattr(actions, kind)(work, found)
    if as_json:
        from dataclasses import asdict

        app.emit_json([asdict(step) | {"undone": kind == "undo"} for step in found])
        return
    what = app.t("lead.comma").join(_what(step) for step in found[:5])
    app.say("undo.undone" if kind == "undo" else "undo.redone", count=len(found), what=what)


def _what(step: Step) -> str:
    return f"{step.command} #{step.lead_id} {step.lead or ''}".rstrip() if step.lead_id else step.command


def _lines(app: App, found: Sequence[Step]) -> list[str]:
    from salesflow.render.gate import safe

    return [
        safe(app.t("undo.line", at=step.at.replace("T", " "), command=step.command, lead=step.lead or "-",
                   changes=step.changes))
        for step in found
    ]  # fmt: skip


def _list(app: App, as_json: bool, fmt: str | None = None, *, every: bool) -> None:
    from salesflow.reports import trail

    with app.read() as connection:
        report = trail.steps(connection, app.lang, every=every)
    app.show(report, fmt, as_json)


def history(
    ctx: typer.Context, lead: options.Lead = None, fmt: options.Format = None, as_json: options.Json = False
) -> None:
    """All that happened with a lead; without one the book's operations."""
    from salesflow.reports import trail

    app: App = ctx.obj
    if lead is None:
        _list(app, as_json, fmt, every=True)
        return
    picked = common.pick(app, lead)
    with app.read() as connection:
        report = trail.of_lead(connection, picked.id, app.lang, others=app.for_others(fmt, as_json))
    app.show(report, fmt, as_json)
