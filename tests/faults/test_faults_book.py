"""Killed, stopped, full, locked, two at once: what was said to be saved is there, and nothing is half done."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from kit import Book
from soak.frame import MEASURED, environ

RUN = [sys.executable, "-m", "salesflow"]
KILLS = int(os.environ.get("SALESFLOW_KILLS", "10"))
posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
pytestmark = posix

# one process, many commands, each acknowledged only when its exit code was 0
WORKER = """
import sys
from salesflow.cli import main
first = int(sys.argv[1])
for number in range(first, first + 100000):
    code = main(["log", "1", f"note {number}", "--no-next"])
    sys.stderr.write(f"ok {number}\\n" if code == 0 else f"code {code}\\n")
    sys.stderr.flush()
"""


def run(book: Path, *words: str | bytes, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """One real run of the program."""
    given = {"env": environ(book), "capture_output": True, "timeout": 120, **more}
    done: subprocess.CompletedProcess[bytes] = subprocess.run([*RUN, *words], **given)
    return done


def sound(book: Book) -> None:
    """Fails where the book is not in order, or something is left beside it.

    A journal that begins with a zero byte was never synced: SQLite does not count it, the next writer takes it.
    """
    assert book("check") == (0, "", "")
    names = [
        name
        for name in os.listdir(book.path.parent)
        if name.startswith((book.path.name, f".{book.path.name}"))
    ]
    left = [book.path.with_name(name) for name in names if name != book.path.name]
    assert [path for path in left if path.is_file() and path.read_bytes()[:1] not in (b"", b"\0")] == []


def test_what_was_acknowledged_survives_kill_9(book: Book) -> None:
    book("add", "华星宝马")
    chance, acknowledged, number = random.Random(7), set(), 0
    for _ in range(KILLS):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(number)],
            env=environ(book.path),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert worker.stderr is not None
        first = worker.stderr.readline().decode()
        time.sleep(chance.random() * 0.2)
        worker.send_signal(signal.SIGKILL)
        said = [first.rstrip(), *worker.communicate()[1].decode().splitlines()]
        done = {int(line[3:]) for line in said if line.startswith("ok ")}
        assert not [line for line in said if line.startswith("code") or "Traceback" in line]
        acknowledged |= done
        number = max(acknowledged, default=0) + 10
    kept = {int(note.removeprefix("note ")) for (note,) in book.sql("SELECT note FROM followup")}
    assert acknowledged and acknowledged <= kept
    assert len(kept - acknowledged) <= KILLS  # saved in the moment of the kill
    assert book.show()["followups"] == len(kept)
    sound(book)


def test_the_harness_notices_a_program_that_acknowledges_too_early(book: Book) -> None:
    """The worker above, made to say ok before it has written: the loss must be seen."""
    book("add", "华星宝马")
    soon = "    sys.stderr.write(f'ok {number}\\n'); sys.stderr.flush(); time.sleep(1)\n    code = main"
    early = WORKER.replace("    code = main", soon).replace("import sys", "import sys, time", 1)
    worker = subprocess.Popen([sys.executable, "-c", early, "0"], env=environ(book.path), stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE)  # fmt: skip
    assert worker.stderr is not None
    assert worker.stderr.readline() == b"ok 0\n"
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    assert book.sql("SELECT count(*) FROM followup") == [(0,)]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]
)
def test_a_signal_during_a_write_changes_nothing(book: Book, number: int, code: int) -> None:
    book("add", "华星宝马")
    before = book.dump()
    holder = sqlite3.connect(book.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    waiting = subprocess.Popen(
        [*RUN, "log", "1", "x"],
        env=environ(book.path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(1.0)
    waiting.send_signal(number)
    time.sleep(0.3)
    holder.execute("ROLLBACK")
    holder.close()
    out, err = waiting.communicate(timeout=60)
    if waiting.returncode == 0:
        pytest.skip("SQLite slept through the signal and then saved: the answer says so")
    assert (waiting.returncode, out) == (code, b"")
    assert err.count(b"\n") <= 2 and b"Traceback" not in err
    assert book.dump() == before
    sound(book)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_import_is_whole_or_not_there(book: Book, tmp_path: Path, number: int) -> None:
    rows = 20_000
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名,地址\n" + "".join(f"第{n}家,路{n}号\n" for n in range(rows)), "utf-8")
    empty = book.path.read_bytes()
    for wait in (0.3, 0.6, 1.0):
        book.path.write_bytes(empty)
        worker = subprocess.Popen([*RUN, "import", str(sheet)], env=environ(book.path), stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE)  # fmt: skip
        time.sleep(wait)
        worker.send_signal(number)
        worker.communicate()
        assert len(book("list", "--json", "--limit", "1").json) in (0, 1)  # a reader rolls back what was left
        assert book.sql("SELECT count(*) FROM lead")[0][0] in (0, rows)
        sound(book)


def test_two_at_once_lose_nothing(book: Book) -> None:
    book("add", "华星宝马")
    writers, each = 4, 6
    log = f"{sys.executable} -m salesflow log 1 hello --no-next >/dev/null || exit 1"
    script = f"for n in $(seq {each}); do {log}; done"
    reader = f"for n in $(seq 8); do {sys.executable} -m salesflow today >/dev/null || exit 1; done"
    running = [subprocess.Popen(["sh", "-c", text], env=environ(book.path), stderr=subprocess.PIPE)
               for text in [script] * writers + [reader]]  # fmt: skip
    for one in running:
        assert (one.communicate(timeout=120)[1], one.returncode) == (b"", 0)
    assert book.show()["followups"] == writers * each
    assert book.steps() == 1 + writers * each
    sound(book)


def test_two_first_commands_make_one_book(tmp_path: Path) -> None:
    given = environ(tmp_path / "x") | {"SALESFLOW_DB": "", "XDG_DATA_HOME": str(tmp_path)}
    running = [subprocess.Popen([*RUN, "add", f"shop {n}"], env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
               for n in range(4)]  # fmt: skip
    codes = [(one.communicate()[1], one.returncode)[1] for one in running]
    listed = subprocess.run([*RUN, "list", "-f", "jsonl"], env=given, capture_output=True, check=True).stdout
    assert listed.count(b"\n") == codes.count(0)


def limited(size: int) -> Callable[[], None]:
    """No file of the process grows beyond ``size``: a disk that is full."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("command", ["add", "import", "log", "backup", "init"])
def test_a_full_disk_changes_nothing_and_is_one_line(book: Book, tmp_path: Path, command: str) -> None:
    book("add", "华星宝马")
    before = book.dump()
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名\n" + "".join(f"第{n}家\n" for n in range(3000)), "utf-8")
    words = {"add": ["add", "x"], "import": ["import", str(sheet)], "log": ["log", "1", "x" * 30000],
             "backup": ["backup", str(tmp_path / "copy.db")],
             "init": ["--db", str(tmp_path / "new.db"), "init"]}[command]  # fmt: skip
    size = book.path.stat().st_size
    failed = 0
    for limit in (0, 4096, size - 4096, size + 4096, size + 40_000):
        done = run(book.path, *words, preexec_fn=limited(limit))
        assert done.returncode in (0, 5), (limit, done)
        if done.returncode == 0:
            break
        failed += 1
        assert done.stdout == b"" and done.stderr.count(b"\n") <= 2, (limit, done)
        assert b"Traceback" not in done.stderr and b"report" not in done.stderr, (limit, done)
        assert book.dump() == before
        assert not (tmp_path / "copy.db").exists() and not (tmp_path / "new.db").exists(), limit
        assert not list(tmp_path.glob(".*")), limit
    assert failed
    sound(book)


def test_an_answer_that_cannot_be_written_after_saving_is_six(book: Book) -> None:
    with open("/dev/full", "w") as full:
        done = run(book.path, "add", "华星宝马", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 6 and done.stderr.count(b"\n") <= 2
    assert len(book("list", "--json").json) == 1
    with open("/dev/full", "w") as full:
        read = run(book.path, "list", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert read.returncode == 5


def test_a_closed_pipe(book: Book) -> None:
    book("add", "-", stdin="".join(f"第{n}家\n" for n in range(500)))
    for words, code in ((["list"], 0), (["add", "x"], 6)):
        reader, writer = os.pipe()
        os.close(reader)
        done = run(book.path, *words, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        assert (done.returncode, done.stderr) == (code, b"")
    shell = f"{sys.executable} -m salesflow list | head -1"
    piped = subprocess.run(["sh", "-c", shell], env=environ(book.path), capture_output=True)
    assert (piped.returncode, piped.stderr, piped.stdout.count(b"\n")) == (0, b"", 1)


def bound() -> None:
    """The process bound by permissions, which do not count for root on Linux."""
    if os.geteuid() == 0:
        import ctypes

        for power in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, power, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder whose mode the test changes."""
    folder = tmp_path / "folder"
    folder.mkdir()
    yield folder
    folder.chmod(0o700)


def is_bound(folder: Path) -> bool:
    """Whether a folder without the right to write cannot be written."""
    folder.chmod(0o555)
    probe = subprocess.run(["sh", "-c", f"echo > '{folder}/probe'"], preexec_fn=bound, capture_output=True)
    folder.chmod(0o755)
    return probe.returncode != 0


def test_a_read_only_folder_and_file(book: Book, open_folder: Path) -> None:
    if not is_bound(open_folder):
        pytest.skip("permissions do not count here")
    book("add", "华星宝马")
    path = open_folder / "book.db"
    shutil.copy(book.path, path)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    raw = path.read_bytes()
    read = run(path, "list", preexec_fn=bound)
    assert read.returncode == 0 and "华星宝马".encode() in read.stdout
    for words in (["add", "x"], ["log", "1", "x"], ["--db", str(open_folder / "new.db"), "init"], ["undo"],
                  ["backup", str(open_folder / "copy.db")]):  # fmt: skip
        done = run(path, *words, preexec_fn=bound)
        assert (done.returncode, done.stdout) == (5, b""), (words, done)
        assert done.stderr.count(b"\n") <= 2 and b"Traceback" not in done.stderr
    path.chmod(0o000)
    assert run(path, "today", preexec_fn=bound).returncode == 5
    path.chmod(0o444)
    assert path.read_bytes() == raw and os.listdir(open_folder) == ["book.db"]


def test_a_writable_file_in_a_read_only_folder(book: Book, open_folder: Path) -> None:
    if not is_bound(open_folder):
        pytest.skip("permissions do not count here")
    path = open_folder / "book.db"
    shutil.copy(book.path, path)
    path.chmod(0o666)
    open_folder.chmod(0o555)
    assert run(path, "list", preexec_fn=bound).returncode == 0
    done = run(path, "add", "x", preexec_fn=bound)
    assert done.returncode == 5 and done.stderr.count(b"\n") <= 2


def test_broken_bytes_in_the_words(book: Book) -> None:
    before = book.path.read_bytes()
    for words in (
        [b"add", b"\xe5\xff"],
        [b"log", b"1", b"\xff"],
        [b"show", b"\xc3\x28"],
        [b"--db", b"\xff.db", b"today"],
    ):
        done = run(book.path, *words)
        assert done.returncode == 2 and b"UTF-8" in done.stderr and b"Traceback" not in done.stderr
    assert book.path.read_bytes() == before


def test_a_note_of_ten_megabytes(book: Book) -> None:
    book("add", "华星宝马")
    done = run(book.path, "log", "1", "-", input=("长" * 3_500_000).encode())
    assert (
        done.returncode == 1 and done.stderr.count(b"\n") <= 2 and b"65536" in done.stderr.replace(b",", b"")
    )
    assert run(book.path, "log", "1", "-", input="说了 下次周五送样\n第二行".encode()).returncode == 0
    record = book.show()
    assert (record["next_date"], record["next_reason"], record["followups"]) == ("2026-11-27", "送样", 1)
    for bad in (b"\xff\xfe\x00", b"a\x00b", b""):
        done = run(book.path, "log", "1", "-", input=bad)
        assert (
            done.returncode in (1, 2) and b"Traceback" not in done.stderr and b"report" not in done.stderr
        ), done
    assert book.show()["followups"] == 1


def test_names_from_stdin_that_are_no_text(book: Book) -> None:
    before = book.dump()
    for bad in (b"\xff\xfe\x00\n", b"a\x00b\n", "店\n".encode("gb18030")):
        done = run(book.path, "add", "-", input=bad)
        assert done.returncode == 2 and done.stderr.count(b"\n") <= 2 and b"report" not in done.stderr, done
    assert book.dump() == before


def test_no_environment_and_no_folder(book: Book, tmp_path: Path) -> None:
    book("add", "华星宝马")
    bare = {"PYTHONPATH": str(ROOT), **MEASURED}
    done = subprocess.run([*RUN, "--db", str(book.path), "today"], env=bare, capture_output=True)
    assert done.returncode == 0 and done.stdout
    lost = subprocess.run([*RUN, "today"], env=bare, capture_output=True)
    assert lost.returncode in (2, 5) and lost.stderr.count(b"\n") <= 2
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = f'cd "{gone}" && rmdir "{gone}" && exec {sys.executable} -m salesflow list'
    done = subprocess.run(["sh", "-c", shell], env=environ(book.path), capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_book_named_like_a_uri_is_a_file(tmp_path: Path) -> None:
    given = environ(tmp_path) | {"SALESFLOW_DB": "file:x?mode=memory"}
    for words, code in ((["init"], 0), (["add", "x"], 0), (["list", "-f", "jsonl"], 0)):
        done = subprocess.run([*RUN, *words], env=given, cwd=tmp_path, capture_output=True)
        assert done.returncode == code, done
    assert done.stdout.count(b"\n") == 1 and (tmp_path / "file:x?mode=memory").exists()


def test_no_question_where_nobody_can_answer(book: Book) -> None:
    book("add", "华星宝马")
    for words, code in (
        (["add", "华星宝马"], 1),
        (["log", "没有这家", "x"], 3),
        (["show"], 2),
        (["edit", "1"], 2),
    ):
        for ending in ("</dev/null", "<&-"):
            shell = f"{sys.executable} -m salesflow {' '.join(words)} {ending}"
            done = subprocess.run(
                ["sh", "-c", shell], env=environ(book.path), capture_output=True, timeout=60
            )
            assert done.returncode == code and b"Traceback" not in done.stderr
