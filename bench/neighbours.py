"""Taskwarrior's own growth, where it is installed: what a known program of this kind costs."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import measure

SIZES = (1_000, 10_000)


def lines(folder: Path, line: Callable[..., Any]) -> Iterator[Any]:
    """One line: what listing 20 tasks of many costs, in times of listing 20 of few."""
    tool = shutil.which("task")
    if not tool:
        return
    found = [measure.cost(_filled(tool, folder / f"tasks{size}", size)) for size in SIZES]
    few, many = SIZES
    note = f"{found[1]:.0f} / {found[0]:.0f}"
    yield line(f"(Taskwarrior, 20 listed: {many:,} / {few:,})", found[1] / found[0], None, note=note)


def _filled(tool: str, folder: Path, size: int) -> list[str]:
    folder.mkdir()
    tasks = [
        {"description": f"task {number}", "status": "pending", "due": f"202612{number % 28 + 1:02}T000000Z"}
        for number in range(size)
    ]
    argv = [tool, "rc:/dev/null", f"rc.data.location={folder}", "rc.confirmation=off", "rc.gc=off"]
    subprocess.run([*argv, "import", "-"], input=json.dumps(tasks).encode(), capture_output=True, check=True)
    return [*argv, "limit:20", "next"]
