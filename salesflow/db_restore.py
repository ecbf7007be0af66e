"""A copy put in a book's place; what stood there is set aside, never overwritten."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from salesflow import db, db_keep
from salesflow.errors import NotFound, Refused, Unusable, not_written

_LOCK_BYTES = (0x40000000, 512)  # where SQLite locks a database file
_DAMAGE = ("book.damaged", "book.empty_file", "book.not_a_book", "book.schema_differs")


def restore_book(
    source: Path, target: Path, stamp: str, sound: Callable[[Path], bool] = lambda path: True
) -> Path | None:
    """The verified copy ``source`` put at ``target``; returns where a damaged book that stood there went.

    ``stamp`` is the wall clock for its new name; ``sound`` is asked of a book whose pages are in order. Raises
    Refused where a sound book stands at ``target``: nobody wants years of work replaced by a typing error.
    """
    if not source.exists():
        raise NotFound("book.no_copy", path=source)
    _refuse_unclosed(source)
    db.verify(source)
    damaged = stands_damaged(target, sound)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.restore")
    db_keep.sweep(target.parent, target.name)
    try:
        with closing(db._connect_read_only(source)) as reader:
            db.copy_book(reader, fresh)
        aside = free_name(target, stamp) if damaged else None
        _put(fresh, target, aside)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return aside


def stands_damaged(target: Path, sound: Callable[[Path], bool] = lambda path: True) -> bool:
    """Whether a damaged book stands at ``target``; False where nothing does.

    Raises Refused where it is a sound one, Unusable where it is in use or no copy may take its place.
    """
    _refuse_unclosed(target)
    if _size(target) is None:
        return False
    if _is_locked(target):
        raise Unusable("book.in_use", path=target)
    try:
        db.verify(target)
        good = sound(target)
    except Unusable as error:
        if error.key not in _DAMAGE:
            raise
        good = False
    if good:
        raise Refused("book.in_the_way", path=target)
    if _opened_elsewhere(target):
        # it would go on writing into the file that is set aside
        raise Unusable("book.in_use", path=target)
    return True


def _refuse_unclosed(path: Path) -> None:
    # a journal of another file would be played into the copy
    for side in (f"{path}-journal", f"{path}-wal"):
        if _size(side):
            raise Unusable("book.side_file", path=side)


def _size(path: Path | str) -> int | None:
    # os.path.exists says no where the disk cannot tell, and a book that stands there is another matter
    try:
        return os.lstat(path).st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unusable("book.cannot_read", path=path, why=error) from None


def _is_locked(target: Path) -> bool:
    try:
        import fcntl
    except ImportError:
        return False
    try:
        with target.open("r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES[1], _LOCK_BYTES[0])
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _opened_elsewhere(target: Path) -> bool:
    # Linux tells which files a process of ours has open; elsewhere only the locks tell
    mine = str(os.getpid())
    wanted = os.stat(target)
    for process in Path("/proc").glob("[0-9]*/fd"):
        if process.parent.name == mine:
            continue
        with suppress(OSError):
            for file in process.iterdir():
                with suppress(OSError):
                    if os.path.samestat(os.stat(file), wanted):
                        return True
    return False


def _put(fresh: Path, target: Path, aside: Path | None) -> None:
    try:
        if aside is None:
            db.publish(fresh, target)
            return
        with suppress(OSError):  # not every file system has links
            os.link(target, aside)
        moved = not aside.exists()
        if moved:
            os.rename(target, aside)
        try:
            os.replace(fresh, target)
        except OSError:
            if moved:
                os.rename(aside, target)
            else:
                os.unlink(aside)
            raise
        db.sync_folder(target.parent)
    except FileExistsError:
        raise Refused("book.in_the_way", path=target) from None
    except OSError as error:
        raise not_written(target, error) from None


def free_name(target: Path, stamp: str) -> Path:
    """A name beside the book that nothing has, for what is put aside at the moment ``stamp``."""
    names = (
        target.with_name(f"{target.name}.aside-{stamp}{extra}") for extra in ("", *map(str, range(2, 99)))
    )
    return next(name for name in names if not name.exists())
