"""A disk with so many bytes left, under every writing command: done, or exit 5 in a line and nothing changed.

As root each size is a tmpfs with that much left; elsewhere no file may grow by more than that (RLIMIT_FSIZE).
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from . import frame
from .cases import CASES, Ground
from .frame import bar, default_signals
from .stop import spoken

SMALLEST, LARGEST = 4 << 10, 1 << 20
_PAGE = 4096


def sizes(count: int) -> list[int]:
    """So many sizes from 4 KB to 1 MB, small ones closer together, whole pages."""
    if count == 1:
        return [SMALLEST]
    ratio = (LARGEST / SMALLEST) ** (1 / (count - 1))
    return sorted({round(SMALLEST * ratio**place / _PAGE) * _PAGE for place in range(count)})


def limited(most: int) -> Callable[[], None]:
    """No file of the process grows beyond ``most``: a disk that is full."""

    def limit() -> None:
        default_signals()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return limit


@contextmanager
def disk(folder: Path) -> Iterator[bool]:
    """Whether the folder is a small disk of its own now; where it cannot be made one, it is a folder."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], capture_output=True)
    mounted = os.geteuid() == 0 and done.returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)


def one(ground: Ground, free: int, mounted: bool, most: int | None = None) -> tuple[str, list[str]]:
    """As what the files stand after the command with so much space left, and what is wrong.

    ``most`` is how large a file may be where there is no small disk: as large as the largest and ``free`` by default.
    """
    ground.fresh()
    ballast = ground.folder / "ballast"
    if mounted:
        room = os.statvfs(ground.folder)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(room.f_bavail * room.f_frsize - free, 1))
    most = most or max(path.stat().st_size for path in ground.work.rglob("*")) + free
    try:
        how = default_signals if mounted else limited(most)
        done = frame.run(ground.book, *ground.case.words, cwd=ground.work, preexec_fn=how)
        read = frame.run(ground.book, "list", "--json", cwd=ground.work)
    finally:
        ballast.unlink(missing_ok=True)
    outcome = ground.outcome()
    wrong = [*spoken(done.returncode, done.stdout, done.stderr)]
    if done.returncode == 5 and read.returncode and ground.case.name not in ("restore", "migration"):
        wrong.append(f"cannot be read: {read}")
    wrong += ground.problems()
    if outcome != {0: "after", 5: "before"}.get(done.returncode):
        wrong.append(f"exit {done.returncode} and {outcome}: {done.stderr!r}")
    return outcome, wrong


def run(count: int) -> Mapping[str, float]:
    """The figures of every command on a disk of ``count`` sizes."""
    total: Counter[str] = Counter()
    free = sizes(count)
    for case in CASES:
        with tempfile.TemporaryDirectory() as name, disk(Path(name) / "disk") as mounted:
            ground = Ground(case, Path(name) / "disk" / case.name, rows=600)
            total["mounted"] += mounted
            for size in bar(free, len(free), f"disk {case.name}"):
                outcome, wrong = one(ground, size, mounted)
                total["runs"] += 1
                total[outcome] += 1
                total["wrong"] += bool(wrong)
                for line in wrong:
                    print(f"{case.name}, {size} bytes left: {line}", flush=True)
    keys = ("runs", "before", "after", "half", "wrong", "mounted")
    return {**{key: total[key] for key in keys}, "full_share": total["before"] / total["runs"]}
