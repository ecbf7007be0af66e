"""The error boundary: whatever goes wrong becomes an exit code and a line or two on stderr."""

from __future__ import annotations

import errno
import os
from contextlib import suppress

from salesflow import texts
from salesflow.context import App
from salesflow.errors import NotFound, NotShown, SalesflowError, Unusable, Usage, starved
from salesflow.render.gate import safe

QUIET = 0
INTERRUPTED = 130
_MOST_SHOWN = 4096  # characters of one word in a message; the longest path has as many


class Stopped(BaseException):
    """A signal that ends the run; ``exit_code`` is 128 and its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def report(error: BaseException, app: App) -> int:
    """The exit code for ``error``, after saying on stderr what is wrong and what to do."""
    if isinstance(error, BrokenPipeError):
        _silence(app)
        return NotShown.exit_code if app.saved else QUIET
    with suppress(OSError, ValueError):
        app.stdout.flush()
    lang = _lang(error, app)
    if app.environ.get("SALESFLOW_DEBUG") == "1":
        _traceback(error, app)
    if isinstance(error, (KeyboardInterrupt, Stopped)) and not app.saved:
        key = "errors.interrupted"
        code = getattr(error, "exit_code", INTERRUPTED)
        _say(app, [texts.t(key, lang)])
        return int(code)
    meant = _advised(_meant(error, app, lang), app)
    _say(app, [*_text(meant, lang).split("\n"), *meant.lines])
    return meant.exit_code


def _meant(error: BaseException, app: App, lang: str) -> SalesflowError:
    # what the error means to a person
    if isinstance(error, SalesflowError):
        return _after_saving(error) if app.saved and isinstance(error, Unusable) else error
    if _is_typer(error):
        from salesflow.commands.usage import as_usage

        return as_usage(error, lang)  # type: ignore[arg-type]
    if app.saved:
        return NotShown("errors.saved_not_shown")
    if isinstance(error, UnicodeError):
        return Usage("errors.broken_input")
    if starved(error):
        return Unusable("errors.no_memory")
    if isinstance(error, OSError):
        return _file_trouble(error)
    return _book_trouble(error, app) or _defect(error)


def _advised(error: SalesflowError, app: App) -> SalesflowError:
    # what is wrong with the book must be told, whatever is wrong with its copies
    if not error.key.startswith("book."):
        return error
    from salesflow.commands import rescue

    with suppress(Exception):
        return rescue.advised(error, app)
    return error


def _after_saving(error: Unusable) -> SalesflowError:
    # the step is in the book, and the look at it afterwards failed: whoever repeats it would have it twice
    if not error.key.startswith("book."):
        return error
    if "why" in error.values:
        return NotShown("book.saved_unsure", path=error.values["path"], why=error.values["why"])
    return NotShown("errors.saved_not_shown")


def _is_typer(error: BaseException) -> bool:
    from typer import TyperException

    return isinstance(error, TyperException)


def _file_trouble(error: OSError) -> SalesflowError:
    if error.filename is None:
        # files name themselves where they cannot be opened; an answer has no name
        return Unusable("errors.not_shown", why=error)
    name = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else error.filename
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NotFound("errors.no_file", file=name)
    key = "errors.file_denied" if error.errno in (errno.EACCES, errno.EPERM) else "errors.file_trouble"
    return Unusable(key, file=name, why=error)


def _book_trouble(error: BaseException, app: App) -> SalesflowError | None:
    import sqlite3

    if not isinstance(error, sqlite3.Error):
        return None
    from salesflow import db

    with suppress(SalesflowError):
        return db.translate(error, app.book_path)
    return db.translate(error, None)


def _defect(error: BaseException) -> SalesflowError:
    # where it happened in our code and of what kind it is, and none of the book's words
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if f"{os.sep}salesflow{os.sep}" in file:
            place = f"{file.rpartition(f'{os.sep}salesflow{os.sep}')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return Unusable("errors.defect", kind=type(error).__name__, place=place)


def _text(error: SalesflowError, lang: str) -> str:
    # what somebody typed is shown in its line, whatever stands in it
    values = {name: _shown(value) for name, value in error.values.items()}
    try:
        return texts.t(error.key, lang, **values)
    except (KeyError, IndexError, ModuleNotFoundError):
        return str(error)


def _shown(value: object) -> object:
    if isinstance(value, os.PathLike):
        value = os.fsdecode(value)
    if not isinstance(value, str):
        return value
    return safe(value if len(value) <= _MOST_SHOWN else f"{value[:_MOST_SHOWN]}...")


def _lang(error: BaseException, app: App) -> str:
    # a book that was locked for half a minute is not asked once more for its language
    if isinstance(error, Unusable) and error.key == "book.locked":
        return app.help_lang
    try:
        return app.lang
    except (SalesflowError, OSError):
        return app.help_lang


def _say(app: App, lines: list[str]) -> None:
    with suppress(OSError, ValueError):
        app.stderr.write("".join(safe(line) + "\n" for line in lines))
        app.stderr.flush()


def _traceback(error: BaseException, app: App) -> None:
    from traceback import format_exception

    with suppress(OSError, ValueError):
        app.stderr.write("".join(format_exception(error)))


def _silence(app: App) -> None:
    # what is still in the buffer would fail again when the program ends
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, app.stdout.fileno())
        os.close(nowhere)
