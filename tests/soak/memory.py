"""Every writing command with less and less memory (RLIMIT_AS): done, or exit 5 in a line and nothing changed."""

from __future__ import annotations

import resource
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from . import frame
from .cases import CASES, Case, Ground
from .frame import bar, default_signals
from .stop import spoken

LEAST, MOST = 20, 120  # MB; with less Python itself does not start
ROWS = 20_000


def starved(megabytes: float) -> Callable[[], None]:
    """A process that gets no more memory than that."""

    def limit() -> None:
        default_signals()
        most = int(megabytes * (1 << 20))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    return limit


def one(ground: Ground, megabytes: float) -> tuple[str, list[str]]:
    """As what the files stand after the command with so little memory, and what is wrong."""
    ground.fresh()
    done = frame.run(ground.book, *ground.case.words, cwd=ground.work, preexec_fn=starved(megabytes))
    outcome = ground.outcome()
    wrong = [*spoken(done.returncode, done.stdout, done.stderr), *ground.problems()]
    if outcome != {0: "after", 6: "after", 5: "before"}.get(done.returncode):
        wrong.append(f"exit {done.returncode} and {outcome}: {done.stderr!r}")
    return outcome, wrong


def starve(cases: Iterable[Case], limits: list[float], rows: int) -> Counter[str]:
    """How often what came out; what is wrong is printed."""
    total: Counter[str] = Counter()
    for case in cases:
        with tempfile.TemporaryDirectory() as name:
            ground = Ground(case, Path(name) / case.name, rows if case.name in ("import", "undo") else 300)
            for megabytes in bar(limits, len(limits), f"memory {case.name}"):
                outcome, wrong = one(ground, megabytes)
                total["runs"] += 1
                total[outcome] += 1
                total["wrong"] += bool(wrong)
                for line in wrong:
                    print(f"{case.name}, {megabytes} MB: {line}", flush=True)
    return total


def run(count: int) -> Mapping[str, float]:
    """The figures of every command at ``count`` sizes of memory."""
    limits = [LEAST + (MOST - LEAST) * place / max(count - 1, 1) for place in range(count)]
    total = starve(CASES, limits, ROWS)
    keys = ("runs", "before", "after", "half", "wrong")
    return {**{key: total[key] for key in keys}, "starved_share": total["before"] / total["runs"]}
