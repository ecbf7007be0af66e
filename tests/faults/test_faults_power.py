"""The power-cut simulator finds what it must find, and nothing in the program; system calls that fail one by one."""

from __future__ import annotations

import errno
import gzip
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from kit import Book
from soak import cases, frame, inject, strace
from soak.frame import NOW
from soak.inject import Faulty
from soak.powercut import Found, Judge, cut, fast_folder
from soak.powercut_disk import Disk
from soak.powercut_record import record
from soak.registry import SOAKS

from salesflow import db, db_step, schema
from salesflow.db_held import Held
from salesflow.errors import Unusable

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
Cuts = Callable[..., Found]
traced = pytest.mark.skipif(bool(strace.MISSING), reason=strace.MISSING or "")
SEED = os.environ.get("SALESFLOW_SEED", "7")  # the long runs draw their own
STATES = int(os.environ.get("SALESFLOW_POWER_CUTS", "200"))
COMMANDS = (
    ("add", "新开的店", "--contact", "小周 13900009998", "--next", "2026-12-01 送样"),
    ("log", "1", "谈了价格", "--next", "2026-12-01"),
    ("export", "leads", "-o", "leads.csv"),
    ("undo", "--yes"),
    ("import", "rows.csv", "--rejects", "rejects.csv"),
    ("export", "leads", "-o", "leads.csv"),
    ("backup", "copy.db"),
    ("backup",),
    ("--db", "new.db", "init"),
)
# the door with other settings than its own
SETTINGS = """
from salesflow import db, db_step, schema
ours = db._prepare
def prepare(connection, *, journal=True):
    ours(connection, journal=journal)
    if journal:
        connection.execute("PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = {synchronous}")
db._prepare = prepare
"""


@pytest.fixture
def found(book: Book, tmp_path: Path) -> Iterator[Cuts]:
    """``found(commands, states, before)``: what power cuts do to the commands run on a book with two leads."""
    book("add", "-", stdin="华星宝马\n锦泰奥迪\n")
    with TemporaryDirectory(dir=fast_folder()) as name:

        def look(commands: Sequence[Sequence[str]], states: int = 60, before: str = "") -> Found:
            folder = Path(name) / "book"
            folder.mkdir()
            shutil.copy(book.path, folder / "book.db")
            rows = "店名,地址\n" + "".join(f"第{n}家,路{n}号\n" for n in range(30)) + "坏行,路,多一格\n"
            (folder / "rows.csv").write_text(rows, "utf-8")
            seen = Found()
            recording = record(folder, "book.db", commands, before)
            cut(recording, states, random.Random(f"{SEED} power"), seen, Judge(Path(name) / "state"))
            assert seen.states == states
            return seen

        yield look


@traced
def test_what_was_answered_survives_a_power_cut_at_any_moment(found: Cuts) -> None:
    seen = found(COMMANDS, STATES)
    assert (seen.lost, seen.torn, seen.problems) == (0, 0, 0), seen.first


@traced
@pytest.mark.parametrize(
    ("journal", "synchronous", "loses", "tears"),
    [("DELETE", "OFF", True, True), ("DELETE", "FULL", True, False), ("DELETE", "EXTRA", False, False)],
)
def test_the_simulator_knows_settings_that_lose_from_those_that_do_not(
    found: Cuts, journal: str, synchronous: str, loses: bool, tears: bool
) -> None:
    """As SQLite documents them: OFF destroys the book, FULL may lose the last commit, EXTRA neither."""
    before = SETTINGS.format(journal=journal, synchronous=synchronous)
    seen = found([("log", "1", f"note {n}", "--no-next") for n in range(2)], 60, before)
    assert (seen.lost > 0, seen.torn > 0) == (loses, tears), seen


@traced
@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("from salesflow import db\ndb.sync_folder = lambda folder: None", "lost"),
        ("os.fsync = lambda handle: None", "torn"),
    ],
)
def test_the_simulator_finds_a_sync_that_is_missing(found: Cuts, before: str, kind: str) -> None:
    seen = found([("export", "leads", "-o", "a.csv"), ("backup", "copy.db")], 40, before)
    assert getattr(seen, kind) > 0, seen


@traced
def test_a_process_that_reads_ahead_neither_answers_for_the_command_nor_ends_it(
    book: Book, tmp_path: Path
) -> None:
    book("add", "华星宝马")
    folder = tmp_path / "book"
    folder.mkdir()
    shutil.copy(book.path, folder / "book.db")
    (folder / "rows.csv").write_text(
        "店名,地址\n" + "".join(f"第{n}家,路{n}号\n" for n in range(60)), "utf-8"
    )
    moments = record(folder, "book.db", [("import", "rows.csv"), ("undo", "--yes")]).moments
    assert [moment.command for moment in moments if moment.ends] == [0, 1]
    assert [moment.command for moment in moments if moment.answers] == [0, 1]


def test_a_journal_made_anew_is_another_file() -> None:
    """The mistake of a model of names: the new journal's bytes in the old one's place."""
    disk = Disk()
    disk.put("j", b"old")
    disk.remove("j")
    disk.make("j").write(0, b"new one")
    assert disk.seen() == {"j": b"new one"}
    dice = random.Random(1)
    states = [disk.after_cut(dice) for _ in range(300)]
    assert {"j": b"old"} in states and {} in states and {"j": b""} in states and {"j": b"new one"} in states
    assert all(state.get("j", b"") in (b"old", b"", b"new one") for state in states)


def test_folders_keep_the_order_of_their_changes_and_files_do_not() -> None:
    disk = Disk()
    for name in ("a", "b"):
        disk.make(name).write(0, name.encode() * 1024)
    dice = random.Random(2)
    states = [disk.after_cut(dice) for _ in range(400)]
    assert not [state for state in states if "b" in state and "a" not in state]
    whole = {"a": b"a" * 1024, "b": b"b" * 1024}
    assert [state for state in states if state == {**whole, "a": b""}]
    torn = [state["a"] for state in states if state.get("a") not in (None, b"", whole["a"])]
    assert torn and {len(one) % 512 for one in torn} == {0}
    disk.sync(disk.root)
    file = disk.find("a")
    assert file is not None
    disk.sync(file)
    assert all(disk.after_cut(dice)["a"] == whole["a"] for _ in range(50))


def test_what_was_truncated_and_written_again_does_not_mix_with_what_was_there() -> None:
    disk = Disk()
    disk.put("f", b"1" * 1024)
    file = disk.find("f")
    assert file is not None
    file.truncate(0)
    file.write(0, b"2" * 512)
    dice = random.Random(3)
    states = {disk.after_cut(dice)["f"] for _ in range(200)}
    assert states == {b"1" * 1024, b"", b"2" * 512}


def test_a_half_file_of_a_killed_run_with_the_same_number_is_in_nobodys_way(
    book: Book, tmp_path: Path
) -> None:
    """In a container every run may be process 1."""
    book("add", "华星宝马")
    for name, words in {
        "leads.csv": ["export", "leads", "-o", str(tmp_path / "leads.csv")],
        "copy.db": ["backup", str(tmp_path / "copy.db")],
        "new.db": ["--db", str(tmp_path / "new.db"), "init"],
    }.items():
        (tmp_path / f".{name}.{os.getpid()}.part").write_text("half", "utf-8")
        book(*words)
        assert (tmp_path / name).exists() and not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("key", ["book.disk_full", "book.cannot_read", "book.damaged", "book.locked"])
def test_a_book_that_cannot_be_read_again_after_the_commit_is_exit_six(
    book: Book, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Exit 5 would say that nothing was changed, and whoever repeats the command has it twice."""
    opened, empty = Held._opened, book.path.read_bytes()

    def failing(held: Held, path: Path, **more: Any) -> sqlite3.Connection:
        if book.steps():
            raise Unusable(key, path=path, **({} if key == "book.locked" else {"why": "disk I/O error"}))
        return opened(held, path, **more)

    monkeypatch.setattr(Held, "_opened", failing)
    for lang, word in (("en", "Saved"), ("zh", "已")):
        done = book("add", "华星宝马", code=None, lang=lang, tty=True)
        assert (done.code, done.err.count("\n") <= 2) == (6, True) and word in done.err, done
        assert book.sql("SELECT name FROM lead") == [("华星宝马",)]
        book.path.write_bytes(empty)


def test_a_new_book_whose_first_step_may_not_have_landed_is_not_there(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step stood in half a book, which is thrown away: nothing is saved, whatever the disk reported."""
    monkeypatch.setattr("salesflow.db_step._landed", lambda *given: True)
    commit, landed = db_step.commit, []

    def failing(connection: sqlite3.Connection, operation: db_step.Operation | None = None) -> None:
        commit(connection, operation)
        landed.append(1)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("salesflow.db_step.commit", failing)
    path = book.path.with_name("new.db")
    done = book("--db", str(path), "init", code=5)
    assert landed and "disk I/O error" in done.err and not path.exists()
    assert list(path.parent.glob(".*")) == []


@traced
def test_an_upgrade_that_was_cut_short_is_taken_back_before_its_version_is_believed(tmp_path: Path) -> None:
    """The first page may say the new version already, while the journal beside it takes all of it back."""
    folder, state = tmp_path / "old", tmp_path / "state"
    folder.mkdir()
    (folder / "book.db").write_bytes(gzip.decompress((FIXTURES / "book_v3.db.gz").read_bytes()))
    recording = record(folder, "book.db", [("log", "1", "升级以后", "--no-next")], "")
    seen = []
    for moment, disk in recording.replay():
        files = disk.seen()
        content, journal = files.get("book.db"), files.get("book.db-journal")
        if content and journal and content[60:64] > recording.before["book.db"][60:64]:
            seen.append((moment.call.name, files))
    # the calls from the first page of the upgrade until its journal is gone
    assert len(seen) > 3
    for _, files in (seen[0], seen[len(seen) // 2]):
        shutil.rmtree(state, ignore_errors=True)
        state.mkdir()
        for name in ("book.db", "book.db-journal"):
            (state / name).write_bytes(files[name])
        with closing(db.open_book(state / "book.db", write=True, now=NOW)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
            assert not connection.execute("SELECT 1 FROM followup WHERE note = '升级以后'").fetchone()


@pytest.mark.parametrize("name", ["book.db", "book.db-journal"])
def test_a_restore_that_cannot_see_what_stands_there_does_not_say_what_it_is(
    book: Book, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A disk that fails once is no free place, and a damaged book no sound one."""
    book("add", "华星宝马")
    place, copy = book.path.with_name("book.db"), book.path.with_name("copy.db")
    book("backup", str(copy))
    damaged = copy.read_bytes()[:-8192]
    place.write_bytes(damaged)
    ours, failed = os.lstat, []

    def fails_once(path: Any, **more: Any) -> os.stat_result:
        if os.fspath(path) == str(place.with_name(name)) and not failed:
            failed.append(path)
            raise OSError(errno.EIO, "Input/output error")
        return ours(path, **more)

    monkeypatch.setattr(os, "lstat", fails_once)
    done = book("--db", str(place), "restore", str(copy), code=5, lang="en")
    assert failed and done.err.startswith("Cannot read") and place.read_bytes() == damaged
    book("--db", str(place), "restore", str(copy))
    assert book("--db", str(place), "list", "--json").json[0]["name"] == "华星宝马"


@pytest.fixture
def faulty(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Faulty]:
    """``faulty(before)``: the command that adds a lead, to be run with faults, after ``before`` in its process."""

    grounds: list[cases.Ground] = []

    def make_template(case: cases.Case, folder: Path, rows: int) -> None:
        shutil.copy(book.path, folder / "book.db")

    monkeypatch.setattr(cases, "_make", make_template)

    def made(before: str = "") -> Faulty:
        ground = cases.Ground(cases.BY_NAME["add"], tmp_path.resolve() / f"ground{len(grounds)}")
        grounds.append(ground)
        return Faulty(ground, before)

    return made


@traced
def test_a_call_that_fails_never_makes_the_answer_a_lie(faulty: Callable[..., Faulty]) -> None:
    """A handful; ``python -m tests.soak inject`` has them all."""
    one, found = faulty(), inject.Found()
    faults = one.faults()
    dice = random.Random(f"{SEED} inject")
    assert len(faults) > 100
    kinds = {(fault.call, fault.error) for fault in faults}
    rare = [fault for fault in faults if fault.call in ("ftruncate", "fdatasync") and fault.error == "EIO"]
    chosen = [dice.choice([fault for fault in faults if fault[::2] == kind]) for kind in sorted(kinds)]
    one.suffer({*chosen, *rare[-3:]}, found)
    wrong = {
        name: value for name, value in found.figures().items() if value and name not in ("faults", "missed")
    }
    assert not wrong and found.faults > 10 and found.missed < 3, (found, SEED)


@traced
def test_a_program_that_waits_makes_the_same_calls_as_one_that_starts(faulty: Callable[..., Faulty]) -> None:
    """Else the faults of the one would not be those of the other; a file half made has the process's number."""
    one = faulty()
    with one.warm(inject.ERRORS) as warm:
        one.ground.fresh()
        waited = warm.run()
    one.ground.fresh()
    out, env = one.ground.at / "cold", frame.environ(one.ground.book, PYTHONHASHSEED="0", PYTHONSAFEPATH="1")
    words = [*frame.program(), *one.ground.case.words]
    done = strace.traced(words, list(inject.ERRORS), out, env=env, cwd=one.ground.work)
    assert (waited.code, waited.err) == (done.returncode, done.stderr) == (0, b"")
    of_both = [
        [
            (call.name, *(re.sub(r"\.\d+\.part", ".part", path) for path in call.paths()))
            for call in calls
            if one.touches(call) and call.handle()[0] != inject.ANSWER
        ]
        for calls in (waited.calls, strace.calls_in(out))
    ]
    assert of_both[0] == of_both[1] and len(of_both[0]) > 100


LIES = {
    "false_ok": (
        "fdatasync",
        "EIO",
        "def lied(*given):\n try: ours(*given)\n except sqlite3.Error: pass",
    ),
    "saved_with_error": ("fcntl", "ENOLCK", "def lied(*given):\n ours(*given)\n os._exit(5)"),
    "traceback": ("fdatasync", "EIO", "def lied(*given):\n raise SystemError"),
    "leaked": ("fdatasync", "EIO", f"def lied(*given):\n raise sqlite3.OperationalError('{cases.CANARY}')"),
}


@traced
def test_the_faults_find_a_program_that_lies(faulty: Callable[..., Faulty]) -> None:
    """Its commit swallows what went wrong; fails after it has saved; fails in a way that nobody has thought of."""
    honest = faulty()
    faults = honest.faults()
    for kind, (call, error, lie) in LIES.items():
        found = inject.Found()
        one = faulty(
            f"import os, sqlite3\nfrom salesflow import db_step\nours = db_step.commit\n{lie}\ndb_step.commit = lied"
        )
        one.modules, one.spare = honest.modules, honest.spare
        one.suffer([next(fault for fault in faults if fault[::2] == (call, error))], found)
        assert getattr(found, kind) == 1, (kind, found)


def test_a_release_has_every_case_once() -> None:
    names = [case.name for case in inject.chosen_of(SOAKS["inject"].release, "")]
    assert names[:2] == ["add", "import"] and len(set(names)) == len([*inject.chosen_of(99, "")]) == 16
    assert [case.name for case in inject.chosen_of(16, "redo,add")] == ["redo", "add"]


@traced
def test_every_piece_is_suffered_once_and_where_it_says(faulty: Callable[..., Faulty]) -> None:
    one, found = faulty(), inject.Found()
    faults = [fault for fault in one.faults() if fault.call in ("ftruncate", "fsync", "link", "fdatasync")]
    parts = inject.pieces(one, faults)
    assert [fault for _, part in parts for fault in part] == sorted(
        faults, key=lambda one: kinds(faults)[one[::2]]
    )
    for part in parts:
        found.more(inject.suffered(part))
    assert (found.faults, found.missed, found.first) == (len(faults), 0, [])


def kinds(faults: Sequence[inject.Fault]) -> dict[tuple[str, str], int]:
    """The place of every kind of fault in the order in which they are first met."""
    return {kind: place for place, kind in enumerate(dict.fromkeys((one.call, one.error) for one in faults))}
