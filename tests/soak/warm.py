"""A command that is run again and again under one strace, each time with another of its system calls failing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from . import strace

SERVER = Path(__file__).with_name("warm_server.py")
MOST = 60_000  # strace counts to 65,535


class Ran(NamedTuple):
    """How a run ended, what it said, and its calls: all of them, or the one that failed by injection."""

    code: int
    out: bytes
    err: bytes
    calls: list[strace.Call]


class Warm:
    """The command ``words``, loaded and waiting in ``cwd``; its files of our own lie in ``folder``.

    With ``error`` the call that is named first in ``calls`` answers so, the ``last`` time that it is made.
    """

    def __init__(
        self,
        words: Iterable[str],
        calls: Iterable[str],
        folder: Path,
        cwd: Path,
        env: Mapping[str, str],
        *,
        before: str = "",
        modules: Sequence[str] = (),
        error: str = "",
        last: int = 0,
    ) -> None:
        self.call, *_ = wanted = list(calls)
        self.last, self.trace, self.read = last, folder / "strace", 0
        self.out, self.err = folder / "stdout", folder / "stderr"
        assert last < MOST
        asked = {
            "words": [*words],
            "cwd": str(cwd),
            "out": str(self.out),
            "err": str(self.err),
            "before": before,
            "modules": [*modules],
        }
        inject = f"{self.call}:error={error}:when={last}" if error else ""
        started = strace.started(
            [sys.executable, str(SERVER), json.dumps(asked)], wanted, self.trace, inject, data=False
        )
        self.process = subprocess.Popen(
            started,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env=dict(env),
            text=True,
            bufsize=1,
        )
        self.modules = self._answer()  # without any told it has run once by then

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        self.process.wait(60)

    def run(self, place: int = 0) -> Ran:
        """The command run once; its call number ``place`` fails, where one is to fail."""
        assert self.process.stdin
        self.process.stdin.write(f"{self.call} {self.last - place}\n")
        pid, code = map(int, self._answer())
        lines = self._lines(pid)
        if self.last:  # a call that another process came between is told in two lines
            lines = [line for line in lines if "(INJECTED)" in line or "unfinished" in line]
        calls = [call for call in strace.calls_of(lines) if call.injected or not self.last]
        return Ran(code, self.out.read_bytes(), self.err.read_bytes(), calls)

    def of_its_own(self) -> Counter[str]:
        """How often the process that waits has made each call itself: none of these may be the one that fails."""
        made = list(strace.calls_in(self.trace))
        return Counter(call.name for call in made if call.pid == made[0].pid)

    def _answer(self) -> list[str]:
        assert self.process.stdout
        answer = self.process.stdout.readline().split()
        if not answer:
            raise RuntimeError(f"{self.call}: the program that waits has gone")
        return answer

    def _lines(self, pid: int) -> list[str]:
        # the end of a fork is told to its parent a moment before strace has written it down
        until = time.monotonic() + 60
        begin = f"{pid:<5} "
        lines: list[str] = []
        with self.trace.open(encoding="ascii") as file:
            file.seek(self.read)
            while not (lines and lines[-1].startswith(f"{begin}+++ ")):
                line = file.readline()
                if line.endswith("\n"):
                    self.read = file.tell()
                    if line.startswith(begin):
                        lines.append(line)
                    continue
                file.seek(self.read)
                if time.monotonic() > until:
                    raise RuntimeError(f"strace has not told how {pid} ended")
                time.sleep(0.001)
        return lines[:-1]
