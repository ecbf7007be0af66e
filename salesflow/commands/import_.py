"""``import``: any list in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Refused, Usage

if TYPE_CHECKING:
    from salesflow.actions.imports import Outcome
    from salesflow.commands.import_columns import Said
    from salesflow.commands.import_file import Opened

KINDS_IN = ("leads",)


class _Told(Exception):
    """Raised to leave a step that was only to be tried."""


def import_(
    ctx: typer.Context,
    files: options.Files = None,
    kind: options.RowKind = None,
    map_: options.Map = None,
    profile: options.Profile = None,
    save_profile: options.SaveProfile = None,
    sheet: options.Sheet = None,
    encoding: options.Encoding = None,
    header: options.Header = None,
    default: options.Default = None,
    on_duplicate: options.OnDuplicate = None,
    process: options.Process = None,
    date_order: options.DateOrder = None,
    strict: options.Strict = False,
    rejects: options.Rejects = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Leads out of files, each taken whole in one step."""
    from salesflow.commands import import_answer, import_book
    from salesflow.commands.import_columns import Said

    app: App = ctx.obj
    said = Said(map_ or [], default or [], profile, sheet, encoding, header, date_order)
    if not files:
        raise Usage("imports.which_file")
    others = {"--kind": kind, "--map": map_, "--profile": profile, "--save-profile": save_profile, "--sheet": sheet,
              "--default": default, "--on-duplicate": on_duplicate, "--process": process, "--rejects": rejects,
              "--date-order": date_order}  # fmt: skip
    if import_book.restored(app, files, others, dry_run, as_json):
        return
    common.one_of(kind or "leads", KINDS_IN, "--kind")
    policy = on_duplicate or "skip"
    common.one_of(policy, ("skip", "update", "add"), "--on-duplicate")
    done: list[tuple[Opened, Outcome]] = []
    with suppress(_Told), common.working(app, "import") as work:
        done += [_file(app, work, name, said, policy, process) for name in files]
        if save_profile:
            _save(work, save_profile, done[-1][0])
        if rejects:  # before the step is over: where they cannot be written, nothing is taken
            import_answer.write_rejects(app, rejects, done)
        _refuse(app, done, strict)
        if dry_run:
            raise _Told
    import_answer.say(app, done, as_json, dry_run)


def _file(
    app: App, work: Any, name: str, said: Said, policy: str, process: str | None
) -> tuple[Opened, Outcome]:
    from salesflow.actions.imports import Importer, Wanted, all_codes
    from salesflow.commands import import_columns, import_file

    process = process or import_columns.pairs(said.default, "--default").get("process")
    opened = import_file.open_file(app, work, name, said, all_codes(work, process))
    with import_file.progress(app) as advance:
        wanted = Wanted(policy, process, opened.orders, opened.headers, name, advance)
        return opened, Importer(work, wanted).take(opened.rows)


def _save(work: Any, name: str, opened: Opened) -> None:
    from salesflow.store import settings

    settings.save_profile(work.connection, name, opened.plan.header, opened.profile)


def _refuse(app: App, done: list[tuple[Opened, Outcome]], strict: bool) -> None:
    bad = [(opened, outcome) for opened, outcome in done if outcome.rejects]
    rows = sum(outcome.rows for _, outcome in done)
    count = sum(len(outcome.rejects) for _, outcome in done)
    if count and (strict or count == rows):
        lines = tuple(
            app.t("imports.reject_line", row=row, reason=app.t(error.key, **error.values))
            for _, outcome in bad
            for row, error in outcome.rejects[:5]
        )
        raise Refused(
            "imports.strict" if strict else "imports.all_rejected", lines[:10], count=count, rows=rows
        )
