"""``python -m bench``: every figure of the issue as a ratio within one run, with its goal."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import books, figures, imports, measure, neighbours
from bench.floors import floor
from salesflow import db

SMALL, LARGE = 1_000, 100_000


class Line(NamedTuple):
    """One figure: what was measured, how it came out, its goal (None: only to compare with)."""

    name: str
    value: float
    goal: float | None
    unit: str = "x"
    at_least: bool = False
    note: str = ""

    @property
    def reached(self) -> bool:
        """Whether the figure is as good as its goal."""
        return self.goal is None or (self.value >= self.goal if self.at_least else self.value <= self.goal)


# what is read, the floor below it, how many times the floor it may be
READS = (
    ("today", "today", 6),
    ("list", "list", 7),
    ("find 宝悦", "find", 7),
    ("show 377", "show", 7),
    ("report day", "report week", 7),
    ("report week", "report week", 7),
    ("report funnel", "report funnel", 7),
    ("history", "history", 7),
    ("process list", "process show", 7),
    ("process show", "process show", 7),
    ("guide qualified", "process show", 7),
    ("contact list 377", "show", 7),
    ("tag list 377", "nothing", 7),
    ("order list", "nothing", 7),
    ("config list", "nothing", 7),
    ("when 后天", "nothing", 7),
)
GROWTH = (
    "today --limit 20",
    "show 377",
    "add 成都测试一二三汽车有限公司 --phone 13900001234",
    "log 377 报价已给，等财务批",
)


def main() -> int:
    """0; prints the table. ``--quick`` leaves the large book and the import out."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only what the small book answers")
    parser.add_argument(
        "--million", action="store_true", help="an import of 1,000,000 leads too: minutes more"
    )
    parser.add_argument("--keep", type=Path, help="folder in which the books stay for the next run")
    asked = parser.parse_args()
    measure.ready()
    print(f"in {measure.unit()}; x: times the floor (Python, sqlite3, the same rows) or the small book")
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for line in _lines(folder, Path(temporary), asked.quick, asked.million):
            print(_shown(line), flush=True)
    return 0


def _lines(folder: Path, scratch: Path, quick: bool, million: bool) -> Iterator[Line]:
    small = books.make(folder / "small.db", SMALL)
    yield from _reads(str(small))
    if quick:
        return
    large = books.make(folder / "large.db", LARGE)
    yield from _growth(small, large, scratch)
    yield from figures.lines(folder, Line)
    yield from neighbours.lines(scratch, Line)
    yield from imports.lines(scratch, Line, million)


def _reads(book: str) -> Iterator[Line]:
    floors = {name: measure.cost(floor(name, book)) for name in {row[1] for row in READS}}
    for command, below, goal in READS:
        value = measure.cost(program(book, command))
        yield Line(command, value / floors[below], goal, note=f"{value:.0f} / {floors[below]:.0f}")
        if command == "today":
            value = measure.cost(program(book, command), terminal=True)
            name = f"{command}, terminal"
            yield Line(name, value / floors[below], 10, note=f"{value:.0f} / {floors[below]:.0f}")


def _growth(small: Path, large: Path, scratch: Path) -> Iterator[Line]:
    # the copies are written to; each command finds a book as it was made, that was written to that day
    for command in GROWTH:
        found = []
        for book in (small, large):
            copy = scratch / "copy.db"
            shutil.copy(book, copy)
            _written_to(copy)
            found.append(measure.cost(program(str(copy), command)))
            copy.unlink()
            shutil.rmtree(db.backups(copy))
        value = found[1] / found[0]
        name = f"{command.partition(' ')[0]}: {LARGE:,} leads / {SMALL:,}"
        yield Line(name, value, 1.3, note=f"{found[1]:.0f} / {found[0]:.0f}")
    yield from _first_of_the_day(large, scratch)


def _written_to(copy: Path) -> None:
    # the first thing written in a day looks at every page and makes the day's backup: a figure of its own, below
    measure.usage(program(str(copy), "tag 377 bench"))


def _first_of_the_day(large: Path, scratch: Path) -> Iterator[Line]:
    """What the first thing written in a day takes of the processor, and what the next one does."""
    copy = scratch / "copy.db"
    shutil.copy(large, copy)
    first, second = (measure.usage(program(str(copy), f"tag {lead} bench")).seconds for lead in (377, 378))
    copy.unlink()
    shutil.rmtree(db.backups(copy))
    note = f"{large.stat().st_size / 1e6:.0f} MB; the second: {second:.2f}"
    yield Line(f"first of the day, checked and backed up: {LARGE:,} leads", first, None, "s", note=note)


def program(book: str, command: str) -> list[str]:
    """salesflow with the words of ``command`` on ``book``."""
    return [sys.executable, "-m", "salesflow", "--db", book, *command.split()]


def _shown(line: Line) -> str:
    value = f"{line.value:,.0f}" if line.goal and line.goal >= 100 else f"{line.value:.2f}"
    text = f"{line.name:44}{value:>9}{line.unit:3}"
    if line.goal is not None:
        text += f"  goal {'>=' if line.at_least else '<='} {line.goal:,}"
        short = abs(line.value / line.goal - 1)
        text += "  reached" if line.reached else f"  missed by {short:.0%}"
    return f"{text}  ({line.note})" if line.note else text


if __name__ == "__main__":
    sys.exit(main())
