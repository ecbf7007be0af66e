"""A whole book on its way out or in, killed or on a full disk: the file and the book are whole, or as they were."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from kit import Book
from soak.stop import in_interpreter
from test_faults_book import KILLS, RUN, environ, limited, posix, run, sound

pytestmark = posix
LEADS = 4000


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole book of some thousand leads as lines."""
    folder = tmp_path_factory.mktemp("whole")
    names = "".join(f"第{n}家\n" for n in range(LEADS))
    for words, given in (
        (["init"], ""),
        (["add", "-"], names),
        (["export", "all", "-o", str(folder / "whole.jsonl")], ""),
    ):
        done = run(folder / "book.db", *words, input=given.encode())
        assert done.returncode == 0, done
    return folder / "whole.jsonl"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_restoration_is_whole_or_not_there(book: Book, lines: Path, number: int) -> None:
    empty, chance, seen = book.path.read_bytes(), random.Random(11), set()
    before = book("export", "all").out
    for place in range(max(KILLS // 2, 4)):
        book.path.write_bytes(empty)
        worker = subprocess.Popen(
            [*RUN, "import", str(lines)],
            env=environ(book.path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        time.sleep(0.1 + chance.random() * (place + 1) * 0.25)
        worker.send_signal(number)
        out, err = worker.communicate()
        # Python answers in its own words where it is still starting
        assert b"Traceback" not in err or (number == signal.SIGINT and in_interpreter(out, err))
        count = len(book("list", "--json", "--limit", "1").json)  # a reader rolls back what was left
        seen.add(count)
        if not count:
            assert book("export", "all").out == before
        else:
            assert book("export", "all").out == lines.read_text("utf-8")
        sound(book)
    assert 0 in seen


def test_a_full_disk_leaves_the_file_that_was_there(book: Book, lines: Path, tmp_path: Path) -> None:
    book("import", str(lines))
    for name in ("whole.jsonl", "whole.json"):
        target = tmp_path / name
        target.write_text("what was there", "utf-8")
        for limit in (0, 4096, 300_000, 1_000_000):
            done = run(book.path, "export", "all", "-o", str(target), preexec_fn=limited(limit))
            assert (done.returncode, done.stdout) == (5, b""), (limit, done)
            assert done.stderr.count(b"\n") <= 2 and b"Traceback" not in done.stderr
            assert target.read_text("utf-8") == "what was there"
            assert not list(tmp_path.glob(".*")), limit
    sound(book)


def test_a_full_disk_leaves_the_empty_book_as_it_was(book: Book, lines: Path, tmp_path: Path) -> None:
    before, size = book.dump(), book.path.stat().st_size
    for limit in (0, 4096, size + 4096, size + 2_000_000):
        done = run(book.path, "import", str(lines), preexec_fn=limited(limit))
        assert (done.returncode, done.stdout) == (5, b""), (limit, done)
        assert done.stderr.count(b"\n") <= 2 and b"Traceback" not in done.stderr
        assert book.dump() == before
    sound(book)


def test_the_answer_to_a_full_pipe_and_a_closed_one(book: Book, lines: Path) -> None:
    book("import", str(lines))
    with open("/dev/full", "w") as full:
        done = run(book.path, "export", "all", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 5 and done.stderr.count(b"\n") <= 2
    reader, writer = os.pipe()
    os.close(reader)
    done = run(book.path, "export", "all", capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_from_one_program_into_the_other(book: Book, lines: Path, tmp_path: Path) -> None:
    """Through a pipe, as between two machines; nobody who is in the book waits for the other end."""
    book("import", str(lines))
    other = tmp_path / "other.db"
    assert run(other, "init").returncode == 0
    out = subprocess.Popen([*RUN, "export", "all"], env=environ(book.path), stdout=subprocess.PIPE)
    with out:
        time.sleep(1.5)
        assert run(book.path, "add", "又一家").returncode == 0  # while the pipe is full
        done = subprocess.run(
            [*RUN, "import", "-"], env=environ(other), stdin=out.stdout, capture_output=True
        )
    assert out.returncode == 0 and (done.returncode, done.stderr) == (0, b"")
    assert run(other, "export", "all").stdout == lines.read_bytes()
