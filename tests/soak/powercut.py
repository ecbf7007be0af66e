"""The power goes at any moment of any command: what was answered is on the disk, and nothing is half done.

Real commands run under strace. From their system calls the disk is rebuilt as a power cut at any moment may
leave it (``powercut_disk``), the book is opened with the program's own code, and every file must be the one
before the command or the one after it; after its answer, the one after it.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from . import cases, strace
from .frame import bar, chance
from .powercut_record import Recording, record

BOOK = "book.db"
Files = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Sequel:
    """Commands one after the other on the book of a case; ``weight``: its share of the states."""

    name: str
    case: str
    commands: tuple[tuple[str, ...], ...]
    weight: float = 1.0


_CASE = {case.name: case.words for case in cases.CASES}
SEQUELS = (
    Sequel(
        "days",
        "add",
        (
            _CASE["add"],
            _CASE["log"],
            _CASE["advance"],
            ("export", "leads", "-o", "leads.csv"),
            ("undo", "--yes"),
            ("redo",),
            _CASE["backup"],
            _CASE["merge"],
            ("export", "leads", "-o", "leads.csv"),
            ("backup",),
            ("--db", "new.db", "init"),
            ("export", "all", "-f", "jsonl", "-o", "all.jsonl"),
        ),
        weight=4,
    ),
    Sequel(
        "import", "import", (("import", "bad.csv", "--rejects", "rejects.csv"), ("undo", "--yes")), weight=2
    ),
    Sequel("join", "join", (_CASE["join"], ("undo", "--yes"))),
    Sequel("restore", "restore", (_CASE["restore"], _CASE["log"])),
    Sequel("migration", "migration", (_CASE["migration"], _CASE["log"])),
    Sequel("forget", "add", (("forget", "王建国", "--yes"), _CASE["log"])),
    Sequel("cut again", "add", (("list",), _CASE["log"])),  # the first one takes back what a cut has left
)


@dataclass
class Found:
    """How many states were looked at, and what was wrong with them."""

    states: int = 0
    lost: int = 0
    torn: int = 0
    problems: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, kind: str, what: str) -> None:
        """Nothing; one more that is wrong."""
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.first) < 5:
            self.first.append(f"{kind}: {what}")


def record_sequel(sequel: Sequel, folder: Path, before: str | None = None) -> Recording:
    """The commands of the sequel, run in ``folder`` and recorded."""
    cases._make(cases.BY_NAME[sequel.case], folder, 60 if sequel.case in ("import", "join") else 12)
    sheet = folder / "rows.csv"
    if sheet.exists():
        (folder / "bad.csv").write_bytes(sheet.read_bytes() + "坏行,路,谁,不是电话,多一格\n".encode())
    for path in folder.glob("*-journal"):
        path.unlink()
    if sequel.name == "cut again":
        _cut_short(folder)
    return record(folder, BOOK, sequel.commands, before)


def _cut_short(folder: Path) -> None:
    # the book as it is in the middle of a commit, its journal beside it
    other = folder.with_name(f"{folder.name} before")
    shutil.copytree(folder, other)
    recording = record(other, BOOK, [("undo", "--yes")], "")
    found: list[Files] = []
    for _, disk in recording.replay():
        files = disk.seen()
        if files[BOOK] != recording.before[BOOK] and files.get(f"{BOOK}-journal"):
            found.append(files)
    for name in (BOOK, f"{BOOK}-journal"):
        content = found[len(found) // 2][name]
        assert content is not None
        (folder / name).write_bytes(content)
    shutil.rmtree(other)


def run(count: int, before: str | None = None, sequels: Sequence[Sequel] = SEQUELS) -> Mapping[str, float]:
    """The figures of ``count`` states of the disk."""
    if strace.MISSING:
        print(f"powercut: not run: {strace.MISSING}", file=sys.stderr)
        return {"skipped": 1}
    found, dice = Found(), chance("powercut")
    with tempfile.TemporaryDirectory(dir=fast_folder()) as name:
        for number, sequel in enumerate(sequels):
            folder = Path(name) / sequel.name
            folder.mkdir()
            recording = record_sequel(sequel, folder, before)
            share = round(count * sequel.weight / sum(one.weight for one in sequels))
            if number == len(sequels) - 1:
                share = count - found.states
            cut(recording, share, dice, found, Judge(Path(name) / "state"), what=f"powercut {sequel.name}")
    for line in found.first:
        print(f"powercut: {line}", file=sys.stderr)
    return {"states": found.states, "lost": found.lost, "torn": found.torn, "problems": found.problems}


def fast_folder() -> str | None:
    """Memory where it can be had: the states are many and none is worth a real sync."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def cut(
    recording: Recording,
    count: int,
    dice: random.Random,
    found: Found,
    judge: Judge,
    what: str = "",
) -> None:
    """Nothing; ``count`` power cuts at moments of the recording are judged and counted in ``found``."""
    versions = [recording.before, *_seen(recording, "ends")]
    promised = list(_seen(recording, "answers"))
    answers = [place for place, moment in enumerate(recording.moments) if moment.answers]
    cuts: dict[int, int] = {}
    for _ in range(count):  # one of four soon after an answer, where a loss would be
        place = dice.choice(answers) if dice.random() < 0.25 else dice.randrange(len(recording.moments))
        cuts[place] = cuts.get(place, 0) + 1
    answered = -1
    states = _states(recording, cuts, dice)
    for command, is_answer, files in bar(states, count, what):
        answered = max(answered, command) if is_answer else answered
        found.states += 1
        after = command <= answered
        for kind, text in judge(files, versions[: command + 2], promised[command] if after else {}):
            found.add(
                kind, f"{recording.folder.name} command {command} {'answered' if after else ''}: {text}"
            )


def _states(
    recording: Recording, cuts: Mapping[int, int], dice: random.Random
) -> Iterator[tuple[int, bool, Files]]:
    answered = -1
    for place, (moment, disk) in enumerate(recording.replay()):
        if moment.answers:
            answered = moment.command
        for _ in range(cuts.get(place, 0)):
            yield moment.command, answered == moment.command, disk.after_cut(dice)


def _seen(recording: Recording, what: str) -> Iterator[Files]:
    for moment, disk in recording.replay():
        if getattr(moment, what):
            yield disk.seen()


class Judge:
    """Says what is wrong with a state of the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[bytes, tuple[str, str]] = {}

    def __call__(self, files: Files, versions: Sequence[Files], promised: Files) -> Iterator[tuple[str, str]]:
        """Each fault: ``lost``, ``torn`` or ``problems``, and where.

        ``versions``: the files at first and after each command, that which was running at last. ``promised``:
        as they were when it gave its answer; {} where it had not.
        """
        *earlier, before, after = versions
        for name in sorted({*files, *before, *after}):
            if _is_passing(name) or _is_folder(name, files, before, after):
                continue
            have = self._identity(files, name)
            was, is_now = self._identity(before, name), self._identity(after, name)
            if have[0] == is_now[0]:
                if have[1] and (name == BOOK or have[1] != is_now[1]):
                    yield "problems", f"{name}: {have[1]}"
            elif have[0] != was[0]:
                if have[0] in {self._identity(one, name)[0] for one in earlier}:
                    yield "lost", f"{name} is as it was long before"
                    continue
                yield (
                    "torn",
                    f"{name} is neither as before nor as after: {have[0][:12] or 'not there'} {have[1]}",
                )
            elif promised and self._identity(promised, name)[0] == is_now[0]:
                yield "lost", f"{name} is as before the command"

    def _identity(self, files: Files, name: str) -> tuple[str, str]:
        # what the file says, and what is wrong with it
        content = files.get(name)
        if content is None:
            return "", ""
        if not _is_book(name):
            return hashlib.sha256(content).hexdigest(), ""
        journal = files.get(f"{name}-journal") or b""
        key = hashlib.sha256(content + b"\0journal" + journal).digest()
        if key not in self._known:
            self._known[key] = self._opened(content, journal, is_copy=name != BOOK)
        return self._known[key]

    def _opened(self, content: bytes, journal: bytes, *, is_copy: bool) -> tuple[str, str]:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        path = self._folder / BOOK
        path.write_bytes(content)
        if journal:
            Path(f"{path}-journal").write_bytes(journal)
        return look(path, is_copy=is_copy)


def _is_book(name: str) -> bool:
    return name.endswith((".db", ".backup")) or ".aside-" in name


def _is_passing(name: str) -> bool:
    # a power cut may leave what only the end of a command takes away
    return name.rpartition("/")[2].startswith(".") or name.endswith("-journal")


def _is_folder(name: str, *states: Files) -> bool:
    return any(name in files and files[name] is None for files in states)


def look(path: Path, *, is_copy: bool = False) -> tuple[str, str]:
    """What the book at ``path`` says, by the program's own code, and what ``check`` says of it."""
    from salesflow import db
    from salesflow.reports import check

    try:
        if is_copy:
            db.verify(path)
            with closing(sqlite3.connect(path)) as connection:
                return _content(connection), ""
        with closing(db.open_book(path, now="2026-11-24T10:05")) as connection:
            problems = "; ".join(f"{one.check} {one.where}" for one in check.problems(connection))
            return _content(connection), problems
    except Exception as error:  # whatever is raised, the book says nothing that can be believed
        return hashlib.sha256(path.read_bytes()).hexdigest(), f"cannot be opened: {error}"


def _content(connection: sqlite3.Connection) -> str:
    total = hashlib.sha256()
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    for (table,) in tables:
        total.update(table.encode())
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
            total.update(repr(row).encode("utf-8", "backslashreplace"))
    return total.hexdigest()
