"""The copies of a book that lie beside it: made, listed, and thrown away where newer ones take their place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from salesflow import db, keeping, schema
from salesflow.errors import Refused

LARGE = 64_000_000  # bytes; to ask every day whether indexes agree with tables takes too long there
HAND = "hand"


class Copy(NamedTuple):
    """A copy of a book: where, of which minute (``YYYY-MM-DDTHH:MM``), why (``hand``: somebody made it)."""

    path: Path
    made: str
    why: str
    size: int


def copies(book: Path, today: str) -> list[Copy]:
    """Every copy of the book in its folder and those that older versions laid beside it, newest first.

    Those that are later than ``today`` come last: the clock was wrong when they were made, or it is now.
    """
    paths = [*db.backups(book).glob("*.db"), *book.parent.glob(f"{_literal(book.name)}.v*.backup")]
    found = []
    for path in paths:
        with suppress(OSError):
            found.append(_copy(path))
    found.sort(
        key=lambda one: (not keeping.ahead(one.made, today), one.made, one.path.stat().st_mtime_ns),
        reverse=True,
    )
    return found


def _literal(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _copy(path: Path) -> Copy:
    from datetime import datetime

    known = keeping.parse(path.name)
    stat = path.stat()
    if known:
        day, minute = known.stamp.split("-")
        made = f"{day[:4]}-{day[4:6]}-{day[6:]}T{minute[:2]}:{minute[2:]}"
    else:
        made = _said(path.stem) or f"{datetime.fromtimestamp(stat.st_mtime):%Y-%m-%dT%H:%M}"
    why = known.why if known else HAND
    if path.suffix == ".backup":
        why = path.stem.rpartition(".")[2].partition("-")[0]
    return Copy(path, made, why, stat.st_size)


def _said(stem: str) -> str:
    # the minute that a name ends with, as those have that are made by hand: salesflow-20261122-0731-2
    from datetime import datetime

    parts = stem.split("-")
    for at in range(len(parts) - 1, 0, -1):
        with suppress(ValueError):
            if len(parts[at - 1]) == 8 and len(parts[at]) == 4:
                return f"{datetime.strptime(f'{parts[at - 1]}{parts[at]}', '%Y%m%d%H%M'):%Y-%m-%dT%H:%M}"
    return ""


def has_leads(connection: sqlite3.Connection) -> bool:
    """Whether the open book holds a lead; one that does not is not worth a copy."""
    return connection.execute("SELECT 1 FROM lead LIMIT 1").fetchone() is not None


def count_leads(path: Path) -> int:
    """How many leads are in a copy, of whatever version; its pages are not looked at. Raises Unusable."""
    db._look(path)
    try:
        with closing(db._connect_read_only(path)) as connection:
            return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])
    except sqlite3.Error as error:
        raise db.translate(error, path) from None


def keep(book: Path, why: str, at: str, sound: Callable[[Path], bool] = lambda path: True) -> Path | None:
    """A verified copy of the book, made because of ``why`` at ``at``, among its copies; None for a book without leads.

    Afterwards those that are kept no longer are gone, and what killed runs left half. ``sound`` is asked of the
    day's first copy, whose pages are in order: where it says no, none of another day is gone.
    Raises Unusable, NotFound.
    """
    folder = db.backups(book)
    with closing(db.open_book(book, now=at)) as connection:
        if not has_leads(connection):
            return None
        sweep(folder)
        first = not keeping.made_on(os.listdir(folder) if folder.is_dir() else (), at[:10])
        target = _copied(connection, folder, why, at, quick=os.path.getsize(book) > LARGE)
    if target:
        throw_away(folder, target.name, of_the_day=not (first and sound(target)))
    return target


def _copied(connection: sqlite3.Connection, folder: Path, why: str, at: str, *, quick: bool) -> Path | None:
    for number in range(1, 2 if why == keeping.DAILY else 1_000_000):
        target = folder / keeping.copy_name(at, why, number)
        if not os.path.lexists(target):
            with suppress(Refused):  # another command of this minute was faster
                db.copy_book(connection, target, quick=quick)
                return target
    return None


def keep_daily(book: Path, at: str, sound: Callable[[Path], bool] = lambda path: True) -> Path | None:
    """The day's copy as ``keep`` makes it; None where one of the day is there, or another command is making it."""
    with suppress(OSError):
        names = os.listdir(db.backups(book))
        if keeping.made_on(names, at[:10]) or any(_being_made(name, at) for name in names):
            return None
    return keep(book, keeping.DAILY, at, sound)


def _being_made(name: str, at: str) -> bool:
    called, _, process = name.removesuffix(".part").rpartition(".")
    made = keeping.parse(called.removeprefix("."))
    today = made is not None and made.why == keeping.DAILY and made.stamp[:8] == keeping.stamped(at)[:8]
    return today and name.endswith(".part") and process.isdecimal() and runs(int(process))


def throw_away(folder: Path, fresh: str, *, of_the_day: bool = False) -> list[Path]:
    """The copies that were deleted: made by salesflow itself and kept no longer, now that ``fresh`` is verified.

    ``of_the_day``: those alone that were made on its day for its reason.
    """
    gone = []
    known = [one for one in map(keeping.parse, os.listdir(folder)) if one]
    for one in keeping.spare(known, fresh):
        if of_the_day and not keeping.alike(one.name, fresh):
            continue
        with suppress(OSError):
            os.unlink(folder / one.name)
            gone.append(folder / one.name)
    return gone


def sweep(folder: Path, name: str = "") -> None:
    """Nothing; half copies that killed runs left in ``folder`` are gone; of the file ``name`` where one is said."""
    with suppress(OSError):
        for found in os.listdir(folder):
            # .NAME.PROCESS.part, as copies are called until they are verified
            stem, _, ending = found.rpartition(".")
            called, _, process = stem.rpartition(".")
            if name:  # the second is a copy on its way back
                mine = called in (f".{name}", f"..{name}.{process}.restore")
            else:
                mine = called.startswith(".") and called.endswith(".db")
            if ending in ("part", "restore") and mine and process.isdecimal() and not runs(int(process)):
                with suppress(OSError):
                    os.unlink(folder / found)


def runs(process: int) -> bool:
    """Whether a process of this number runs, as far as can be told."""
    if os.name == "nt":
        return True  # there is no asking without ending it
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy, open to be read and never changed; one of an older version as this version reads it, in memory."""
    from salesflow import db_copy

    if db._look(path) < schema.VERSION:
        with db_copy.open_copy(path) as connection:
            yield connection
        return
    with closing(db._connect_read_only(path)) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield connection
