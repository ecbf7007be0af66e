"""The seal on what the book remembers: a chain of digests over its operations and their images.

Every commit adds what it wrote; ``check`` goes through the whole chain again. Operations and images that were
changed afterwards do not come out as sealed, and the links that are kept say near which operation: of the newest
each, of older ones every eighth, of still older ones every sixty-fourth.

It stands among SQLite's own counters of ids (``sqlite_sequence``), in a row that is named like no table: a book
needs no column for it, and a program that knows nothing of it goes on as if it were not there: the next day's first
commit of this one seals what that wrote. A seal that is gone is not made anew: ``check`` says so. There is no secret
in it: it shows damage and careless hands, not somebody who reckons it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

try:
    from _blake2 import blake2b  # hashlib alone would cost every write as much as opening the book
except ModuleNotFoundError:  # pragma: no cover  (without memory for it hashlib would print a traceback)
    from hashlib import blake2b

if TYPE_CHECKING:
    import sqlite3

ROW = "seal"
LOOKED = "looked"  # beside it: the day on which every page was last looked at
_SIZE = 16
_FINEST = 8  # so many links of each fineness are kept
_AT_ONCE = 2_000

# ``undone`` and ``open`` change later; everything else of an operation is for good
_OPERATION = (
    "SELECT id, CAST(quote(at) || quote(command) || quote(reason) || quote(by) || quote(lead_id) || quote(kind)"
    " || quote(target) AS BLOB) FROM operation"
)
IMAGE = (
    "operation_id, id, ifnull(lead_id, 0), row_id, CAST(table_name AS BLOB), CAST(ifnull(before, '') AS BLOB),"
    " CAST(ifnull(after, '') AS BLOB)"
)

# the same as one line, faster put together there than here; an image's JSON has no NUL, at which printf would stop
_IMAGE_LINE = (
    "operation_id, id, CAST(printf('%d %d %d %s' || char(30) || '%s' || char(30) || '%s' || char(31), id,"
    " ifnull(lead_id, 0), row_id, table_name, ifnull(before, ''), ifnull(after, '')) AS BLOB)"
)

Image = tuple[Any, ...]  # what IMAGE selects; more may follow
Row = TypeVar("Row", bound=tuple[Any, ...])
_CONTENT = itemgetter(1, 2, 3, 4, 5, 6)
_NUMBER, _TEXT = itemgetter(1), itemgetter(2)
_LINE = b"%d %d %d %b\x1e%b\x1e%b\x1f"


class Link(NamedTuple):
    """The chain up to an operation."""

    operation: int
    digest: str


class Chain:
    """The digests of operations, made while their images go by; those of one operation come in the order of ids."""

    def __init__(self, connection: sqlite3.Connection, after: int = 0) -> None:
        sql = f"{_OPERATION} WHERE id > ? ORDER BY id"
        self._open = {row[0]: _digest(row[1]) for row in connection.execute(sql, (after,))}

    def take(self, images: list[Image]) -> None:
        """Nothing; these images are counted in with their operations."""
        for operation, some in _parts(images):
            self._update(operation, map(_LINE.__mod__, map(_CONTENT, some)))

    def take_lines(self, lines: list[tuple[int, int, bytes]]) -> None:
        """The same of images as SQLite has put them together: operation, id, line."""
        for operation, some in _parts(lines):
            self._update(operation, map(_TEXT, some))

    def _update(self, operation: int, lines: Iterable[bytes]) -> None:
        digest = self._open.get(operation)
        if digest is not None:
            digest.update(b"".join(lines))

    def links(self, digest: str = "", said: Mapping[int, str] = MappingProxyType({})) -> Iterator[Link]:
        """The chain from ``digest`` on, a link for each operation; after one of ``said`` it goes on from that."""
        for operation, own in self._open.items():
            digest = _digest(bytes.fromhex(digest) + own.digest()).hexdigest()
            yield Link(operation, digest)
            digest = said.get(operation, digest)


def _parts(rows: list[Row]) -> Iterable[tuple[int, list[Row]]]:
    """The rows by their operations, which they begin with."""
    operations = {row[0] for row in rows}
    if len(operations) == 1:
        return ((operations.pop(), rows),)
    parts: dict[int, list[Row]] = {}
    for row in rows:
        parts.setdefault(row[0], []).append(row)
    return parts.items()


def _digest(content: bytes) -> Any:
    return blake2b(content, digest_size=_SIZE)


def read(connection: sqlite3.Connection) -> list[Link] | None:
    """The links that are kept, oldest first; none where nothing is sealed yet, None where they are lost or damaged."""
    found = dict(
        connection.execute("SELECT name, seq FROM sqlite_sequence WHERE name IN (?, ?)", (ROW, LOOKED))
    )
    if ROW in found:
        return parsed(found[ROW])
    return None if LOOKED in found else []  # a program that knows of no seal knows of no day either


def parsed(text: object) -> list[Link] | None:
    """The links that a seal names; None for one that is none."""
    if text == "":
        return []
    try:
        found = [
            Link(int(number), digest) for number, digest in (one.split(":") for one in str(text).split(" "))
        ]
    except ValueError:
        return None
    whole = found == sorted(set(found)) and all(_is_digest(one.digest) for one in found)
    return found if whole else None


def _is_digest(text: str) -> bool:
    return len(text) == 2 * _SIZE and not set(text) - set("0123456789abcdef")


class Begun:
    """What a transaction has written so far, counted in: a long step has less to do at its end."""

    def __init__(self, connection: sqlite3.Connection, after: int) -> None:
        self.chain = Chain(connection, after)
        self._after, self._newest = after, 0
        self._said = self._operations(connection)

    def _operations(self, connection: sqlite3.Connection) -> list[tuple[int, bytes]]:
        return connection.execute(f"{_OPERATION} WHERE id > ? ORDER BY id", (self._after,)).fetchall()

    def holds(self, connection: sqlite3.Connection, after: int) -> bool:
        """Whether these are still the operations after that one, and say what they said."""
        return after == self._after and self._said == self._operations(connection)

    def go_on(self, connection: sqlite3.Connection) -> None:
        """Nothing; the images that were written since are counted in."""
        # by its index: the images of a few operations among a million
        rows = connection.execute(
            f"SELECT {_IMAGE_LINE} FROM history INDEXED BY history_operation WHERE operation_id > ? AND id > ?"
            " ORDER BY operation_id, id",
            (self._after, self._newest),
        )
        while some := rows.fetchmany(_AT_ONCE):
            self.chain.take_lines(some)
            self._newest = max(self._newest, *map(_NUMBER, some))


def begun(connection: sqlite3.Connection) -> Begun:
    """What the open transaction has written so far."""
    links = read(connection)
    return Begun(connection, links[-1].operation if links else 0)


def extend(connection: sqlite3.Connection, begun: Begun | None = None) -> None:
    """Nothing; all that was written since the last seal is sealed. The last act of every transaction that is kept.

    ``begun`` are what some of it came to, none of which was taken back since.
    """
    links = read(connection)
    if links is None:
        return  # damaged: check says so, and a new seal would hide it
    last = links[-1] if links else Link(0, "")
    if begun is None or not begun.holds(connection, last.operation):
        begun = Begun(connection, last.operation)
    begun.go_on(connection)
    new = list(begun.chain.links(last.digest))
    if new:
        _write(connection, thinned([*links, *new]))


def anew(connection: sqlite3.Connection) -> None:
    """Nothing; the whole history is sealed as it stands. For what changes it on purpose: a person forgotten."""
    drop(connection)
    extend(connection)


def begin(connection: sqlite3.Connection) -> None:
    """Nothing; a book of which nothing was ever sealed is sealed by the next commit."""
    if read(connection) == []:
        drop(connection)


def drop(connection: sqlite3.Connection) -> None:
    """Nothing; nothing is sealed until the next commit, which seals all."""
    _write(connection, ())


def _write(connection: sqlite3.Connection, links: Iterable[Link]) -> None:
    text = " ".join(f"{one.operation}:{one.digest}" for one in links)
    done = connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (text, ROW))
    if not done.rowcount:
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (ROW, text))


def thinned(links: list[Link]) -> list[Link]:
    """The links worth keeping: the newest few, and ever fewer of older ones."""
    newest = links[-1].operation
    return [
        one for one in links if one.operation % _fineness(newest - one.operation) == 0 or one is links[-1]
    ]


def _fineness(age: int) -> int:
    step = 1
    while age >= step * _FINEST:
        step *= _FINEST
    return step


class Broken(NamedTuple):
    """Operations that do not come out as they were sealed: the first and the last that it may be."""

    first: int
    last: int


def broken(kept: list[Link] | None, chain: Chain) -> Iterator[Broken]:
    """Where the chain, with every image in it, is not as the kept links say; a seal that cannot be read is 0 to 0."""
    if kept is None:
        yield Broken(0, 0)
        return
    wanted = {one.operation: one.digest for one in kept}
    sealed = 0
    # where a link does not hold, the chain goes on from what was sealed: or nothing later would hold either
    for operation, made in chain.links(said=dict(wanted)):
        digest = wanted.pop(operation, "")
        if not digest:
            continue
        if made != digest:
            yield Broken(sealed + 1, operation)
        sealed = operation
    yield from (Broken(operation, operation) for operation in wanted)  # operations that are gone
