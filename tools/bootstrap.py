"""salesflow in a virtual environment of its own, from the locked packages and nothing else.

``python3 tools/bootstrap.py try`` installs and shows it at work; ``… test [PYTEST ARGUMENTS]``
installs the tests' needs and runs them. Both may be run again: what is there is kept.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SALESFLOW = BIN / ("salesflow.exe" if os.name == "nt" else "salesflow")
DEMO = ROOT / "demo.db"


def main(arguments: list[str]) -> int:
    """The exit code of what was asked for."""
    if arguments[:1] == ["try"] and len(arguments) == 1:
        install("requirements.lock")
        return show()
    if arguments[:1] == ["test"]:
        install("requirements-test.lock")
        return run(PYTHON, "-m", "pytest", "-n", "auto", *arguments[1:])
    print(__doc__, file=sys.stderr)
    return 2


def install(lock: str) -> None:
    """Everything in ``lock``, by its hashes, and salesflow itself are in .venv."""
    make_venv()
    wanted = fingerprint(lock)
    done = VENV / f"{lock}.installed"
    if done.is_file() and done.read_text() == wanted:
        return
    say(f"正在装进 .venv / installing into .venv ({lock}) …")
    # Wheels alone: building one would fetch tools that the lock does not name.
    pip("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(ROOT / lock))
    pip("--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT))
    done.write_text(wanted)


def make_venv() -> None:
    """.venv is there and works; one of a folder that has been moved is made anew."""
    home = VENV / "salesflow-home"
    if PYTHON.is_file() and home.is_file() and home.read_text("utf-8") == str(ROOT):
        check = "import sys; sys.exit(sys.version_info < (3, 11))"
        if subprocess.run([PYTHON, "-c", check], check=False, capture_output=True).returncode == 0:
            return
    must(sys.executable, "-m", "venv", "--clear", str(VENV))
    home.write_text(str(ROOT), "utf-8")


def fingerprint(lock: str) -> str:
    """A text that changes when the packages or the project's own metadata do."""
    parts = (ROOT / lock, ROOT / "pyproject.toml", ROOT / "salesflow" / "__init__.py")
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def show() -> int:
    """0 once the demo book, its list of today and its week have been shown."""
    if not DEMO.exists() and (code := run(SALESFLOW, "--db", str(DEMO), "demo")):
        DEMO.unlink(missing_ok=True)  # half a demo would be taken for a whole one the next time
        return code
    for command in (["today"], ["report", "week"]):
        say(f"\n$ salesflow {' '.join(command)}")
        must(SALESFLOW, "--db", str(DEMO), *command)
    made = date.fromtimestamp(DEMO.stat().st_mtime)
    if made != date.today():  # its list was made for the day on which it was made
        say(
            f"\n演示账本是 {made} 的，删掉它再来就是今天的 / made or used on {made}: delete it for one of today"
        )
    say(f"\n演示账本 / the demo book: {DEMO}\n自己的账本 / your own book: {SALESFLOW} --help")
    return 0


def pip(*arguments: str) -> None:
    """The packages named are installed."""
    must(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments)


def must(*command: str | Path) -> None:
    """The command has run; the program ends with its exit code if it failed."""
    code = run(*command)
    if code:
        say(f"失败 / failed ({code}): {' '.join(map(str, command))}")
        sys.exit(code)


def run(*command: str | Path) -> int:
    """The exit code of the command, which reads and writes where we do."""
    return subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode


def say(text: str) -> None:
    """The text is out before what follows writes."""
    print(text, flush=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
