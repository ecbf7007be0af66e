"""Every long run by its name: what it does, how often in every pull request and before a release, what must hold.

A run is a module of this package with ``run(count) -> dict``: its figures by name. ``holds`` says what they
must be: ``"lost": 0`` is at most that, ``"found": at_least(500)`` at least. A figure that is named there and
does not come is not held. ``frame`` has a progress bar, chance with a seed that is told, the program to run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class AtLeast:
    """A figure that must not be smaller; a share of the count where ``share`` says so."""

    least: float
    share: bool = False


def at_least(least: float) -> AtLeast:
    """A figure is held where it is ``least`` or more."""
    return AtLeast(least)


def all_of() -> AtLeast:
    """A figure is held where it is the count that was asked for, or more."""
    return AtLeast(1, share=True)


@dataclass(frozen=True)
class Soak:
    """One long run: ``module`` of this package, what it does, its counts, the figures that must hold."""

    module: str
    what: str
    pr: int
    release: int
    holds: Mapping[str, float | AtLeast]


Run = Callable[[int], Mapping[str, float]]


def broken(soak: Soak, count: int, figures: Mapping[str, float]) -> list[str]:
    """The names of figures that are not held, in the order of ``holds``."""
    found = []
    for name, goal in soak.holds.items():
        value = figures.get(name)
        if value is None or not _held(goal, value, count):
            found.append(name)
    return found


def _held(goal: float | AtLeast, value: float, count: int) -> bool:
    if isinstance(goal, AtLeast):
        return value >= (goal.least * count if goal.share else goal.least)
    return value <= goal


# reliability.md, section 7; one line or a few for each name
SOAKS: dict[str, Soak] = {
    "kill": Soak(
        "kill",
        "kill -9 while commands write: what was acknowledged is there, whole",
        pr=300,
        release=2000,
        holds={"lost": 0, "torn": 0, "problems": 0, "errors": 0, "inside_share": at_least(0.3)},
    ),
    "whole": Soak(
        "stop",
        "kill -9 in an import of 10,000 rows, migration, backup, restore, join, undo, merge: all of it or none",
        pr=60,
        release=500,
        holds={"half": 0, "hang": 0, "wrong": 0, "stopped_share": at_least(0.3)},
    ),
    "signals": Soak(
        "signals",
        "SIGTERM, SIGHUP, SIGINT in every writing command: the exit code tells the truth",
        pr=30,
        release=300,
        holds={"half": 0, "hang": 0, "wrong": 0, "stopped_share": at_least(0.3)},
    ),
    "disk": Soak(
        "disk",
        "a full disk at so many sizes from 4 KB to 1 MB under every writing command: done, or nothing changed",
        pr=10,
        release=50,
        holds={"half": 0, "wrong": 0, "full_share": at_least(0.2)},
    ),
    "memory": Soak(
        "memory",
        "less and less memory under every writing command, an import of 20,000 rows among them: a line, rolled back",
        pr=10,
        release=50,
        holds={"half": 0, "wrong": 0, "starved_share": at_least(0.1)},
    ),
    "two": Soak(
        "two",
        "8 who write and 2 who read at the same time: no update lost, no error",
        pr=400,
        release=4000,
        holds={"lost": 0, "errors": 0, "check": 0},
    ),
    "lock": Soak(
        "lock",
        "a book that is held 8 s is waited for, one held 60 s given up after 30; Ctrl-C is heard at once",
        pr=1,
        release=3,
        holds={"wrong": 0},
    ),
    "backups": Soak(
        "backups",
        "copies taken while two programs write: every one is a sound book of one moment",
        pr=20,
        release=200,
        holds={"bad": 0, "errors": 0, "made": all_of(), "moments": at_least(2)},
    ),
    "undo": Soak(
        "undo",
        "any sequence of all commands that write, beside a model: undone to the byte, done again, check silent",
        pr=200,
        release=5000,
        holds={"broken": 0, "never": 0, "sequences": all_of()},
    ),
    "powercut": Soak(
        "powercut",
        "the power goes at any moment of real commands: nothing answered is lost, nothing torn, check silent",
        pr=2000,
        release=20000,
        holds={"lost": 0, "torn": 0, "problems": 0, "states": all_of()},
    ),
    "inject": Soak(
        "inject",
        "each system call of so many commands fails in its turn: the exit code tells the truth, nothing is left",
        pr=2,
        release=16,
        holds={
            "corrupt": 0,
            "false_ok": 0,
            "saved_with_error": 0,
            "traceback": 0,
            "wrong_code": 0,
            "left": 0,
            "leaked": 0,
            "missed_share": 0.1,
            "commands": all_of(),
            "faults": AtLeast(100, share=True),
        },
    ),
    "bitflips": Soak(
        "bitflips",
        "one bit turned in what a book says of people and money, or in its history: check names the row",
        pr=500,
        release=5000,
        holds={
            "text_found": all_of(),
            "text_missed": 0,
            "text_unnamed": 0,
            "trail_missed": 0,
            "tables": at_least(34),
        },
    ),
    "damage": Soak(
        "damage",
        "books damaged in any way under commands that read, and some that write: a line, a code, nothing touched",
        pr=1500,
        release=20000,
        holds={"pairs": all_of(), "traceback": 0, "hang": 0, "code": 0, "lines": 0, "touched": 0},
    ),
    "hostile": Soak(
        "hostile",
        "every hostile text through every way of every command and option, to a terminal, a pipe, in C and in ASCII",
        pr=1,
        release=3,
        holds={"steers": 0, "crashes": 0, "codes": 0, "statements": 0, "hidden": 0, "texts": at_least(200)},
    ),
    "bombs": Soak(
        "bombs",
        "workbooks, sheets, cards and JSON that grow without end: one line, exit 5, within memory and time",
        pr=1,
        release=3,
        holds={"wrong": 0, "peak_mb": 1024, "seconds": 30, "files": at_least(15)},
    ),
    "fuzz": Soak(
        "fuzz",
        "so many seconds of fuzzing for each of importer, dates, words, notes, process files, output gate",
        pr=60,
        release=1800,
        holds={"findings": 0, "broken": 0, "inputs": at_least(1000)},
    ),
    "salvage": Soak(
        "salvage",
        "damaged books salvaged: no row is lost, or other than it was, without being told of; check is silent",
        pr=100,
        release=1000,
        holds={
            "traceback": 0,
            "touched": 0,
            "silent": 0,
            "unsound": 0,
            "left": 0,
            "same_share": at_least(0.9),
            "made": at_least(1),
        },
    ),
}
