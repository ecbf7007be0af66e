"""``team join``: other reps' books into this one (F9)."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, copies, options
from salesflow.context import App
from salesflow.errors import Refused, Unusable, Usage

if TYPE_CHECKING:
    from salesflow.actions.join import Joined
    from salesflow.actions.work import Work


def team_join(
    ctx: typer.Context,
    files: options.Books = None,
    called: options.As = None,
    no_backup: options.NoBackup = False,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """The leads of other books are in this one, all in one step."""
    app: App = ctx.obj
    if not files:
        raise Usage("join.which_book")
    if called is not None and len(files) > 1:
        raise Usage("join.as_one_book")
    called = common.line(app, called, "--as")
    for name in files:
        _refuse_own(app, name)
    done: list[tuple[str, Joined]] = []
    copies.before(app, "join", no_backup or dry_run)
    with common.trying(app, "team join", only=dry_run) as work:
        done += [(name, _one(app, work, name, called)) for name in files]
    if as_json:
        records = [{"file": name} | asdict(one) for name, one in done]
        app.emit_json(records if len(records) > 1 else records[0])
        return
    _say(app, done, dry_run)


def _refuse_own(app: App, name: str) -> None:
    with suppress(OSError):
        if os.path.samefile(name, app.book_path):
            raise Refused("join.own", path=name)


def _one(app: App, work: Work, name: str, called: str | None) -> Joined:
    from salesflow import db_copy
    from salesflow.actions import join
    from salesflow.reports import check

    path = Path(name)
    with db_copy.open_copy(path) as connection:
        problem = next(check.problems(connection), None)
        if problem:
            raise Unusable("join.not_sound", path=path, where=problem.where[:80])
        other = join.whose(connection, called)
        if other.rep == work.by and not called:
            app.warn("join.same_rep", path=path, rep=other.rep)
        return join.join(work, other)


def _say(app: App, done: list[tuple[str, Joined]], dry_run: bool) -> None:
    for name, one in done:
        values: dict[str, Any] = asdict(one) | {"file": Path(name).name, "added": one.added - one.merged}
        parts = [app.t("join.line", **values)]
        for what in ("merged", "conflicts", "targets", "products", "actions", "spends"):
            if values[what]:
                parts.append(app.t(f"join.{what}", count=values[what]))
        if one.processes:
            parts.append(app.t("join.processes", names=" ".join(one.processes)))
        app.write_lines(app.t("join.comma").join(parts))
    if len(done) > 1:
        total = {
            name: sum(getattr(one, name) for _, one in done) for name in ("added", "updated", "unchanged")
        }
        total["added"] -= sum(one.merged for _, one in done)
        app.say("join.total", books=len(done), **total)
    if any(one.conflicts for _, one in done):
        app.say("join.see_conflicts")
    if dry_run:
        app.say("join.dry_run")
