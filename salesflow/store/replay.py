"""The book replayed from its history: every cell that is not as its images say, every image that does not fit.

One walk over the history compares in SQLite what nearly every row is: as its one image has it. Only what is not so
is read and replayed here, a few hundred images at a time, so that a book of any size fits.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import compress, groupby, islice
from operator import itemgetter, lt, not_
from typing import Any, NamedTuple

from salesflow import schema, schema_seal
from salesflow.store.rows import Connection, marks

_AT_ONCE = 500  # images of one statement
_CHUNK = 2_000  # images of one walk in memory

Columns = dict[str, Any]


class Difference(NamedTuple):
    """One thing that the history and the book do not agree on; ``image`` is the id of the image that does not fit.

    ``kind``: ``field`` (a cell is not as the history says), ``gone`` (a row is missing), ``no history`` (a row that
    no step made), ``image`` (an image that contradicts those before it), ``unreadable`` (an image that is no image),
    ``seal`` (operations that were changed after they were sealed: from ``row_id`` to ``image``), ``counter`` (an id
    that was given out would be given out again: ``field`` is the table).
    """

    kind: str
    table: str
    row_id: int
    field: str = ""
    known: Any = None
    present: Any = None
    lead_id: int | None = None
    image: int | None = None

    @property
    def where(self) -> str:
        """The place in a few words: ``followup 12: note``."""
        if self.kind == "counter":
            return f"{self.table} {self.field}"
        if self.kind == "seal":
            many = "" if self.row_id == self.image else f"-{self.image}"
            return f"operation {self.row_id}{many}" if self.image else "seal"
        what = f": {self.field}" if self.field else "" if self.kind == "unreadable" else f": {self.kind}"
        if self.kind in ("image", "unreadable"):
            return f"history {self.image}{what} ({self.table} {self.row_id})"
        return f"{self.table} {self.row_id}{what}"


def differing(connection: Connection) -> Iterator[Difference]:
    """Everything that does not come out, by table and row; then what is not as it was sealed."""
    walked = _Walk(connection)
    order = {table: place for place, table in enumerate(schema.TRACKED)}
    for table in sorted({*order, *walked.ids}, key=lambda name: (order.get(name, len(order)), name)):
        yield from _of_table(connection, table, walked)
    yield from _of_counters(connection, walked)
    for one in schema_seal.broken(schema_seal.read(connection), walked.chain):
        yield Difference("seal", "operation", one.first, image=one.last)


def _of_counters(connection: Connection, walked: _Walk) -> Iterator[Difference]:
    counters = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    for table, rows in walked.rows.items():
        last, known = counters.get(table), max(rows)
        if table in schema.TRACKED and not (isinstance(last, int) and last >= known):
            yield Difference("counter", "sqlite_sequence", 0, table, known, last)


class _Walk:
    """The whole history gone through once, in the order of its ids."""

    def __init__(self, connection: Connection) -> None:
        try:
            self._go(connection, _walk_sql(patched=True))
        except sqlite3.OperationalError as error:
            # an image that is no JSON ends the first way of looking
            if "JSON" not in str(error):
                raise
            self._go(connection, _walk_sql(patched=False))

    def _go(self, connection: Connection, sql: str) -> None:
        self.chain = schema_seal.Chain(connection)
        self.ids: dict[str, array[int]] = {}  # of the images, by table
        self.rows: dict[str, array[int]] = {}  # the row that each is of
        self.touched: dict[str, set[int]] = {}  # rows that are not, letter by letter, as their one image says
        cursor = connection.execute(sql)
        while some := cursor.fetchmany(_CHUNK):
            self.chain.take(some)
            if len({image[4] for image in some}) == 1:
                self._take(some)
            else:
                for _, group in groupby(some, itemgetter(4)):
                    self._take(list(group))

    def _take(self, images: list[tuple[Any, ...]]) -> None:
        _, ids, _, rows, names, _, _, same = zip(*images, strict=True)
        table = names[0].decode("utf-8", "surrogateescape")
        self.ids.setdefault(table, array("q")).extend(ids)
        self.rows.setdefault(table, array("q")).extend(rows)
        if 0 in same:
            self.touched.setdefault(table, set()).update(compress(rows, map(not_, same)))

    def doubtful(self, table: str) -> list[int]:
        """The rows whose images must be gone through one by one, and those that have several."""
        rows, found = self.rows.get(table, _NONE), self.touched.get(table, set())
        if not _rises(rows):
            ordered = sorted(rows)
            found = found.union(one for one, other in zip(ordered, ordered[1:], strict=False) if one == other)
        return sorted(found)


_NONE: array[int] = array("q")


def _rises(rows: Sequence[int]) -> bool:
    return all(map(lt, rows, islice(rows, 1, None)))


def _walk_sql(*, patched: bool) -> str:
    # triggers write NULLs down, rows that came in bulk have none; what is otherwise is patched: NULLs fall out
    whole = _rows_as(_whole)
    image = f"CASE WHEN instr(h.after, ':null') THEN {whole} ELSE {_rows_as(_without_nulls)} END"
    same = f"ifnull(json_patch('{{}}', h.after) = json_patch('{{}}', {whole}), 0)" if patched else "0"
    # CASE looks no further than it must, OR does
    return (
        f"SELECT {schema_seal.IMAGE}, CASE WHEN h.before IS NOT NULL OR h.after IS NULL THEN 0"
        f" WHEN h.after IS {image} THEN 1 ELSE {same} END FROM history h NOT INDEXED ORDER BY h.id"
    )


def _rows_as(image: Callable[[str], str]) -> str:
    cases = (
        f"WHEN '{table}' THEN (SELECT {image(table)} FROM {table} WHERE id = h.row_id)"
        for table in schema.TRACKED
    )
    return f"CASE h.table_name {' '.join(cases)} END"


def _whole(table: str) -> str:
    return schema.image(table, schema.columns(table))


def _without_nulls(table: str) -> str:
    pairs = " || ".join(
        f"CASE WHEN {name} IS NOT NULL THEN ',\"{name}\":' || json_quote({name}) ELSE '' END"
        for name in schema.columns(table)
    )
    return f"'{{' || substr({pairs}, 2) || '}}'"


def _of_table(connection: Connection, table: str, walked: _Walk) -> Iterator[Difference]:
    rows = walked.rows.get(table, _NONE)
    if table not in schema.TRACKED:
        yield from (Difference("gone", table, row) for row in sorted(set(rows)))
        return
    doubtful = walked.doubtful(table)
    many = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    if not doubtful and many == len(rows):
        return  # each row has one image and is as that says
    wanted = set(doubtful)
    pairs = sorted(pair for pair in zip(rows, walked.ids.get(table, _NONE), strict=True) if pair[0] in wanted)
    resets = _resets(connection)
    for start in range(0, len(doubtful), _AT_ONCE):
        some = doubtful[start : start + _AT_ONCE]
        yield from _of_rows(connection, table, some, _between(pairs, some[0], some[-1]), resets)
    known = set(rows)
    for (row,) in connection.execute(f"SELECT id FROM {table} ORDER BY id"):
        if row not in known:
            yield Difference("no history", table, row, lead_id=_lead(connection, table, row))


def _between(pairs: Sequence[tuple[int, int]], first: int, last: int) -> list[int]:
    # the images of the rows from ``first`` to ``last``, by row and then by id
    start = bisect_left(pairs, (first, -(2**63)))
    return [image for _, image in pairs[start : bisect_left(pairs, (last + 1, -(2**63)))]]


def _resets(connection: Connection) -> frozenset[int]:
    # what was salvaged begins anew: what lies before it need not fit
    rows = connection.execute("SELECT id FROM operation WHERE kind = 'setup' AND command = 'salvage'")
    return frozenset(row[0] for row in rows)


def _lead(connection: Connection, table: str, row: int) -> int | None:
    found = connection.execute(
        f"SELECT {schema.lead_of(table, table)} FROM {table} WHERE id = ?", (row,)
    ).fetchone()
    return found[0] if found else None


def _of_rows(
    connection: Connection, table: str, rows: Sequence[int], images: Sequence[int], resets: frozenset[int]
) -> Iterator[Difference]:
    sql = f"SELECT id, {_whole(table)} FROM {table} WHERE id IN ({marks(rows)})"
    present = dict(connection.execute(sql, rows).fetchall())
    for row, group in groupby(_read(connection, images), lambda image: image[1]):
        replay = Replay(table, row)
        for image_id, _, operation, lead_id, before, after in group:
            replay.take(image_id, before, after, lead_id, reset=operation in resets)
        yield from replay.found
        yield from _compared(replay, present.get(row))


def _read(connection: Connection, images: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(images), _AT_ONCE):
        ids = images[start : start + _AT_ONCE]
        sql = (
            f"SELECT id, row_id, operation_id, lead_id, before, after FROM history WHERE id IN ({marks(ids)})"
        )
        texts = {row[0]: row for row in connection.execute(sql, ids)}
        for one in ids:
            if one not in texts:  # gone through a moment ago, and not found by its id
                raise sqlite3.DatabaseError(f"history {one}")
            yield texts[one]


def _compared(replay: Replay, text: str | None) -> Iterator[Difference]:
    known, table, row = replay.state, replay.table, replay.row
    present = held(text)
    if known is None or replay.lost:
        if text is not None and not replay.lost:
            yield Difference("no history", table, row, lead_id=lead_of(table, row, present))
        return
    if text is None:
        yield Difference("gone", table, row, known=known, lead_id=lead_of(table, row, known))
        return
    lead = lead_of(table, row, known)
    for name in sorted({*known, *(present or {})}):
        said, there = known.get(name), (present or {}).get(name)
        if said != there:
            yield Difference("field", table, row, name, said, there, lead)


class Replay:
    """One row as its images make it, taken in the order of their ids; ``found`` is what did not fit."""

    def __init__(self, table: str, row: int) -> None:
        self.table = table
        self.row = row
        self.state: Columns | None = None
        self.lost = False  # an image could not be read: what follows from it is not known
        self.found: list[Difference] = []

    def take(
        self,
        image: int,
        before: str | None,
        after: str | None,
        lead_id: int | None = None,
        *,
        reset: bool = False,
    ) -> None:
        """Nothing; the row is as the image leaves it. One of a ``reset`` begins anew."""
        old, new = held(before), held(after)
        if (
            (before is not None and old is None)
            or (after is not None and new is None)
            or not (before or after)
        ):
            self.found.append(Difference("unreadable", self.table, self.row, image=image))
            self.lost = True
            return
        fresh = reset and (old is None or new is None)
        if fresh:
            self.found.clear()
        elif not self.lost:
            self._look(image, old, new, lead_id)
        self.lost = self.lost and old is not None and not fresh
        self.state = _after(self.state, old, new)

    def _look(self, image: int, old: Columns | None, new: Columns | None, lead_id: int | None) -> None:
        state = self.state
        if (state is None) != (old is None):
            self._doubt(image)
            return
        names = {*(old or {}), *(new or {})} if new is not None else {*(old or {}), *(state or {})}
        if state is not None and old is not None:
            for name in sorted(names):
                if state.get(name) != old.get(name):
                    self._doubt(image, name, state.get(name), old.get(name))
        leads = {
            lead_of(self.table, self.row, one) for one in (state, _after(state, old, new)) if one is not None
        }
        if leads and lead_id not in leads:
            self._doubt(image, "lead_id", min(leads, key=str), lead_id)

    def _doubt(self, image: int, name: str = "", known: Any = None, present: Any = None) -> None:
        lead = lead_of(self.table, self.row, self.state)
        self.found.append(Difference("image", self.table, self.row, name, known, present, lead, image))


def _after(state: Columns | None, old: Columns | None, new: Columns | None) -> Columns | None:
    if new is None:
        return None
    if old is None:
        return new
    return {name: value for name, value in (state or {}).items() if name not in old} | new


def lead_of(table: str, row: int, columns: Columns | None) -> int | None:
    """The lead that a row of these columns is of."""
    return row if table == "lead" else (columns or {}).get("lead_id")


def held(image: str | None) -> Columns | None:
    """What an image says of columns that hold something; None for one that is none."""
    try:
        columns = json.loads(image) if image is not None else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(columns, dict):
        return None
    return {name: value for name, value in columns.items() if value is not None}
