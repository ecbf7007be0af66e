"""A damaged book read: every row that still stands somewhere in its file, by table; the file is never written to.

The tables are found by the book's own list of them, or, where that is gone, by the shape of their rows: which
columns they have, of what kind, which may be empty.
"""

from __future__ import annotations

import mmap
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from salesflow import db, db_keep, schema
from salesflow.db_pages import HEADER, LEAF, Damaged, Pages, Value, page_size_of
from salesflow.errors import NotFound, Refused, Unusable, not_written
from salesflow.schema_tables import TABLES

_MAGIC = b"SQLite format 3\0"
_PAGE = 4096  # books have pages of this size
_MASTER = ("table", "index", "trigger", "view")
COUNTERS = "sqlite_sequence"


class Column(NamedTuple):
    """A column as a table says it: its name, TEXT, INTEGER or REAL, and whether it always holds something."""

    name: str
    kind: str
    full: bool


class Found(NamedTuple):
    """A row that was read: the tables that it may be of, its id, what it holds.

    Of more than one table only where it hung on no tree, and several have its shape.
    """

    tables: tuple[str, ...]
    row: int
    values: Sequence[Value]


class Wreck:
    """The pages of a damaged book, and what is on them. ``unread`` is how many pages of tables fit nothing."""

    def __init__(self, content: bytes | memoryview) -> None:
        self._pages = Pages(content, _likely_size(content))
        self.counters: dict[str, Value] = {}
        self.unread = 0
        self._roots, self._shapes = self._listed()

    def close(self) -> None:
        """Nothing; the content may be closed."""
        self._pages.content.release()

    def named(self, table: str, found: Found) -> dict[str, Value]:
        """What the row holds as one of ``table``, by the names of its columns."""
        names = (column.name for column in self._shapes[table])
        return dict(zip(names, found.values, strict=True)) | {"id": found.row}

    def _leaves(self) -> Iterator[int]:
        for number in range(1, self._pages.count + 1):
            with suppress(Damaged):
                if self._pages.kind(number) == LEAF:
                    yield number

    def _listed(self) -> tuple[dict[str, int], dict[str, tuple[Column, ...]]]:
        # the list of tables: below the first page, or wherever its leaves lie
        roots: dict[str, int] = {}
        shapes = {table: columns_of(ddl) for table, ddl in TABLES.items()}
        for leaves in (self._pages.leaves(1), self._leaves()):
            for number in leaves:
                for _, values in self._rows(number):
                    if _is_listed(values) and values[1] not in roots:
                        name, root, ddl = str(values[1]), values[3], str(values[4])
                        roots[name] = int(root) if isinstance(root, int) else 0
                        said = columns_of(ddl) if name in TABLES else ()
                        shapes[name] = said if said and said[0].name == "id" else shapes.get(name, ())
            if {*TABLES} <= {*roots}:
                break
        return roots, shapes

    def _rows(self, number: int) -> list[tuple[int, list[Value]]]:
        try:
            return list(self._pages.rows(number))
        except Damaged:
            return []

    def rows(self) -> Iterator[Found]:
        """Every row that can be read: first what hangs on a table's own tree, then what hangs on none."""
        reached: set[int] = set()
        for table in (*schema.UNTRACKED, *schema.TRACKED):
            yield from self._of_tree(table, self._roots.get(table, 0), reached)
        self._count_ids(reached)
        by_width: dict[int, list[str]] = {}
        for table in TABLES:
            by_width.setdefault(len(self._shapes[table]), []).append(table)
        for number in self._leaves():
            if number not in reached:
                yield from self._loose(number, by_width)

    def _of_tree(self, table: str, root: int, reached: set[int]) -> Iterator[Found]:
        columns = self._shapes[table]
        for number in self._pages.leaves(root):
            rows = self._rows(number)
            fitting = [(row, values) for row, values in rows if fits(values, columns)]
            if number in reached or (rows and not fitting):
                continue
            reached.add(number)
            yield from (Found((table,), row, values) for row, values in fitting)

    def _loose(self, number: int, by_width: Mapping[int, Sequence[str]]) -> Iterator[Found]:
        rows, known = self._rows(number), False
        for row, values in rows:
            tables = tuple(
                table
                for table in by_width.get(len(values), ())
                if fits(values, self._shapes[table]) and _is_of(table, values, self._shapes[table])
            )
            known = known or bool(tables) or _is_master(values) or _is_counter(values)
            if tables:
                yield Found(tables, row, values)
            elif _is_counter(values):
                self.counters.setdefault(str(values[0]), values[1])
        self.unread += bool(rows) and not known

    def _count_ids(self, reached: set[int]) -> None:
        for number in self._pages.leaves(self._roots.get(COUNTERS, 0)):
            reached.add(number)
            self.counters |= {
                str(values[0]): values[1] for _, values in self._rows(number) if _is_counter(values)
            }


def _is_master(values: Sequence[Value]) -> bool:
    return len(values) == 5 and values[0] in _MASTER


def _is_listed(values: Sequence[Value]) -> bool:
    return _is_master(values) and values[0] == "table" and isinstance(values[4], str)


def _is_counter(values: Sequence[Value]) -> bool:
    return len(values) == 2 and isinstance(values[0], str) and isinstance(values[1], (int, str))


def _is_of(table: str, values: Sequence[Value], columns: Sequence[Column]) -> bool:
    # what the two tables without a history are known by, and what tells some of one shape apart
    named = dict(zip((one.name for one in columns), values, strict=True))
    if table == "operation":
        return named.get("kind") in ("setup", "step", "undo", "redo")
    if table == "history":
        return named.get("table_name") in TABLES
    if table == "workday":
        return named.get("work") in (0, 1)
    return True


def fits(values: Sequence[Value], columns: Sequence[Column]) -> bool:
    """Whether a row of these values can be one of a table of these columns."""
    if len(values) != len(columns) or values[0] is not None:
        return False  # the id stands beside the record, and not in it
    return all(_fits(value, column) for value, column in zip(values[1:], columns[1:], strict=True))


_KINDS: dict[str, tuple[type, ...]] = {"TEXT": (str, bytes), "INTEGER": (int,), "REAL": (int, float)}


def _fits(value: Value, column: Column) -> bool:
    return not column.full if value is None else isinstance(value, _KINDS.get(column.kind, ()))


_COLUMN = re.compile(r"^  (\w+) (TEXT|INTEGER|REAL)\b([^,\n]*)", re.MULTILINE)


@cache
def columns_of(ddl: str) -> tuple[Column, ...]:
    """The columns of a table as its statement says them; none for a statement that is not ours."""
    return tuple(
        Column(name, kind, "NOT NULL" in rest and "PRIMARY KEY" not in rest)
        for name, kind, rest in _COLUMN.findall(ddl)
    )


def _likely_size(content: bytes | memoryview) -> int:
    # a header may say a size that pages could have, and these have not
    said = page_size_of(content)
    if said == _PAGE:
        return said

    def fitting(size: int) -> int:
        # rows, not pages: of two pages taken for one, only the first is found
        pages, found = Pages(content, size), 0
        for number in range(1, min(pages.count, 400 * _PAGE // size) + 1):
            with suppress(Damaged):
                found += sum(1 for _ in pages.cells(number))
        return found

    return said if fitting(said) > fitting(_PAGE) else _PAGE


def new_book(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Nothing; a book that ``fill`` makes stands at ``path``, verified, its owner's alone: whole, or not at all.

    Raises Refused where something stands there, Unusable where it cannot be written.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if os.path.lexists(path):
            raise FileExistsError
        db.new_file(half)
        with closing(db._connect(half)) as connection:
            # half a book has no name: it is written out once, when it is whole
            connection.execute("PRAGMA synchronous = OFF")
            fill(connection)
        db.verify(half)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        db.publish(half, path)
    except FileExistsError:
        raise Refused("book.exists", path=path) from None
    except sqlite3.Error as error:
        raise db.translate(error, path) from None
    except OSError as error:
        raise Unusable("book.cannot_make", path=path, why=error) from None
    finally:
        for name in (half, f"{half}-journal"):
            with suppress(OSError):
                os.unlink(name)


@contextmanager
def opened(path: Path, beside: Path) -> Iterator[Wreck]:
    """The damaged book at ``path``, read from a copy of its own among the files ``beside``; the file is not touched.

    What a killed program left half is taken back in the copy. Raises NotFound, Unusable where it is no book at all.
    """
    refuse_others(path)
    folder = beside.with_name(f".{beside.name}.{os.getpid()}.wreck")
    _sweep(beside)
    try:
        folder.mkdir(mode=0o700)
        copy = folder / "book.db"
        _copied(path, copy)
        with (
            copy.open("rb") as file,
            closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as content,
            memoryview(content) as view,
            closing(Wreck(view)) as wreck,
        ):
            yield wreck
    except OSError as error:
        raise not_written(beside, error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(beside: Path) -> None:
    # what killed runs have left
    with suppress(OSError):
        for found in os.listdir(beside.parent):
            stem, _, ending = found.rpartition(".")
            called, _, process = stem.rpartition(".")
            mine = ending == "wreck" and called == f".{beside.name}" and process.isdecimal()
            if mine and (not db_keep.runs(int(process)) or int(process) == os.getpid()):
                shutil.rmtree(beside.with_name(found), ignore_errors=True)


def refuse_others(path: Path) -> None:
    """Nothing for a file that may be a book. Raises NotFound, Unusable: no file, another program's, a newer book."""
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise Unusable("book.not_a_file", path=path)
        with path.open("rb") as file:
            head = file.read(HEADER)
    except FileNotFoundError:
        raise NotFound("salvage.no_file", path=path) from None
    except OSError as error:
        raise Unusable("book.cannot_read", path=path, why=error) from None
    if not head:
        raise Unusable("book.empty_file", path=path)
    ours = head[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")
    version = int.from_bytes(head[60:64], "big")
    if head.startswith(_MAGIC) and ours and schema.VERSION < version < schema.VERSION + 50:
        raise Unusable("book.newer", path=path, version=version, known=schema.VERSION)


def _copied(path: Path, copy: Path) -> None:
    # a sound book may be written to meanwhile: as long as it is read, nobody commits
    with suppress(sqlite3.Error), closing(db._connect_read_only(path)) as reader:
        reader.execute("BEGIN")
        with suppress(sqlite3.Error):
            reader.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        _copy_files(path, copy)
    if not copy.exists():
        _copy_files(path, copy)
    # what a killed program left half is taken back here, what stands in a log goes where it belongs
    if any(copy.with_name(copy.name + side).exists() for side in _SIDES):
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


_SIDES = ("-journal", "-wal")


def _copy_files(path: Path, copy: Path) -> None:
    with path.open("rb") as file:
        logged = file.read(20)[18:] == b"\2\2"
    for side in ("", *_SIDES):
        source, target = path.with_name(path.name + side), copy.with_name(copy.name + side)
        # a log beside a book that keeps none is of another one
        if source.is_file() and not (side and source.is_symlink()) and (logged or side != "-wal"):
            shutil.copyfile(source, target)
            target.chmod(0o600)
