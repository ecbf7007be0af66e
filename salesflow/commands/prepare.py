"""``prepare``: one page before a visit or a call, to read or to take along."""

from __future__ import annotations

from pathlib import Path

import typer

from salesflow.commands import common, consent, options
from salesflow.context import App
from salesflow.errors import Usage

PAGE = "html"
_ENDINGS = {"html": PAGE, "htm": PAGE, "md": "md", "json": "json", "txt": "plain"}


def prepare(
    ctx: typer.Context,
    lead: options.Lead = None,
    personal: options.WithPersonal = False,
    output: options.Output = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """One page before a visit or a call."""
    from salesflow.reports import prepare_page

    app: App = ctx.obj
    chosen = _format(app, output, fmt, as_json)
    picked = common.pick(app, lead)
    personal = consent.whole(app, [picked.id], personal, chosen, more=(PAGE,))
    others = not personal and chosen in ("md", "chat", PAGE)
    with app.read() as connection:
        found = prepare_page.build(connection, picked.id, app.lang, app.today, others=others)
    if chosen == "table" and not output:
        app.show(found, chosen, personal=personal)
        return

    from salesflow import render
    from salesflow.phones import masked

    mask = None if personal else masked
    page = chosen == PAGE
    text = (
        render.page(found, app.lang, mask=mask) if page else render.render(found, chosen, app.lang, mask=mask)
    )
    if output is None or output == "-":
        app.stdout.write(text)
        return
    from salesflow.commands.files import write_file

    write_file(Path(output), text.encode())
    app.warn("prepare.written", file=output)


def _format(app: App, output: str | None, fmt: str | None, as_json: bool) -> str:
    # -f beats the file's ending, the ending what the book or the environment says
    ending = Path(output).suffix[1:].lower() if output and output != "-" else ""
    if fmt or as_json or not ending:
        return app.format(fmt, as_json, more=(PAGE,))
    if ending not in _ENDINGS:
        known = " ".join(f".{one}" for one in _ENDINGS)
        raise Usage("errors.not_one_of", name="-o", value=f".{ending}"[:40], known=known)
    return _ENDINGS[ending]
