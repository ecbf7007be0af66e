"""Any sequence of all commands that write, undone to the first book and done again to the last, beside a model.

The sequences are split over the processors (``SALESFLOW_JOBS`` says how many processes), each part with a seed of its
own; ``SALESFLOW_SEED`` and ``SALESFLOW_JOBS`` as told bring the same sequences again. ``SALESFLOW_STEPS`` says how
long each is.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from . import frame

sys.path.insert(0, str(frame.ROOT / "tests"))

from undo_machine import Machine, succeeded
from undo_words import WORDS

LONG = 1_000  # so many sequences are those before a release, which are longer
STEPS, LONG_STEPS = 30, 50
NEXT_SEED = 1_000_000  # no seed of a run is as far from another: parts of two runs are never the same


class Part(NamedTuple):
    """What one process goes through; where ``shrinks``, what broke is made as short as it can be."""

    machine: type[Machine]
    seed: int
    count: int
    steps: int
    tells: bool
    shrinks: bool


def run(count: int, machine: type[Machine] = Machine, *, shrinks: bool = True) -> Mapping[str, float]:
    """The figures of ``count`` sequences: what broke, and which commands never did anything."""
    steps = int(os.environ.get("SALESFLOW_STEPS") or (LONG_STEPS if count >= LONG else STEPS))
    jobs = max(1, min(int(os.environ.get("SALESFLOW_JOBS") or os.cpu_count() or 1), count))
    parts = [
        Part(
            machine,
            frame.SEED + part * NEXT_SEED,
            count // jobs + (part < count % jobs),
            steps,
            not part,
            shrinks,
        )
        for part in range(jobs)
    ]
    # a fresh process knows nothing of this one but what it is told
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        done = sum(pool.map(gone_through, parts, chunksize=1), Counter[str]())
    never = [name for name in WORDS if not done[name]]
    for name in never:
        print(f"undo: {name} never changed anything", file=sys.stderr)
    return {
        "broken": done["broken"],
        "never": len(never),
        "changes": sum(done[name] for name in WORDS),
        "steps": done["steps"],
        "sequences": done["sequences"],
        "processes": jobs,
    }


def gone_through(part: Part) -> Counter[str]:
    """What the sequences of one process did: how often each command, and whether anything broke."""
    before = Counter(succeeded)
    progress = frame.each(part.count, "undo") if part.tells else iter(range(part.count))

    @seed(part.seed)
    def begin() -> Machine:
        next(progress, None)
        made = part.machine()
        made.check_every = 5 if part.steps >= LONG_STEPS else 1
        return made

    chosen = settings(
        max_examples=part.count,
        stateful_step_count=part.steps,
        deadline=None,
        database=None,
        phases=[Phase.generate, *[Phase.shrink] * part.shrinks],
        suppress_health_check=list(HealthCheck),
    )
    broken = Counter[str]()
    try:
        run_state_machine_as_test(begin, settings=chosen)
    except Exception:
        print(f"undo: broken with seed {part.seed}: {part.count} of {part.steps} steps", file=sys.stderr)
        traceback.print_exc()
        broken["broken"] = 1
    return Counter(succeeded) - before + broken
