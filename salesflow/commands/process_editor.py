"""A process in the person's own editor: a text with mistakes is not lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

from salesflow.commands import process_file
from salesflow.context import App
from salesflow.errors import Refused, SalesflowError, Unusable, Usage
from salesflow.render.gate import safe

Take = Callable[[str, str], bool]


def edit(app: App, source: str, code: str, take: Take) -> None:
    """The text as it was edited, taken by ``take`` with the file's name; until it is, it stays in that file.

    Where ``take`` raises, the mistakes are shown and the editor opens again, if the person wishes so.
    """
    import tempfile

    if not app.interactive:
        raise Usage("process.needs_terminal", process=code)
    handle, path = tempfile.mkstemp(prefix=f"{code}-", suffix=".toml")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(source)
    kept = False
    try:
        kept = not _edited(app, path, source, take)
    except BaseException:
        kept = _differs(path, source)
        raise
    finally:
        if kept:
            app.warn("process.text_kept", file=path, process=code)
        else:
            with suppress(OSError):
                os.unlink(path)


def _edited(app: App, path: str, source: str, take: Take) -> bool:
    while True:
        _open(app, path)
        try:
            text = _text(path)
            if text == source:
                app.say("process.unedited")
                return True
            return take(text, path)
        except SalesflowError as error:
            lines = [*app.t(error.key, **error.values).split("\n"), *error.lines]
            app.stderr.write("".join(f"{safe(line)}\n" for line in lines))
            if not app.confirm("process.edit_again"):
                raise Refused("process.not_taken") from None


def _open(app: App, path: str) -> None:
    import shlex
    import subprocess

    usual = "notepad" if os.name == "nt" else "vi"
    editor = app.environ.get("VISUAL") or app.environ.get("EDITOR") or usual
    try:
        if subprocess.call([*shlex.split(editor), path]) != 0:
            raise Unusable("lead.editor_failed")
    except (OSError, ValueError):
        raise Unusable("lead.editor_failed") from None


def _text(path: str) -> str:
    with open(path, "rb") as file:
        return process_file.text_of(file.read(process_file.MOST + 1), path)


def _differs(path: str, source: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() != source.encode()
    except OSError:
        return False
