"""What the long runs share: a progress bar, chance with a seed that is told, the program as a process."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = "2026-11-24T10:05"
MEASURED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
SEED = int(os.environ.get("SALESFLOW_SEED") or time.time_ns() % 1_000_000)
One = TypeVar("One")


def chance(name: str = "") -> random.Random:
    """Chance of its own for ``name``: the same for the same ``SALESFLOW_SEED``, which the answer tells."""
    return random.Random(f"{SEED} {name}")


def program() -> list[str]:
    """How the program is started: ``SALESFLOW_PROGRAM`` where it names an installed one, else this checkout's."""
    named = os.environ.get("SALESFLOW_PROGRAM")
    return [named] if named else [sys.executable, "-m", "salesflow"]


def environ(book: Path, **more: str) -> dict[str, str]:
    """Almost nothing, and the book; what is measured stays so."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",  # a limit on files would leave half of them behind
        "SALESFLOW_DB": str(book),
        "SALESFLOW_NOW": NOW,
        "SALESFLOW_LANG": "en",
        "HOME": "/nowhere",
        "USER": "rep",
        **MEASURED,
        **more,
    }


def default_signals() -> None:
    """Nothing; a child that a background job starts would not hear Ctrl-C otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(book: Path, *words: str, **more: Any) -> subprocess.Popen[bytes]:
    """The program, running; its streams are pipes unless ``more`` says otherwise."""
    given: dict[str, Any] = {
        "env": environ(book),
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "preexec_fn": default_signals,
        **more,
    }
    return subprocess.Popen([*program(), *words], **given)


def run(book: Path, *words: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """One real run of the program, ended."""
    given: dict[str, Any] = {
        "env": environ(book),
        "capture_output": True,
        "timeout": 300,
        "preexec_fn": default_signals,
        **more,
    }
    if "input" not in given and "stdin" not in given:
        given["stdin"] = subprocess.DEVNULL
    if "stdout" in given or "stderr" in given:
        given.pop("capture_output")
    return subprocess.run([*program(), *words], **given)


def size(path: Path) -> int:
    """How many bytes the file has; 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def bar(things: Iterable[One], total: int, what: str = "") -> Iterator[One]:
    """The things, one after the other, while stderr tells how many are done and how long the rest may take."""
    begun, shown = time.monotonic(), 0.0
    tty = sys.stderr.isatty()
    for done, thing in enumerate(things):
        now = time.monotonic()
        if now - shown > (0.2 if tty else 20) and done:
            left = (now - begun) / done * (total - done)
            text = f"{what} {done}/{total} {'#' * (20 * done // max(total, 1)):<20} {left:4.0f} s left"
            sys.stderr.write(f"\r{text}" if tty else f"{text}\n")
            sys.stderr.flush()
            shown = now
        yield thing
    if tty:
        sys.stderr.write("\r\033[K")


def each(count: int, what: str = "") -> Iterator[int]:
    """0 to ``count`` - 1 under a bar."""
    return bar(range(count), count, what)
