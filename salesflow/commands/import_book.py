"""A whole book, as ``export all`` writes it, put into an empty one."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from salesflow.context import App
from salesflow.errors import SalesflowError, Unusable, Usage

if TYPE_CHECKING:
    import sqlite3

    from salesflow.actions.restoration import Restoration
    from salesflow.exchange.book_lines import BookLines


class _Tried(Exception):
    """Raised to leave a restoration that was only to be tried."""


def restored(
    app: App, files: Sequence[str], others: Mapping[str, object], dry_run: bool, as_json: bool
) -> bool:
    """Whether a file is a whole book; then it stands in the place of the empty one, and that is said.

    ``others`` are the options that a whole book has no use for.
    """
    book = next((name for name in files if _is_book(name)), None)
    if book is None:
        return False
    if len(files) > 1:
        raise Usage("whole.alone", file=book)
    if app.whole:
        raise Usage("keyed.whole_book")
    for option, value in others.items():
        if value:
            raise Usage("whole.no_option", file=book, option=option)
    with _opened(book) as file:
        _restore(app, book, file, dry_run, as_json)
    return True


def _is_book(name: str) -> bool:
    from salesflow.exchange import book_lines

    if name == "-":
        stream = getattr(sys.stdin, "buffer", None)
        return stream is not None and book_lines.is_book(stream)
    # what cannot be read, or only once, is told by those who read it then
    with suppress(OSError, ValueError):
        if stat.S_ISREG(Path(name).stat().st_mode):
            with open(name, "rb") as file:
                return book_lines.is_book(file)
    return False


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with open(name, "rb") as file:
        yield file


def _restore(app: App, name: str, file: BinaryIO, dry_run: bool, as_json: bool) -> None:
    from salesflow import db
    from salesflow.exchange.book_lines import BookLines

    path, lines = app.book_path, BookLines(file, name)
    found: list[Restoration] = []

    def fill(connection: sqlite3.Connection) -> None:
        done = db.Operation(0)
        try:
            with db.replacing(connection, path) as done:
                found.append(_taken(app, connection, lines))
                if dry_run:
                    raise _Tried
        finally:
            app.saved = app.saved or done.changed

    aside = None
    with suppress(_Tried):
        if not app.named_book and not path.exists():
            db.create_book(path, folder_is_ours=True, fill=fill).close()
        else:
            aside = _replaced(app, path, fill, dry_run)
    app.saved = not dry_run
    _say(app, lines, found[0].counts, aside, dry_run, as_json)


def _replaced(app: App, path: Path, fill: Any, dry_run: bool) -> Path | None:
    """Where what was done in the empty book is kept, if anything was."""
    from salesflow import db, db_restore
    from salesflow.store import whole

    connection = db.open_book(path, write=True, now=f"{app.now:%Y-%m-%dT%H:%M}")
    aside = None
    try:
        if whole.has_steps(connection) and not whole.leads(connection) and not dry_run:
            aside = db_restore.free_name(path, f"{app.now:%Y%m%d-%H%M}")
            db.copy_book(connection, aside)
        fill(connection)
    except BaseException:
        if aside:
            aside.unlink(missing_ok=True)
        raise
    finally:
        connection.close()
    return aside


def _taken(app: App, connection: sqlite3.Connection, lines: BookLines) -> Restoration:
    from salesflow.actions.restoration import Restoration
    from salesflow.commands.progress import counting
    from salesflow.reports import check

    with counting(app, "imports.reading") as advance:
        book = Restoration(connection, lines.name, advance)
        book.take(lines.head.version, lines.tables(), lines.head.counters)
        problem = next(check.problems_of_rows(connection), None)
    if problem:
        raise _unsound(app, lines, book.line_of(problem.where), problem)
    if not lines.unchanged:
        raise Unusable("whole.changed", file=lines.name)
    return book


def _unsound(app: App, lines: BookLines, line: int | None, problem: Any) -> SalesflowError:
    said = {"file": lines.name, "where": problem.where, "what": app.t(f"check.{problem.check}")}
    if lines.unchanged:
        return Unusable("whole.unsound", **said)
    return Unusable("whole.edited", line=line, **said) if line else Unusable("whole.changed", file=lines.name)


def _say(
    app: App, lines: BookLines, counts: Mapping[str, int], aside: Path | None, dry_run: bool, as_json: bool
) -> None:
    if as_json:
        app.emit_json(
            {
                "file": lines.name,
                "kind": "book",
                "restored": not dry_run,
                "path": str(app.book_path),
                "version": lines.head.version,
                "made": lines.head.made,
                "rows": sum(counts.values()),
                "types": dict(counts),
                "aside": str(aside) if aside else None,
            }
        )
    else:
        said = {"leads": counts.get("lead", 0), "followups": counts.get("followup", 0)}
        key = "whole.would_restore" if dry_run else "whole.restored"
        steps = counts.get("operation", 0)
        app.say(key, file=lines.name, path=app.book_path, steps=steps, **said)
    if dry_run:
        app.warn("imports.dry_run")
    if aside:
        app.warn("whole.aside", path=aside)
