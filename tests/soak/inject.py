"""One system call fails, each in its turn: what is said is true, and the book is as before or as after.

The calls of a writing command that touch the book's folder are listed by strace first; then the command runs
once for each of them and each error it may answer with.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from . import cases, frame, strace
from .cases import BY_NAME, CASES, Case, Ground
from .powercut import fast_folder, look

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
MORE = (
    Case("keyed", ("add", "甲店", "--key", "k1")),
    Case("init", ("--db", "new.db", "init"), makes=("new.db",)),
    Case("export", ("export", "leads", "-o", "leads.csv"), makes=("leads.csv",)),
)
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
    first: list[str] = field(default_factory=list)

    def add(self, kind: str, what: str) -> None:
        """Nothing; one more that is wrong."""
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.first) < 20:
            self.first.append(f"{kind}: {what}")

    def figures(self) -> dict[str, float]:
        """Every count by its name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, int)}


@dataclass
class Faulty:
    """The command of a case, run with faults; ``program`` is how it is started."""

    ground: Ground
    program: Sequence[str] = field(default_factory=frame.program)

    def traced(self, calls: Sequence[str], inject: str = "") -> tuple[int, bytes, bytes, list[strace.Call]]:
        """The run's exit code, what it said, and those of the calls that touch the folder or are its answer."""
        out = self.ground.folder / "strace"
        env = frame.environ(self.ground.book, PYTHONHASHSEED="0", PYTHONSAFEPATH="1")
        words = [*self.program, *self.ground.case.words]
        done = strace.traced(words, calls, out, env=env, cwd=self.ground.work, inject=inject)
        made = list(strace.calls_in(out))
        return done.returncode, done.stdout, done.stderr, made

    def touches(self, call: strace.Call) -> bool:
        """Whether the call is about the folder, or writes the answer."""
        if call.name == "write" and call.handle()[0] == ANSWER:
            return True
        folder = str(self.ground.work)
        return any(str(self.ground.work / path).startswith(folder) for path in call.paths())

    def faults(self) -> list[Fault]:
        """Every call that touches the folder, with every error."""
        self.ground.fresh()
        code, _, said, made = self.traced(list(ERRORS))
        assert code == 0, said
        places: dict[str, int] = {}
        found = []
        for call in made:
            if call.pid != made[0].pid:
                continue
            places[call.name] = places.get(call.name, 0) + 1
            if self.touches(call):
                found += [Fault(call.name, places[call.name], error) for error in ERRORS[call.name]]
        return found

    def suffer(self, fault: Fault, found: Found) -> None:
        """Nothing; the command ran with the fault, and what is wrong after it is counted."""
        self.ground.fresh()
        inject = f"{fault.call}:error={fault.error}:when={fault.place}"
        code, _, said, made = self.traced([fault.call], inject)
        found.faults += 1
        hit = [call for call in made if call.injected]
        if not hit or not self.touches(hit[0]):
            found.missed += 1
            return
        name = f"{self.ground.case.name} {inject} {' '.join(hit[0].paths()) or 'stdout'}: exit {code} {said.decode()!r}"
        for kind in self._wrong(code, said):
            found.add(kind, name)

    def _wrong(self, code: int, said: bytes) -> Iterator[str]:
        left = list(cases.left(self.ground.work))
        if code not in CODES:
            yield "wrong_code"
        if b"Traceback" in said or b"A defect in" in said or said.count(b"\n") > 3:
            yield "traceback"
        outcome = self.ground.outcome()
        if outcome == "half" or not self._sound(outcome):
            yield "corrupt"
        elif outcome == "before" and code in (0, 6):
            yield "false_ok"
        elif outcome == "after" and code not in (0, 6):
            yield "saved_with_error"
        if [path for path in left if not path.name.endswith("-journal")]:
            yield "left"

    def _sound(self, outcome: str) -> bool:
        # the damaged book that a copy was to take the place of still stands there
        return not look(self.ground.book)[1] or (self.ground.case.name == "restore" and outcome == "before")


def run(count: int) -> Mapping[str, float]:
    """The figures of every fault of the first ``count`` commands."""
    if strace.MISSING:
        print(f"inject: not run: {strace.MISSING}", file=sys.stderr)
        return {"skipped": 1}
    first = [BY_NAME[name] for name in FIRST]
    chosen = [*first, *(case for case in (*CASES, *MORE) if case not in first)][:count]
    found = Found()
    with tempfile.TemporaryDirectory(dir=fast_folder()) as folder:
        for case in chosen:
            faulty = Faulty(Ground(case, Path(folder).resolve() / case.name, rows=20))
            all_of_them = faulty.faults()
            for fault in frame.bar(all_of_them, len(all_of_them), f"inject {case.name}"):
                faulty.suffer(fault, found)
    for line in found.first:
        print(f"inject: {line}", file=sys.stderr)
    return {"commands": len(chosen), **found.figures(), "missed_share": found.missed / max(found.faults, 1)}
