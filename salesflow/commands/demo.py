"""``demo``: a book of made-up leads to look at and try things on."""

from __future__ import annotations

import typer

from salesflow.commands import common, options
from salesflow.context import App


def demo(ctx: typer.Context, as_json: options.Json = False) -> None:
    """A demonstration book at the place named, else ``demo.db`` beside the default book."""
    app: App = ctx.obj
    if not app.named_book:
        path = app.book_path.with_name("demo.db")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        app.db = str(path)
    common.make_book(app, anywhere=True)  # nothing is lost with it
    try:
        count = _fill(app)
    except BaseException:
        # half a demonstration would be taken for a whole one; nothing of anybody's is in it
        app.book_path.unlink(missing_ok=True)
        raise
    if as_json:
        app.emit_json({"path": str(app.book_path), "leads": count})
        return
    app.say("demo.made", path=app.book_path, count=count)


def _fill(app: App) -> int:
    from salesflow.actions import demo as story
    from salesflow.actions.work import Work

    with app.read() as connection:
        cal = common.calendar(app, connection)
    with app.write("demo", kind="setup") as (connection, operation):
        return story.fill(Work(connection, operation, app.now, app.rep, cal), story.load())
