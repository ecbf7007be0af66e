"""The door to the book: make, open and check it; one transaction a command; verified copies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from salesflow import schema
from salesflow.db_step import WAIT_SECONDS, BookConnection, patiently
from salesflow.db_step import Operation as Operation
from salesflow.db_step import begin as begin
from salesflow.db_step import commit as commit
from salesflow.db_step import replacing as replacing
from salesflow.db_step import snapshot as snapshot
from salesflow.db_step import transaction as transaction
from salesflow.db_step import translate as translate
from salesflow.errors import NotFound, Refused, Unusable

READ_CACHE_KB = 16 * 1024
_MAGIC = b"SQLite format 3\0"


def create_book(
    path: Path, *, folder_is_ours: bool = False, fill: Callable[[sqlite3.Connection], None] | None = None
) -> sqlite3.Connection:
    """A new book at ``path``, open, readable by its owner alone (0600), with what ``fill`` writes into it.

    It is there whole, or not at all. The default folder is made 0700. Raises Refused where something
    stands there already.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if folder_is_ours else 0o777)
        if os.path.lexists(path):
            raise FileExistsError
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _fill(half, fill)
        _publish(half, path)
    except FileExistsError:
        raise Refused("book.exists", path=path) from None
    except OSError as error:
        raise Unusable("book.cannot_make", path=path, why=error.strerror or error) from None
    except sqlite3.Error as error:
        raise translate(error, path) from None
    finally:
        for name in (half, f"{half}-journal"):
            with suppress(OSError):
                os.unlink(name)
    return _connect(path)


def _fill(half: Path, fill: Callable[[sqlite3.Connection], None] | None) -> None:
    connection = _connect(half)
    try:
        connection.execute("BEGIN IMMEDIATE")
        schema.create(connection)
        connection.execute("COMMIT")
        if fill:
            fill(connection)
    finally:
        connection.close()


def _publish(half: Path, path: Path) -> None:
    # a link fails where a name is taken; not every file system has links
    try:
        os.link(half, path)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(half, path)
    sync_folder(path.parent)


def open_book(
    path: Path, *, write: bool = False, now: str = "", waiting: Callable[[], None] | None = None
) -> sqlite3.Connection:
    """The book at ``path``, checked to be ours; without ``write`` nothing in it can be changed.

    ``waiting`` is called where another program holds the book for more than a second.

    An older book is copied beside itself (verified) and brought to this version first.
    Raises NotFound, Unusable.
    """
    version = _look(path)
    try:
        writable = write or os.access(path, os.W_OK)
        connection = _connect(path, waiting) if writable else _connect_read_only(path)
        try:
            if version < schema.VERSION:
                _upgrade(connection, path, now)
            if not schema.is_ours(connection):
                raise Unusable("book.schema_differs", path=path)
            if not write:
                connection.execute("PRAGMA query_only = ON")
                # a report goes through whole tables; what is not asked for takes no memory
                connection.execute(f"PRAGMA cache_size = -{READ_CACHE_KB}")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise translate(error, path) from None
    return connection


def _look(path: Path) -> int:
    # the first hundred bytes tell what the file is without SQLite touching it
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise Unusable("book.not_a_file", path=path)
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise NotFound("book.missing", path=path) from None
    except OSError as error:
        raise Unusable("book.cannot_read", path=path, why=error.strerror or error) from None
    if not head:
        raise Unusable("book.empty_file", path=path)
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise Unusable("book.not_a_book", path=path)
    if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
        raise Unusable("book.foreign", path=path)
    version = int.from_bytes(head[60:64], "big")
    if version > schema.VERSION:
        raise Unusable("book.newer", path=path, version=version, known=schema.VERSION)
    return version


def is_book(path: Path) -> bool:
    """Whether a book or a copy of one stands at ``path``, of whatever version, sound or not."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return False
    return head.startswith(_MAGIC) and int.from_bytes(head[68:72], "big") == schema.APPLICATION_ID


def _connect(path: Path, waiting: Callable[[], None] | None = None) -> sqlite3.Connection:
    # always absolute: SQLite takes a name that begins with "file:" for a URI
    name = os.path.abspath(path)
    connection = sqlite3.connect(name, timeout=WAIT_SECONDS, isolation_level=None, factory=BookConnection)
    connection.waiting = waiting
    try:
        patiently(connection, lambda: _ready(connection))
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_read_only(path: Path) -> sqlite3.Connection:
    uri = Path(os.path.abspath(path)).as_uri() + "?mode=ro"
    connection = sqlite3.connect(uri, timeout=WAIT_SECONDS, isolation_level=None, uri=True)
    _prepare(connection, journal=False)
    return connection


def _ready(connection: sqlite3.Connection) -> None:
    _prepare(connection)
    # the first look waits for the lock, and rolls back what a killed program has left
    connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


def _prepare(connection: sqlite3.Connection, *, journal: bool = True) -> None:
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "cell_size_check = ON",
        "temp_store = MEMORY",
        "secure_delete = ON",
        "mmap_size = 0",
        "synchronous = EXTRA",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if journal:
        connection.execute("PRAGMA journal_mode = TRUNCATE")


def _upgrade(connection: sqlite3.Connection, path: Path, now: str) -> None:
    # the version is read again inside the transaction: another process may have been first
    stamp = now.replace(":", "").replace("-", "") or "before"
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    copy = path.with_name(f"{path.name}.v{version}-{stamp}.backup")
    if version < schema.VERSION and not copy.exists():
        copy_book(connection, copy)
    with replacing(connection, path):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version < schema.VERSION:
            schema.migrate(connection, version)


def copy_book(connection: sqlite3.Connection, target: Path) -> None:
    """A verified copy of the open book at ``target`` (0600): there whole, or not at all.

    Raises Refused where ``target`` exists, Unusable where it cannot be written or does not verify.
    """
    if target.exists():
        raise Refused("book.backup_exists", path=target)
    half = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        copy = sqlite3.connect(os.path.abspath(half), isolation_level=None)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        verify(half)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(half, target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise translate(error, target) from None
    except OSError as error:
        raise Unusable("book.cannot_write", path=target, why=error.strerror or error) from None
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def verify(path: Path) -> int:
    """The number of leads in the book at ``path``, after SQLite's own integrity check of every page."""
    version = _look(path)
    try:
        connection = _connect_read_only(path)
        try:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise Unusable("book.damaged", path=path, why=found)
            if version == schema.VERSION and not schema.is_ours(connection):
                raise Unusable("book.schema_differs", path=path)
            return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise translate(error, path) from None


def restore_book(source: Path, target: Path, stamp: str) -> Path | None:
    """The verified copy ``source`` put at ``target``; returns where a damaged book that stood there went.

    ``stamp`` is the wall clock for its new name. Raises Refused where a sound book stands at ``target``:
    nobody wants years of work replaced by a typing error.
    """
    if not source.exists():
        raise NotFound("book.no_copy", path=source)
    verify(source)
    damaged = _is_damaged(target)
    for side in (f"{target}-journal", f"{target}-wal"):
        if os.path.exists(side) and os.path.getsize(side):
            raise Unusable("book.side_file", path=side)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.restore")
    reader = _connect_read_only(source)
    try:
        copy_book(reader, fresh)
    finally:
        reader.close()
    aside = free_name(target, stamp) if damaged else None
    try:
        if aside:
            os.link(target, aside)
        os.replace(fresh, target)
        sync_folder(target.parent)
    except OSError as error:
        raise Unusable("book.cannot_write", path=target, why=error.strerror or error) from None
    return aside


def _is_damaged(target: Path) -> bool:
    if not target.exists():
        return False
    try:
        verify(target)
    except Unusable as error:
        if error.key in ("book.damaged", "book.empty_file", "book.not_a_book", "book.schema_differs"):
            return True
        raise
    raise Refused("book.in_the_way", path=target)


def free_name(target: Path, stamp: str) -> Path:
    """A name beside the book that nothing has, for what is put aside at the moment ``stamp``."""
    names = (
        target.with_name(f"{target.name}.aside-{stamp}{extra}") for extra in ("", *map(str, range(2, 99)))
    )
    return next(name for name in names if not name.exists())


def sync_folder(folder: Path) -> None:
    """Nothing; afterwards a new name in ``folder`` survives a power cut where the system can promise that."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
