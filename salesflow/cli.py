"""The root: takes the words, runs the command, turns every failure into a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from salesflow.cli_streams import set_streams
from salesflow.context import App
from salesflow.errors import Usage, starved

_NO_MEMORY = "Not enough memory; nothing was changed  内存不够，什么都没改\n".encode()
_SAVED = "Saved, but not enough memory to show it  已经记下了，只是内存不够，没能显示出来\n".encode()
_NO_WORDS = "Nothing was changed: a part of salesflow cannot be loaded ({why})  没能载入，什么都没改\n"
_SAVED_NO_WORDS = "Saved; then a part of salesflow could not be loaded ({why})  已经记下了，没能显示出来\n"


def main(argv: Sequence[str] | None = None, ended: Callable[[], None] = lambda: None) -> int:
    """The exit code of ``salesflow ARGV``. May be called any number of times in one process.

    ``ended`` is called once all is done and said, before what went wrong is said too.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    app = App(lang=_early_lang(words))
    before = os.umask(0o077)  # whatever a command makes is for the rep's own eyes
    try:
        code = _run(words, app)
        app.flush()
        ended()
        if app.copy_due:
            from salesflow.commands import copies

            copies.daily(app)
        return code
    except BaseException as error:
        ended()
        try:
            from salesflow.commands.trouble import report

            return report(error, app)
        except (MemoryError, ImportError, OSError) as unsaid:
            return _unreported(app.saved, error, unsaid)
    finally:
        app.let_go()
        os.umask(before)


def _unreported(saved: bool, error: BaseException, unsaid: BaseException) -> int:
    # a line for which nothing has to be loaded any more
    with suppress(OSError, MemoryError):
        line = _SAVED if saved else _NO_MEMORY
        if not (starved(error) or starved(unsaid)):
            why = ascii(f"{type(unsaid).__name__}: {unsaid}"[:200])[1:-1]
            line = (_SAVED_NO_WORDS if saved else _NO_WORDS).format(why=why).encode()
        os.write(2, line)
    return 6 if saved else 5


def run() -> NoReturn:
    """Never returns: the program as the shell calls it, gone as soon as its answer is out."""
    import gc

    # one short run makes no garbage worth collecting; leaving without taking the house apart saves a sixth
    gc.disable()
    set_streams()
    _watch_signals()
    os._exit(main(ended=_watch_no_more))


def _run(words: list[str], app: App) -> int:
    _refuse_broken_text(words)
    import typer

    from salesflow.commands.shell import tree

    try:
        root = tree()
        with root.make_context("salesflow", words, obj=app) as ctx:
            root.invoke(ctx)
    except typer.Exit as done:
        return done.exit_code
    return 0


def _early_lang(words: list[str]) -> str | None:
    # complaints about the first words must be in the language that a later one chooses
    tokens = iter(words)
    for token in tokens:
        if token.startswith("--lang="):
            return token.partition("=")[2]
        if token == "--lang":
            return next(tokens, None)
        if token == "--db":
            next(tokens, None)
        elif not token.startswith("-"):
            return None
    return None


def _refuse_broken_text(words: list[str]) -> None:
    # bytes that are no UTF-8 arrive as lone surrogates (PEP 383)
    for place, word in enumerate(words, 1):
        try:
            if "\0" in word:
                raise Usage("errors.broken_text", place=place)
            word.encode()
        except UnicodeEncodeError:
            raise Usage("errors.broken_text", place=place) from None


def _watch_signals() -> None:
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:  # `nohup` means it
            signal.signal(number, _stop)


def _watch_no_more() -> None:
    # what was done is decided: a signal now would only spoil the answer about it
    import signal

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def _stop(number: int, frame: object) -> None:
    from salesflow.commands.trouble import Stopped

    raise Stopped(number)
