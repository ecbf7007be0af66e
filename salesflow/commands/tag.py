"""``tag``: words of one's own on a lead."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage
from salesflow.names import label


def tag_list(
    ctx: typer.Context, lead: options.Lead = None, fmt: options.Format = None, as_json: options.Json = False
) -> None:
    """The lead's tags."""
    from salesflow.store import leads
    from salesflow.tables import Report, Section

    app: App = ctx.obj
    picked = common.pick(app, lead)
    with app.read() as connection:
        found = leads.leads_by_id(connection, [picked.id])[picked.id]
    tags = list(found.tags)
    line = _line(app, found.id, label(found), tags)
    app.show(Report(tags, (Section(before=(line,)),), chat=(line,), fields=("tag",)), fmt, as_json)


def tag_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    tags: options.TagNames = None,
    as_json: options.Json = False,
) -> None:
    """Tags added."""
    from salesflow.names import clean_line

    _change(ctx.obj, lead, [clean_line(one, "tag")[0] for one in tags or ()], (), as_json)


def tag_remove(
    ctx: typer.Context,
    lead: options.Lead = None,
    tags: options.TagNames = None,
    as_json: options.Json = False,
) -> None:
    """Tags taken away."""
    _change(ctx.obj, lead, (), list(tags or ()), as_json)


def _change(app: App, lead: str | None, add: Sequence[str], remove: Sequence[str], as_json: bool) -> None:
    from salesflow.actions import leads
    from salesflow.actions.leads import Changes

    if not add and not remove:
        raise Usage("lead.tag_first")
    picked = common.pick(app, lead)
    with common.working(app, "tag") as work:
        after = leads.edit(work, picked.id, Changes(tag=add, untag=remove))
    _say(app, after.id, label(after), list(after.tags), as_json)


def _say(app: App, lead_id: int, name: str, tags: list[str], as_json: bool) -> None:
    if as_json:
        app.emit_json(tags)
    else:
        app.write_lines(_line(app, lead_id, name, tags))


def _line(app: App, lead_id: int, name: str, tags: list[str]) -> str:
    if not tags:
        return app.t("lead.no_tags", id=lead_id, name=name)
    return app.t("lead.tags", id=lead_id, name=name, tags=app.t("lead.comma").join(tags))
