"""A book to run commands on: in process, with streams, clock and language of its own."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from salesflow.cli import main

NOW = "2026-11-24T10:05"  # a Tuesday


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """True."""
        return True


class Run(NamedTuple):
    """What one run answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer read as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The answer's lines."""
        return self.out.splitlines()


@dataclass
class Book:
    """A book at ``path``; calling it runs a command on it, and fails the test on another exit code."""

    path: Path
    patch: pytest.MonkeyPatch
    now: str = NOW
    lang: str = "zh"
    environ: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        *words: str,
        code: int | None = 0,
        now: str | None = None,
        lang: str | None = None,
        tty: bool = False,
        answers: Sequence[str] = (),
        stdin: str = "",
        **environ: str,
    ) -> Run:
        """The run of ``words``; ``answers`` are what a person types on a terminal."""
        kind = Tty if tty else io.StringIO
        given = "".join(f"{answer}\n" for answer in answers) or stdin
        out, err = kind(), kind()
        said = {
            "SALESFLOW_DB": str(self.path),
            "SALESFLOW_NOW": now or self.now,
            "SALESFLOW_LANG": lang or self.lang,
            "COLUMNS": "120",
            "SALESFLOW_BACKUP": "no",  # a copy of every book of every test; those of copies say yes
            **self.environ,
            **environ,
        }
        with self.patch.context() as patch:
            for name, value in said.items():
                patch.setenv(name, value)
            patch.setattr("sys.stdin", kind(given))
            patch.setattr("sys.stdout", out)
            patch.setattr("sys.stderr", err)
            found = main(list(words))
        done = Run(found, out.getvalue(), err.getvalue())
        assert code is None or found == code, (words, done)
        return done

    def show(self, lead: str | int = 1, **more: str) -> dict[str, Any]:
        """The lead as ``show --json`` gives it."""
        record: dict[str, Any] = self("show", str(lead), "--json", **more).json
        return record

    def dump(self) -> list[str]:
        """Every row of the book as SQL, to see whether anything changed."""
        connection = sqlite3.connect(self.path)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()

    def sql(self, query: str, *values: Any) -> list[Any]:
        """The rows of a query of the book's file."""
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def steps(self) -> int:
        """How many steps of ``undo`` the book holds, undone ones too."""
        return int(self.sql("SELECT count(*) FROM operation WHERE kind = 'step'")[0][0])

    def refuse(self, code: int, *words: str, lines: int = 2, **more: Any) -> Run:
        """The run that fails with ``code``, ``lines`` on stderr at most, and nothing changed; both languages."""
        before = self.path.read_bytes()
        english = self(*words, code=code, lang="en", **more)
        done = self(*words, code=code, **more)
        assert self.path.read_bytes() == before, words
        for run in (done, english):
            assert run.out == "", (words, run)
            assert 1 <= run.err.count("\n") <= lines, (words, run)
            assert "Traceback" not in run.err and "\x1b" not in run.err, (words, run)
        return done


def make(path: Path, patch: pytest.MonkeyPatch) -> Book:
    """A new book of the rep 陈磊, made on 2026-11-01."""
    book = Book(path, patch)
    book("init", "--rep", "陈磊", now="2026-11-01T08:00")
    return book


_FILLED: dict[str, bytes] = {}


def filled(book: Book, fill: Callable[[Book], None]) -> Book:
    """``book`` after ``fill``, which runs once in a process: later books are copies of the first."""
    name = f"{fill.__module__}.{fill.__qualname__}"
    if name not in _FILLED:
        fill(book)
        _FILLED[name] = book.path.read_bytes()
    book.path.write_bytes(_FILLED[name])
    return book
