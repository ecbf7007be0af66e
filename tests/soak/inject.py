"""One system call fails, each in its turn: what is said is true, and the book is as before or as after.

The calls of a writing command that touch the book's folder are listed by strace first; then the command runs
once for each of them and each error it may answer with, as many side by side as there are processors
(``SALESFLOW_JOBS`` says how many). ``SALESFLOW_CASES=import,undo`` runs these alone.
"""

from __future__ import annotations

import copy
import hashlib
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

from . import cases, frame, strace
from .cases import BY_NAME, CANARY, CASES, Case, Ground
from .powercut import fast_folder, look
from .warm import Warm

# what the kernel may answer: the disk fails, is full, no file may be opened any more, no lock is to be had
ERRORS = {
    "pwrite64": ("EIO", "ENOSPC"),
    "pread64": ("EIO",),
    "fdatasync": ("EIO",),
    "fsync": ("EIO", "ENOSPC"),
    "ftruncate": ("EIO",),
    "openat": ("EMFILE", "EIO"),
    "fcntl": ("EIO", "ENOLCK"),
    "newfstatat": ("EIO",),
    "write": ("EIO", "ENOSPC"),
    "link": ("EIO", "EPERM"),
    "rename": ("EIO",),
    "mkdir": ("ENOSPC",),
}
ANSWER = 1  # stdout
FIRST = ("add", "import")  # of every pull request; the others before a release
AT_ONCE = 200  # so many faults of one kind are one piece of work
MORE = (
    Case("edit", ("edit", "1", "--set", "area=武侯区", "--grade", "B")),
    Case("redo", ("redo", "--yes")),
    Case("keyed", ("add", "甲店", "--key", "k1")),
    Case("init", ("--db", "new.db", "init"), makes=("new.db",)),
    Case("export", ("export", "leads", "-o", "leads.csv"), makes=("leads.csv",)),
)
# how many files other programs have open, which restore goes through in /proc, is never twice the same
BEFORE = {
    "restore": "from pathlib import Path\n"
    "from salesflow import db_restore\n"
    "db_restore.Path = lambda name: Path('/nowhere')"
}
CODES = (0, 5, 6)  # done; nothing changed; saved, and something went wrong


class Fault(NamedTuple):
    """The call of this name that is the Nth of its process answers with this error."""

    call: str
    place: int
    error: str


@dataclass
class Found:
    """How many faults there were, and what was wrong after them."""

    faults: int = 0
    missed: int = 0  # the call was not made, or not to the book's folder
    corrupt: int = 0
    false_ok: int = 0
    saved_with_error: int = 0
    traceback: int = 0
    wrong_code: int = 0
    left: int = 0
    leaked: int = 0  # what is said when something is wrong names a customer's phone
    first: list[str] = field(default_factory=list)

    def add(self, kind: str, what: str) -> None:
        """Nothing; one more that is wrong."""
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.first) < 20:
            self.first.append(f"{kind}: {what}")

    def more(self, other: Found) -> None:
        """Nothing; what the other has found is counted too."""
        for name, value in other.figures().items():
            setattr(self, name, getattr(self, name) + value)
        self.first += other.first

    def figures(self) -> dict[str, int]:
        """Every count by its name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, int)}


@dataclass
class Faulty:
    """The command of a case, run with faults; ``before`` runs in its process before it begins."""

    ground: Ground
    before: str = ""
    modules: list[str] = field(default_factory=list)  # those that the command loads
    spare: Counter[str] = field(default_factory=Counter)  # calls made while they are loaded
    seen: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def beside(self, folder: Path) -> Faulty:
        """The same, run in a folder of its own."""
        ground = copy.copy(self.ground)
        ground.at = folder
        folder.mkdir(parents=True)
        return Faulty(ground, self.before, self.modules, self.spare)

    def warm(self, calls: Iterable[str], error: str = "", last: int = 0) -> Warm:
        """The command, loaded and waiting."""
        self.ground.fresh()
        env = frame.environ(self.ground.book, PYTHONHASHSEED="0", PYTHONSAFEPATH="1")
        at, words = self.ground.at, self.ground.case.words
        return Warm(
            words, calls, at, self.ground.work, env,
            before=self.before, modules=self.modules, error=error, last=last,
        )  # fmt: skip

    def touches(self, call: strace.Call) -> bool:
        """Whether the call is about the folder, or writes the answer."""
        if call.name == "write" and call.handle()[0] == ANSWER:
            return True
        return any((self.ground.work / path).is_relative_to(self.ground.work) for path in call.paths())

    def faults(self) -> list[Fault]:
        """Every call that touches the folder, with every error."""
        with self.warm(ERRORS) as warm:
            self.ground.fresh()
            ran = warm.run()
            self.modules, self.spare = warm.modules, warm.of_its_own()
        assert ran.code == 0, ran.err
        places = Counter[str]()
        found = []
        for call in ran.calls:
            places[call.name] += 1
            if self.touches(call):
                found += [Fault(call.name, places[call.name], error) for error in ERRORS[call.name]]
        return found

    def suffer(self, faults: Iterable[Fault], found: Found) -> None:
        """Nothing; the command ran with each of the faults in turn, and what is wrong after it is counted."""
        kinds: dict[tuple[str, str], list[int]] = {}
        for call, place, error in faults:
            kinds.setdefault((call, error), []).append(place)
        for (call, error), places in kinds.items():
            spare = self.spare[call] + len(places) * (call == "write") + 1  # an answer after each run
            with self.warm([call], error, max(places) + spare) as warm:
                for place in places:
                    self._suffer(warm, Fault(call, place, error), found)

    def _suffer(self, warm: Warm, fault: Fault, found: Found) -> None:
        self.ground.fresh()
        ran = warm.run(fault.place)
        found.faults += 1
        hit = [call for call in ran.calls if self.touches(call)]
        if not hit:
            found.missed += 1
            return
        said = ran.err.decode("utf-8", "backslashreplace")
        where = " ".join(hit[0].paths()) or "stdout"
        name = f"{self.ground.case.name} {' '.join(map(str, fault))} {where}: exit {ran.code} {said!r}"
        for kind in self._wrong(ran.code, said):
            found.add(kind, name)

    def _wrong(self, code: int, said: str) -> Iterator[str]:
        left = list(cases.left(self.ground.work))
        if code not in CODES:
            yield "wrong_code"
        if "Traceback" in said or "A defect in" in said or said.count("\n") > 3:
            yield "traceback"
        if CANARY in said:
            yield "leaked"
        outcome, sound = self._looked()
        if outcome == "half" or not sound:
            yield "corrupt"
        elif outcome == "before" and code in (0, 6):
            yield "false_ok"
        elif outcome == "after" and code not in (0, 6):
            yield "saved_with_error"
        if [path for path in left if not path.name.endswith("-journal")]:
            yield "left"

    def _looked(self) -> tuple[str, bool]:
        # files that have been looked at say the same again
        known = self._digest()
        if known not in self.seen:
            self.seen[known] = self._look()
        return self.seen[known]

    def _digest(self) -> str:
        total = hashlib.sha256()
        for path in sorted(self.ground.work.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                total.update(f"{path.relative_to(self.ground.work)} {len(content)}\n".encode() + content)
        return total.hexdigest()

    def _look(self) -> tuple[str, bool]:
        outcome, case = self.ground.outcome(), self.ground.case
        # the damaged book that a copy was to take the place of still stands there
        sound = not look(self.ground.book)[1] or (case.name == "restore" and outcome == "before")
        copies = [path for path in self.ground.work.rglob("*.db") if path.parent != self.ground.work]
        return outcome, sound and not any(look(path, is_copy=True)[1] for path in copies)


def pieces(faulty: Faulty, faults: Iterable[Fault]) -> list[tuple[Faulty, list[Fault]]]:
    """The faults by their kinds, each piece with a folder of its own to be suffered in."""
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.call, fault.error), []).append(fault)
    parts = [
        same[place : place + AT_ONCE] for same in kinds.values() for place in range(0, len(same), AT_ONCE)
    ]
    return [(faulty.beside(faulty.ground.folder / f"at{place}"), part) for place, part in enumerate(parts)]


def suffered(piece: tuple[Faulty, list[Fault]]) -> Found:
    """What was wrong after the faults of a piece."""
    found = Found()
    faulty, faults = piece
    faulty.suffer(faults, found)
    return found


def chosen_of(count: int, named: str) -> Iterable[Case]:
    """The cases with these names; the first ``count`` where none is named."""
    every = {case.name: case for case in (*CASES, *MORE)}
    first = [every.pop(name) for name in FIRST]
    if named:
        every |= BY_NAME
        return [every[name] for name in named.split(",")]
    return [*first, *every.values()][:count]


def run(count: int) -> Mapping[str, float]:
    """The figures of every fault of the first ``count`` commands."""
    if strace.MISSING:
        print(f"inject: not run: {strace.MISSING}", file=sys.stderr)
        return {"skipped": 1}
    chosen = list(chosen_of(count, os.environ.get("SALESFLOW_CASES", "")))
    jobs = int(os.environ.get("SALESFLOW_JOBS") or os.cpu_count() or 1)
    found = Found()
    with tempfile.TemporaryDirectory(dir=fast_folder()) as folder, multiprocessing.Pool(jobs) as pool:
        for case in chosen:
            ground = Ground(case, Path(folder).resolve() / case.name, rows=20)
            of_this = _all_of(Faulty(ground, BEFORE.get(case.name, "")), pool)
            print(f"inject: {case.name}: {of_this.figures()}", *of_this.first, sep="\n  ", file=sys.stderr)
            found.more(of_this)
    figures = {name: float(value) for name, value in found.figures().items()}
    return {"commands": len(chosen), **figures, "missed_share": found.missed / max(found.faults, 1)}


def _all_of(faulty: Faulty, pool: Pool) -> Found:
    listed = faulty.beside(
        faulty.ground.folder / "list"
    )  # as deep as the others: SQLite looks at every folder above
    faults, found = listed.faults(), Found()
    parts = pieces(listed, faults)
    what = f"inject {faulty.ground.case.name}"
    for one in frame.bar(pool.imap_unordered(suffered, parts), len(parts), what):
        found.more(one)
    return found
