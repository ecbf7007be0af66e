"""What is wrong with an answer that hostile texts stand in: what steers a terminal, what crashed, what is not shown."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hostile_book import MODES, Done, make, names, run
from hostile_commands import TEXT, WAYS, Way

from salesflow.commands import registry

STEERS = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))
# the styles that a table has; none of the hostile texts holds one of them
STYLES = re.compile(r"\x1b\[(?:0|1|2|31|1;31|)m")
# a progress bar's own: it hides the cursor, colours its time, takes its line back
PROGRESS = re.compile(r"\x1b\[(?:\?25[lh]|1A|2K|3\dm)|\r")
TYPED = "[/] :100: %s '; DROP TABLE lead; -- <b>甲</b> =1+1 {0}"
DEFECT = ("程序出错", "Traceback", "report it")
# files for other programs: their lines end as theirs do, and a tab parts the cells
ENDS = {"ics": "\r", "vcf": "\r", "csv": "\r", "tsv": "\t\r"}
FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "md", "chat")


def steering(text: str, *, styled: bool = False, allowed: str = "") -> list[str]:
    """The characters of a printed text that steer or hide, but for line ends and, where ``styled``, the styles."""
    if styled:
        text = STYLES.sub("", text)
    if text.isprintable():
        return []
    good = "\n" + allowed
    return [repr(char) for char in dict.fromkeys(text.removeprefix("\ufeff"))
            if char not in good and unicodedata.category(char) in STEERS]  # fmt: skip


_MADE: dict[int, bytes] = {}  # once in a process


@dataclass
class Ground:
    """A hostile book that is put back after each command."""

    path: Path
    raw: bytes
    pack: int

    @classmethod
    def of(cls, folder: Path, pack: int) -> Ground:
        """A new one in ``folder``, ``pack`` of the texts in each name."""
        path = folder / "book.db"
        if pack not in _MADE:
            make(path, pack)
            _MADE[pack] = path.read_bytes()
        path.write_bytes(_MADE[pack])
        path.chmod(0o600)
        path.with_name("rows.csv").write_text("店名\n新的一家\n", "utf-8")
        return cls(path, _MADE[pack], pack)

    def back(self) -> None:
        """Nothing; the book is as it was, and what was written beside it is gone."""
        if self.path.stat().st_size != len(self.raw) or self.path.read_bytes() != self.raw:
            self.path.write_bytes(self.raw)
        for other in self.path.parent.iterdir():
            if other.is_dir():
                shutil.rmtree(other)
            elif other.name not in ("book.db", "rows.csv"):
                other.unlink()

    def run(self, key: str, way: Way, mode: str, *more: str, **environ: str) -> tuple[Done, list[str]]:
        """The answer, and what is wrong with it."""
        words = [TYPED if word == TEXT else word for word in way.words]
        try:
            done = run(self.path, [*words, *more], MODES[mode], way.stdin.replace(TEXT, TYPED), **environ)
        finally:
            if key in registry.WRITES or key in registry.MARKS or key not in _READERS:
                self.back()
        fmt = words[words.index("-f") + 1] if "-f" in words else more[-1] if "-f" in more else ""
        return done, [
            f"{mode}: {' '.join(way.words)}: {fault}" for fault in self.faults(done, way, mode, fmt)
        ]

    def faults(self, done: Done, way: Way, mode: str, fmt: str = "") -> Iterator[str]:
        """What is wrong with the answer of one command."""
        styled = MODES[mode].tty
        allowed = "\t" if "launchd" in way.words else ENDS.get(fmt, "")  # Apple's own lists are indented so
        if said := steering(done.out, styled=styled, allowed=allowed):
            yield f"stdout steers: {said[:5]}"
        if said := steering(PROGRESS.sub("", done.err) if styled else done.err, styled=styled):
            yield f"stderr steers: {said[:5]}"
        if any(word in done.err for word in DEFECT):
            yield f"crash: {done.err[:200]!r}"
        if done.code not in way.codes:
            yield f"exit {done.code}: {done.err[:200]!r}"

    def names(self) -> list[str]:
        """The hostile names that the book holds."""
        return names(self.pack)


_MAKE = {
    "salvage",
    "restore",
    "init",
    "demo",
    "backup make",
    "backup test",
    "backup verify",
    "forget",
    "contact forget",
}
_READERS = {key for key in WAYS if key not in registry.WRITES | registry.MARKS} - _MAKE


def every(*, first: bool = False, readers: bool = False) -> Iterator[tuple[str, Way]]:
    """Every command and how it is run; the ``first`` way only, or of those that only read, where that is enough."""
    for key in WAYS:
        if readers and key not in _READERS:
            continue
        for way in WAYS[key][: 1 if first else None]:
            yield key, way
