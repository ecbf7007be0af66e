"""Every hostile text through every way of every command, wherever the answer goes, and every option as a statement.

Count 1: in Chinese; 2: in English too; 3: at several widths and in every format too. What is wrong is printed.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from .frame import ROOT, bar

_WIDTHS = ("20", "80", "5000")
_MOST_SHOWN = 20


def run(count: int) -> Mapping[str, float]:
    """The figures of one round; more variants the higher ``count`` is."""
    sys.path.insert(0, str(ROOT / "tests"))
    total: Counter[str] = Counter(dict.fromkeys(("steers", "crashes", "codes", "statements", "hidden"), 0))
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        _answers(Path(name), count, total)
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        _options(Path(name), count, total)
    return total


def _answers(folder: Path, count: int, total: Counter[str]) -> None:
    from hostile_book import MODES
    from hostile_checks import Ground, every
    from hostile_texts import TEXTS

    ground = Ground.of(folder, 1)
    total["texts"] = len(TEXTS)
    ways = list(every())
    total["commands"] = len({key for key, _ in ways})
    variants = list(_variants(count))
    for key, way in bar(ways, len(ways), "hostile"):
        for mode in MODES:
            for more, environ in variants:
                if more and key not in ("today", "show", "list", "find", "history", "report week"):
                    continue
                _, faults = ground.run(key, way, mode, *more, **environ)
                total["runs"] += 1
                _count(faults, total)
    _shown(ground, total)


def _variants(count: int) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    from hostile_checks import FORMATS

    yield (), {}
    if count > 1:
        yield (), {"SALESFLOW_LANG": "en"}
    if count > 2:
        yield from (((), {"COLUMNS": width}) for width in _WIDTHS)
        yield from ((("-f", form), {}) for form in FORMATS)


def _count(faults: list[str], total: Counter[str]) -> None:
    for fault in faults:
        kind = "steers" if "steers:" in fault else "crashes" if "crash:" in fault else "codes"
        total[kind] += 1
        if sum(total[one] for one in ("steers", "crashes", "codes")) <= _MOST_SHOWN:
            print(fault[:400], file=sys.stderr, flush=True)


def _shown(ground: object, total: Counter[str]) -> None:
    # each text as a name: on the screen as it is or written out, in JSON as it is
    import json

    from hostile_book import MODES, run
    from hostile_checks import Ground

    from salesflow.render.gate import safe

    assert isinstance(ground, Ground)
    plain = run(ground.path, ["list"], MODES["pipe"]).out
    records = {one["name"] for one in json.loads(run(ground.path, ["list", "--json"], MODES["pipe"]).out)}
    for name in ground.names():
        if name.strip() and (safe(name.strip()) not in plain or name not in records):
            total["hidden"] += 1
            print(f"not shown: {name!r}"[:200], file=sys.stderr, flush=True)


def _options(folder: Path, count: int, total: Counter[str]) -> None:
    from hostile_book import run
    from option_kit import PAYLOADS, options, tried

    book = folder / "book.db"
    for words in (("init",), ("add", "甲店", "--next", "今天 x", "--note", "n"), ("add", "乙店")):
        run(book, words)
    every = options()
    total["options"] = len(every)
    for number, option in enumerate(bar(every, len(every), "options")):
        for payload in PAYLOADS if count > 1 else PAYLOADS[number % len(PAYLOADS) :][:1]:
            found = tried(book, option, payload)
            total["statements"] += len(found)
            for fault in found:
                print(f"{option}: {fault}"[:400], file=sys.stderr, flush=True)
