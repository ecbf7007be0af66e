"""The program, loaded once and forked for every run: a run then costs what the command does, and not the start.

Nothing of the program has been called in the process that is forked: a first fork tells which modules the command
loads (unless they are told), and only these are loaded. A line on stdin is the name of a system call and a number:
so many of these calls are made for nothing before the command begins, so that the one that fails is the one that
is wanted. A line on stdout is the number of the fork, and how it ended; the first names the modules, once all are
loaded.
"""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

LONGEST = 300  # seconds
NONE = 1_000_000  # no file is open under this number
NOTHING: dict[str, Callable[[], Any]] = {
    "pwrite64": lambda: os.pwrite(NONE, b"", 0),
    "pread64": lambda: os.pread(NONE, 0, 0),
    "fdatasync": lambda: os.fdatasync(NONE),
    "fsync": lambda: os.fsync(NONE),
    "ftruncate": lambda: os.ftruncate(NONE, 0),
    "openat": lambda: os.open("", os.O_RDONLY),
    "fcntl": lambda: fcntl.fcntl(NONE, fcntl.F_GETFD),
    "newfstatat": lambda: os.stat(""),
    "write": lambda: os.write(NONE, b""),
    "link": lambda: os.link("", ""),
    "rename": lambda: os.rename("", ""),
    "mkdir": lambda: os.mkdir(""),
}


def main() -> None:
    """Nothing; a run for each line, until there is none any more."""
    asked = json.loads(sys.argv[1])
    modules = asked["modules"] or _loaded(asked)
    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)
    exec(asked["before"], {})
    print(" ".join(modules), flush=True)
    with os.fdopen(os.dup(0)) as lines:
        while line := lines.readline():
            call, _, times = line.partition(" ")
            pid = os.fork()
            if not pid:
                _begin(asked, call, int(times))
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            os.write(1, f"{pid} {code}\n".encode())


def _loaded(asked: dict[str, Any]) -> list[str]:
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        leave = os._exit

        def told(code: int) -> None:
            with os.fdopen(writer, "w") as file:
                file.write("\n".join(sys.modules))
            leave(code)

        vars(os)["_exit"] = told
        _begin(asked, "", 0)
    os.close(writer)
    with os.fdopen(reader) as file:
        names = file.read().split("\n")
    if os.waitpid(pid, 0)[1]:
        sys.exit("the command without a fault has failed")
    return [name for name in names if name not in sys.modules]


def _begin(asked: dict[str, Any], call: str, times: int) -> None:
    signal.alarm(LONGEST)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(asked["cwd"])
    for place, path in enumerate((os.devnull, asked["out"], asked["err"])):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, place)
        os.close(handle)
    vars(os)["urandom"] = random.Random(1).randbytes  # what was left the same needs no second look
    sys.argv = ["salesflow", *asked["words"]]
    for _ in range(times):
        with suppress(OSError):
            NOTHING[call]()
    from salesflow.__main__ import start

    start()


if __name__ == "__main__":
    main()
