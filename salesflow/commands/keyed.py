"""``--key``: a call that scripts may repeat. The second one of the same key writes nothing and answers as the first.

The whole run is one transaction: the change, the key and the answer are in the book together or not at all. A
script has no terminal: nothing is asked, and the answer is the one that goes into a pipe.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Any, cast

import typer

from salesflow.commands import copying
from salesflow.context import App
from salesflow.db_whole import Whole
from salesflow.errors import Refused, SalesflowError, Usage
from salesflow.store import answers

if TYPE_CHECKING:
    import sqlite3

    from typer._click import Context as ClickContext

LONGEST = 200
_CHUNK = 1 << 20
# The words of a command that name files to read, and those where `-` alone is standard input.
READ = {
    "import": ("files",),
    "paste": ("source",),
    "process edit": ("file",),
    "process use": ("name",),
    "config calendar": ("words",),
    "team join": ("files",),
}
HEARD = {
    **{name: READ[name] for name in ("import", "paste", "process edit", "process use")},
    **{name: ("note",) for name in ("visit", "call", "log")},
    "add": ("names", "contact"),
    "contact add": ("words",),
}


class _Known(Exception):
    """Raised to leave a run whose key was answered already; ``out`` is the answer."""

    def __init__(self, out: str) -> None:
        super().__init__()
        self.out = out


def run(ctx: ClickContext, key: str, invoke: Callable[[ClickContext], Any]) -> None:
    """Nothing; the command is done and answered, once however often it is called with this key.

    Raises Refused where the key stands for other words, or for a step that was taken back.
    """
    app: App = ctx.obj
    key = _checked(app, key)
    command = " ".join(ctx.command_path.split()[1:])
    words = _fingerprint(app, command, ctx.params)
    app.whole = whole = Whole(lambda connection: _look(app, connection, key, words))
    try:
        out = _done(ctx, app, invoke)
        # what only looked (a list, `--dry-run`) leaves its key free
        if whole.steps and not ctx.params.get("dry_run"):
            _keep(app, whole, key, answers.Answer(command, words, out, f"{app.now:%Y-%m-%dT%H:%M}"))
    except _Known as known:
        out = known.out
        app.saved = True  # as it was when it was said for the first time
    finally:
        app.saved = app.saved or whole.kept
        app.whole = None
        whole.drop()
    app.stdout.write(out)


def _checked(app: App, key: str) -> str:
    from salesflow.names import clean_line

    found, _ = clean_line(key, "--key")
    if found in ("", "-"):
        raise Usage("errors.empty_value", name="--key")
    if len(found) > LONGEST:
        raise Usage("keyed.too_long", most=LONGEST)
    return found


def _done(ctx: ClickContext, app: App, invoke: Callable[[ClickContext], Any]) -> str:
    with copying.captured(app) as out:
        try:
            if app.named_book or app.book_path.exists():
                with app.read():  # the answer that is there, before anything else can be wrong
                    pass
            invoke(ctx)
            return out.getvalue()
        except _Known:
            raise
        except typer.Exit as ended:
            if not ended.exit_code:
                return out.getvalue()
            failed: BaseException = ended
        except SalesflowError as error:
            failed = error
    app.stdout.write(out.getvalue())  # what was shown before it was refused is shown, as without a key
    raise failed


def _look(app: App, connection: sqlite3.Connection, key: str, words: str) -> None:
    found = answers.find(connection, key)
    if found is None:
        gone = answers.taken_back(connection, key)
        if gone:
            raise Refused("keyed.taken_back", key=key, id=gone.id, command=gone.command, at=_shown(gone.at))
    elif found.words != words:
        raise Refused("keyed.other_words", key=key, command=found.command, at=_shown(found.at))
    else:
        raise _Known(found.out)


def _shown(at: str) -> str:
    return at.replace("T", " ")


def _keep(app: App, whole: Whole, key: str, answer: answers.Answer) -> None:
    with app.read() as connection:
        changed = [step.id for step in whole.steps if step.changed]
        if changed:
            answers.put(connection, changed[-1], key, answer, app.rep)
        else:
            answers.put_alone(connection, key, answer, app.rep)
    whole.keep(app.book_path)


def _fingerprint(app: App, command: str, params: dict[str, Any]) -> str:
    """What was asked for, as a text of fixed length: the command, its words, what the files named in them hold."""
    said = {name: value for name, value in params.items() if value not in (None, False, [], ())}
    read = [_hash(one) for name in READ.get(command, ()) for one in _texts(said.get(name)) if one != "-"]
    if any(_texts(said.get(name)) == ["-"] for name in HEARD.get(command, ())):
        read.append(_heard(app))
    text = json.dumps([command, said, read], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _texts(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(one, str)]


def _hash(name: str) -> str:
    # what cannot be read, the command itself says
    found = hashlib.sha256()
    with suppress(OSError, ValueError):
        from pathlib import Path

        if Path(name).is_file():
            with open(name, "rb") as file:
                while part := file.read(_CHUNK):
                    found.update(part)
            return found.hexdigest()
    return ""


def _heard(app: App) -> str:
    """The hash of standard input, which can be read again afterwards."""
    stream, found = app.stdin, hashlib.sha256()
    if not hasattr(stream, "buffer"):
        text = stream.read()
        app.stdin = StringIO(text)
        return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
    from tempfile import TemporaryFile
    from typing import IO

    copy = cast("IO[bytes]", TemporaryFile())  # noqa: SIM115  (it lives as long as the stream that reads it)
    while part := stream.buffer.read(_CHUNK):
        found.update(part)
        copy.write(part)
    copy.seek(0)
    app.stdin = TextIOWrapper(copy, stream.encoding, errors=stream.errors)
    sys.stdin = app.stdin
    return found.hexdigest()
