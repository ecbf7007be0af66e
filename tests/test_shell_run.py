"""The shell as a process: streams, signals, pipes and broken bytes, in a few real runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

RUN = [sys.executable, "-m", "salesflow"]
ENVIRON = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "HOME": "/nowhere"}
posix = pytest.mark.skipif(os.name != "posix", reason="signals and /dev of POSIX")


def run(*words: str | bytes, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """One run of the program with almost no environment."""
    return subprocess.run([*RUN, *words], env=ENVIRON | environ, capture_output=True, timeout=60)


def test_a_pipe_gets_utf_8_whatever_the_locale_says() -> None:
    for locale in ("C", "POSIX", "en_US.ISO-8859-1", "zh_CN.GBK"):
        done = run("--lang", "zh", "help", LC_ALL=locale)
        assert done.returncode == 0
        assert "每天" in done.stdout.decode("utf-8")


@posix
def test_bytes_that_are_no_text_are_refused_before_anything_is_opened(tmp_path: Path) -> None:
    book = tmp_path / "no.db"
    done = run("--db", str(book), "log", b"\xe5\xff\xe4", LC_ALL="C.UTF-8")
    assert (done.returncode, done.stdout, book.exists()) == (2, b"", False)
    assert "UTF-8" in done.stderr.decode("utf-8")


@posix
def test_a_full_disk_under_the_answer_is_five() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*RUN, "help"], env=ENVIRON, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 5
    assert done.stderr.count(b"\n") == 1


@posix
def test_a_closed_pipe_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*RUN, "help"], env=ENVIRON, stdout=writer, stderr=subprocess.PIPE, timeout=60)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@posix
def test_closed_streams_are_no_defect() -> None:
    shell = f'"{sys.executable}" -m salesflow help <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", shell], env=ENVIRON, timeout=60).returncode == 5
    shell = f'"{sys.executable}" -m salesflow help <&- 2>&-'
    done = subprocess.run(["sh", "-c", shell], env=ENVIRON, timeout=60, stdout=subprocess.PIPE)
    assert done.returncode == 0 and done.stdout


WAITING = """
import sys, types, typer
from salesflow.commands import registry
from salesflow.commands.registry import Entry
def wait(ctx: typer.Context) -> None:
    import time
    print("ready", file=sys.stderr, flush=True)
    time.sleep(60)
module = types.ModuleType("salesflow.commands.waiting")
module.wait = wait
sys.modules[module.__name__] = module
registry._BY_NAME["wait"] = Entry("wait", (), "", "waiting", "wait")
sys.argv = ["salesflow", "--lang", "en", "wait"]
from salesflow.cli import run
run()
"""


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_run_and_says_so(name: str) -> None:
    number = getattr(signal, name)
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        env=ENVIRON,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored below a job of `&`
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"ready\n"
    process.send_signal(number)
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 128 + number
    assert said == "Stopped; nothing was changed\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_completion_script_knows_commands_and_their_options(shell: str) -> None:
    done = run("completion", shell)
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "help" in text and "帮助" in text
    assert ("--all" in text) or ("-l all" in text)


@posix
def test_the_short_name_stands_back_for_a_program_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "sf").write_text("#!/bin/sh\n")
    (tmp_path / "sf").chmod(0o755)
    free = run("completion", "bash", PATH=str(tmp_path / "empty")).stdout
    taken = run("completion", "bash", PATH=str(tmp_path)).stdout
    assert b"alias sf=salesflow" in free and b"alias sf=" not in taken


@posix
def test_the_bash_script_completes(tmp_path: Path) -> None:
    script = tmp_path / "complete.sh"
    script.write_bytes(run("completion", "bash").stdout)
    ask = (
        f"source {script};"
        "COMP_WORDS=(salesflow --db x compl); COMP_CWORD=3; _salesflow; echo ${COMPREPLY[@]};"
        "COMP_WORDS=(salesflow help --a); COMP_CWORD=2; _salesflow; echo ${COMPREPLY[@]}"
    )
    done = subprocess.run(["bash", "--norc", "-c", ask], capture_output=True, timeout=60)
    assert done.stdout.split() == [b"completion", b"--all"]


def test_a_shell_that_nobody_knows_is_refused() -> None:
    done = run("--lang", "en", "completion", "basj")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"bash" in done.stderr


def test_no_home_asks_for_the_book() -> None:
    done = run("--lang", "en", HOME="")
    assert done.returncode == 2
    assert b"--db" in done.stderr
