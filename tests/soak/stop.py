"""Every writing command stopped at any moment, by kill -9 or a signal: done whole, or nothing changed, and said so."""

from __future__ import annotations

import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from .cases import BY_NAME, CANARY, Case, Ground
from .frame import bar, chance, size, start

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LONG = ("import", "migration", "backup", "restore", "join", "undo", "merge")
ROWS = 10_000


class Stop(NamedTuple):
    """How one run ended: as what the files stand, its exit code, what is wrong, whether it had not even begun."""

    outcome: str
    code: int
    wrong: tuple[str, ...]
    early: bool = False


def stop(ground: Ground, number: int, dice: random.Random, took: float) -> Stop:
    """One run of the case, stopped by the signal ``number`` at a random moment of the time that it takes."""
    ground.fresh()
    process = start(ground.book, *ground.case.words, cwd=ground.work)
    _wait(ground, process, dice, took)
    process.send_signal(number)
    try:
        out, err = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Stop("hang", 0, ("hang",))
    problems = ground.problems() if number != signal.SIGKILL else []
    outcome = ground.outcome()
    problems += ground.swept() if number == signal.SIGKILL else []
    early = number == signal.SIGINT and in_interpreter(out, err)
    wrong = [*problems, *([] if early else spoken(process.returncode, out, err))]
    if outcome not in expected(process.returncode, out):
        wrong.append(f"exit {process.returncode} and {outcome}: {err!r}")
    return Stop(outcome, process.returncode, tuple(wrong), early)


def in_interpreter(out: bytes, err: bytes) -> bool:
    """Whether Ctrl-C met Python while it was starting, before a line of the program: Python says that its own way."""
    places = [line.strip() for line in err.splitlines() if line.lstrip().startswith(b"File ")]
    ours = any(b"salesflow" in line for line in places)
    return not out and bool(places) and not ours and err.rstrip().endswith(b"KeyboardInterrupt")


def expected(code: int, out: bytes) -> tuple[str, ...]:
    """As what the files may stand after this exit code: what was answered for is there."""
    if code == -signal.SIGKILL:
        return ("after",) if out else ("before", "after")
    return ("after",) if code in (0, 6) else ("before",)


def spoken(code: int, out: bytes, err: bytes) -> list[str]:
    """What is wrong with what was said."""
    found = []
    if err.count(b"\n") > 3 or b"Traceback" in err or b"report it" in err:
        found.append(f"stderr: {err!r}")
    if CANARY.encode() in err:
        found.append("a phone in an error")
    if code not in (0, 5, 6, 129, 130, 143, *(-number for number in (*SIGNALS, signal.SIGKILL))):
        found.append(f"exit {code}: {err!r}")
    if out and code not in (0, 6, -signal.SIGKILL):
        found.append(f"exit {code} and an answer: {out!r}")
    return found


def _wait(ground: Ground, process: subprocess.Popen[bytes], dice: random.Random, took: float) -> None:
    # a third at any moment, start-up and end too; the others once something has been written
    if dice.random() < 0.34:
        time.sleep(dice.random() * took * 1.1)
        return
    until = time.monotonic() + took * 3
    while time.monotonic() < until and process.poll() is None and not _writing(ground):
        time.sleep(0.0002)
    time.sleep(dice.random() ** 2 * took * 0.4)


def _writing(ground: Ground) -> bool:
    if size(ground.book.with_name("book.db-journal")):
        return True
    if ground.case.name not in ("backup", "restore", "migration"):
        return False
    return any(path.name.startswith(".") for path in ground.work.iterdir())


def stops(
    cases: Iterable[Case], numbers: tuple[int, ...], count: int, rows: int, dice: random.Random
) -> Counter[str]:
    """How often what came out, of ``count`` runs of each case; what is wrong is printed."""
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        for case in cases:
            ground = Ground(case, Path(name) / case.name, rows)
            took = ground.took
            for place in bar(range(count), count, f"stop {case.name}"):
                done = stop(ground, numbers[place % len(numbers)], dice, took)
                total["runs"] += 1
                total[done.outcome] += 1
                total["stopped"] += done.code not in (0, 6)
                total["wrong"] += bool(done.wrong)
                total["early"] += done.early
                for line in done.wrong:
                    print(f"{case.name}: {line}", flush=True)
    return total


def figures(total: Counter[str]) -> dict[str, float]:
    """The figures by name, with the share of runs that were stopped before they had ended."""
    found = {
        key: total[key] for key in ("runs", "before", "after", "half", "hang", "stopped", "early", "wrong")
    }
    return {**found, "stopped_share": total["stopped"] / total["runs"]}


def run(count: int) -> Mapping[str, float]:
    """The figures of ``count`` kills (-9) in each of the long commands, on 10,000 rows."""
    return figures(stops([BY_NAME[name] for name in LONG], (signal.SIGKILL,), count, ROWS, chance("whole")))
