"""The long runs of hostile texts, bombs and fuzzing see what is wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from kit import Book
from soak import bombs, hostile
from soak.bombs import BOMBS, MAY_BE_READ, Ended, ended, wrong
from soak.registry import SOAKS, broken


@pytest.mark.parametrize(
    ("done", "fault"),
    [
        (Ended(5, 1, 100, b"one line\n"), ""),
        (Ended(0, 1, 100, b""), "exit 0"),
        (Ended(-9, 1, 100, b""), "exit -9"),
        (Ended(5, 1, 100, b"Traceback (most recent call last)\n"), "what it said"),
        (Ended(5, 1, 100, b"a\n" * 9), "what it said"),
        (Ended(5, 1, 100, b"root:x:0:0\n"), "what it said"),
    ],
)
def test_a_bomb_that_is_taken_or_crashes_is_seen(done: Ended, fault: str) -> None:
    assert wrong("x1 far.xlsx", done) == fault


def test_memory_and_time_are_figures_that_must_hold() -> None:
    good = {"wrong": 0, "peak_mb": 900, "seconds": 20, "files": len(BOMBS)}
    assert broken(SOAKS["bombs"], 1, good) == []
    assert broken(SOAKS["bombs"], 1, good | {"peak_mb": 1025, "seconds": 31, "wrong": 1}) == [
        "wrong",
        "peak_mb",
        "seconds",
    ]
    assert set(MAY_BE_READ) < set(BOMBS) and {name[:2] for name in BOMBS} >= {"x1", "x2", "x3", "x4", "x5"}


@pytest.mark.parametrize("name", ["x1 far.xlsx", "x4 outside.xlsx", "x5 index.xlsx"])
def test_a_bomb_is_refused_and_its_cost_is_measured(book: Book, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(bombs.BOMBS[name]())
    done = ended(book.path, file)
    assert wrong(name, done) == "" and done.code == 5
    assert 0 < done.seconds < 30 and 10 < done.peak_mb < 1024


def test_faults_are_counted_by_their_kind(capsys: pytest.CaptureFixture[str]) -> None:
    total: Counter[str] = Counter()
    hostile._count(["pipe: a: stdout steers: ['x']", "pipe: a: crash: 'x'", "pipe: a: exit 5: ''"], total)
    assert total == {"steers": 1, "crashes": 1, "codes": 1}
    assert capsys.readouterr().err.count("\n") == 3
    figures = dict.fromkeys(SOAKS["hostile"].holds, 0) | {"texts": 360}
    assert broken(SOAKS["hostile"], 1, figures) == []
    assert broken(SOAKS["hostile"], 1, figures | {"steers": 1}) == ["steers"]
