"""``salvage``: what can be read of a damaged book, written into a new one; the damaged file is never touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import options
from salesflow.commands.progress import counting
from salesflow.context import App
from salesflow.errors import Unusable

if TYPE_CHECKING:
    from salesflow.actions.salvage import Salvage


def salvage(
    ctx: typer.Context,
    file: options.Damaged = None,
    to: options.NewBook = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """A new book of what can be read of a damaged one."""
    from salesflow import db_wreck
    from salesflow.reports import salvage as report

    app: App = ctx.obj
    app.without_book()
    source = Path(file) if file else app.book_path
    target = Path(to) if to else source.with_name(f"{source.stem}-salvaged-{app.now:%Y%m%d-%H%M}.db")
    db_wreck.refuse_others(source)
    made: list[Salvage] = []
    with app.making(target):
        db_wreck.new_book(target, lambda connection: made.append(_filled(app, connection, source, target)))
    done = made[0]
    leads, problems = _looked_at(target)
    head = {
        "path": str(target),
        "from": str(source),
        "leads": leads,
        "sealed": done.sealed,
        "problems": problems,
    }
    shown = report.build(done.read, list(done.fates.values()), done.steps_lost, head, app.lang)
    if not as_json and not app.for_scripts(fmt):
        app.say("salvage.made", path=target, count=leads)
    app.show(shown, fmt, as_json)
    if not as_json and not app.for_scripts(fmt):
        _next(app, source, target, head)


def _filled(app: App, connection: sqlite3.Connection, source: Path, target: Path) -> Salvage:
    from salesflow import db_wreck
    from salesflow.actions.salvage import Salvage

    done = Salvage(connection, f"{app.now:%Y-%m-%dT%H:%M}", app.account, app.t("salvage.nameless", id="{id}"))
    with db_wreck.opened(source, target) as wreck, counting(app, "salvage.reading") as advance:
        if not done.take(wreck, advance):
            raise Unusable("salvage.nothing", path=source)
        done.settle(wreck.counters)
    return done


def _looked_at(path: Path) -> tuple[int, list[str]]:
    from salesflow import db
    from salesflow.reports import check
    from salesflow.store import whole

    with closing(db.open_book(path)) as connection:
        return whole.leads(connection), [f"{one.check}: {one.where}" for one in check.problems(connection)]


def _next(app: App, source: Path, target: Path, head: Mapping[str, Any]) -> None:
    from salesflow.commands import rescue

    for line in head["problems"][:10]:
        app.say("salvage.problem", where=line)
    copy = rescue.newest_good(source, app.today.isoformat())
    if copy:
        app.say("salvage.compare", copy=copy.path, made=copy.made.replace("T", " "))
    app.say("salvage.use", path=target)
