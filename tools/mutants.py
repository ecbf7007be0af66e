"""The share of a drawn sample of mutants that the tests catch: ``python -m tools.mutants [--count N] [AREA ...]``.

mutmut makes the mutants and runs the tests that touch each (``[tool.mutmut]`` of pyproject.toml says which
files and tests); it is no dependency: ``pip install mutmut==3.8.1`` where this is run. Without ``--count``
every mutant of the areas is tried. Exit 1 where fewer than 85 of 100 are caught, or none was tried.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

LEAST = 0.85
SURVIVED, UNTESTED = 0, 33  # exit codes as mutmut keeps them: pytest found nothing, no test comes that way
AREAS = ("funnel", "dates", "actions")
# runs once, while the module is loaded and before a mutant is switched on: no test can tell
AT_IMPORT = ("x__fold_table__",)

Results = Mapping[str, int | None]


def results(area: str, kept: Path) -> dict[str, int | None]:
    """Every mutant of the area by name, with what became of it; None where it was not tried."""
    found: dict[str, int | None] = {}
    for path in _files(area, kept):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return {name: code for name, code in found.items() if not any(one in name for one in AT_IMPORT)}


def _files(area: str, kept: Path) -> Iterator[Path]:
    yield from sorted(kept.glob(f"salesflow/{area}.py.meta"))
    yield from sorted(kept.glob(f"salesflow/{area}/**/*.py.meta"))


def drawn(names: Sequence[str], count: int | None, seed: int) -> list[str]:
    """``count`` of the names, the same for the same seed; all where there are no more."""
    if count is None or count >= len(names):
        return sorted(names)
    return sorted(random.Random(seed).sample(sorted(names), count))


def share(tried: Results, names: Sequence[str]) -> tuple[int, list[str]]:
    """How many of the named mutants were tried, and those that no test caught."""
    known = [name for name in names if tried.get(name) is not None]
    return len(known), [name for name in known if tried[name] in (SURVIVED, UNTESTED)]


def held(tried: int, missed: int) -> bool:
    """Whether enough were caught; nothing tried is nothing held."""
    return tried > 0 and (tried - missed) / tried >= LEAST


def mutmut(*words: str) -> None:
    """Runs mutmut on one processor; its results are in ``mutants/``."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main(words: Sequence[str] | None = None) -> int:
    """0 where every area is held."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("area", nargs="*", default=list(AREAS))
    parser.add_argument("--count", type=int, help="so many mutants of each area, drawn; without: all")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(words)
    kept = Path("mutants")
    if not kept.exists():
        mutmut("salesflow.funnel.x_deadline*")  # makes them all, and learns which tests touch what
    good = True
    for area in given.area:
        names = drawn(list(results(area, kept)), given.count, given.seed)
        mutmut(*names)
        tried, missed = share(results(area, kept), names)
        good = held(tried, len(missed)) and good
        print(f"{area}: {tried - len(missed)} of {tried} caught")
        for name in missed:
            print(f"  {name}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
