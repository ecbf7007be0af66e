"""``python -m tests.soak``: the long runs; ``python -m tests.soak NAME [--count N | --pr | --release]`` runs one.

``all`` runs every one. The last line on stdout is the run's figures as JSON; what people read is on stderr.
Exit 1 where a figure is not held, 2 where the words are wrong.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Mapping, Sequence

from . import frame
from .registry import SOAKS, AtLeast, Soak, broken


def listed(soaks: Mapping[str, Soak]) -> str:
    """The names, what each does, and its counts."""
    rows = [("name", "every PR", "release", "what")]
    rows += [(name, f"{one.pr:,}", f"{one.release:,}", one.what) for name, one in soaks.items()]
    wide = [max(len(row[place]) for row in rows) for place in range(3)]
    lines = (
        f"{row[0]:<{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}  {row[3]}".rstrip() for row in rows
    )
    return "\n".join(lines)


def goal_text(goal: float | AtLeast, count: int) -> str:
    """What a figure must be, to read."""
    if isinstance(goal, AtLeast):
        return f"at least {goal.least * count if goal.share else goal.least:g}"
    return f"at most {goal:g}" if goal else "0"


def run_one(name: str, soak: Soak, count: int) -> bool:
    """Whether every figure of the run is held; figures to stdout, words to stderr."""
    begun = time.monotonic()
    figures = dict(importlib.import_module(f".{soak.module}", __package__).run(count))
    failed = broken(soak, count, figures)
    took = round(time.monotonic() - begun, 1)
    for key, value in figures.items():
        goal = f" (must be {goal_text(soak.holds[key], count)})" if key in soak.holds else ""
        mark = "NOT HELD" if key in failed else "ok" if key in soak.holds else ""
        print(f"{name}: {key} {value:g}{goal} {mark}".rstrip(), file=sys.stderr)
    for key in failed:
        if key not in figures:
            print(f"{name}: {key} was not measured NOT HELD", file=sys.stderr)
    print(
        f"{name}: {count} in {took} s, seed {frame.SEED}: {'held' if not failed else 'NOT HELD'}",
        file=sys.stderr,
    )
    record = {
        "soak": name,
        "count": count,
        "seed": frame.SEED,
        "seconds": took,
        "held": not failed,
        **figures,
    }
    print(json.dumps(record), flush=True)
    return not failed


def main(words: Sequence[str] | None = None, soaks: Mapping[str, Soak] = SOAKS) -> int:
    """The exit code of the runs that ``words`` ask for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak", description="Long runs that try to break the book."
    )
    parser.add_argument("name", nargs="*", help="which runs, or all; none: their list")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--count", type=int, metavar="N", help="how often")
    how.add_argument("--pr", action="store_true", help="as often as for every pull request (the default)")
    how.add_argument("--release", action="store_true", help="as often as before a release")
    given = parser.parse_args(words)
    unknown = [name for name in given.name if name not in soaks and name != "all"]
    if unknown or (given.count is not None and given.count < 1):
        parser.error(f"no run {unknown[0]}" if unknown else "--count must be 1 or more")
    if not given.name:
        print(listed(soaks))
        return 0
    names = list(soaks) if "all" in given.name else given.name
    held = True
    for name in names:
        soak = soaks[name]
        count = given.count or (soak.release if given.release else soak.pr)
        held = run_one(name, soak, count) and held
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
