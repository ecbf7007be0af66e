"""``import``: any list in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, copies, options
from salesflow.context import App
from salesflow.errors import NotFound, Refused, Unusable, Usage

if TYPE_CHECKING:
    from salesflow.commands.import_columns import Said
    from salesflow.commands.import_file import Opened
    from salesflow.commands.import_kinds import Asked, Done


def import_(
    ctx: typer.Context,
    files: options.Files = None,
    kind: options.RowKind = None,
    map_: options.Map = None,
    profile: options.Profile = None,
    save_profile: options.SaveProfile = None,
    sheet: options.Sheets = None,
    encoding: options.Encoding = None,
    header: options.Header = None,
    default: options.Default = None,
    on_duplicate: options.OnDuplicate = None,
    process: options.Process = None,
    date_order: options.DateOrder = None,
    people: options.PeopleAlone = False,
    strict: options.Strict = False,
    no_backup: options.NoBackup = False,
    rejects: options.Rejects = None,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """Leads and what hangs on them out of files, all of it in one step."""
    from salesflow.commands import (
        import_answer,
        import_book,
        import_file,
        import_kinds,
        import_preview,
        import_rejects,
    )
    from salesflow.commands.import_columns import Said

    app: App = ctx.obj
    said = Said(
        import_preview.named(app, kind, map_ or []),
        default or [],
        profile,
        None,
        encoding,
        header,
        date_order,
        show=dry_run,
        people=people,
    )
    if rejects:
        import_rejects.check_ending(rejects)
    if not files or "" in files:
        raise Usage("imports.which_file")
    others = {"--kind": kind, "--map": map_, "--profile": profile, "--save-profile": save_profile, "--sheet": sheet,
              "--default": default, "--on-duplicate": on_duplicate, "--process": process, "--rejects": rejects,
              "--date-order": date_order}  # fmt: skip
    if import_book.restored(app, files, others, dry_run, as_json):
        return
    chosen = import_kinds.kind_of(kind) or kind if kind else None
    common.one_of(chosen or "leads", import_kinds.KINDS, "--kind")
    policy = on_duplicate or "skip"
    common.one_of(policy, ("skip", "update", "add"), "--on-duplicate")
    asked, done = import_kinds.Asked(said, policy, process), list[Any]()
    parts = [(name, one) for name in files for one in import_file.sheets(name, said, sheet or [])]
    look_at = import_kinds.looking(app, asked, chosen)
    if (
        app.interactive
        and not (yes or dry_run)
        and not import_preview.agree(app, parts, asked.process, look_at)
    ):
        app.say("columns.left")
        return
    _refuse_without_book(app, dry_run)
    copies.before(app, "import", no_backup or dry_run)
    with common.trying(app, "import", only=dry_run) as work:
        for name, one in parts:
            done += _taken(app, work, name, asked.on(one), chosen)
        if not done:
            raise Unusable("exchange.no_rows", file=files[0])
        if save_profile:
            _save(work, save_profile, done[-1][0])
        if rejects:  # before the step is over: where they cannot be written, nothing is taken
            import_rejects.write_rejects(app, rejects, done)
        _refuse(app, done, strict)
    import_answer.say(app, done, as_json, dry_run, shown=bool(said.agreed))
    if app.interactive and not dry_run:
        _remembered(app, said, save_profile, files[0])


def _remembered(app: App, said: Said, profile: str | None, name: str) -> None:
    if profile:
        app.say("columns.saved", name=profile)
    elif any(one.columns for one in said.agreed.values()):
        app.warn("columns.remember", file=name)


def _taken(app: App, work: Any, name: str, asked: Asked, kind: str | None) -> Done:
    """What became of the rows; nothing for a sheet without a column that is known, one of several of its file."""
    from salesflow.commands import import_file, import_kinds

    try:
        return import_kinds.take(app, work, name, asked, kind)
    except Usage as error:
        if not asked.said.several or error.key not in import_file.NOT_OF_ITS_KIND:
            raise
        app.warn("columns.sheet_aside", sheet=asked.said.sheet)
        return []


def _save(work: Any, name: str, opened: Opened) -> None:
    from salesflow.store import settings

    profile = settings.Profile(opened.profile, opened.date_order)
    settings.save_profile(work.connection, name, opened.plan.header, profile)


def _refuse_without_book(app: App, dry_run: bool) -> None:
    # to try makes no book either
    if dry_run and not app.book_path.exists():
        raise NotFound("book.missing", path=app.book_path)


def _refuse(app: App, done: Done, strict: bool) -> None:
    from salesflow.commands import import_rejects

    bad = [(opened, outcome) for opened, outcome in done if outcome.rejects]
    rows = sum(outcome.rows for _, outcome in done)
    count = sum(len(outcome.rejects) for _, outcome in done)
    if count and (strict or count == rows):
        lines = tuple(
            app.t("imports.reject_line", row=row, reason=said)
            for opened, outcome in bad
            for row, said in import_rejects.reasons(app, opened, outcome, 5)
        )[:10]
        hints = dict.fromkeys(import_rejects.hint(app, opened, outcome) for opened, outcome in bad)
        lines += tuple(filter(None, hints))
        raise Refused("imports.strict" if strict else "imports.all_rejected", lines, count=count, rows=rows)
