"""Commands run and recorded: what each did to the disk, and when it had given its answer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from . import frame, strace
from .powercut_disk import Disk, Inode
from .strace import Call

CALLS = (
    "write", "pwrite64", "writev", "pwritev", "ftruncate", "truncate", "fsync", "fdatasync", "lseek",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat", "rmdir",
    "openat", "open", "creat", "close", "dup", "dup2", "dup3", "exit_group",
)  # fmt: skip
MARK = b"\0end "  # written by the worker to stdout after each command, with its exit code

# many commands in one process; BEFORE breaks something on purpose
WORKER = """
import json, os, sys
{before}
from salesflow.cli import main
sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
for words in json.loads({commands!r}):
    code = main(words)
    os.write(1, b"\\0end %d" % code)
"""


class Moment(NamedTuple):
    """One call of a command; ``answers`` where it is the first of its answer, ``ends`` where the command is over."""

    command: int
    call: Call
    answers: bool
    ends: bool


@dataclass
class Recording:
    """What happened in ``folder``: the files before, then every moment; ``replay`` goes through it again."""

    folder: Path
    before: dict[str, bytes | None]
    moments: list[Moment] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def disk(self) -> Disk:
        """The disk before it all, everything on it."""
        disk = Disk()
        for path in sorted(self.before):
            disk.put(path, self.before[path])
        return disk

    def replay(self) -> Iterator[tuple[Moment, Disk]]:
        """Each moment, and the disk after it."""
        disk = self.disk()
        player = Player(disk, self.folder)
        for moment in self.moments:
            player.play(moment.call)
            yield moment, disk


def record(
    folder: Path, book: str, commands: Sequence[Sequence[str]], before: str | None = None
) -> Recording:
    """The commands run one after the other on the book in ``folder`` and recorded.

    Each in a process of its own; all in one where ``before`` is a text, which is run first. Raises
    AssertionError where one fails, or where the calls do not explain what is on the disk in the end.
    """
    folder = folder.resolve()
    recording = Recording(folder, tree(folder))
    env = frame.environ(folder / book, PYTHONHASHSEED="0")
    out = folder.with_name(f"{folder.name}.strace")
    if before is None:
        for number, words in enumerate(commands):
            done = strace.traced([*frame.program(), *words], CALLS, out, env=env, cwd=folder)
            assert done.returncode == 0, (words, done)
            recording.said.append(done.stdout.decode())
            _add(recording, out, number, ends_by_mark=False)
    else:
        text = WORKER.format(before=before, commands=json.dumps([list(words) for words in commands]))
        done = strace.traced([sys.executable, "-c", text], CALLS, out, env=env, cwd=folder)
        parts = done.stdout.split(MARK)
        assert [part[:1] for part in parts[1:]] == [b"0"] * len(commands), done
        recording.said.append(done.stdout.decode())
        _add(recording, out, 0, ends_by_mark=True)
    out.unlink()
    *_, (_, disk) = recording.replay()
    seen = disk.seen()
    assert seen == tree(folder), sorted(path for path, _ in set(seen.items()) ^ set(tree(folder).items()))
    return recording


def _add(recording: Recording, out: Path, command: int, *, ends_by_mark: bool) -> None:
    answered = False
    player = Player(recording.disk(), recording.folder)
    known = player.knows
    first = 0
    for call in strace.calls_in(out):
        first = first or call.pid
        mine = call.pid == first  # a process that it starts to read ahead ends earlier
        handle = call.handle()[0]
        told = mine and call.name == "write" and handle == 1 and call.result > 0
        mark = told and ends_by_mark and call.texts()[0].startswith(MARK)
        ends = mark or (mine and call.name == "exit_group" and not ends_by_mark)
        answers = not answered and (told or ends)
        if answers or ends or known(call):
            recording.moments.append(Moment(command, call, answers, ends))
        answered = (answered or answers) and not mark
        command += mark


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file below the folder by its relative name, None for folders."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


@dataclass(eq=False)
class Open:
    """An open file: which, and where the next write goes."""

    inode: Inode
    at: int = 0
    append: bool = False


class Player:
    """Does to a disk what calls did to a folder."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._root = str(folder)
        self._open: dict[tuple[int, int], Open] = {}

    def relative(self, path: str) -> str | None:
        """The name below the folder; None for what lies elsewhere."""
        full = os.path.normpath(os.path.join(self._root, path))
        if full == self._root:
            return ""
        return full[len(self._root) + 1 :] if full.startswith(self._root + "/") else None

    def knows(self, call: Call) -> bool:
        """Whether the call is about the folder."""
        return any(self.relative(path) is not None for path in call.paths())

    def play(self, call: Call) -> None:
        """Nothing; the disk is as after the call. Raises ValueError for a call that is not understood."""
        if call.result < 0 or not self.knows(call):
            return
        handler = getattr(self, f"_{call.name}", None)
        if handler is None:
            raise ValueError(f"a call that the simulator does not know: {call.name}({call.args[:200]}")
        handler(call)

    def _file(self, call: Call) -> Open:
        handle, path = call.handle()
        key = (call.pid, handle)
        if key not in self._open:
            raise ValueError(f"{call.name} to a file that was not seen to be opened: {path}")
        return self._open[key]

    def _name(self, text: bytes) -> str:
        name = self.relative(text.decode())
        if name is None:
            raise ValueError(f"into the folder or out of it: {text!r}")
        return name

    def _names(self, call: Call) -> list[str]:
        return [self._name(text) for text in call.texts()]

    def _openat(self, call: Call) -> None:
        name = self.relative(call.texts()[0].decode())
        if name is None:
            return
        inode = self._disk.find(name)
        if inode is None:
            if "O_CREAT" not in call.args:
                raise ValueError(f"opened and not there: {name}")
            inode = self._disk.make(name)
        if "O_TRUNC" in call.args and inode.live:
            inode.truncate(0)
        self._open[call.pid, call.result] = Open(inode, append="O_APPEND" in call.args)

    def _close(self, call: Call) -> None:
        self._open.pop((call.pid, call.handle()[0]), None)

    def _lseek(self, call: Call) -> None:
        self._file(call).at = call.result

    def _write(self, call: Call) -> None:
        file = self._file(call)
        if file.append:
            file.at = len(file.inode.live)
        file.inode.write(file.at, call.texts()[-1][: call.result])
        file.at += call.result

    def _pwrite64(self, call: Call) -> None:
        self._file(call).inode.write(call.number(-1), call.texts()[-1][: call.result])

    def _ftruncate(self, call: Call) -> None:
        self._file(call).inode.truncate(call.number(-1))

    def _fsync(self, call: Call) -> None:
        self._disk.sync(self._file(call).inode)

    _fdatasync = _fsync

    def _unlink(self, call: Call) -> None:
        self._disk.remove(self._names(call)[0])

    _rmdir = _unlink
    _unlinkat = _unlink

    def _rename(self, call: Call) -> None:
        self._disk.rename(*self._names(call))

    _renameat = _rename
    _renameat2 = _rename

    def _link(self, call: Call) -> None:
        self._disk.link(*self._names(call))

    _linkat = _link

    def _mkdir(self, call: Call) -> None:
        self._disk.make(self._names(call)[0], folder=True)

    _mkdirat = _mkdir

    def _exit_group(self, call: Call) -> None:
        for key in [key for key in self._open if key[0] == call.pid]:
            del self._open[key]
