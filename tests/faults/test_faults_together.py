"""Two at once: who waits is told and can be stopped, a paused reader stops nobody, a list is sent once (B2 to B6)."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from kit import Book
from soak import lock, two
from soak.frame import start
from test_cmd_push import Robot, robot, secrets
from test_faults_book import environ, posix, run, sound

from salesflow import db_step

pytestmark = posix
__all__ = ["robot"]  # a fixture


@pytest.mark.parametrize(
    ("how", "words"), list(zip(lock.HOLDS, (("log", "1", "x"), ("today",)), strict=True))
)
def test_who_has_to_wait_waits_and_hears_a_signal(book: Book, how: str, words: tuple[str, ...]) -> None:
    book("add", "华星宝马")
    assert lock.waits(book.path, 2, how, words) == []
    assert lock.hears(book.path, signal.SIGINT, how, words) == []
    sound(book)


def test_on_a_terminal_waiting_is_said_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book("add", "华星宝马")
    monkeypatch.setattr(db_step, "WAIT_SECONDS", 0.5)
    monkeypatch.setattr(db_step, "_TELL_AFTER", 0.0)
    with lock.held(book.path, "BEGIN IMMEDIATE"):
        told = book("log", "1", "x", "--grade", "A", code=5, tty=True, lang="en").err
        quiet = book("log", "1", "x", code=5, lang="en").err
    assert told.count("Ctrl-C") == 1 and told.count("\n") == 3
    assert "Ctrl-C" not in quiet and quiet.count("\n") == 2


def test_a_paused_reader_stops_no_writer(book: Book) -> None:
    book("add", "-", stdin="".join(f"第{n}家\n" for n in range(600)))
    reader = start(book.path, "list", "--json")
    assert reader.stdout is not None
    reader.stdout.read(1)  # it is under way, and its pipe is full
    begun = time.monotonic()
    done = run(book.path, "add", "又一家")
    assert (done.returncode, done.stderr) == (0, b"") and time.monotonic() - begun < 5
    assert reader.poll() is None
    rest, err = reader.communicate(timeout=60)
    assert (reader.returncode, err) == (0, b"") and len(rest) > 1 << 17


def test_readers_leave_the_file_as_it_is(book: Book) -> None:
    book("add", "华星宝马", "--next", "今天 送样")
    before = (book.path.read_bytes(), book.path.stat().st_mtime_ns, sorted(os.listdir(book.path.parent)))
    readers = [subprocess.Popen([sys.executable, "-m", "salesflow", "today"], env=environ(book.path),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]  # fmt: skip
    for one in readers:
        assert (one.communicate()[1], one.returncode) == (b"", 0)
    for words in ("list", "find 华", "show 1", "report week", "check", "history", "undo --list"):
        book(*words.split())
    assert before == (
        book.path.read_bytes(),
        book.path.stat().st_mtime_ns,
        sorted(os.listdir(book.path.parent)),
    )


def test_two_jobs_at_the_same_moment_send_the_list_once(book: Book, robot: Robot) -> None:
    book("add", "华星宝马", "--next", "今天 送样")
    book("config", "push.phone", "企业微信")
    secrets(book, f'[phone]\nurl = "{robot.url}"\n')

    def slowly(handler: Any, count: int) -> None:
        time.sleep(0.5)
        handler.say({"errcode": 0, "errmsg": "ok"})

    robot.answer = slowly
    jobs = [start(book.path, "today", "--push", "phone", "--once") for _ in range(3)]
    for one in jobs:
        assert (one.communicate(timeout=60)[1], one.returncode) == (b"", 0)
    assert len(robot.got) == 1
    assert run(book.path, "today", "--push", "phone", "--once").returncode == 0
    assert len(robot.got) == 1


def test_an_answer_into_a_closed_or_full_stdout(book: Book) -> None:
    book("add", "华星宝马")
    command = f"{sys.executable} -m salesflow"
    for words, code in (("log 1 x", 6), ("add shop$$", 6), ("undo --yes", 6), ("list", 5), ("today", 5)):
        for ending in (">&-", ">/dev/full"):
            before = book.steps()
            said = subprocess.run(
                ["sh", "-c", f"{command} {words} {ending}"], env=environ(book.path), capture_output=True
            )
            assert said.returncode == code and said.stderr.count(b"\n") == 1, (words, ending, said)
            assert b"Traceback" not in said.stderr
            assert (book.steps() > before or words.startswith("undo")) == (code == 6)
    sound(book)


def test_nohup_is_obeyed(book: Book) -> None:
    book("add", "华星宝马")
    with lock.held(book.path, "BEGIN IMMEDIATE") as let_go:
        ignoring = start(
            book.path, "log", "1", "x", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
        )
        time.sleep(1)
        ignoring.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        let_go()
        ignoring.communicate(timeout=60)
    assert ignoring.returncode == 0


def test_writers_that_lose_and_locks_that_are_not_waited_for_are_noticed(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book("add", "华星宝马")
    folder = tmp_path / "two"
    folder.mkdir()
    figures = two.go(folder, 16, words="exit 0")
    assert figures["lost"] > 0
    program = tmp_path / "salesflow"
    monkeypatch.setenv("SALESFLOW_PROGRAM", str(program))
    for text in ("exit 0", "exit 5", "trap '' INT; sleep 2; exit 130", "echo Traceback >&2; sleep 2"):
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        assert lock.waits(book.path, 0.5) if "sleep" not in text else True
        assert lock.hears(book.path, signal.SIGINT)
