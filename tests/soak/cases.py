"""The commands that are stopped, starved and killed: a book to run each on, how it was, how it is when it is done."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from .frame import ROOT, run

CANARY = "13900009999"  # a phone that may stand in a book and nowhere else
_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_SEAL = "INSERT INTO \"sqlite_sequence\" VALUES('seal'"
_MADE: list[bytes] = []
FIXTURES = ROOT / "tests" / "fixtures"


@dataclass(frozen=True)
class Case:
    """One command: its name, the words after ``salesflow``, the files that it makes besides the book's."""

    name: str
    words: tuple[str, ...]
    makes: tuple[str, ...] = ()
    old: bool = False  # the book is one of version 3


CASES = (
    Case("add", ("add", "新开的店", "--contact", "小周 13900009998", "--next", "2026-12-01 送样")),
    Case("log", ("log", "1", "谈了价格 13900009999", "--next", "2026-12-01")),
    Case("advance", ("advance", "1", "--force", "--why", "试")),
    Case("import", ("import", "rows.csv")),
    Case("undo", ("undo", "--yes")),
    Case("merge", ("merge", "1", "2", "--yes")),
    Case("join", ("team", "join", "other.db")),
    Case("backup", ("backup", "copy.db"), makes=("copy.db",)),
    Case("restore", ("restore", "kept.db")),
    Case("forget", ("forget", "王建国", "--yes")),
    Case("migration", ("log", "1", "升级以后"), old=True),
)
BY_NAME = {case.name: case for case in CASES}


@dataclass
class Ground:
    """A folder in which a case is run again and again, each time from the same files."""

    case: Case
    folder: Path
    rows: int = 60
    template: Path = field(init=False)
    at: Path = field(init=False)  # the folder of the one that is run in
    before: str = field(init=False, default="")
    after: str = field(init=False, default="")
    took: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.template, self.at = self.folder / "template", self.folder
        self.template.mkdir(parents=True)
        _make(self.case, self.template, self.rows)
        self.fresh()
        self.before = self.state()
        begun = time.monotonic()
        done = self.run()
        self.took = time.monotonic() - begun
        if done.returncode or self.problems():
            raise AssertionError(f"{self.case.name} without a fault: {done} {self.problems()}")
        self.after = self.state()
        if self.after == self.before:
            raise AssertionError(f"{self.case.name} changes nothing")

    @property
    def work(self) -> Path:
        """The folder that the command runs in."""
        return self.at / "work"

    @property
    def book(self) -> Path:
        """The book."""
        return self.work / "book.db"

    def fresh(self) -> None:
        """Nothing; the folder is as it was at first."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.template, self.work)

    def run(self) -> subprocess.CompletedProcess[bytes]:
        """The command without a fault."""
        return run(self.book, *self.case.words, cwd=self.work)

    def state(self) -> str:
        """What the book and the files made hold, but for what is random in it; '' for a file that is not there."""
        return " ".join(_state(self.work / name) for name in ("book.db", *self.case.makes))

    def outcome(self) -> str:
        """``before``, ``after`` or ``half``: as what the files stand."""
        state = self.state()
        if self.case.old and state not in (self.before, self.after) and upgraded(self.book):
            return "before"  # brought to this version, and not written to yet
        return {self.before: "before", self.after: "after"}.get(state, "half")

    def swept(self) -> list[str]:
        """The same, after the next copy has been made: it takes away what a killed one has left."""
        if self.case.name in ("backup", "restore"):
            run(self.book, *self.case.words, cwd=self.work)
        run(self.book, "backup", cwd=self.work)
        return self.problems()

    def problems(self) -> list[str]:
        """What ``check`` says, what is left beside the book, and nothing where all is in order."""
        said = run(self.book, "check", cwd=self.work)
        found = [] if (said.returncode, said.stdout, said.stderr) == (0, b"", b"") else [f"check: {said}"]
        if self.case.name == "restore" and self.state() == self.before:
            found = []  # the damaged book still stands there
        return found + [f"left: {path.name}" for path in left(self.work)]


def upgraded(book: Path) -> bool:
    """Whether a book of version 3 is whole in the version of today, with the note of no command."""
    with closing(sqlite3.connect(book)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        notes = connection.execute("SELECT count(*) FROM followup WHERE note = '升级以后'").fetchone()[0]
    return bool(version > 3 and not notes)


def left(folder: Path) -> Iterator[Path]:
    """What lies in the folder that is no book, no copy of one and no sheet; an empty journal is none."""
    for path in folder.rglob("*"):
        hidden = path.name.startswith(".")
        known = path.suffix in (".db", ".csv", ".backup") or ".aside-" in path.name
        if path.is_dir() or (known and not hidden):
            continue
        # nor is one whose head was never written: nothing was changed yet, and the next commit empties it
        if path.name.endswith("-journal") and not path.read_bytes()[:8].strip(b"\0"):
            continue
        yield path


def _state(path: Path) -> str:
    if not path.exists():
        return ""
    try:
        with closing(sqlite3.connect(path)) as connection:
            # the seal is a digest of random uids too
            lines = (line for line in connection.iterdump() if not line.startswith(_SEAL))
            text = "\n".join(lines)
    except sqlite3.DatabaseError:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    known: dict[str, str] = {}
    text = _UID.sub(lambda found: known.setdefault(found[0], f"uid{len(known)}"), text)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _make(case: Case, folder: Path, rows: int) -> None:
    book = folder / "book.db"
    if case.old:
        book.write_bytes(gzip.decompress((FIXTURES / "book_v3.db.gz").read_bytes()))
        book.chmod(0o600)
        return
    book.write_bytes(_first(folder))
    book.chmod(0o600)
    sheet = "店名,地址,联系人,电话\n" + "".join(
        f"第{n}家车行,人民路{n}号,经理{n},1380000{n:04}\n" for n in range(rows)
    )
    (folder / "rows.csv").write_text(sheet, "utf-8")
    if case.name in ("undo", "redo"):
        _run(book, "import", "rows.csv")
        if case.name == "redo":
            _run(book, "undo", "--yes")
    elif case.name == "join":
        _make_other(folder, rows)
    elif case.name == "restore":
        _run(book, "import", "rows.csv")
        book.rename(folder / "kept.db")
        book.write_bytes((folder / "kept.db").read_bytes()[:-8192])
        book.chmod(0o600)


def _first(folder: Path) -> bytes:
    """A small book, made once."""
    if not _MADE:
        book = folder / "first.db"
        _run(book, "init", "--rep", "陈磊")
        _run(
            book, "add", "华星宝马", "--phone", "02888880001", "--contact", f"王建国 {CANARY} decision_maker"
        )
        _run(book, "log", "1", "第一次拜访", "--next", "2026-11-27 送样")
        _run(book, "add", "锦泰奥迪", "--contact", "李梅 13900005678")
        _run(book, "log", "2", "打过电话", "--via", "phone", "--grade", "A", "--no-next")
        _MADE.append(book.read_bytes())
        for path in folder.glob("first.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return _MADE[0]


def _make_other(folder: Path, rows: int) -> None:
    other = folder / "other.db"
    _run(other, "init", "--rep", "李想")
    sheet = "店名,地址\n" + "".join(f"第{n}厂,解放路{n}号\n" for n in range(rows))
    (folder / "others.csv").write_text(sheet, "utf-8")
    _run(other, "import", "others.csv")
    _run(other, "log", "1", "李想拜访过", "--no-next")


def _run(book: Path, *words: str) -> None:
    done = run(book, *words, cwd=book.parent)
    if done.returncode:
        raise AssertionError((words, done))
