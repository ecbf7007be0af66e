"""Copies taken while two programs write: every one of them is a whole, sound book of one moment.

Sound means: all that ``check`` looks at, the history replayed; and as many follow-ups as its lead counts.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from . import frame
from .frame import chance, each, environ

WRITERS = 2
PER_BOOK = 50  # copies, after which the two begin a book anew
# writes until nobody listens any more
WRITER = """
import sys
from salesflow.cli import main
for number in range(10**9):
    if main(["log", sys.argv[1], "note %d " % number + "x" * 2000, "--next", "2026-12-01"]):
        sys.stderr.write("failed\\n")
    if number == 0:
        sys.stderr.write("ready\\n")
        sys.stderr.flush()
"""
Copier = Callable[[Path, Path], bool]


def by_backup(book: Path, target: Path) -> bool:
    """Whether ``salesflow backup TARGET`` says that it made one."""
    return frame.run(book, "backup", str(target)).returncode == 0


def by_cp(book: Path, target: Path) -> bool:
    """True: what ``cp`` makes of a book that is being written, in pieces, as a large file is read."""
    with book.open("rb") as source, target.open("wb") as copy:
        while piece := source.read(1 << 16):
            copy.write(piece)
            time.sleep(0.01)
    return True


def run(count: int, copier: Copier = by_backup) -> Mapping[str, float]:
    """How many copies were made, how many of them are bad, and of how many different moments they are."""
    found = {"made": 0, "bad": 0, "errors": 0, "moments": 0}
    with tempfile.TemporaryDirectory() as temporary:
        for start in range(0, count, PER_BOOK):
            _book(Path(temporary) / str(start), min(PER_BOOK, count - start), copier, found)
    return found


def _book(folder: Path, count: int, copier: Copier, found: dict[str, int]) -> None:
    folder.mkdir()
    book = folder / "book.db"
    frame.run(book, "init")
    for name in ("one", "two"):
        frame.run(book, "add", name)
    writers = [_writer(book, lead) for lead in range(1, WRITERS + 1)]
    dice, moments = chance("backups"), set[int]()
    try:
        for number in each(count, "copies"):
            time.sleep(dice.random() * 0.1)
            target = folder / f"{number}.db"
            if not copier(book, target):
                found["errors"] += 1
                continue
            found["made"] += 1
            followups = sound(target)
            found["bad"] += followups < 0
            moments.add(followups)
            target.unlink()
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    found["moments"] += len(moments - {-1})
    shutil.rmtree(folder)


def _writer(book: Path, lead: int) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", WRITER, str(lead)]
    writer = subprocess.Popen(words, env=environ(book), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert writer.stderr is not None
    writer.stderr.readline()
    return writer


def sound(copy: Path) -> int:
    """How many follow-ups a copy holds; -1 where it is no sound book."""
    if frame.run(copy, "check").returncode:
        return -1
    with closing(sqlite3.connect(copy)) as connection:
        rows = int(connection.execute("SELECT count(*) FROM followup").fetchone()[0])
        counted = connection.execute("SELECT sum(followups) FROM lead").fetchone()[0]
    return rows if rows == counted else -1
