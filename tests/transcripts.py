"""Commands and their answers, read out of a text and run again.

A transcript is a block of lines, in ``scenarios/*.txt`` the whole file, in a document each
```console block: ``$ salesflow …`` and below it what it prints on a terminal of 80 columns.
``# 2026-11-24 09:05 …`` sets the clock, ``[exit 1]`` at the end of an answer is its exit code.
``$ cat FILE`` shows a file; one that is not there yet is made so. The book is that of a home of its own,
shown as ``~``.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from kit import Tty

from salesflow.cli import main

CLOCK = re.compile(r"# (\d{4}-\d\d-\d\d) (\d\d:\d\d)")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Entry:
    """One command: the clock, its words, and what it prints."""

    now: str
    command: str
    answer: list[str] = field(default_factory=list)


def in_document(text: str) -> list[Entry]:
    """The commands of every console block of a document, in order."""
    return list(entries("\n".join(BLOCK.findall(text))))


def entries(text: str) -> Iterator[Entry]:
    """The commands of a transcript, in order."""
    now, entry = "", None
    for line in [*text.splitlines(), "$ "]:
        clock = CLOCK.match(line)
        if line.startswith("$ ") or clock:
            if entry:
                while entry.answer and not entry.answer[-1]:
                    entry.answer.pop()
                yield entry
            entry = None if clock else Entry(now, line[2:])
        elif entry and not line.startswith("# "):
            entry.answer.append(line.rstrip())
        if clock:
            now = f"{clock[1]}T{clock[2]}"


@dataclass
class Player:
    """Runs entries in a home of its own, in one language."""

    home: Path
    patch: pytest.MonkeyPatch
    lang: str

    def play(self, entry: Entry) -> list[str]:
        """What the command prints now, line by line."""
        words = shlex.split(entry.command)
        if words[0] == "cat":
            return self._file(words[1], entry.answer)
        assert words[0] == "salesflow", f"not a command of ours: {entry.command}"
        screen = Tty()
        said = {
            "HOME": str(self.home),
            "SALESFLOW_NOW": entry.now,
            "SALESFLOW_BACKUP": "no",  # how long the day's copy takes differs from machine to machine
            "SALESFLOW_LANG": self.lang,
            "COLUMNS": "80",
            "LINES": "40",
            "TERM": "dumb",
            "USER": "chenlei",
            "LOGNAME": "chenlei",
        }
        with self.patch.context() as patch:
            for name in ("XDG_DATA_HOME", "SALESFLOW_DB", "SALESFLOW_FORMAT"):
                patch.delenv(name, raising=False)
            for name, value in said.items():
                patch.setenv(name, value)
            patch.chdir(self.home)
            patch.setattr("sys.stdin", io.StringIO())
            patch.setattr("sys.stdout", screen)
            patch.setattr("sys.stderr", screen)
            code = main(words[1:])
        assert "SALESFLOW_DEBUG" not in screen.getvalue(), f"a defect is no answer: {entry.command}"
        shown = screen.getvalue().replace(str(self.home), "~")
        # a progress bar that has come and gone leaves an empty line where no cursor can be moved
        lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
        return [*lines, *([f"[exit {code}]"] if code else [])]

    def _file(self, name: str, shown: list[str]) -> list[str]:
        path = self.home / name
        if not path.exists():
            path.write_text("\n".join(shown) + "\n", encoding="utf-8")
        return path.read_text(encoding="utf-8").splitlines()


def rewritten(text: str, player: Player, *, document: bool) -> str:
    """``text`` with the answers that its commands give now."""
    clock = _Clock()
    if document:
        return BLOCK.sub(lambda block: f"```console\n{_replayed(block[1], player, clock)}```", text)
    return _replayed(text, player, clock)


@dataclass
class _Clock:
    now: str = ""


def _replayed(text: str, player: Player, clock: _Clock) -> str:
    lines: list[str] = []
    for chunk in re.split(r"(?m)^(?=\$ |# )", text):
        found = CLOCK.match(chunk)
        clock.now = f"{found[1]}T{found[2]}" if found else clock.now
        if not chunk.startswith("$ "):
            lines.append(chunk)
            continue
        entry = next(iter(entries(chunk)))
        entry.now = clock.now
        gap = "\n" * (len(chunk) - len(chunk.rstrip("\n")) - 1)
        lines.append("\n".join([f"$ {entry.command}", *player.play(entry)]) + "\n" + gap)
    return "".join(lines)
