"""Programs run under strace: which system calls they made, as records, with the data that went through them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_START = ("strace", "-f", "-y", "-xx", "--seccomp-bpf")


def _missing() -> str | None:
    if not shutil.which("strace"):
        return "no strace here (apt-get install strace)"
    tried = subprocess.run([*_START, "-e", "trace=write", "-o", os.devnull, "true"], capture_output=True)
    if tried.returncode:  # a container may forbid it
        return f"strace cannot be used here: {tried.stderr.decode(errors='replace').strip()[:200]}"
    return None


MISSING = _missing()
_LINE = re.compile(r"^(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$")
_END = re.compile(r"\) += (-?\d+|\?|0x[0-9a-f]+)(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
# calls that name files by their paths
BY_NAME = ("openat", "open", "creat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
           "mkdir", "mkdirat", "rmdir", "truncate", "newfstatat", "stat", "lstat", "access")  # fmt: skip
_FD = re.compile(r"^(-?\d+|AT_FDCWD)(?:<((?:\\x[0-9a-f]{2})*)>)?")


class Call(NamedTuple):
    """One call: who made it, its name and arguments as strace writes them, what it returned, whether by injection."""

    pid: int
    name: str
    args: str
    result: int
    injected: bool

    def texts(self) -> list[bytes]:
        """The strings among the arguments."""
        found = []
        for text, more in _TEXT.findall(self.args):
            if more:
                raise ValueError(f"strace cut the data of {self.name}")
            found.append(bytes.fromhex(text.replace("\\x", "")))
        return found

    def number(self, place: int) -> int:
        """The argument at ``place``, counted from the end where negative; strings must hold no comma."""
        return int(self.args.split(", ")[place], 0)

    def handle(self) -> tuple[int, str]:
        """The file descriptor that is the first argument, and the path that strace knew for it."""
        found = _FD.match(self.args)
        if not found or found[1] == "AT_FDCWD":
            return -1, ""
        return int(found[1]), bytes.fromhex((found[2] or "").replace("\\x", "")).decode()

    def paths(self) -> list[str]:
        """The paths that the call is about: its strings, else its descriptor's; a pipe has none."""
        if self.name in BY_NAME:
            found = [text.decode("utf-8", "replace") for text in self.texts() if text]
            if found:  # fstat is newfstatat with an empty name
                return found
        path = self.handle()[1]
        return [path.removesuffix(" (deleted)")] if path.startswith("/") else []


def started(
    words: Sequence[str], calls: Iterable[str], out: Path, inject: str = "", *, data: bool = True
) -> list[str]:
    """The words that run ``words`` under strace; without ``data`` what goes through the calls is not written down.

    Calls that this machine does not have are not looked for.
    """
    wanted = ",".join(f"?{name}" for name in calls)
    more = ["-e", f"inject={inject}"] if inject else []
    size = ["-s", "9999999" if data else "0"]
    return [*_START, *size, "-o", str(out), "-e", f"trace={wanted}", "-e", "signal=none", *more, *words]


def traced(
    words: Sequence[str],
    calls: Sequence[str],
    out: Path,
    *,
    env: Mapping[str, str],
    cwd: Path,
    inject: str = "",
    timeout: float = 300,
) -> subprocess.CompletedProcess[bytes]:
    """The run of ``words``; ``out`` holds the calls afterwards. ``inject`` as strace's ``-e inject=`` takes it."""
    return subprocess.run(
        started(words, calls, out, inject),
        env=dict(env), cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
    )  # fmt: skip


def calls_in(out: Path) -> Iterator[Call]:
    """The calls, in the order in which they ended."""
    with out.open(encoding="ascii") as file:
        yield from calls_of(file)


def calls_of(lines: Iterable[str]) -> Iterator[Call]:
    """The calls that strace has written into these lines, in the order in which they ended."""
    begun: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line)
        if not found:
            continue
        pid, resumed, name, rest = found.groups()
        if rest.endswith("<unfinished ...>"):
            begun[pid] = rest.removesuffix("<unfinished ...>")
            continue
        if resumed:
            name, rest = resumed, begun.pop(pid, "") + rest
        end = _END.search(rest)
        if end is None:
            raise ValueError(f"strace wrote {line[:200]!r}")
        result = int(end[1], 0) if end[1] != "?" else 0
        yield Call(int(pid), name, rest[: end.start()], result, "(INJECTED)" in end[2])
