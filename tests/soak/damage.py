"""Books damaged in any way, and files that are none, under every reading command and a few that write.

Each must answer within five seconds with an exit code that is known, in a line or two, without a traceback; a file
that is no book of ours stays as it is to the byte. Commands run in this process: what is looked for is in Python
and in SQLite, not in a process.
"""

from __future__ import annotations

import io
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from salesflow.cli import main

from .damaged import book
from .frame import NOW, chance, each

READING = (
    "today", "list", "show 1", "show 2 --all", "find 宝马", "history", "history 1", "check", "report week",
    "report funnel", "contact 1", "order", "payment due", "quote 1", "undo --list", "process list", "config",
    "dupes", "export all", "export leads -f csv", "prepare 1", "plan", "backup list", "help", "guide", "target",
    "competitor", "objection 1", "incident", "action", "product", "spend", "team conflicts",
)  # fmt: skip
WRITING = ("add 新店", "log 1 聊了聊", "undo", "backup", "next 1 明天", "tag 1 重点", "salvage")
CODES = frozenset((0, 1, 3, 5))
SLOW = 5.0
_DEFECT = ("Traceback", "Please report it", "程序出错", "请告诉我们")

Damage = Callable[[bytearray, random.Random], bytes]


def _bytes(raw: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 1, 3, 30, 300))):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    return bytes(raw)


def _bits(raw: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 5, 50))):
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return bytes(raw)


def _header(raw: bytearray, dice: random.Random) -> bytes:
    raw[dice.randrange(100)] ^= dice.choice((1, 128, 255, dice.randrange(1, 256)))
    return bytes(raw)


def _first_page(raw: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 4, 20))):
        raw[dice.randrange(100, 4096)] = dice.randrange(256)
    return bytes(raw)


def _page(raw: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 1, 2, 8))):
        start = dice.randrange(len(raw) // 4096) * 4096
        raw[start : start + 4096] = dice.choice((bytes(4096), b"\xff" * 4096, dice.randbytes(4096)))
    return bytes(raw)


def _page_heads(raw: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 3, 10))):
        raw[dice.randrange(1, len(raw) // 4096) * 4096 + dice.randrange(40)] = dice.randrange(256)
    return bytes(raw)


def _swapped(raw: bytearray, dice: random.Random) -> bytes:
    one, other = (dice.randrange(1, len(raw) // 4096) * 4096 for _ in range(2))
    raw[one : one + 4096], raw[other : other + 4096] = raw[other : other + 4096], raw[one : one + 4096]
    return bytes(raw)


def _cut(raw: bytearray, dice: random.Random) -> bytes:
    return bytes(raw[: dice.choice((0, 1, 16, 50, 99, 100, 101, 512, 4095, 4096, dice.randrange(len(raw))))])


def _longer(raw: bytearray, dice: random.Random) -> bytes:
    return bytes(raw) + dice.randbytes(dice.choice((1, 100, 4096, 100_000)))


def _shifted(raw: bytearray, dice: random.Random) -> bytes:
    place, by = dice.randrange(len(raw)), dice.randrange(1, 200)
    return bytes(raw[:place]) + dice.randbytes(by) + bytes(raw[place:-by])


def _none(raw: bytearray, dice: random.Random) -> bytes:
    return dice.choice((b"", b"\0" * 5000, dice.randbytes(9000), b"name,city\n" * 900, bytes(raw[::-1])))


KINDS: tuple[Damage, ...] = (
    _bytes, _bits, _header, _first_page, _page, _page_heads, _swapped, _cut, _longer, _shifted, _none,
)  # fmt: skip


def run(count: int) -> dict[str, float]:
    """What went wrong in ``count`` pairs of a damaged file and a command."""
    dice, wrong = chance("damage"), Counter[str]()
    with tempfile.TemporaryDirectory() as name, quiet(Path(name)):
        folder = Path(name)
        sound = book(folder).read_bytes()
        path = folder / "book.db"
        usual = {words: answered(words)[0] for words in (*READING, *WRITING)}
        for number in each(count, "damaged books"):
            path.write_bytes(KINDS[number % len(KINDS)](bytearray(sound), dice))
            words = dice.choice(WRITING if number % 7 == 0 else READING)
            for what in judged(path, words, usual[words]):
                wrong[what] += 1
            _tidy(folder)
    names = ("traceback", "hang", "code", "lines", "touched")
    return {"pairs": float(count), **{name: float(wrong[name]) for name in names}}


def judged(
    path: Path, words: str, usual: int | str = 0, program: Callable[[list[str]], int] = main
) -> Iterator[str]:
    """What is wrong with the answer of ``words`` on the book at ``path``; a sound one answers ``usual``."""
    before = path.read_bytes()
    ours = len(before) >= 100 and before.startswith(b"SQLite format 3\0") and before[68:72] == b"SFLW"
    begun = time.monotonic()
    code, err = answered(words, program)
    if time.monotonic() - begun > SLOW:
        yield "hang"
    if any(word in err for word in _DEFECT):
        yield "traceback"
        tell(path, words, code, err)
    if code not in CODES and code != usual:
        yield "code"
        tell(path, words, code, err)
    if err.count("\n") > 3:
        yield "lines"
        tell(path, words, code, err)
    if not ours and path.read_bytes() != before:
        yield "touched"
        tell(path, words, code, err)


def answered(words: str, program: Callable[[list[str]], int] = main) -> tuple[int | str, str]:
    """The exit code of a run, or the name of what it raised, and what it said on stderr."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), patch("sys.stdin", io.StringIO()), _alarm():
        try:
            return program(words.split()), err.getvalue()
        except BaseException as error:
            return f"Traceback {type(error).__name__}", err.getvalue() + f"Traceback {error!r}"


@contextmanager
def _alarm() -> Iterator[None]:
    # what hangs in Python is ended; SQLite's own loops come back to Python after each row
    def stop(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(30)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def tell(path: Path, words: str, code: int | str, err: str) -> None:
    """Nothing; what went wrong is on stderr, and the file kept where ``SALESFLOW_KEEP`` says."""
    kept = os.environ.get("SALESFLOW_KEEP")  # a folder for the files that did harm
    if kept:
        copy = Path(kept) / f"{abs(hash(path.read_bytes())):x}.db"
        copy.write_bytes(path.read_bytes())
        err += f" kept as {copy}"
    print(f"\n{words}: {code} {err[:600]}", file=sys.stderr)


@contextmanager
def quiet(folder: Path) -> Iterator[None]:
    """A block in which the program runs on the book in ``folder``, whatever the environment says."""
    environ: Mapping[str, str] = {
        "SALESFLOW_DB": str(folder / "book.db"),
        "SALESFLOW_NOW": NOW,
        "SALESFLOW_LANG": "en",
        "SALESFLOW_BACKUP": "no",
        "HOME": str(folder),
    }
    with patch.dict(os.environ, environ):
        yield


def _tidy(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "book.db":
            path.unlink()
