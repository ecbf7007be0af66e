"""An answer that goes elsewhere than to the screen: kept as text, or put on the clipboard too (``--copy``)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer._click import Context as ClickContext

from salesflow.context import App


@contextmanager
def captured(app: App) -> Iterator[io.StringIO]:
    """What the block answers, as text and not on stdout."""
    before, kept = app.stdout, io.StringIO()
    app.stdout = kept
    try:
        yield kept
    finally:
        app.stdout = before


def put(app: App, text: str, said: str = "shell.copied") -> None:
    """Nothing; the text is on the clipboard, and that is ``said``. Raises Unusable where there is no clipboard."""
    from salesflow.commands import clipboard

    clipboard.write(text.removeprefix("\ufeff").rstrip("\r\n"))  # a mark for files is none for a clipboard
    app.warn(said, count=len(text.splitlines()))


def run(ctx: ClickContext, invoke: Callable[[ClickContext], Any]) -> None:
    """Nothing; the reading command's answer is printed, and stands on the clipboard as it was printed.

    Without ``-f`` that is the message for a phone; a table is copied as plain columns.
    """
    app: App = ctx.obj
    if not ctx.params.get("as_json"):
        said = ctx.params.get("fmt") or app.environ.get("SALESFLOW_FORMAT") or "chat"
        ctx.params["fmt"] = "plain" if said.lower() == "table" else said
    ended: typer.Exit | None = None
    with captured(app) as out:
        try:
            invoke(ctx)
        except typer.Exit as error:
            ended = error
    app.stdout.write(out.getvalue())
    put(app, out.getvalue())
    if ended:
        raise ended
