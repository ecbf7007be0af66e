"""The share of lines and branches that the tests go through, by room: ``python -m tools.covered [WORDS OF PYTEST]``.

The processes that tests start are counted too (``[tool.coverage.run]`` of pyproject.toml). Exit 1 where a room
has less than 95 of 100 lines and branches, or a test failed; ``coverage report -m`` shows what is missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

LEAST = 95.0
ROOMS = {
    "db and schema": ("salesflow/db", "salesflow/schema"),
    "store": ("salesflow/store/",),
    "actions": ("salesflow/actions/",),
    "exchange": ("salesflow/exchange/",),
}


class Share(NamedTuple):
    """Of a hundred lines and branches, and of a hundred branches, so many were gone through."""

    both: float
    branches: float


def share(files: Mapping[str, Mapping[str, Any]], starts: tuple[str, ...]) -> Share:
    """What was gone through of the files whose path begins like that; 0 of none."""
    sums = [one["summary"] for path, one in files.items() if path.startswith(starts)]
    lines = sum(one["num_statements"] for one in sums)
    branches = sum(one["num_branches"] for one in sums)
    seen = sum(one["covered_branches"] for one in sums)
    both = sum(one["covered_lines"] for one in sums) + seen
    return Share(100 * both / max(lines + branches, 1), 100 * seen / max(branches, 1))


def table(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Share]:
    """Every room and its share."""
    return {name: share(files, starts) for name, starts in ROOMS.items()}


def coverage(*words: str) -> int:
    """The exit code of coverage with these words."""
    return subprocess.run([sys.executable, "-m", "coverage", *words]).returncode


def main(words: Sequence[str] | None = None) -> int:
    """0 where every room is held and no test failed."""
    coverage("erase")
    failed = coverage("run", "-m", "pytest", "-q", *(sys.argv[1:] if words is None else words))
    told = Path(".coverage.json")
    coverage("combine", "-q")
    coverage("json", "-q", "-o", str(told))
    found = table(json.loads(told.read_text(encoding="utf-8"))["files"])
    for name, (both, branches) in found.items():
        mark = "held" if both >= LEAST else "NOT HELD"
        print(f"{name}: {both:.1f} % of lines and branches, {branches:.1f} % of branches alone: {mark}")
    return 1 if failed or any(one.both < LEAST for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
