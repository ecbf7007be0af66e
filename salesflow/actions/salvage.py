"""A damaged book made into a new one: what was read, what the history knows of the rest, and what neither does.

What a row says and what the history says of it should be the same. Where they differ, the seal tells which of them
was damaged: history that is as it was sealed is right. A row of which the history is not whole begins anew: as it
stands, under an operation of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from salesflow import processes, schema
from salesflow.errors import SalesflowError
from salesflow.names import name_key
from salesflow.store import checks, salvaging, settings
from salesflow.store.replay import differing
from salesflow.store.rows import Connection, new_uid
from salesflow.store.salvaging import Columns, Past

READ = "read"
REBUILT = "rebuilt"  # lost, and made again of the history
RESTORED = "restored"  # damaged, and put right by the history
DOUBTFUL = "doubtful"  # kept or made, and nothing confirms it
ANEW = "anew"  # sound, but its history is not whole
SETTLED = "settled"  # its sums or its next date were reckoned from what is there
UNLINKED = "unlinked"  # it named a row that is lost
LOST = "lost"
STEPS = "operation"
_OPEN = salvaging.NEVER_SEALED


class Fate(NamedTuple):
    """What became of a row that was not simply read; ``fields``: what it holds and what else was said of it."""

    table: str
    row: int
    what: str
    lead_id: int | None = None
    fields: Mapping[str, tuple[Any, Any]] = {}


class Source(Protocol):
    """A damaged book."""

    counters: dict[str, Any]

    def rows(self) -> Any:
        """Every row that can be read."""

    def named(self, table: str, found: Any) -> dict[str, Any]:
        """What a row holds as one of ``table``."""


@dataclass
class Salvage:
    """One new book: ``take`` what was read, then ``settle``.

    ``read`` counts the rows of each table, ``fates`` tells what became of those that were not simply read,
    ``steps_lost`` the operations that ``undo`` leaves alone.
    """

    connection: Connection
    at: str
    by: str
    nameless: str  # what a customer is called of whom no name is left, with {id}
    read: dict[str, int] = field(default_factory=dict)
    fates: dict[tuple[str, int], Fate] = field(default_factory=dict)
    steps_lost: list[int] = field(default_factory=list)
    sealed: bool = False

    def __post_init__(self) -> None:
        self._refused: dict[tuple[str, int], Columns] = {}
        self._odd: set[tuple[str, int]] = set()  # bytes that are no text stood in them
        self._unclear: list[tuple[tuple[str, ...], Any]] = []
        self._anew: set[tuple[str, int]] = set()
        self._broken: list[tuple[int, int]] | None = None

    def take(self, source: Source, advance: Callable[[int], None] = lambda count: None) -> int:
        """How many rows there were; each is in its table, as far as it can be. ``advance`` hears how many so far."""
        salvaging.begin(self.connection)
        count = 0
        for count, found in enumerate(source.rows(), 1):
            if len(found.tables) == 1:
                self._put(found.tables[0], found.row, source.named(found.tables[0], found))
            else:
                self._unclear.append((found.tables, found))
            if count % 1000 == 0:
                advance(count)
        salvaging.ready(self.connection)
        for tables, found in self._unclear:
            table = self._meant(tables, found.row)
            if table:
                self._put(table, found.row, source.named(table, found))
        return count

    def _put(self, table: str, row: int, values: Mapping[str, Any]) -> None:
        columns = {name: self._text(table, row, value) for name, value in values.items()}
        if salvaging.put(self.connection, table, columns) is None:
            self.read[table] = self.read.get(table, 0) + 1
        elif salvaging.columns(self.connection, table, row) is None and table in schema.TRACKED:
            held = {name: value for name, value in columns.items() if value is not None}
            self._refused.setdefault((table, row), held)

    def _text(self, table: str, row: int, value: Any) -> Any:
        if not isinstance(value, bytes) and not (isinstance(value, str) and "\0" in value):
            return value
        self._odd.add((table, row))
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        return text.replace("\0", "\ufffd")

    def _meant(self, tables: tuple[str, ...], row: int) -> str | None:
        # several tables have the shape of this row: the history knows which of them had one of this id
        free = [one for one in tables if salvaging.columns(self.connection, one, row) is None]
        known = [one for one in free if salvaging.in_history(self.connection, one, row)]
        return next(iter(known or free), None)

    def settle(self, counters: Mapping[str, Any]) -> None:
        """Nothing; the book is whole, and ``fates`` says what became of every row that was not simply read."""
        connection = self.connection
        self._broken = salvaging.broken_seals(connection, counters.get("seal"))
        self.sealed = self._broken is not None
        lost = [
            *salvaging.unknown_images(connection),
            *salvaging.lost_operations(connection, self.at),
        ]
        for table, row in self._in_doubt():
            self._decide(table, row)
        self._find_lost(counters)
        self._link()
        self._processes()
        self._stages()
        self._counts()
        self._steps(lost)
        self._begin_anew()
        salvaging.finish(
            connection, {table: last for table, last in counters.items() if isinstance(last, int)}
        )

    def _in_doubt(self) -> list[tuple[str, int]]:
        order = {table: place for place, table in enumerate(schema.TRACKED)}
        found = {(one.table, one.row_id) for one in differing(self.connection) if one.kind != "seal"}
        found |= {*self._refused, *self._odd}
        return sorted((one for one in found if one[0] in order), key=lambda one: (order[one[0]], one[1]))

    def _trusted(self, past: Past) -> bool:
        # as it was sealed; of a book that never was, as far as it fits together. What is missing may be of any row
        # that was there by then
        broken = [last for _, last in self._broken or [] if last < _OPEN]
        unsealed = [first for first, last in self._broken or [] if last >= _OPEN]
        first, newest = min(past.operations), max(past.operations)
        return past.whole and all(last < first for last in broken) and all(newest < one for one in unsealed)

    def _decide(self, table: str, row: int) -> None:
        there = salvaging.columns(self.connection, table, row)
        held = there if there is not None else self._refused.get((table, row))
        past = salvaging.past(self.connection, table, row)
        if past is None or not past.whole:
            self._without_history(table, row, there, held, past.state if past else None)
        elif past.state is None:
            self._deleted(table, row, there, trusted=self._trusted(past))
        elif there is None:
            self._rebuild(table, row, past.state, sure=self._trusted(past))
        elif there != past.state:
            self._differs(table, row, there, past)

    def _without_history(
        self, table: str, row: int, there: Columns | None, held: Columns | None, known: Columns | None
    ) -> None:
        if there is not None:
            self._fate(table, row, DOUBTFUL if (table, row) in self._odd else ANEW, there)
            return
        made = {**(known or {}), **(held or {}), "id": row}
        if table == "lead":
            self._lead(row, made)
        elif (known or held) and salvaging.put(self.connection, table, made) is None:
            self._fate(table, row, DOUBTFUL, made)
        else:
            self._fate(
                table, row, LOST, made, {name: (None, value) for name, value in made.items() if name != "id"}
            )

    def _deleted(self, table: str, row: int, there: Columns | None, *, trusted: bool) -> None:
        # the history says that it was taken out, and yet it stands there: an old page, or an image that is lost
        if there is None:
            return
        if trusted:
            salvaging.take_out(self.connection, table, row)
            self.read[table] -= 1
        else:
            self._fate(table, row, DOUBTFUL, there)

    def _rebuild(self, table: str, row: int, state: Columns, *, sure: bool) -> None:
        if salvaging.put(self.connection, table, {**state, "id": row}) is None:
            anew = salvaging.columns(self.connection, table, row) != state
            self._fate(table, row, REBUILT if sure and not anew else DOUBTFUL, state, anew=anew)
        else:
            self._fate(table, row, LOST, state, {name: (None, value) for name, value in state.items()})

    def _differs(self, table: str, row: int, there: Columns, past: Past) -> None:
        state = past.state or {}
        names = sorted(name for name in {*there, *state} if there.get(name) != state.get(name))
        self.read[table] -= 1
        if self._trusted(past) or (table, row) in self._odd:
            salvaging.take_out(self.connection, table, row)
            if salvaging.put(self.connection, table, {**state, "id": row}) is None:
                said = {name: (state.get(name), there.get(name)) for name in names}
                anew = salvaging.columns(self.connection, table, row) != state
                sure = self.sealed and self._trusted(past) and not anew
                self._fate(table, row, RESTORED if sure else DOUBTFUL, state, said, anew=anew)
                return
            salvaging.put(self.connection, table, there)
        self._fate(table, row, DOUBTFUL, there, {name: (there.get(name), state.get(name)) for name in names})

    def _lead(self, row: int, made: Columns) -> None:
        """Nothing; a customer of whom something is left stands there, whatever is not known of them."""
        name = made.get("name") or self.nameless.format(id=row)
        codes = settings.process_codes(self.connection) or list(processes.builtin_names())
        first = made.get("process") or codes[0]
        usual = {
            "uid": new_uid(), "name": name, "process": first, "stage": self._first_stage(first),
            "registered_by": self.by, "name_key": name_key(name), "created_at": self.at, "updated_at": self.at,
        }  # fmt: skip
        columns = {**usual, **made, "id": row}
        if salvaging.put(self.connection, "lead", columns) is not None:
            columns = {**usual, "id": row}
            salvaging.put(self.connection, "lead", columns)
        self._fate("lead", row, DOUBTFUL if made.get("name") else LOST, columns)

    def _first_stage(self, code: str) -> str:
        data = settings.process_data(self.connection, code)
        name = code if code in processes.builtin_names() else processes.builtin_names()[0]
        read = data and self._readable(code)
        found = processes.from_json(data) if read and data else processes.load(processes.builtin(name), name)
        return found.stages[0].code

    def _find_lost(self, counters: Mapping[str, Any]) -> None:
        # ids were given out one by one: one that neither a row nor the history knows may have been a row
        if self.sealed and not self._broken_inside():
            return
        for table in schema.TRACKED:
            last = counters.get(table)
            there = {*salvaging.ids(self.connection, table)}
            most = max(last if isinstance(last, int) and last < 2**31 else 0, *there, 0)
            known = there | salvaging.rows_of_history(self.connection, table) if most else there
            for row in range(1, most + 1):
                if row not in known:
                    self.fates.setdefault((table, row), Fate(table, row, LOST))

    def _broken_inside(self) -> bool:
        return any(last < _OPEN for _, last in self._broken or [])

    def _link(self) -> None:
        while found := [*salvaging.orphans(self.connection)]:
            for one in found:
                if not one.always:
                    salvaging.unlink(self.connection, one.table, one.row, one.column)
                    said = {one.column: (None, one.other_row)}
                    before = self.fates.get((one.table, one.row))
                    self._fate(one.table, one.row, before.what if before else UNLINKED, None, said)
                elif one.other == "lead":
                    if salvaging.columns(self.connection, "lead", one.other_row) is None:
                        self._lead(one.other_row, {})
                else:
                    state = salvaging.columns(self.connection, one.table, one.row) or {}
                    salvaging.take_out(self.connection, one.table, one.row)
                    said = {name: (None, value) for name, value in state.items()}
                    self._fate(one.table, one.row, LOST, state, said)

    def _processes(self) -> None:
        # one that comes with salesflow stands in for one that is lost or cannot be read
        held = settings.process_codes(self.connection)
        wanted = salvaging.processes_wanted(self.connection) if held else [processes.builtin_names()[0]]
        unread = [code for code in held if not self._readable(code)]
        for code in (*wanted, *unread):
            if code not in processes.builtin_names():
                continue
            source = processes.builtin(code)
            data = processes.to_json(processes.load(source, code))
            put = settings.update_process if code in held else settings.insert_process
            put(self.connection, code, data, source)
            self._fate("process", salvaging.process_id(self.connection, code), DOUBTFUL, None)

    def _readable(self, code: str) -> bool:
        try:
            return bool(processes.from_json(settings.process_data(self.connection, code) or "").stages)
        except (SalesflowError, ValueError, KeyError, TypeError, AttributeError):
            return False

    def _stages(self) -> None:
        # a lead in a process or a stage that there is not stands in the one that is spelt most like it
        codes = [code for code in settings.process_codes(self.connection) if self._readable(code)]
        for lead_id, process, stage in salvaging.staged_nowhere(self.connection) if codes else ():
            code = _nearest(process, codes)
            data = settings.process_data(self.connection, code) or ""
            stages = [one.code for one in processes.from_json(data).stages]
            here = {"process": code, "stage": _nearest(stage, stages)}
            salvaging.stage(self.connection, lead_id, **here)
            there = {"process": process, "stage": stage}
            said = {name: (here[name], there[name]) for name in here if here[name] != there[name]}
            before = self.fates.get(("lead", lead_id))
            fields = {**(before.fields if before else {}), **said}
            self._fate("lead", lead_id, before.what if before else SETTLED, None, fields)

    def _counts(self) -> None:
        for where in [*checks.counts_that_differ(self.connection)]:
            lead_id = int(where.rpartition(" ")[2])
            salvaging.recount(self.connection, lead_id)
            self._settled("lead", lead_id)
        for where in [*checks.promises_that_differ(self.connection)]:
            lead_id = int(where.rpartition(" ")[2])
            for row in salvaging.settle_promise(self.connection, lead_id, self.at, self.by, new_uid()):
                self._settled("promise", row)
            self._settled("lead", lead_id)

    def _settled(self, table: str, row: int) -> None:
        before = self.fates.get((table, row))
        self._fate(table, row, before.what if before else SETTLED, None, before.fields if before else None)

    def _steps(self, lost: list[int]) -> None:
        connection = self.connection
        if self._broken is None:
            doubtful = {*lost, *salvaging.missing_images(connection)}
        else:
            known = salvaging.ids(connection, STEPS)
            inside = [(first, last) for first, last in self._broken if last < _OPEN]
            doubtful = {*lost, *(one for one in known if any(first <= one <= last for first, last in inside))}
        self.steps_lost = sorted(doubtful)
        salvaging.no_steps(connection, self.steps_lost)
        salvaging.mark_undone(connection)

    def _begin_anew(self) -> None:
        gone = [one for one in self.fates.values() if one.what == LOST]
        if not self._anew:
            return
        reason = ", ".join(f"{one.table} {one.row}" for one in gone[:200]) or None
        operation = salvaging.begin_anew(self.connection, self.at, self.by, reason or "")
        for table, row in sorted(self._anew):
            salvaging.file_anew(self.connection, operation, table, row)

    def _fate(
        self,
        table: str,
        row: int,
        what: str,
        columns: Columns | None,
        fields: Mapping[str, tuple[Any, Any]] | None = None,
        *,
        anew: bool = True,
    ) -> None:
        if columns is None:
            columns = salvaging.columns(self.connection, table, row)
        lead_id = row if table == "lead" else (columns or {}).get("lead_id")
        self.fates[table, row] = Fate(table, row, what, lead_id, fields or {})
        if anew:
            self._anew.add((table, row))


def _nearest(code: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(code, known, 1, 0)), known[0])
