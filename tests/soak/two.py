"""Eight who write and two who read at the same time: no update is lost, nobody fails, nothing is said on stderr."""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from . import frame
from .frame import environ, program

WRITERS, READERS = 8, 2


def writer(place: int, times: int) -> str:
    """A shell that writes so many notes, every second one read and written again by what it says of the lead."""
    start = shlex.join(program())
    note = f'{start} log 1 "note {place}-$n" --no-next >/dev/null'
    edit = f'{start} edit 2 --tag "w{place}n$n" >/dev/null'
    return f"n=0; while [ $n -lt {times} ]; do {note} || echo code $? >&2; {edit} || echo code $? >&2; n=$((n+1)); done"


def reader(word: str, folder: Path) -> str:
    """A shell that reads until the file ``done`` is there."""
    return f"while [ ! -e {folder}/done ]; do {shlex.join(program())} {word} >/dev/null || echo code $? >&2; done"


def go(folder: Path, count: int, words: str = "") -> dict[str, float]:
    """The figures of about ``count`` commands that write."""
    book = folder / "book.db"
    for said in (("init", "--rep", "rep"), ("add", "华星宝马"), ("add", "锦泰奥迪")):
        frame.run(book, *said, check=True)
    times = max(count // (WRITERS * 2), 1)
    given = {"env": environ(book), "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    begun = time.monotonic()
    writers = [
        subprocess.Popen(["sh", "-c", words or writer(place, times)], **given) for place in range(WRITERS)
    ]
    readers = [
        subprocess.Popen(["sh", "-c", reader(word, folder)], **given) for word in ("today", "list --json")
    ]
    said = b"".join(one.communicate()[1] for one in writers)
    took = time.monotonic() - begun
    (folder / "done").touch()
    said += b"".join(one.communicate()[1] for one in readers)
    check = frame.run(book, "check")
    return {
        **_lost(book, times),
        "errors": said.count(b"\n"),
        "check": check.returncode,
        "seconds_writing": round(took),
    }


def _lost(book: Path, times: int) -> dict[str, float]:
    first, second = (
        json.loads(frame.run(book, "show", lead, "--json", "--all", check=True).stdout) for lead in "12"
    )
    notes = {one["note"] for one in first["followup_list"]}
    wanted = {f"note {place}-{number}" for place in range(WRITERS) for number in range(times)}
    tags = {f"w{place}n{number}" for place in range(WRITERS) for number in range(times)}
    lost = len(wanted - notes) + len(tags - set(second["tags"])) + abs(first["followups"] - len(wanted))
    return {"commands": len(wanted) + len(tags), "lost": lost}


def run(count: int) -> Mapping[str, float]:
    """The figures of about ``count`` commands that write."""
    with tempfile.TemporaryDirectory() as name:
        return go(Path(name), count)
