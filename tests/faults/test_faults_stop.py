"""Every writing command stopped, starved and on a full disk, a few times each; the long runs are in ``tests/soak``.

The second half breaks the program on purpose: each harness has to notice.
"""

from __future__ import annotations

import random
import signal
import stat
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from kit import Book
from soak import disk, frame, kill, memory
from soak.cases import CASES, Case, Ground
from soak.stop import SIGNALS, in_interpreter, spoken, stop, stops
from test_faults_book import posix

pytestmark = posix
BY_NAME = {case.name: case for case in CASES}
# what runs in CI beside those whose own tests stand elsewhere
FEW = [BY_NAME[name] for name in ("log", "import", "merge", "backup", "restore", "migration")]
NO_ROOM = disk.limited(0)


@pytest.fixture(scope="module", params=FEW, ids=lambda case: case.name)
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A folder to run one command in, again and again."""
    case: Case = request.param
    return Ground(case, tmp_path_factory.mktemp(case.name) / "ground")


def test_stopped_it_is_done_whole_or_nothing_changed(ground: Ground) -> None:
    dice = random.Random(ground.case.name)
    for number in (signal.SIGKILL, dice.choice(SIGNALS)):
        done = stop(ground, number, dice, ground.took)
        assert done.wrong == ()


def test_on_a_full_disk_nothing_changed(ground: Ground) -> None:
    outcome, wrong = disk.one(ground, 0, mounted=False, most=4096)
    assert (outcome, wrong) == ("before", [])


def test_without_memory_nothing_changed(ground: Ground) -> None:
    outcome, wrong = memory.one(ground, 24)
    assert (outcome, wrong) == ("before", [])


def test_where_nothing_at_all_can_be_written_a_workbook_says_that_the_disk_is_full(book: Book) -> None:
    done = frame.run(
        book.path, "export", "leads", "-o", str(book.path.with_name("l.xlsx")), preexec_fn=NO_ROOM
    )
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (5, b"", 1)
    assert b"l.xlsx" in done.stderr and b"the disk is full" in done.stderr


FROZEN = b'Traceback (most recent call last):\n  File "<frozen site>", line 422, in setcopyright\n'
OURS = b'  File "/opt/salesflow/cli.py", line 9, in main\n    run()\n'


def test_ctrl_c_before_the_first_line_of_the_program_is_no_fault_of_it() -> None:
    end = b"KeyboardInterrupt\n"
    assert in_interpreter(b"", b"Fatal Python error: init_import_site\n" + FROZEN + end)
    library = b'  File "/usr/lib/python3.11/contextlib.py", line 6, in <module>\n'
    assert in_interpreter(b"", b"Could not import runpy module\n" + FROZEN + library + end)
    for out, err in (
        (b"", FROZEN + OURS + end),
        (b"#1", FROZEN + end),
        (b"", end),
        (b"", FROZEN + b"OSError"),
    ):
        assert not in_interpreter(out, err)
    assert spoken(1, b"", FROZEN + OURS + end)


PASSES = """#!{python}
import os, sqlite3, subprocess, sys
words = sys.argv[1:]
OPEN = "INSERT INTO operation (at, command, by, kind, open) VALUES ('2026-11-24T10:05', 'x', 'x', 'step', 1)"
real = [sys.executable, "-m", "salesflow"]
if words[0] != "log":
    os.execv(real[0], [*real, *words])
{broken}
"""
# what a broken program does with `log`, and the word by which it is found
BROKEN = {
    "says that it failed and has saved": ("subprocess.run(real + words); sys.exit(5)", "exit 5 and after"),
    "says that it saved and has not": ("print('saved')", "exit 0 and before"),
    "saves half": (
        "c = sqlite3.connect(os.environ['SALESFLOW_DB']); c.execute(OPEN); c.execute('UPDATE lead SET followups = 9');"
        " c.execute('UPDATE operation SET open = NULL'); c.commit();"
        " sys.exit(5)",
        "exit 5 and half",
    ),
    "shows where it stands": ("sys.stderr.write('Traceback (most recent call last)'); sys.exit(5)", "stderr"),
    "talks much": ("sys.stderr.write('no\\n' * 4); sys.exit(5)", "stderr"),
    "tells a phone": ("sys.stderr.write('13900009999 failed\\n'); sys.exit(5)", "a phone"),
    "leaves a file": ("open('.book.db.1.part', 'w').close(); sys.exit(5)", "left"),
    "has a code of its own": ("sys.exit(1)", "exit 1"),
    "answers and fails": ("print('saved'); sys.exit(5)", "an answer"),
}


@pytest.fixture(scope="module")
def logging(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A folder to run ``log`` in."""
    return Ground(BY_NAME["log"], tmp_path_factory.mktemp("broken") / "ground")


@pytest.mark.parametrize(("broken", "found"), BROKEN.values(), ids=BROKEN)
def test_a_broken_program_is_noticed(
    logging: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, found: str
) -> None:
    program = tmp_path / "salesflow"
    program.write_text(PASSES.format(python=sys.executable, broken=broken), "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("SALESFLOW_PROGRAM", str(program))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    _, wrong = memory.one(logging, 4000)
    assert any(found in line for line in wrong), wrong


def test_an_acknowledgement_before_the_commit_is_noticed() -> None:
    assert kill.run(6, kill.EARLY)["lost"] > 0


def test_kills_that_hit_nothing_are_told() -> None:
    total = stops([], SIGNALS, 0, 0, random.Random(1))
    assert not total["runs"]
    assert kill.run(3)["lost"] == 0
