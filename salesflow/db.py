"""The door to the book: make, open and check it; one transaction a command; verified copies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from errno import EACCES, ENOTDIR
from itertools import count, takewhile
from pathlib import Path

from salesflow import keeping, schema
from salesflow.db_step import WAIT_SECONDS, BookConnection, patiently
from salesflow.db_step import Operation as Operation
from salesflow.db_step import begin as begin
from salesflow.db_step import commit as commit
from salesflow.db_step import replacing as replacing
from salesflow.db_step import snapshot as snapshot
from salesflow.db_step import transaction as transaction
from salesflow.db_step import translate as translate
from salesflow.errors import NotFound, NotShown, Refused, Unusable, not_written

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
        make_folder(path.parent, 0o700 if folder_is_ours else 0o777)
        if os.path.lexists(path):
            raise FileExistsError
        new_file(half)
        _fill(half, fill)
        publish(half, path)
    except FileExistsError:
        if not path.parent.is_dir():  # something that is no folder stands in its way
            raise Unusable("book.cannot_make", path=path, why=NotADirectoryError(ENOTDIR, "")) from None
        raise Refused("book.exists", path=path) from None
    except NotShown as error:  # what was saved went with the half book
        raise Unusable("book.cannot_make", path=path, why=error.values["why"]) from None
    except OSError as error:
        raise Unusable("book.cannot_make", path=path, why=error) from None
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


def publish(half: Path, path: Path) -> None:
    """Nothing; what was ``half`` stands at ``path`` for good. Raises FileExistsError where something stands there."""
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

    An older book is copied beside itself (verified) and brought to this version first; one that
    may not be written is brought there in memory. Raises NotFound, Unusable.
    """
    _look(path)
    _refuse_stale(path)
    try:
        writable = write or os.access(path, os.W_OK)
        connection = _connect(path, waiting) if writable else _connect_read_only(path)
        try:
            # the first bytes may be those of a change that did not come to its end and has just been taken back
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version < schema.VERSION and not writable:
                connection.close()
                connection = in_memory(path, version)
            elif version < schema.VERSION:
                _brought_up(connection, path, now)
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


def in_memory(path: Path, version: int) -> sqlite3.Connection:
    """A sound copy of the book of that version as this one has it, to be read; the file is untouched. Unusable."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _take(copy, path, version)
    except BaseException as error:
        copy.close()
        if isinstance(error, sqlite3.Error):
            raise translate(error, path) from None
        raise
    return copy


def _take(copy: sqlite3.Connection, path: Path, version: int) -> None:
    with closing(_connect_read_only(path)) as reader:
        reader.backup(copy)
    _prepare(copy, journal=False)
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Unusable("book.damaged", path=path, why=str(found).rpartition("\n")[2])
    if version < schema.VERSION:
        with replacing(copy, path):
            schema.migrate(copy, version)
    if not schema.is_ours(copy):
        raise Unusable("book.schema_differs", path=path)
    copy.execute("PRAGMA query_only = ON")


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
        raise Unusable("book.cannot_read", path=path, why=error) from None
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


def _refuse_stale(path: Path) -> None:
    # SQLite would wait for a pipe for ever, and play a log into the book, whatever book it was written for
    wal = f"{path}-wal"
    for side in (f"{path}-journal", wal):
        if os.path.lexists(side) and not os.path.isfile(side):
            raise Unusable("book.not_a_file", path=side)
    try:
        if os.path.getsize(wal):
            with path.open("rb") as file:
                if file.read(20)[18:] == b"\x01\x01":
                    raise Unusable("book.stale_wal", path=wal)
    except OSError:
        return


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
        _set(connection, pragma)
    if journal:
        _set(connection, "journal_mode = TRUNCATE")
    # no statement, whatever it was made of, reaches another file; an authorizer would be asked at each of them
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    if hasattr(connection, "setconfig"):  # Python 3.12: nor writes into the schema past us
        connection.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE", 0), True)


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    try:
        connection.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError:
        # SQLite tells what is wrong with the list of tables in the bytes that stand there
        raise sqlite3.DatabaseError("malformed database schema") from None


def _brought_up(connection: sqlite3.Connection, path: Path, now: str) -> None:
    try:
        _upgrade(connection, path, now)
    except (sqlite3.Error, Unusable) as error:
        said = translate(error, path) if isinstance(error, sqlite3.Error) else error
        if said.key not in ("book.cannot_write", "book.cannot_write_new", "book.read_only"):
            raise
        # who only wanted to read is told why something had to be written
        why = PermissionError(EACCES, "") if said.key == "book.read_only" else said.values["why"]
        raise Unusable("book.cannot_upgrade", path=path, why=why) from None


def _upgrade(connection: sqlite3.Connection, path: Path, now: str) -> None:
    with replacing(connection, path):
        # the version is read again inside the transaction: another process may have been first
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version < schema.VERSION:
            _keep_older(path, version, now)
            schema.migrate(connection, version)


def _keep_older(path: Path, version: int, now: str) -> None:
    # one of another file may have the name already, or half of one
    names = (keeping.copy_name(now or "before", f"v{version}", number) for number in count(1))
    copy = next(one for one in map(backups(path).joinpath, names) if not os.path.lexists(one))
    # the connection that is about to write cannot be copied from
    with closing(_connect_read_only(path)) as reader:
        copy_book(reader, copy)


def backups(path: Path) -> Path:
    """The folder of copies of the book at ``path``, whether it is there or not."""
    return path.with_name(keeping.folder_name(path.name))


def copy_book(connection: sqlite3.Connection, target: Path, *, quick: bool = False) -> int:
    """How many leads are in the verified copy of the open book at ``target`` (0600): there whole, or not at all.

    It holds as many rows of each table as the book; ``quick`` leaves out whether its indexes agree with them.
    Raises Refused where ``target`` exists, Unusable where it cannot be written or does not verify.
    """
    book = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    half = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if os.path.lexists(target):
            raise FileExistsError
        _make_folder(target.parent)
        new_file(half)
        rows = _copied(connection, half)
        if _looked_through(half, book, quick) != rows:
            raise Unusable("book.damaged", path=book, why="rows")
        with half.open("rb") as file:
            os.fsync(file.fileno())
        publish(half, target)
    except FileExistsError:
        raise Refused("book.backup_exists", path=target) from None
    except sqlite3.Error as error:
        found = translate(error, target)
        raise Unusable(found.key, path=book, why=error) if found.key == "book.damaged" else found from None
    except OSError as error:
        raise not_written(target, error) from None
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return rows["lead"]


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder, 0o700)
    except FileExistsError as error:  # by something that is no folder
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR)) from error
    if folder.name.endswith(keeping.folder_name("")) and not folder.is_symlink():
        with suppress(OSError):
            folder.chmod(0o700)  # it is ours, and holds what the book holds


def _copied(connection: sqlite3.Connection, half: Path) -> dict[str, int]:
    # what is counted and what is copied is one moment of the book, whoever writes meanwhile
    copy = sqlite3.connect(os.path.abspath(half), isolation_level=None)
    try:
        # half a copy has no name; a journal of it would be a file more to leave behind
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        with nullcontext() if connection.in_transaction else snapshot(connection):
            rows = _rows(connection)
            connection.backup(copy)
    finally:
        copy.close()
    return rows


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def verify(path: Path, *, quick: bool = False) -> int:
    """The number of leads in the book at ``path``, after SQLite's own integrity check of every page.

    ``quick`` leaves out whether its indexes agree with the tables. Raises Unusable.
    """
    try:
        return _looked_through(path, path, quick)["lead"]
    except sqlite3.Error as error:
        raise translate(error, path) from None
    except KeyError:
        raise Unusable("book.schema_differs", path=path) from None


def _looked_through(path: Path, called: Path, quick: bool = False) -> dict[str, int]:
    version = _look(path)
    connection = _connect_read_only(path)
    try:
        found = connection.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check").fetchone()[0]
        if found != "ok":
            raise Unusable("book.damaged", path=called, why=str(found).rpartition("\n")[2])
        if version == schema.VERSION and not schema.is_ours(connection):
            raise Unusable("book.schema_differs", path=called)
        return _rows(connection)
    finally:
        connection.close()


def make_folder(folder: Path, mode: int) -> None:
    """Nothing; the folder is there for good, and those above it that were not."""
    fresh = list(takewhile(lambda one: not one.exists(), (folder, *folder.parents)))
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    for one in fresh:
        sync_folder(one.parent)


def new_file(half: Path) -> None:
    """Nothing; an empty file for its owner alone, whose name is of this process."""
    # a killed run with the same number, as in a container, may have left one
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def sync_folder(folder: Path) -> None:
    """Nothing; afterwards a new name in ``folder`` survives a power cut where the system can promise that."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
