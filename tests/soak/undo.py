"""Any sequence of all commands that write, undone to the first book and done again to the last, beside a model."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Mapping

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from . import frame

sys.path.insert(0, str(frame.ROOT / "tests"))

from undo_machine import Machine, succeeded
from undo_words import WORDS

LONG = 1_000  # so many sequences are those before a release, which are longer
STEPS, LONG_STEPS = 30, 50


def run(count: int) -> Mapping[str, float]:
    """The figures of ``count`` sequences: what broke, and which commands never did anything."""
    steps = LONG_STEPS if count >= LONG else STEPS
    progress = frame.each(count, "undo")
    before = dict(succeeded)

    @seed(frame.SEED)
    class Counted(Machine):
        check_every = 5 if count >= LONG else 1

        def __init__(self) -> None:
            next(progress, None)
            super().__init__()

    broken = 0
    try:
        run_state_machine_as_test(
            Counted,
            settings=settings(
                max_examples=count,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Exception:
        traceback.print_exc()
        broken = 1
    done = {name: succeeded[name] - before.get(name, 0) for name in WORDS}
    return {
        "broken": broken,
        "never": len(list(_never(done))),
        "changes": sum(done.values()),
        "sequences": count,
    }


def _never(done: Mapping[str, int]) -> Iterator[str]:
    for name, times in done.items():
        if not times:
            print(f"undo: {name} never changed anything", file=sys.stderr)
            yield name
