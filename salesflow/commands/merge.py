"""``merge``: two leads that are one customer made one, shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, copies, options
from salesflow.context import App
from salesflow.errors import Refused, Usage

if TYPE_CHECKING:
    from salesflow.actions.merged import Merged


def merge(
    ctx: typer.Context,
    lead: options.Lead = None,
    other: options.OtherLead = None,
    why: options.Why = None,
    anyway: options.Anyway = False,
    no_backup: options.NoBackup = False,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """The second lead joined to the first, which stays."""
    from salesflow.commands import merge_answer

    app: App = ctx.obj
    if lead is None or other is None:
        raise Usage("merge.two_first")
    why = common.line(app, why, "--why")
    ids = common.pick(app, lead).id, common.pick(app, other).id
    done = None
    if dry_run or (app.interactive and not yes):
        done, record = _try(app, ids, why, anyway)
        if not (dry_run and as_json):
            app.show(merge_answer.preview(app, done))
        if dry_run:
            if as_json:
                app.emit_json(record | {"merged": merge_answer.data(done)})
            return
        if not app.confirm("merge.sure", id=ids[0], other_id=ids[1]):
            app.say("undo.left")
            return
    copies.before(app, "merge", no_backup)
    done = join(app, ids, why, anyway, seen=done)
    if as_json:
        app.emit_json(common.lead_answer(app, ids[0]) | {"merged": merge_answer.data(done)})
    else:
        app.write_lines(merge_answer.line(app, done))


def join(
    app: App, ids: tuple[int, int], why: str | None, anyway: bool, *, seen: Merged | None = None
) -> Merged:
    """The two made one in a step of their own. Raises Refused where they are not as they were ``seen``."""
    from salesflow.actions import merge as action

    with common.working(app, "merge", why) as work:
        done = action.merge(work, *ids, why=why, anyway=anyway, lang=app.lang)
        if seen is not None and (seen.kept, seen.gone, seen.carried) != (done.kept, done.gone, done.carried):
            raise Refused("merge.changed_since", id=ids[0], other_id=ids[1])
    return done


def _try(app: App, ids: tuple[int, int], why: str | None, anyway: bool) -> tuple[Merged, dict[str, Any]]:
    from salesflow.actions import merge as action
    from salesflow.reports import show

    with common.trying(app, "merge", why) as work:
        done = action.merge(work, *ids, why=why, anyway=anyway, lang=app.lang)
        record = show.read(work.connection, ids[0], app.lang, app.today).data
    return done, record
