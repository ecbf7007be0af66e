"""Any sequence of commands that write, undo, redo and repeated calls, beside a model that knows what must be there.

The model is a stack of states, each all rows of the book without the trail of operations: what ``undo`` takes back is
popped from it, what ``redo`` brings back is pushed on it again, and every state is compared to the byte. At the end of
a sequence ``export all`` says the same of its first and its last state.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from kit import NOW, Book, Run, make
from undo_words import POOLS, WORDS, fill, pools_of, words

from salesflow import schema
from salesflow.reports import check

SHM = Path("/dev/shm")  # a run writes much that nobody wants to keep
# how often each command did something in this process; how many sequences, of how many steps, came to their end
succeeded: Counter[str] = Counter()
ACTIONS = [*sorted(WORDS), *["undo"] * 12, *["redo"] * 8, *["again"] * 8, *["later"] * 4]
_ROUND = 37
_LINES = {name: st.sampled_from(lines) for name, lines in WORDS.items()}
_POOLS = {name: st.sampled_from(values) for name, values in POOLS.items()}
_SOME, _OF_FOUR = st.integers(1, 4), st.integers(0, 3)
_filled: list[tuple[Path, dict[str, bytes]]] = []
_first: list[list[str]] = []


def quick_folder() -> Path:
    """A new folder, in memory where the system has such a place."""
    return Path(tempfile.mkdtemp(prefix="salesflow-undo-", dir=SHM if SHM.is_dir() else None))


def start(folder: Path, patch: pytest.MonkeyPatch) -> Book:
    """A book filled by ``undo_words.fill`` in ``folder``; it is made once in a process."""
    if not _filled:
        first = quick_folder()
        fill(make(first / "book.db", patch))
        _filled.append((first, {path.name: path.read_bytes() for path in first.iterdir() if path.is_file()}))
        shutil.rmtree(first)
    for name, held in _filled[0][1].items():
        (folder / name).write_bytes(held)
        (folder / name).chmod(0o600)  # as the program makes them
    return Book(folder / "book.db", patch)


class Seen(NamedTuple):
    """The book at one moment: its rows, its newest operations, what ``check`` finds."""

    rows: list[str]
    operations: list[tuple[int, str, int]]  # id, kind, how many rows it changed
    problems: list[Any]


_NEWEST = """SELECT id, kind, (SELECT count(*) FROM history WHERE operation_id = operation.id AND before IS NOT after)
FROM operation ORDER BY id DESC LIMIT 3"""


_TABLES = {
    table: f"SELECT {', '.join(schema.columns(table))} FROM {table} ORDER BY id" for table in schema.TRACKED
}


def look(book: Book, *, checked: bool = True) -> Seen:
    """The book as it stands, read once and without the way of a command."""
    with closing(sqlite3.connect(book.path)) as connection:
        return seen_by(connection, checked=checked)


def seen_by(connection: sqlite3.Connection, *, checked: bool) -> Seen:
    """The book of an open connection as its file stands: what it knew of the file's pages is forgotten first."""
    connection.execute("PRAGMA shrink_memory")
    rows = [f"{table} {row!r}" for table, sql in _TABLES.items() for row in connection.execute(sql)]
    problems = list(check.problems(connection)) if checked else []
    return Seen(rows, connection.execute(_NEWEST).fetchall(), problems)


def answer_id(row: str) -> str:
    """The id of the kept answer that a row of ``Seen`` is, as it is written."""
    return row.removeprefix("answered (").partition(",")[0]


def exported(book: Book) -> list[str]:
    """The lines of ``export all`` without the operations and what they changed, nor what counts them."""
    lines = book("export", "all").out.splitlines()[1:-1]
    return [one for one in lines if not one.startswith(('{"type":"operation"', '{"type":"history"'))]


def first_exported(book: Book) -> list[str]:
    """The same of a book that ``start`` has just made, asked once in a process: its bytes are always the same."""
    if not _first:
        _first.append(exported(book))
    return _first[0]


@dataclass
class Call:
    """A call with a key: its words, what it answered, the operation that it made, if any."""

    words: list[str]
    out: str
    step: int | None


class Machine(RuleBasedStateMachine):
    """The book and its model; ``check_every`` so many looks the whole of ``check`` is asked."""

    check_every = 1

    def __init__(self) -> None:
        super().__init__()
        self.folder = quick_folder()
        self.patch = pytest.MonkeyPatch()
        self.book = start(self.folder, self.patch)
        self.eye = sqlite3.connect(
            self.book.path, cached_statements=1_000
        )  # the model looks after every step
        self.now = NOW
        self.looks = self.count = 0
        self.first = first_exported(self.book)
        self.held = self.book.path.read_bytes()
        seen = seen_by(self.eye, checked=True)
        self.states = [seen.rows]
        self.last = seen.operations[0][0]
        self.steps: list[int] = []  # ids of those that stand
        self.redone: list[
            tuple[int, list[str]]
        ] = []  # and of those that redo brings back, with what is there then
        self.calls: dict[str, Call] = {}
        self.free: list[str] = []  # answers that stand for no step, which no undo takes away

    def run(self, *line: str) -> Run:
        """The run of a line, whatever it ends with; its exit code is one of the promised."""
        note(" ".join(line))
        done = self.book(*line, code=None, now=self.now)
        assert done.code in (0, 1, 2, 3, 4, 5), (line, done)
        # a gate names each thing that is missing
        assert "Traceback" not in done.err and done.err.count("\n") <= 40, (line, done)
        return done

    def looked(self, held: bytes | None = None) -> Seen:
        """The book, in order, without the answers that no undo takes away; ``held`` are its bytes."""
        self.looks += 1
        self.held = held or self.book.path.read_bytes()
        seen = seen_by(self.eye, checked=self.looks % self.check_every == 0)
        assert seen.problems == []
        return seen._replace(rows=[one for one in seen.rows if one not in self.free])

    def wrote(self, name: str, line: list[str], done: Run, *, keyed: bool) -> int | None:
        """The step that a command made, after it was entered into the model; all that must hold of it is asked."""
        held = self.book.path.read_bytes()
        if held == self.held:
            return None  # not a byte of the file was changed
        seen = self.looked(held)
        new = [one for one in seen.operations if one[0] > self.last]
        steps = [one for one in new if one[1] == "step"]
        if steps and done.code == 0:
            assert len(new) == 1 and steps[0][2] >= 1, (line, new)
            assert seen.rows != self.states[-1], line
            succeeded[name] += 1
            self.last = steps[0][0]
            self.states.append(seen.rows)
            self.steps.append(self.last)
            self.redone.clear()
            return self.last
        if done.code == 0 and keyed and new:  # nothing to change; its answer is kept all the same
            assert [(kind, changes) for _, kind, changes in new] == [("setup", 1)], (line, new)
            self.last = new[0][0]
            self.free += [
                one for one in seen.rows if one.startswith("answered ") and one not in self.states[-1]
            ]
            seen = self.looked()
            new = []
        assert new == [] and seen.rows == self.states[-1], (line, done, new)
        return None

    # one rule, for hypothesis leaves some rules out of a sequence: two of three steps are to write; and it likes to
    # draw the same again, so that what is drawn is where to go on in the round of all actions
    @rule(place=st.integers(0, len(ACTIONS) - 1), data=st.data())
    def step(self, place: int, data: st.DataObject) -> None:
        """A command that writes, by its name, or what else people do."""
        self.count += 1
        what = ACTIONS[(place + _ROUND * self.count) % len(ACTIONS)]
        if what in WORDS:
            self.write(what, data)
        elif what in ("undo", "redo"):
            getattr(self, what)(data.draw(_SOME), self.key(data))
        elif what == "again":
            self.again(data)
        else:
            self.later(data.draw(st.integers(0, 2)))

    def write(self, name: str, data: st.DataObject) -> None:
        """A command that writes, one time of four with a key."""
        line = data.draw(_LINES[name])
        given = {pool: data.draw(_POOLS[pool]) for pool in dict.fromkeys(pools_of(line))}
        said = words(line, given | {"folder": str(self.folder)})
        key = self.key(data)
        done = self.run(*said, *key)
        before = len(self.free)
        step = self.wrote(name, said, done, keyed=bool(key))
        if key and (step is not None or len(self.free) > before):
            self.calls[key[1]] = Call(said, done.out, step)

    def key(self, data: st.DataObject) -> list[str]:
        """``--key`` and a key of its own one time of four; else nothing."""
        return ["--key", f"key {len(self.calls)}"] if data.draw(_OF_FOUR) == 0 else []

    def undo(self, count: int, key: list[str]) -> None:
        """Some steps back: the state is the one before them."""
        can = min(count, len(self.steps))
        if not can:
            return  # what is older is how the book was made
        done = self.run("undo", str(can), *key)
        assert done.code == 0
        for _ in range(can):
            self.redone.append((self.steps.pop(), self.states.pop()))
        self.walked(["undo", str(can)], done, key)

    def redo(self, count: int, key: list[str]) -> None:
        """Some steps forward again; nothing to redo after a new step."""
        done = self.run("redo", str(count), *key)
        assert done.code == (0 if self.redone else 1), done
        for _ in range(min(count, len(self.redone))):
            step, after = self.redone.pop()
            self.steps.append(step)
            self.states.append(after)
        if done.code == 0:
            self.walked(["redo", str(count)], done, key)

    def walked(self, line: list[str], done: Run, key: list[str]) -> None:
        """The walk is one operation more, and the book as the model says; its own answer stands for no step."""
        seen = self.looked()
        self.last += 1
        assert seen.operations[0][:2] == (self.last, line[0])
        if key:
            self.calls[key[1]] = Call(line, done.out, None)
            self.free += [
                one for one in seen.rows if one.startswith("answered ") and one not in self.states[-1]
            ]
            seen = self.looked()
        assert seen.rows == self.states[-1]

    def again(self, data: st.DataObject) -> None:
        """A call with a key once more: the same answer, no step; refused where its step was undone, or other words."""
        if not self.calls:
            return
        key = data.draw(st.sampled_from(sorted(self.calls)))
        call, other = self.calls[key], data.draw(st.booleans())
        said = ["tag", "1", "不一样"] if other else call.words
        done = self.run(*said, "--key", key)
        stands = call.step is None or call.step in self.steps
        assert (done.code, done.out) == ((0, call.out) if stands and not other else (1, "")), (said, done)
        assert self.book.path.read_bytes() == self.held

    def later(self, days: int) -> None:
        """Time goes by."""
        now = datetime.fromisoformat(self.now) + timedelta(days=days, hours=1)
        self.now = f"{now:%Y-%m-%dT%H:%M}"

    def teardown(self) -> None:
        """All of it taken back is the first book to the byte, and done again the last."""
        try:
            if self.steps:
                last, count = self.exported(), str(len(self.steps))
                self.book("undo", count, now=self.now)
                assert self.exported() == self.first
                self.book("redo", count, now=self.now)
                assert self.exported() == last
                assert self.book("check", now=self.now) == (0, "", "")
            succeeded.update(sequences=1, steps=self.count)
        finally:
            self.eye.close()
            self.patch.undo()
            shutil.rmtree(self.folder, ignore_errors=True)

    def exported(self) -> list[str]:
        """What ``export all`` writes, without the answers that no undo takes away."""
        free = {int(answer_id(one)) for one in self.free}
        lines = exported(self.book)
        answers = [one for one in lines if one.startswith('{"type":"answered"')]
        left = {one for one in answers if json.loads(one)["id"] in free}
        return [one for one in lines if one not in left]
