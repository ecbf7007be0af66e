"""kill -9 while commands write one after the other: what was acknowledged is there, whole, and nothing else is.

Three of four times one process runs many commands, so that most kills fall into a transaction; the fourth
time a shell runs the program again and again, as a person does, and all of it is killed.
"""

from __future__ import annotations

import json
import os
import random
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from . import frame
from .frame import chance, each, environ, program

# answers "ok N" once the command has ended well, "code C" where it has not
WORKER = """
import sys
from salesflow.cli import main
for number in range(int(sys.argv[1]), 10**9):
    code = main(["log", "1", f"note {number}", "--next", "2026-12-01"])
    sys.stderr.write(f"ok {number}\\n" if code == 0 else f"code {code}\\n")
    sys.stderr.flush()
"""
# the same, and says so before it is true: the harness must notice
EARLY = WORKER.replace("    code = main", "    sys.stderr.write(f'ok {number}\\n')\n    code = main")
PER_BOOK = 40
GAP = 1000  # between the numbers of two workers


def worker_words(text: str, first: int) -> list[str]:
    """One process that runs many commands."""
    return [sys.executable, "-c", text, str(first)]


def shell_words(first: int) -> list[str]:
    """A shell that runs the program again and again."""
    start = shlex.join(program())
    line = f'{start} log 1 "note $n" --next 2026-12-01 >/dev/null && echo ok $n >&2 || echo code $? >&2'
    return ["sh", "-c", f"n={first}; while :; do {line}; n=$((n + 1)); done"]


def kill_once(
    book: Path, words: list[str], dice: random.Random, most: float
) -> tuple[set[int], list[str], bool]:
    """What was acknowledged before the kill, what else was said, whether it fell inside a transaction."""
    worker = subprocess.Popen(
        words, env=environ(book), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    assert worker.stderr is not None
    first = worker.stderr.readline().decode()
    wait(book, dice, most)
    os.killpg(worker.pid, signal.SIGKILL)
    said = [first.rstrip(), *worker.communicate()[1].decode().splitlines()]
    inside = frame.size(Path(f"{book}-journal")) > 0
    done = {int(line[3:]) for line in said if line.startswith("ok ")}
    return done, [line for line in said if not line.startswith("ok ")], inside


def wait(book: Path, dice: random.Random, most: float) -> None:
    """Nothing, after a moment: any, or one soon after a transaction has begun to write."""
    if dice.random() < 0.3:
        time.sleep(dice.random() * most)
        return
    until = time.monotonic() + 3
    while time.monotonic() < until and not frame.size(Path(f"{book}-journal")):
        time.sleep(0.0002)
    time.sleep(dice.random() ** 2 * 0.008)


def judge(book: Path, acknowledged: set[int], kills: int) -> dict[str, int]:
    """How many acknowledged notes are not there, how many are there that nobody can have written, how many are torn."""
    said = frame.run(book, "check", "--json")
    problems = len(json.loads(said.stdout)["problems"]) if said.stdout else 1
    with closing(sqlite3.connect(book)) as connection:
        rows = connection.execute(
            "SELECT f.note, (SELECT count(*) FROM promise p WHERE p.followup_id = f.id AND p.date = '2026-12-01'),"
            " (SELECT count(DISTINCT h.operation_id) FROM history h WHERE h.table_name = 'followup'"
            " AND h.row_id = f.id) FROM followup f"
        ).fetchall()
        counts = connection.execute(
            "SELECT (SELECT followups FROM lead WHERE id = 1), (SELECT count(*) FROM promise),"
            " (SELECT count(*) FROM operation WHERE command = 'log')"
        ).fetchone()
    kept = {int(note.removeprefix("note ")) for note, *_ in rows}
    torn = sum(1 for _, *parts in rows if parts != [1, 1]) + (set(counts) != {len(kept)})
    return {
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - kept),
        "torn": torn + max(0, len(kept - acknowledged) - kills),
        "problems": problems,
    }


def round_of(folder: Path, kills: int, dice: random.Random, place: int, text: str = WORKER) -> dict[str, int]:
    """The figures of so many kills on one new book."""
    book = folder / f"book{place}.db"
    for words in (("init", "--rep", "rep"), ("add", "华星宝马")):
        frame.run(book, *words, check=True)
    acknowledged: set[int] = set()
    figures = {"inside": 0, "errors": 0}
    for number in range(kills):
        shell = number % 4 == 3 and text is WORKER
        words = shell_words(number * GAP) if shell else worker_words(text, number * GAP)
        done, rest, inside = kill_once(book, words, dice, 0.5 if shell else 0.15)
        acknowledged |= done
        figures["inside"] += inside
        figures["errors"] += len(rest)
    figures |= judge(book, acknowledged, kills)
    with suppress(OSError):
        book.unlink()
    return figures


def run(count: int, text: str = WORKER) -> Mapping[str, float]:
    """The figures of ``count`` kills."""
    dice = chance("kill")
    total = dict.fromkeys(("kills", "inside", "acknowledged", "lost", "torn", "problems", "errors"), 0)
    with tempfile.TemporaryDirectory() as name:
        for place in each(-(-count // PER_BOOK), "kill"):
            kills = min(PER_BOOK, count - place * PER_BOOK)
            figures = round_of(Path(name), kills, dice, place, text) | {"kills": kills}
            for key, value in figures.items():
                total[key] += value
    return {**total, "inside_share": total["inside"] / count}
