"""One run of the program: its book, its clock, its language, its streams. Only here are they read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

from salesflow import texts
from salesflow.errors import SalesflowError, Usage, nearest

if TYPE_CHECKING:
    import sqlite3
    from datetime import date, datetime
    from pathlib import Path

    from salesflow.db import Operation
    from salesflow.db_held import Held
    from salesflow.db_whole import Whole
    from salesflow.tables import Report

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "md", "chat")


class App:
    """What one run may use; every command gets it as ``ctx.obj``.

    ``saved`` turns true once something was committed: an answer lost after that is exit 6.
    ``copy_due``: the day's copy is due. ``bare``: no command was named; ``may_write`` is false where one only reads;
    ``whole`` is the transaction about the whole run where there is one (``--key``).
    """

    def __init__(
        self,
        db: str | None = None,
        lang: str | None = None,
        no_input: bool = False,
        environ: Mapping[str, str] | None = None,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        now: datetime | None = None,
    ) -> None:
        self.environ = os.environ if environ is None else environ
        self.stdin = stdin or sys.stdin
        self.stdout = stdout or sys.stdout
        self.stderr = stderr or sys.stderr
        self.db = db
        self.lang_option = lang
        self.no_input = no_input
        self.saved = self.copy_due = False
        self.bare = False
        self.may_write = True
        self.whole: Whole | None = None
        self._now = now
        self._lang = ""
        self._settings: dict[str, str] | None = None
        self._held: Held | None = None

    # The clock.

    @property
    def now(self) -> datetime:
        """The rep's wall clock, to the minute; ``SALESFLOW_NOW`` sets it. One moment for the whole run."""
        if self._now is None:
            from salesflow.context_clock import wall_clock

            self._now = wall_clock(self.environ, self.warn)
        return self._now

    @property
    def today(self) -> date:
        """The day of ``now``."""
        return self.now.date()

    # The language.

    @property
    def lang(self) -> str:
        """The language of the answers: option, environment, the book's setting, locale."""
        if not self._lang:
            self._lang = self.said_lang() or self._remembered_lang() or locale_lang(self.environ)
        return self._lang

    def remember_lang(self, lang: str) -> None:
        """From now on the answers are in ``lang``, unless option or environment say another."""
        self._lang = self.said_lang() or lang

    @property
    def help_lang(self) -> str:
        """The language of help pages, for which no book is opened. Never fails."""
        said = (said.lower() for _, said in self._said_langs() if said.lower() in texts.LANGUAGES)
        return next(said, "") or locale_lang(self.environ)

    def said_lang(self) -> str:
        """The language that option or environment says, '' where neither does; else Usage."""
        for source, said in self._said_langs():
            if said.lower() not in texts.LANGUAGES:
                raise Usage("errors.unknown_lang", name=source, value=said[:40])
            return said.lower()
        return ""

    def _said_langs(self) -> list[tuple[str, str]]:
        said = (("--lang", self.lang_option), ("SALESFLOW_LANG", self.environ.get("SALESFLOW_LANG")))
        return [(source, lang) for source, lang in said if lang]

    def _remembered_lang(self) -> str:
        # a book that cannot be opened has its own error; the language must not raise another
        with suppress(SalesflowError):
            return self.settings.get("lang", "") if self.book_path.exists() else ""
        return ""

    def t(self, key: str, /, **values: object) -> str:
        """The text of ``key`` in the language of this run."""
        return texts.t(key, self.lang, **values)

    # The book.

    @property
    def named_book(self) -> bool:
        """Whether the book was named (``--db``, ``SALESFLOW_DB``) rather than found at its default place."""
        return bool(self.db or self.environ.get("SALESFLOW_DB"))

    @property
    def book_path(self) -> Path:
        """Where the book is, or would be."""
        from pathlib import Path

        named = self.db or self.environ.get("SALESFLOW_DB")
        return Path(named) if named else self._default_path()

    def _default_path(self) -> Path:
        from pathlib import Path

        home = "LOCALAPPDATA" if os.name == "nt" else "HOME"
        if not self.environ.get(home) and not self.environ.get("XDG_DATA_HOME"):
            raise Usage("errors.no_home")
        from platformdirs import user_data_dir

        return Path(user_data_dir("salesflow", appauthor=False)) / "salesflow.db"

    def without_book(self) -> None:
        """Nothing; from now on the book is not opened for what it remembers: it is not to be touched."""
        self._settings = {}

    @property
    def settings(self) -> dict[str, str]:
        """What the book remembers (``config``); read once, with the first opening."""
        if self._settings is None:
            with self.read():
                pass
        return self._settings or {}

    @property
    def rep(self) -> str:
        """The rep's name, written into every record: ``config rep``, else the account's name."""
        return self.settings.get("rep") or self.account

    @property
    def account(self) -> str:
        """The name of the account that the program runs in."""
        from salesflow.context_said import account

        return account(self.environ)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """The book, open for reading, closed at the end of the block."""
        with self._opened(write=False) as connection:
            yield connection

    @contextmanager
    def write(
        self, command: str, reason: str | None = None, **more: Any
    ) -> Iterator[tuple[sqlite3.Connection, Operation]]:
        """The book inside one transaction, committed at the end of the block: one step of ``undo``."""
        from salesflow import db
        from salesflow.context_clock import clock_doubts
        from salesflow.store import history

        assert self.may_write, f"{command}: not among registry.WRITES"
        at = f"{self.now:%Y-%m-%dT%H:%M}"
        with self._opened(write=True) as connection:
            for doubt, values in clock_doubts(at, history.last_at(connection)):
                self.warn(doubt, **values)
            given = {"command": command, "at": at, "by": self.rep, "reason": reason, "path": self.book_path}
            operation = db.Operation(0)
            try:  # a signal may come between the commit and the next line
                with db.transaction(connection, operation, **(given | more)):
                    yield connection, operation
                if self.whole:
                    self.whole.steps.append(operation)
            finally:
                self.saved = self.saved or (operation.changed and not self.whole)

    @contextmanager
    def making(self, path: Path) -> Iterator[None]:
        """A block that puts a file at ``path`` in one move: an answer lost after that is exit 6."""
        from salesflow.context_said import identity

        was = identity(path)
        try:
            yield
        finally:
            self.saved = self.saved or identity(path) != was

    @contextmanager
    def _opened(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        from salesflow import db_held
        from salesflow.store import settings

        self._held = self._held or db_held.Held()
        now = f"{self.now:%Y-%m-%dT%H:%M}"
        with self._held.look(self.book_path, self.whole, write=write, now=now, told=self._tell) as connection:
            if self._settings is None:
                self._settings = settings.list_settings(connection)
            yield connection

    def let_go(self) -> None:
        """Nothing; the book is not open any more."""
        if self._held:
            self._held.close()

    def _tell(self) -> None:
        if _is_tty(self.stderr):
            self.stderr.write(_gated(texts.t("book.waiting", self.help_lang)))

    # The terminal.

    @property
    def terminal(self) -> bool:
        """Whether the answer goes to a terminal."""
        return _is_tty(self.stdout)

    @property
    def interactive(self) -> bool:
        """Whether a question may be asked."""
        return not self.no_input and self.terminal and _is_tty(self.stdin)

    @property
    def colour(self) -> bool:
        """Whether colours may be used (``NO_COLOR`` and ``TERM=dumb`` are obeyed)."""
        return self.terminal and not self.environ.get("NO_COLOR") and self.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        """The columns of the terminal; 80 where there is none."""
        return self._size("COLUMNS", 0) or 80

    @property
    def height(self) -> int:
        """The lines of the terminal; 0 where there is none."""
        return self._size("LINES", 1)

    def _size(self, name: str, index: int) -> int:
        said = self.environ.get(name, "")
        if said.isdecimal() and int(said) > 0:
            return min(int(said), 1000)
        with suppress(OSError, ValueError, AttributeError):
            return os.get_terminal_size(self.stdout.fileno())[index]
        return 0

    # Answers.

    def format(self, fmt: str | None = None, as_json: bool = False, more: tuple[str, ...] = ()) -> str:
        """The format of a reading command's answer: option, ``SALESFLOW_FORMAT``, then by the terminal.

        ``more`` are formats that this command has besides those of all.
        """
        said = (
            "json" if as_json else fmt or self.environ.get("SALESFLOW_FORMAT") or self._remembered("format")
        )
        if not said:
            return "table" if self.terminal else "plain"
        found = said.lower()
        known = (*FORMATS, *more)
        if found not in known:
            near = nearest(said, list(known))
            raise Usage("errors.unknown_format", value=said[:40], known=" ".join(known), near=near)
        return found

    def _remembered(self, key: str) -> str:
        return (self._settings or {}).get(key, "")

    def for_others(self, fmt: str | None, as_json: bool = False, personal: bool = False) -> bool:
        """Whether the answer is for other people's eyes: then people are their surnames (K8)."""
        return not personal and self.format(fmt, as_json) in ("md", "chat")

    def for_scripts(self, fmt: str | None, as_json: bool = False) -> bool:
        """Whether the answer is made of records (json, jsonl, csv, tsv) and not of the columns for people."""
        return self.format(fmt, as_json) in ("json", "jsonl", "csv", "tsv")

    def show(
        self, report: Report, fmt: str | None = None, as_json: bool = False, *, personal: bool = False
    ) -> None:
        """Print ``report`` in the format asked for; what goes to others (md, chat) hides phones (K8).

        ``personal`` leaves them whole.
        """
        from salesflow import render
        from salesflow.phones import hidden, masked
        from salesflow.tables import mapped

        chosen = self.format(fmt, as_json)
        if chosen == "table" and self.terminal:
            old = render.is_old(self.environ, self.stdout.encoding)
            render.terminal(report, self.lang, self.stdout, self.width, self.height, old=old)
            return
        if self.for_others(fmt, as_json, personal):
            # a phone may stand in a note, too
            report = mapped(report, lambda text: hidden(text, report.open_phones))
        self.stdout.write(render.render(report, chosen, self.lang, mask=None if personal else masked))

    def say(self, key: str, /, **values: object) -> None:
        """Print a text as (part of) the answer, on stdout."""
        self.write_lines(self.t(key, **values))

    def write_lines(self, text: str) -> None:
        """Print ``text`` on stdout, through the gate."""
        self.stdout.write(_gated(text))

    def warn(self, key: str, /, **values: object) -> None:
        """Print a text that is not the answer, on stderr."""
        self.stderr.write(_gated(self.t(key, **values)))

    def emit_json(self, value: Any) -> None:
        """Print ``value`` as JSON, control and format characters written out."""
        from salesflow.render.as_json import dumped

        self.stdout.write(dumped(value, indent=2) + "\n")

    def flush(self) -> None:
        """Nothing; afterwards all that was said is out, or an OSError says that it is not."""
        self.stdout.flush()
        self.stderr.flush()

    # Questions. Each is asked on stderr, so that an answer in a file holds no question.

    def ask(self, key: str, /, **values: object) -> str:
        """What the person types, without blanks around it; Ctrl-D means stop, as Ctrl-C does."""
        return self._ask_line(self.t(key, **values) + " ")

    def confirm(self, key: str, /, default: bool = True, **values: object) -> bool:
        """Yes or no; Enter means ``default``."""
        hint = self.t("shell.yes_default" if default else "shell.no_default")
        while True:
            said = self._ask_line(f"{self.t(key, **values)} {hint} ").lower()
            if not said:
                return default
            if said in ("y", "yes", "是", "好", "对", "ｙ"):
                return True
            if said in ("n", "no", "否", "不", "ｎ"):
                return False

    def choose(self, key: str, options: list[str], /, **values: object) -> int:
        """The place in ``options`` of the one chosen by number; -1 for Enter alone."""
        self.stderr.write(_gated(self.t(key, **values)))
        for number, option in enumerate(options, 1):
            self.stderr.write(_gated(f"{number:3} {option}"))
        while True:
            said = self._ask_line(self.t("shell.number", most=len(options)) + " ")
            if not said:
                return -1
            if said.isdecimal() and 1 <= int(said) <= len(options):
                return int(said) - 1

    def _ask_line(self, prompt: str) -> str:
        if not self.interactive:
            raise Usage("errors.needs_terminal")
        self.stdout.flush()
        self.stderr.write(_gated(prompt).removesuffix("\n"))
        self.stderr.flush()
        line = self.stdin.readline()
        if not line:
            self.stderr.write("\n")
            raise KeyboardInterrupt
        return line.strip()


def locale_lang(environ: Mapping[str, str]) -> str:
    """``zh`` where the locale is Chinese, unset, C or POSIX, else ``en``."""
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "").lower()
    plain = locale.partition(".")[0].partition("@")[0]
    return "zh" if plain in ("", "c", "posix") or plain.startswith("zh") else "en"


def _gated(text: str) -> str:
    from salesflow.render.gate import safe

    return "".join(safe(line) + "\n" for line in text.split("\n"))


def _is_tty(stream: TextIO) -> bool:
    with suppress(AttributeError, ValueError):
        return stream.isatty()
    return False
