"""``salesflow help``: every command, or how one is used."""

from __future__ import annotations

import typer

from salesflow.commands import options


def help_(ctx: typer.Context, command: options.CommandName = None, everything: options.All = False) -> None:
    """Print the page of a command, of a noun's verb, or of the whole program."""
    from salesflow.commands import pages

    app, root = ctx.obj, ctx.find_root()
    if not command:
        app.write_lines(pages.root_page(app.help_lang, app.width, everything))
        return
    # `help contact add` is `contact add --help`, and prints its page the same way
    root._protected_args, root.args = command[:1], [*command[1:], "--help"]
    root.command.invoke(root)
