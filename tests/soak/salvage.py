"""Damaged books salvaged: no row in the new book is other than it was without being told of, none is lost unsaid."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from salesflow import schema
from salesflow.cli import main

from .damage import KINDS, quiet, tell
from .damaged import book
from .frame import chance, each

Rows = dict[tuple[str, int], tuple[Any, ...]]


def run(count: int) -> dict[str, float]:
    """Of ``count`` damaged books: how many rows came back, what was wrong in silence, what else went wrong."""
    dice, figures = chance("salvage"), Counter[str]()
    with tempfile.TemporaryDirectory() as name, quiet(Path(name)):
        folder = Path(name)
        sound = book(folder).read_bytes()
        original = rows(folder / "book.db")
        (folder / "book.db-journal").unlink(missing_ok=True)
        for number in each(count, "books salvaged"):
            path, new = folder / "book.db", folder / "new.db"
            damaged = KINDS[number % len(KINDS)](bytearray(sound), dice)
            path.write_bytes(damaged)
            new.unlink(missing_ok=True)
            figures.update(judged(path, new, damaged, original))
    names = ("traceback", "touched", "silent", "unsound", "refused", "left")
    found = {name: float(figures[name]) for name in names}
    back, all_rows = figures["same"], figures["rows"] or 1
    return {**found, "made": float(figures["made"]), "same_share": round(back / all_rows, 4)}


def rows(path: Path) -> Rows:
    """Every row of the tables with a history."""
    found: Rows = {}
    with closing(sqlite3.connect(path)) as connection:
        for table in schema.TRACKED:
            names = ", ".join(schema.columns(table))
            found |= {(table, row[0]): row for row in connection.execute(f"SELECT {names} FROM {table}")}
    return found


def judged(path: Path, new: Path, damaged: bytes, original: Rows) -> Counter[str]:
    """What came of one damaged book."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["salvage", str(path), "--to", str(new), "--json"])
    found = Counter[str]()
    if "Traceback" in err.getvalue() or "defect" in err.getvalue():
        found["traceback"] += 1
        tell(path, "salvage", code, err.getvalue())
    found["touched"] += path.read_bytes() != damaged
    left = [one.name for one in path.parent.iterdir() if one.name not in (path.name, new.name)]
    if left:
        found["left"] += 1
        tell(path, "salvage", code, f"left: {left}")
    if code:
        found["refused"] += 1
        return found
    told = json.loads(out.getvalue())
    found["made"] += 1
    if told["problems"]:
        found["unsound"] += 1
        tell(path, "salvage", code, f"{told['problems']}")
    if not told["sealed"]:
        return found  # without its seal nothing can be said for sure
    named = {(one["table"], one["id"]) for one in told["rows"]}
    present = rows(new)
    found["rows"] += len(original)
    found["same"] += sum(1 for key, row in original.items() if present.get(key) == row)
    silent = [
        key for key in {*original, *present} if original.get(key) != present.get(key) and key not in named
    ]
    found["silent"] += len(silent)
    if silent:
        tell(
            path,
            "salvage",
            code,
            f"unsaid: {[(key, original.get(key), present.get(key)) for key in silent[:2]]}",
        )
    return found


if __name__ == "__main__":
    print(run(int(sys.argv[1])))
