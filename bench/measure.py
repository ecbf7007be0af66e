"""How much a program costs: instructions where valgrind is there, else processor time; and its memory."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RUNS = 9  # of processor time, of which the median counts
NOW = "2026-11-23T09:00"


class Usage(NamedTuple):
    """What one run took: processor seconds, megabytes at the peak, seconds by the clock."""

    seconds: float
    megabytes: float
    elapsed: float


def unit() -> str:
    """What ``cost`` counts in."""
    return "million instructions" if shutil.which("valgrind") else "milliseconds of processor time"


def cost(argv: Sequence[str], *, terminal: bool = False) -> float:
    """What ``argv`` costs, answering into a pipe or on a ``terminal`` of 120 columns."""
    if shutil.which("valgrind"):
        return _instructions(argv, terminal)
    return statistics.median(usage(argv, terminal=terminal).seconds * 1000 for _ in range(RUNS))


def usage(argv: Sequence[str], *, terminal: bool = False) -> Usage:
    """The processor time and the memory of one run of ``argv``."""
    # resource knows the biggest child of a process: a process of its own has one child only
    code = (
        "import resource, subprocess, sys, time; start = time.monotonic();"
        " code = subprocess.call(sys.argv[2:], stderr=subprocess.DEVNULL); took = time.monotonic() - start;"
        " u = resource.getrusage(resource.RUSAGE_CHILDREN);"
        " open(sys.argv[1], 'w').write(f'{u.ru_utime + u.ru_stime} {u.ru_maxrss} {took}'); sys.exit(code)"
    )
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "usage"
        _run([sys.executable, "-c", code, str(note), *argv], terminal)
        seconds, peak, elapsed = note.read_text().split()
    return Usage(float(seconds), float(peak) / (2**20 if sys.platform == "darwin" else 2**10), float(elapsed))


def _instructions(argv: Sequence[str], terminal: bool) -> float:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        tool = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
        _run([*tool, f"--log-file={log}", *argv], terminal)
        found = re.search(r"I +refs: +([\d,]+)", log.read_text())
    if not found:
        raise RuntimeError(f"valgrind counted nothing for {argv}")
    return int(found[1].replace(",", "")) / 1e6


def _run(argv: Sequence[str], terminal: bool) -> None:
    status = _on_terminal(argv) if terminal else _into_pipe(argv)
    if status:
        raise RuntimeError(f"exit {status}: {' '.join(argv)}")


def _into_pipe(argv: Sequence[str]) -> int:
    done = subprocess.run(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environ(),
        cwd=ROOT,
    )
    return done.returncode


def _on_terminal(argv: Sequence[str]) -> int:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    child = subprocess.Popen(argv, stdin=theirs, stdout=theirs, stderr=theirs, env=_environ(), cwd=ROOT)
    os.close(theirs)
    reader = threading.Thread(target=_drain, args=(ours,))
    reader.start()
    status = child.wait()
    reader.join()
    os.close(ours)
    return status


def _drain(handle: int) -> None:
    try:
        while os.read(handle, 65536):
            pass
    except OSError:
        return  # the terminal's other end is closed


def _environ() -> dict[str, str]:
    # what a rep's shell has; without bytecode files on disk every import would be a compilation
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SALESFLOW"))}
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONHASHSEED": "0",
        "SALESFLOW_NOW": NOW,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def ready() -> None:
    """Nothing; afterwards every module has its bytecode file, as after the first run of an installation."""
    import compileall

    compileall.compile_dir(str(ROOT / "salesflow"), quiet=2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
