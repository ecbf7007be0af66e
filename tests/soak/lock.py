"""Somebody else holds the book: 8 seconds are waited for, 60 given up after 30 with a line; Ctrl-C is heard."""

from __future__ import annotations

import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from . import frame
from .frame import each, start

HOLDS = ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE")  # the second keeps readers out too


@contextmanager
def held(book: Path, how: str) -> Iterator[Callable[[], None]]:
    """A book that somebody holds until the function given is called, or the block ends."""
    holder = sqlite3.connect(book, isolation_level=None)
    holder.execute(how)

    def let_go() -> None:
        if holder.in_transaction:
            holder.execute("ROLLBACK")

    try:
        yield let_go
    finally:
        let_go()
        holder.close()


def waits(
    book: Path, seconds: float, how: str = HOLDS[0], words: tuple[str, ...] = ("log", "1", "x")
) -> list[str]:
    """What is wrong with a command that has to wait so long."""
    with held(book, how) as let_go:
        process = start(book, *words)
        begun = time.monotonic()
        until = begun + seconds
        while time.monotonic() < until and process.poll() is None:
            time.sleep(0.05)
        early = process.poll() is not None
        took = time.monotonic() - begun
        let_go()
        out, err = process.communicate(timeout=60)
    if seconds < 30:
        good = not early and process.returncode == 0 and err == b""
    else:
        good = process.returncode == 5 and 29 <= took <= 33 and out == b"" and 1 <= err.count(b"\n") <= 2
    return (
        []
        if good and b"Traceback" not in err
        else [f"{words} {how} {seconds}: {process.returncode} {took} {err!r}"]
    )


def hears(
    book: Path, number: int, how: str = HOLDS[0], words: tuple[str, ...] = ("log", "1", "x")
) -> list[str]:
    """What is wrong with a command that is stopped while it waits."""
    with held(book, how):
        process = start(book, *words)
        time.sleep(1.5)
        begun = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        took = time.monotonic() - begun
    good = process.returncode == 128 + number and took < 1.5 and out == b"" and err.count(b"\n") == 1
    return (
        [] if good else [f"{words} {how} signal {number}: {process.returncode} after {took:.1f} s, {err!r}"]
    )


def run(count: int) -> Mapping[str, float]:
    """The figures of ``count`` rounds of a minute and a half."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "book.db"
        for words in (("init", "--rep", "rep"), ("add", "华星宝马")):
            frame.run(book, *words, check=True)
        for _ in each(count, "lock"):
            for how, words in zip(HOLDS, (("log", "1", "x"), ("today",)), strict=True):
                wrong += waits(book, 8, how, words) + waits(book, 60, how, words)
                wrong += hears(book, signal.SIGINT, how, words) + hears(book, signal.SIGTERM, how, words)
        wrong += [] if frame.run(book, "check").returncode == 0 else ["check"]
    for line in wrong:
        print(line, flush=True)
    return {"rounds": count, "wrong": len(wrong)}
